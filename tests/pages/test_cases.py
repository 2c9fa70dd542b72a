"""A work order on its way through the centre, in the browsers of those whose work it is."""

import pytest

from lianxi.drills.browser import Desktop
from lianxi.modules.cases import seed
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = [pytest.mark.web, pytest.mark.timeout(180)]


async def choose(desktop: Desktop, field: str, words: str) -> None:
    await desktop.by(field).click()
    await desktop.page.keyboard.type(words)
    option = desktop.page.locator(".ant-select-dropdown:visible .ant-select-item-option")
    await option.filter(has_text=words).first.click()


async def comes_to(desktop: Desktop, state: str) -> None:
    await desktop.by("case-head").get_by_text(state, exact=False).first.wait_for()


async def does(desktop: Desktop, event: str, *, reason: str = "") -> None:
    """An action with its composer."""
    await desktop.by(f"act-{event}").click()
    if reason:
        await desktop.by("composer-reason").fill(reason)
    await desktop.by("composer-go").click()
    assert await desktop.is_gone(f"composer-{event}", within_s=10)


async def dispatches(desktop: Desktop, area: str = "") -> None:
    """To the area that the catalogue names, or to another."""
    await desktop.by("act-dispatch").click()
    if area:
        await choose(desktop, "composer-area", area)
    else:
        await desktop.by("composer-suggested").click()
    await desktop.by("composer-go").click()
    await comes_to(desktop, "处理")


async def handles(desktop: Desktop, what: str) -> None:
    """The area's people accept it, and say what they did."""
    await desktop.by("act-accept").click()
    await desktop.has('[data-testid="tile-wo.accept"] .limit-met', within_s=10)
    await desktop.by("act-complete").click()
    await desktop.by("composer-workers").click()
    await desktop.page.keyboard.type("老李")
    await desktop.press("Enter")
    await desktop.by("composer-text").fill(what)
    await desktop.by("composer-go").click()
    await comes_to(desktop, "完成")


async def test_a_work_order_goes_from_the_call_to_the_archive(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a hotline with two areas, and a caller
    async with site.centre.database.sessions.begin() as session:
        await seed.plant(session, at=site.centre.at)
    contact = await site.centre.caller_waits()
    # When an agent makes a work order of the call
    agent = await page_of("8001", f"/cases?new=1&contact={contact}")
    await choose(agent, "new-case-kind", "商品质量投诉")
    await agent.by("new-case-title").fill("洗衣机漏水")
    await agent.by("new-case-content").fill("新买的洗衣机漏水,要求上门")
    await agent.by("new-case-place").fill("城北建国路")
    await choose(agent, "answer-demand", "维修")
    await agent.by("new-case-send").click()
    await comes_to(agent, "调度")
    path = agent.page.url.removeprefix(site.url)
    # And the dispatcher finds it on the list, and sends it to the wrong area
    lead = await page_of("lead", "/cases?list=to_dispatch")
    await lead.page.get_by_text("洗衣机漏水").first.wait_for()
    await no_violations(lead.page)
    await lead.open(path)
    await dispatches(lead, "城南工区")
    await no_violations(lead.page)
    # Then the area returns it, and it is dispatched again with an explanation
    south = await page_of("8005", path)
    await does(south, "misdispatch", reason="客户住在城北")
    await lead.open(path)
    await comes_to(lead, "反单")
    await does(lead, "explain", reason="地址看错")
    await dispatches(lead)
    # The right area does it, but the customer is not satisfied: another round begins
    await agent.open(path)
    await handles(agent, "换了密封圈")
    caller = await page_of("8002", path)
    await caller.by("act-callback").click()
    await caller.by("result-unsatisfied").click()
    await caller.by("composer-reason").fill("仍在滴水")
    await caller.by("composer-go").click()
    await lead.open(path)
    await comes_to(lead, "第 2 轮")
    await dispatches(lead)
    await agent.open(path)
    await handles(agent, "换了整条水管")
    await caller.open(path)
    await caller.by("act-callback").click()
    await caller.by("result-satisfied").click()
    await caller.by("composer-go").click()
    # And somebody who did none of it looks through the record
    reviewer = await page_of("qa", path)
    await comes_to(reviewer, "审核")
    await does(reviewer, "approve")
    await comes_to(reviewer, "归档")
    first = await reviewer.by("round-1").text_content() or ""
    for words in ("客户不满意", "客户住在城北", "地址看错", "换了密封圈"):
        assert words in first
