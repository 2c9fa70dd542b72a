"""A complaint on its way up to the division and back, in the browsers of those whose hop it is."""

import pytest

from lianxi.drills.browser import Desktop
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases import seed
from lianxi.modules.cases.contracts import Case, NewCase
from lianxi.modules.identity import facade as identity
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

MINUTE_S = 60
AGENT, CHIEF = "8001", "supervisor"
SHEET = {
    "district": "朝阳区",
    "findings": "两次上门均未修好",
    "dissatisfaction": "要求退机",
    "difficulty": "超过退机期限",
}


async def a_complaint(site: Site) -> Case:
    """The demonstration's types, and what an agent wrote down."""
    centre = site.centre
    async with centre.database.sessions.begin() as session:
        await seed.plant(session, at=centre.at)
        users = {user.username: user for user in await identity.users(session)}
        opened = await identity.open_account(session, users[AGENT].id)
        assert opened is not None
        new = NewCase(
            kind="complaint_goods", title="洗衣机漏水", content="新机漏水三次，要求退机",
            phone="13800138000", answers={"demand": "refund"},
        )  # fmt: skip
        orders = cases.orders("Asia/Shanghai")
        return await cases.create(session, orders, new, by=opened[1], at=centre.at)


async def does(desktop: Desktop, event: str, text: str, state: str) -> None:
    """A step with its words, until the page shows where the warning is now."""
    await desktop.by(f"act-{event}").click()
    if text:
        await desktop.by("composer-text").fill(text)
    await desktop.by("composer-go").click()
    assert await desktop.is_gone(f"composer-{event}", within_s=10)
    await desktop.page.locator(f'[data-testid="warning-state"][data-state="{state}"]').wait_for()


async def test_a_complaint_goes_up_to_the_division_and_back(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a complaint that the hotline cannot settle
    case = await a_complaint(site)
    agent = await page_of(AGENT, f"/warnings?case={case.id}")
    # When the agent classifies it, and fills in the six contents twenty minutes later
    await agent.by("warning-store").fill("朝阳店")
    await agent.by("warning-reason").fill("客户要求退机")
    await agent.by("warning-start-go").click()
    await agent.by("next-ew.submit").wait_for()
    number = agent.page.url.rsplit("/", 1)[1]
    site.centre.later(20 * MINUTE_S)
    await agent.by("act-submit").click()
    assert await agent.by("answer-phone").input_value() == "138****8000"
    for name, words in SHEET.items():
        await agent.by(f"answer-{name}").fill(words)
    await agent.by("composer-go").click()
    await agent.by("next-ew.review").wait_for()
    # Then it waits for the supervisor, who opens it from the list
    chief = await page_of(CHIEF, "/warnings")
    await chief.by(f"row-{number}").locator("button").first.click()
    site.centre.later(70 * MINUTE_S)
    await does(chief, "approve", "属实", "at_store")
    # The store and its manager have their hours at the same time; it goes up after two
    assert await chief.is_shown("next-ew.store", within_s=5)
    assert await chief.is_shown("next-ew.guide", within_s=5)
    site.centre.later(50 * MINUTE_S)
    await does(chief, "handle", "上门更换密封圈", "at_store")
    site.centre.later(70 * MINUTE_S)
    await does(chief, "escalate", "超过门店权限", "at_division")
    # The division answers on the next day, when everybody has signed in anew
    site.centre.later(20 * 60 * MINUTE_S)
    chief = await page_of(CHIEF, f"/warnings/{number}")
    await does(chief, "decide", "同意退机", "recontact")
    # When the customer is satisfied, the warning is over
    site.centre.later(30 * MINUTE_S)
    await chief.by("act-recontact").click()
    await chief.by("recontact-satisfied").click()
    await chief.by("composer-go").click()
    await chief.page.locator('[data-testid="warning-state"][data-state="closed"]').wait_for()
    # Then every hop says how it went, and what ran beside it
    for hop, verdict in ((1, "met"), (2, "late"), (3, "handed_up"), (4, "met"), (5, "met")):
        assert await chief.by(f"hop-{hop}").get_attribute("data-verdict") == verdict
    assert "超时 10 分" in await chief.by("hop-2").inner_text()
    assert "现场主管 已签署" in await chief.by("said-opinions").inner_text()
    await no_violations(chief.page)
