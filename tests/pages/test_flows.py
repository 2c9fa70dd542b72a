"""A flow is changed by keyboard, walked, published and rolled back, or planned for a set time; a
prompt is recorded."""

import pytest
from playwright.async_api import Page

from lianxi.kernel.time import Instant
from lianxi.modules.ivr.jobs import Planner
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.routing.publishing import Publisher
from tests.builders.site import NoViolations, PageOf, Site
from tests.builders.web_centre import ZONE

pytestmark = pytest.mark.web


async def put(page: Page, test_id: str, text: str) -> None:
    await page.get_by_test_id(test_id).fill(text)


async def test_a_flow_is_changed_walked_published_and_rolled_back(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given the hotline's flow on the canvas
    desktop = await page_of("admin", "/flows/welcome")
    page = desktop.page
    await page.get_by_test_id("node-menu").click()
    await page.get_by_test_id("node-panel").wait_for()
    await no_violations(page)
    # When a node is put into the way from the greeting, in the list and by keyboard alone
    await page.get_by_test_id("side-close").click()
    await page.get_by_test_id("view-list").click()
    add = page.get_by_test_id("add-greeting-next")
    await add.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="切换语言").click()
    assert await desktop.is_shown("row-language", within_s=5)
    # And a caller presses 2 on trial
    await page.get_by_test_id("tool-walk").click()
    await page.get_by_test_id("walk-key-2").focus()
    await page.keyboard.press("2")
    assert await desktop.is_shown("step-queued", within_s=5)
    assert "语言改为中文" in await page.get_by_test_id("walk-log").inner_text()
    # And it is published with a reason
    await page.get_by_test_id("tool-publish").click()
    assert await desktop.is_shown("change-language", within_s=5)
    await put(page, "publish-note", "先选语言")
    await page.get_by_test_id("publish-now").click()
    await page.get_by_text("版本 2", exact=True).wait_for()
    # Then callers meet it
    (flow,) = site.centre.inbox.engine.state.routing.flows
    assert (flow.version, "language" in flow.nodes) == (2, True)
    # And one step brings the first back
    await page.get_by_test_id("tool-versions").click()
    await page.get_by_test_id("version-1").click()
    await page.get_by_test_id("rollback").click()
    await page.get_by_role("tooltip").get_by_role("button", name="回滚到此版本").click()
    await page.get_by_text("版本 3", exact=True).first.wait_for()
    (flow,) = site.centre.inbox.engine.state.routing.flows
    assert (flow.version, "language" in flow.nodes) == (3, False)


async def test_a_planned_version_comes_into_force_and_a_supervisor_reads_it(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    centre = site.centre
    # Given a draft that was saved by itself, planned for a set time
    admin = (await page_of("admin", "/flows/welcome?view=list&panel=flow")).page
    await put(admin, "flow-name", "节日欢迎")
    await admin.get_by_text("草稿已存").wait_for()
    await admin.get_by_test_id("tool-publish").click()
    await put(admin, "publish-note", "国庆")
    await admin.get_by_test_id("when-later").click()
    await put(admin, "due-at", "2026-01-01T15:00")
    await admin.get_by_test_id("publish-later").click()
    await admin.get_by_test_id("plan-cancel").wait_for()
    await no_violations(admin)
    # When its time has come it is in force, and callers meet it
    centre.at = Instant(centre.at + 2 * 3_600_000)
    publisher = Publisher(centre.database.sessions, centre.inbox, now=centre.now, zone=ZONE)
    prompts = Prompts(centre.settings.home / "prompts")
    assert await Planner(centre.database.sessions, prompts, publisher, centre.now).once() == 1
    (flow,) = centre.inbox.engine.state.routing.flows
    assert (flow.version, flow.name) == (2, "节日欢迎")
    # And whoever has the page open sees it without a reload
    await admin.get_by_text("版本 2", exact=True).wait_for(timeout=20_000)
    # And a supervisor reads it, and finds nothing to change it with
    reader = (await page_of("supervisor", "/flows/welcome?view=list&node=menu")).page
    await reader.get_by_test_id("flow-read-only").wait_for()
    assert await reader.get_by_test_id("node-name").is_disabled()
    assert await reader.get_by_test_id("tool-publish").count() == 0


async def test_a_prompt_is_recorded_heard_and_used(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given the prompts
    desktop = await page_of("admin", "/flows?tab=prompts", language="en", theme="dark")
    page = desktop.page
    await put(page, "prompt-find", "welcome")
    await no_violations(page)
    # When somebody speaks the greeting into the microphone
    await page.get_by_test_id("replace-welcome-zh").click()
    await page.get_by_test_id("record-start").click()
    stop = page.get_by_test_id("record-stop")
    await stop.wait_for()
    # The microphone of tests beeps once a second: something must be heard in it.
    await page.wait_for_function(
        "() => performance.now() - (window.begun ??= performance.now()) > 1500"
    )
    await stop.click()
    await page.get_by_test_id("prompt-fresh").wait_for()
    await page.get_by_test_id("prompt-save").click()
    # Then it is the centre's own from now on
    row = page.get_by_test_id("prompt-welcome")
    await row.get_by_text("Own", exact=True).wait_for()
    own = site.centre.settings.home / "prompts" / "zh" / "welcome.wav"
    assert own.read_bytes()[:4] == b"RIFF"
