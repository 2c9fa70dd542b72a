"""The first set-up in the browser: an administrator goes from the name to the first agent."""

import pytest

from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web


async def test_an_administrator_sets_the_centre_up_and_goes_on_later(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given a fresh centre; its switch is played here, so the check-up is not green and is skipped
    centre = site.centre
    centre.driver_lives()
    desktop = await page_of("admin", "/setup")
    await desktop.by("light-database").wait_for()
    await no_violations(desktop.page)
    await desktop.click("setup-skip")
    # When the organisation is named
    await desktop.by("org-name").fill("晨光服务热线")
    await desktop.click("setup-next")
    # Then the top bar says so, and the password comes next
    await desktop.page.locator(".topbar").get_by_text("晨光服务热线").wait_for()
    await desktop.by("password-present").fill(centre.passwords["admin"])
    await desktop.by("password-wanted").fill("a-long-sentence-of-one's-own")
    await desktop.click("password-save")
    await desktop.by("password-new").wait_for()
    await desktop.click("setup-next")
    # And the queue: a new one with its own number
    await desktop.by("which-queue").click()
    await desktop.page.get_by_title("新建队列").click()
    await desktop.by("queue-name").fill("晨光客服")
    await desktop.click("setup-next")
    # Then a colleague who serves it and signs in is the first agent
    await desktop.by("agent-serve").click()
    assert await desktop.has('[data-testid="agent-serves"][data-ok="true"]', within_s=5)
    async with centre.browser("8001") as colleague:
        await colleague.takes_desk()
        assert await desktop.has('[data-testid="agent-here"][data-ok="true"]', within_s=5)
        await no_violations(desktop.page)
        await desktop.click("setup-next")
        # And who comes back later goes on at the devices
        await desktop.by("panel-device").wait_for()
        await desktop.open("/setup")
        await desktop.by("panel-device").wait_for()
    state = await desktop.by("step-queue").get_attribute("data-state")
    assert state == "done"
