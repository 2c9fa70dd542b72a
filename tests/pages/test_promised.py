"""What is promised and what is told: a callback from the desk and back to it; an alarm rule that
reaches whom it names."""

import pytest

from lianxi.kernel.ids import AgentId, ContactId
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

AGENT = "8005"


async def test_a_callback_is_promised_at_the_desk_and_taken_there(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given an agent at the desk with a telephone
    desktop = await page_of(AGENT, "/desk")
    await desktop.by("signin-phone").wait_for()
    await desktop.page.get_by_role("radio").first.focus()
    await desktop.press("ArrowRight")
    await desktop.by("signin-phone").click()
    assert await desktop.is_in_state("not_ready", within_s=5)
    await site.centre.device_registers(AGENT)
    # When a callback is promised, by keyboard, with a double Enter
    await desktop.by("promise-open").focus()
    await desktop.press("Enter")
    await desktop.by("promise-number").fill("139 1111 2222")
    await desktop.by("promise-remark").fill("查发票")
    await no_violations(desktop.page)
    await desktop.by("promise-number").focus()
    await desktop.press("Enter")
    await desktop.press("Enter")
    # Then one place in line is kept, and stands in the to-dos with what it is about
    row = desktop.page.locator('[data-testid^="callback-cb"]')
    await row.wait_for()
    assert await row.count() == 1
    words = await row.inner_text()
    assert "查发票" in words
    assert "139****2222" in words
    # And when the agent is ready it is offered, and F2 takes it
    await desktop.press("Alt+w")
    await desktop.page.locator('[data-testid="state-ready"]:focus').wait_for()
    await desktop.press("1")
    strip = desktop.by("offer-strip")
    await strip.wait_for()
    assert "查发票" in await strip.inner_text()
    await desktop.by("region").first.wait_for()
    await desktop.press("F2")
    await strip.wait_for(state="detached")
    state = site.centre.inbox.engine.state
    taken = state.agents[AgentId(AGENT)].contact
    assert taken is not None
    assert state.contacts[ContactId(taken)].remark == "查发票"


async def test_an_alarm_rule_reaches_whom_it_names(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given an administrator has supervisors told, by a banner, of one person waiting for service
    admin = await page_of("admin", "/admin/system?tab=alarms")
    await admin.by("alarm-for-many_waiting").click()
    await admin.page.get_by_title("售后").click()
    await admin.by("alarm-limit-many_waiting-service").fill("1")
    await admin.by("alarm-on-many_waiting-service").click()
    await admin.by("alarm-edit-many_waiting-service").click()
    await admin.page.get_by_label("横幅").check()
    await no_violations(admin.page)
    await admin.by("alarm-done").click()
    await admin.by("edit-save").click()
    await admin.by("edit-dirty").wait_for(state="detached")
    # When somebody waits for service while a supervisor reads records
    supervisor = await page_of("supervisor", "/records")
    await site.centre.caller_waits("c1")
    # Then the page says so, and leads to the queue on the floor
    banner = supervisor.by("strip-alarm-many_waiting")
    await banner.wait_for()
    await banner.get_by_role("link").click()
    await supervisor.by("alert-many_waiting").wait_for()
    assert "open=queue%3Aservice" in supervisor.page.url
