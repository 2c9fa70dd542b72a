"""Service set-up in the browser: a calendar, a code, and somebody who was quicker."""

import re

import pytest
from playwright.async_api import expect

from tests.builders.site import PageOf

pytestmark = pytest.mark.web


async def test_a_calendar_is_made_and_a_colleague_is_not_overwritten(page_of: PageOf) -> None:
    """Given an administrator, When opening hours with a holiday are made, Then a colleague sees
    them; and when the colleague stores another name first, both versions stand side by side."""
    page = (await page_of("admin", "/admin/service")).page
    await page.get_by_test_id("calendar-id").fill("evening")
    await page.get_by_test_id("calendar-new").click()
    await page.get_by_test_id("calendar-name").fill("办公时间")
    await page.get_by_test_id("weekday-0").fill("09:00-12:00, 13:30-18:00")
    await page.get_by_test_id("weekday-0").press("Enter")
    await page.get_by_test_id("special-day").fill("2028-02-29")
    await page.get_by_test_id("special-add").click()
    await page.get_by_test_id("edit-save").click()
    await expect(page.get_by_test_id("calendar-evening")).to_contain_text("办公时间")
    other = (await page_of("admin", "/admin/service")).page
    await other.get_by_test_id("calendar-evening").click()
    await expect(other.get_by_test_id("weekday-0")).to_have_value("09:00-12:00, 13:30-18:00")
    await expect(other.get_by_test_id("special-2028-02-29")).to_have_value("")
    await page.get_by_test_id("calendar-name").fill("我的名称")
    await other.get_by_test_id("calendar-name").fill("同事的名称")
    await other.get_by_test_id("edit-save").click()
    await expect(other.get_by_test_id("calendar-evening")).to_contain_text("同事的名称")
    await page.get_by_test_id("edit-save").click()
    await expect(page.get_by_test_id("conflict")).to_contain_text(
        re.compile("我的名称.*同事的名称")
    )
    await page.get_by_test_id("conflict-mine").click()
    await expect(page.get_by_test_id("calendar-evening")).to_contain_text("我的名称")


async def test_a_code_is_added_and_bad_hours_change_nothing(page_of: PageOf) -> None:
    page = (await page_of("admin", "/admin/service?tab=codes")).page
    await page.get_by_test_id("codes-add").click()
    rows = page.locator('[data-testid^="code-name-"]')
    last = await rows.count() - 1
    await page.get_by_test_id(f"code-{last}").fill("exchange")
    await page.get_by_test_id(f"code-name-{last}").fill("换货")
    await page.get_by_test_id("edit-save").click()
    await expect(page.get_by_test_id("edit-save")).to_be_disabled()
    await page.reload()
    await expect(page.get_by_test_id(f"code-name-{last}")).to_have_value("换货")
