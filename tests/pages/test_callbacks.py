"""A customer is called back and is not satisfied: who gives out, and who calls."""

import pytest

from lianxi.kernel.ids import AgentId
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases import seed
from lianxi.modules.cases.contracts import NewCase, Wanted
from lianxi.modules.identity import facade as identity
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

AGENT = "8005"


async def a_done_case(site: Site) -> str:
    """The number of a work order whose customer is to be called back."""
    orders, at = cases.orders("Asia/Shanghai"), site.centre.at
    new = NewCase(
        kind="member_card", title="会员卡没有积分", content="补登", phone="13900000001",
        place="城北建国路",
    )  # fmt: skip
    async with site.centre.database.sessions.begin() as session:
        await seed.plant(session, at=at)
        made = await cases.create(session, orders, new, by=None, at=at)
        for event, facts in (
            ("dispatch", {"area": seed.NORTH}),
            ("complete", {"workers": ["老李"], "text": "补登了积分"}),
        ):
            wanted = Wanted(event=event, facts=facts)
            made = await cases.happen(session, orders, made.id, wanted, by=None, at=at)
    return made.number


async def test_given_called_back_and_not_satisfied(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a work order that is done, and an agent at the desk with a telephone
    number = await a_done_case(site)
    async with site.centre.database.sessions() as session:
        name = next(user.name for user in await identity.users(session) if user.username == AGENT)
    agent = await page_of(AGENT, "/desk")
    await agent.by("signin-phone").wait_for()
    await agent.page.get_by_role("radio").first.focus()
    await agent.press("ArrowRight")
    await agent.by("signin-phone").click()
    assert await agent.is_in_state("not_ready", within_s=5)
    await site.centre.device_registers(AGENT)
    # When a lead gives it to the agent
    lead = await page_of("lead", "/callbacks?tab=give")
    await lead.page.get_by_text(number).wait_for()
    await lead.by("give-all").click()
    await lead.by("give-people").click()
    await (
        lead.page.locator(".ant-select-dropdown:visible .ant-select-item-option")
        .filter(has_text=name)
        .first.click()
    )
    await lead.press("Escape")
    await lead.by("give-go").click()
    await lead.page.get_by_text("没有未分配的回访").wait_for()
    # Then it stands in the agent's to-dos, is called from the row, and the customer says no
    await agent.by("case-callbacks").get_by_role("link").click()
    row = agent.page.get_by_role("row").filter(has_text=number)
    await row.get_by_role("button", name="拨打").click()
    await agent.by("result-unsatisfied").click()
    await no_violations(agent.page)
    await agent.by("callback-note").fill("还是没有积分")
    await agent.by("callback-save").click()
    await agent.page.get_by_text("没有分给你的回访").wait_for()
    # And the second round begins, with the call among what was talked about it
    contact = site.centre.inbox.engine.state.agents[AgentId(AGENT)].contact
    async with site.centre.database.sessions() as session:
        after = await cases.case(session, number)
    assert (after.round, after.state.value) == (2, "dispatching")
    assert after.callbacks[-1].contact == contact is not None
