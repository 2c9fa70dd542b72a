"""Scripts in the browser: written and published by a supervisor, read and ticked by an agent."""

import pytest
from playwright.async_api import expect

from tests.builders.recorded_call import projected
from tests.builders.site import NoViolations, PageOf, Site
from tests.pages.test_desk import AGENT, chooses, sits_down, talks

pytestmark = pytest.mark.web


async def test_a_statement_is_written_published_and_made(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    site.centre.driver_lives()
    # Given a supervisor who writes a script with a mandatory statement, and moves it by keyboard
    page = (await page_of("supervisor", "/admin/service")).page
    await page.get_by_test_id("script-new").click()
    await page.get_by_test_id("script-name").fill("退款咨询")
    for number, text in enumerate(("退款 1 到 7 个工作日到账。", "您好,工号 {agent_no}。")):
        await page.get_by_test_id("steps-add").click()
        await page.get_by_test_id(f"step-text-{number}").fill(text)
    await page.get_by_role("button", name="第 2 项上移").press("Enter")
    await expect(page.get_by_test_id("step-text-0")).to_have_value("您好,工号 {agent_no}。")
    await page.get_by_test_id("step-kind-1").click()
    await page.locator(".ant-select-item-option", has_text="必说").click()
    await expect(page.get_by_test_id("script-preview")).to_contain_text("必说 退款")
    await page.get_by_test_id("script-queues").click()
    await page.locator(".ant-select-item-option", has_text="售后").click()
    await page.keyboard.press("Escape")
    await no_violations(page)
    # When it is saved and published
    await page.keyboard.press("Control+s")
    await expect(page.get_by_test_id("edit-save")).to_be_disabled()
    await page.get_by_test_id("script-publish").click()
    await page.get_by_test_id("script-note").fill("退款新规")
    await page.get_by_test_id("script-publish-now").click()
    await page.get_by_test_id("script-versions").click()
    await expect(page.get_by_test_id("script-versions-panel")).to_contain_text("退款新规")
    # Then an agent in a call of that queue reads it, and makes the statement by keyboard
    desktop = await page_of(AGENT)
    await sits_down(site, desktop)
    await chooses(desktop, "1")
    contact = await talks(site, desktop)
    await desktop.by("script-choice").wait_for()
    await expect(desktop.by("script")).to_contain_text(f"您好,工号 {AGENT}。")
    await desktop.press("Alt+g")
    await desktop.press("Space")
    await expect(desktop.by("script-progress")).to_have_text("1/2 步")
    await desktop.press("Alt+g")
    site.centre.later(5)
    await desktop.press("Enter")
    await expect(desktop.by("script-progress")).to_have_text("2/2 步")
    await no_violations(desktop.page)
    # And after a reload it is still ticked
    await desktop.page.reload()
    await expect(desktop.by("script-progress")).to_have_text("2/2 步")
    # And the record says what was stated, and when
    await site.centre.caller_hangs_up(contact)
    await projected(site.centre.database, site.centre.journal)
    record = (await page_of(AGENT, f"/records/{contact}", language="en")).page
    await expect(record.get_by_test_id("statements")).to_contain_text("00:05")
    await expect(record.get_by_test_id("statements")).to_contain_text("退款 1 到 7 个工作日到账。")
    await no_violations(record)
