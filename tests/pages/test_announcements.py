"""A fault is announced by a supervisor, seen by the agent whose caller is from there, counted."""

import os

import pytest

from lianxi.drills.browser import Desktop
from lianxi.modules.customers import keeping
from lianxi.modules.customers.contracts import NewNumber, Profile
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

AGENT = "8005"


async def talks(site: Site, page_of: PageOf) -> Desktop:
    """An agent at the desk with a telephone, in a call."""
    desktop = await page_of(AGENT, "/desk")
    await desktop.by("signin-phone").wait_for()
    await desktop.page.get_by_role("radio").first.focus()
    await desktop.press("ArrowRight")
    await desktop.by("signin-phone").click()
    assert await desktop.is_in_state("not_ready", within_s=5)
    await site.centre.device_registers(AGENT)
    await desktop.press("Alt+w")
    await desktop.page.locator('[data-testid="state-ready"]:focus').wait_for()
    await desktop.press("1")
    assert await desktop.is_in_state("ready", within_s=5)
    await site.centre.caller_waits("c1")
    await site.centre.agent_picks_up(AGENT)
    assert await desktop.is_in_state("talking", within_s=5)
    return desktop


async def test_a_fault_is_announced_seen_at_the_desk_and_counted(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a customer in Baoshan
    async with site.centre.database.sessions.begin() as session:
        home = Profile(name="王小双", address="上海市宝山区友谊路 5 号")
        await keeping.create(
            session, home, [NewNumber(number="13812341234")], by=None, at=site.centre.now()
        )
    # When a supervisor announces a fault there
    lead = await page_of("supervisor", "/announcements/new")
    await lead.page.get_by_text("故障停电", exact=True).first.click()
    places = lead.by("announcement-places").get_by_role("combobox")
    await places.fill("宝山区")
    await places.press("Enter")
    await lead.by("announcement-title").fill("友谊路停电")
    await lead.by("announcement-body").fill("线路故障,正在抢修。")
    await no_violations(lead.page)
    await lead.by("announcement-create").click()
    await lead.by("announcement-publish").click()
    await lead.by("announcement-publish-yes").click()
    await lead.by("announcement-counts").wait_for()
    # The clock of the centre is not the machine's: it may lie a little ahead.
    if await lead.by("announcement-begin").count():
        await lead.by("announcement-begin").click()
        await lead.by("announcement-send").click()
    await lead.by("announcement-state").get_by_text("进行中").wait_for()
    # Then the agent whose caller is from there sees it, and says that the call is about it
    desktop = await talks(site, page_of)
    note = desktop.by("desk-announcements")
    await note.wait_for()
    assert "友谊路停电" in await note.inner_text()
    await no_violations(desktop.page)
    await note.get_by_role("checkbox").click()
    await note.locator("input:checked").wait_for()
    if folder := os.environ.get("SHOTS"):
        await desktop.page.screenshot(path=f"{folder}/desk.png")
    # And it is counted
    await lead.page.reload()
    tile = lead.by("announcement-counts").locator(".tile").first
    await tile.get_by_text("1", exact=True).wait_for()
    await no_violations(lead.page)
    if folder:
        await lead.page.screenshot(path=f"{folder}/one.png")
        await lead.open("/announcements")
        await lead.by("table-announcements-now").wait_for()
        await lead.page.screenshot(path=f"{folder}/list.png")
        other = await page_of("supervisor", "/announcements/new", language="en", theme="dark")
        await other.by("announcement-who").wait_for()
        await other.page.screenshot(path=f"{folder}/new_en.png", full_page=True)
