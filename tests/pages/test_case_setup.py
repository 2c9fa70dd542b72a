"""The first work order of a centre: an administrator sets up what is needed, and it is made at the
desk."""

import pytest

from lianxi.drills.browser import Desktop
from tests.builders.site import PageOf, Site
from tests.pages.test_desk import AGENT, chooses, sits_down, talks

pytestmark = [pytest.mark.web, pytest.mark.timeout(180)]


async def choose(desktop: Desktop, field: str, words: str) -> None:
    """One of a list, by a part of its name."""
    await desktop.by(field).click()
    option = desktop.page.locator(".ant-select-dropdown:visible .ant-select-item-option")
    await option.filter(has_text=words).first.click()


async def sets_up(desktop: Desktop) -> None:
    """A type, an area that handles it, and a deadline."""
    page = desktop.page
    await desktop.by("type-key").fill("repair")
    await desktop.by("type-new").click()
    await desktop.by("type-zh").fill("报修")
    await desktop.by("edit-save").click()
    await desktop.by("type-repair").wait_for()
    await page.get_by_role("tab", name="工区").click()
    await desktop.by("area-key").fill("north")
    await desktop.by("area-new").click()
    await desktop.by("area-zh").fill("北城")
    await desktop.by("edit-save").click()
    await desktop.by("area-north").wait_for()
    await page.get_by_role("tab", name="派单目录").click()
    await choose(desktop, "rule-area", "北城")
    await desktop.by("rule-save").click()
    await desktop.by("rule--").wait_for()
    await choose(desktop, "tester-kind", "报修")
    await desktop.by("tester-said").get_by_text("北城").wait_for()
    await page.get_by_role("tab", name="时限").click()
    await desktop.by("deadline-new").click()
    await desktop.by("deadline-value").fill("8")
    await desktop.by("try-said").wait_for()
    await desktop.by("deadline-save").click()
    await desktop.by("deadline-wo.resolve--").get_by_text("8 小时").wait_for()


async def test_the_first_work_order_of_a_centre(site: Site, page_of: PageOf) -> None:
    site.centre.driver_lives()
    # Given an administrator who sets up a type, an area and a deadline
    await sets_up(await page_of("admin", "/admin/service?tab=case_types"))
    # When an agent who talks to a caller makes a work order with its type, two lines and a key
    desktop = await page_of(AGENT)
    await sits_down(site, desktop)
    await chooses(desktop, "1")
    await talks(site, desktop)
    await desktop.by("desk-cases").wait_for()
    await desktop.press("Alt+k")
    await choose(desktop, "new-case-kind", "报修")
    await desktop.by("new-case-title").fill("没有热水")
    await desktop.by("new-case-content").fill("从昨天起没有热水")
    assert await desktop.has('[data-testid="case-saved"][data-saved="saved"]', within_s=8)
    await desktop.press("Control+s")
    # Then it stands there with its deadline, and in the list
    await desktop.by("desk-case-made").wait_for()
    await desktop.by("limit-wo.resolve").wait_for()
    await desktop.open("/cases")
    await desktop.page.get_by_text("没有热水").first.wait_for()
