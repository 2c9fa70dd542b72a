"""Roles of the centre's own and a year's holidays, in the browser."""

import pytest
from playwright.async_api import expect

from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web


async def test_a_cloned_role_is_given_and_its_menu_follows_a_change_without_a_reload(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a role cloned from the inspectors', which may read the audit too
    admin = (await page_of("admin", "/admin/people?tab=roles&open=qa")).page
    await admin.get_by_test_id("role-clone").click()
    await admin.get_by_test_id("role-name").fill("复核员")
    await admin.get_by_test_id("right-audit.read").click()
    await no_violations(admin)
    await admin.get_by_test_id("edit-save").click()
    await expect(admin.get_by_text("复核员").first).to_be_visible()
    await expect(admin.get_by_test_id("edit-save")).to_be_disabled()
    # When somebody new is given it
    await admin.goto(f"{site.url}/admin/people")
    await admin.get_by_test_id("people-new").click()
    await admin.get_by_test_id("person-name").fill("复核甲")
    await admin.get_by_test_id("person-username").fill("checker")
    await admin.get_by_test_id("person-role").click()
    await admin.locator(".ant-select-item-option", has_text="复核员").click()
    await admin.get_by_test_id("person-takes-calls").click()
    await admin.get_by_test_id("person-save").click()
    site.centre.passwords["checker"] = (
        await admin.get_by_test_id("password-text").inner_text()
    ).strip()
    # Then the person lands where the role says and has its menu
    theirs = (await page_of("checker")).page
    await expect(theirs).to_have_url(f"{site.url}/records")
    await expect(theirs.get_by_test_id("nav-admin/system")).to_be_visible()
    # And when the role is changed, the open page follows by itself
    await admin.goto(f"{site.url}/admin/people?tab=roles")
    await admin.get_by_role("button", name="复核员").click()
    await admin.get_by_test_id("right-audit.read").click()
    await admin.get_by_test_id("right-live.read").click()
    await admin.get_by_test_id("edit-save").click()
    await expect(theirs.get_by_test_id("nav-live")).to_be_visible(timeout=10_000)
    await expect(theirs.get_by_test_id("nav-admin/system")).to_have_count(0)
    # And what somebody has cannot be deleted: the refusal says who has it
    await admin.get_by_test_id("role-remove").click()
    await admin.locator(".ant-popconfirm-buttons .ant-btn-primary").click()
    await expect(admin.get_by_text("checker").first).to_be_visible()


async def test_a_years_holidays_are_proposed_and_stored_by_one_save(
    page_of: PageOf, no_violations: NoViolations
) -> None:
    page = (await page_of("admin", "/admin/service")).page
    await page.clock.set_fixed_time("2026-03-01T08:00:00+08:00")
    await page.reload()
    await page.get_by_test_id("calendar-id").fill("festive")
    await page.get_by_test_id("calendar-new").click()
    # Given the proposal of this year, without one of its days
    await page.get_by_test_id("calendar-holidays").click()
    await expect(page.get_by_test_id("holidays-list")).to_contain_text("2026-02-14")
    await no_violations(page)
    await page.get_by_test_id("day-2026-05-09").click()
    # When it is taken and the calendar is saved
    await page.get_by_test_id("holidays-take").click()
    await page.get_by_test_id("edit-save").click()
    await expect(page.get_by_test_id("edit-save")).to_be_disabled()
    # Then holidays are closed, worked weekends have hours, and the day left out has none
    await page.reload()
    await page.get_by_test_id("calendar-festive").click()
    await expect(page.get_by_test_id("special-2026-02-17")).to_have_value("")
    await expect(page.get_by_test_id("special-2026-02-14")).to_have_value("09:00-18:00")
    await expect(page.get_by_test_id("special-2026-05-09")).to_have_count(0)
    # And next year is not announced: nothing is proposed
    await page.get_by_test_id("calendar-holidays").click()
    await page.get_by_test_id("holidays-year").get_by_text("2027").click()
    await expect(page.get_by_text("2027 年的安排还不知道")).to_be_visible()
