"""Records in the browser: one is found among many, heard, and marked for others."""

import pytest

from tests.builders.recorded_call import a_recorded_call
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web


async def test_a_reviewer_finds_a_call_hears_it_and_marks_a_moment(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a call that was recorded, and somebody who may play recordings
    contact = await a_recorded_call(site.centre)
    desktop = await page_of("admin", "/records")
    # When the list is narrowed by the last digits, the address says so
    await desktop.page.get_by_placeholder("号码尾数").fill("1234")
    await desktop.page.wait_for_url("**number_tail=1234")
    await no_violations(desktop.page)
    await desktop.click(f"record-{contact}")
    # Then the sound is there as two waves, and plays
    assert await desktop.has('[data-testid="player-waves"] > div', within_s=10)
    await desktop.by("player").focus()
    await desktop.press("k")
    assert await desktop.has('[data-testid="player-play"][data-playing="true"]', within_s=5)
    await desktop.press("k")
    # And a moment that is marked stands in the list of marks
    await desktop.press("m")
    await desktop.by("mark-text").fill("开场问候")
    await desktop.click("mark-save")
    await desktop.page.get_by_text("开场问候").wait_for()
    await no_violations(desktop.page)
