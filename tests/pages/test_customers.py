"""A caller whom nobody knows becomes a customer at the desk, is known at the next call, and found
by whoever looks."""

import pytest

from lianxi.drills.browser import Desktop
from lianxi.kernel.ids import ContactId
from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web

AGENT = "8005"


async def waits_for_calls(site: Site, page_of: PageOf) -> Desktop:
    """An agent at the desk with a telephone, ready."""
    desktop = await page_of(AGENT, "/desk")
    await desktop.by("signin-phone").wait_for()
    await desktop.page.get_by_role("radio").first.focus()
    await desktop.press("ArrowRight")
    await desktop.by("signin-phone").click()
    assert await desktop.is_in_state("not_ready", within_s=5)
    await site.centre.device_registers(AGENT)
    await is_ready(desktop)
    return desktop


async def is_ready(desktop: Desktop) -> None:
    """Ready by keyboard."""
    await desktop.press("Alt+w")
    await desktop.page.locator('[data-testid="state-ready"]:focus').wait_for()
    await desktop.press("1")
    assert await desktop.is_in_state("ready", within_s=5)


async def talks(site: Site, desktop: Desktop, name: str) -> ContactId:
    """A caller comes and the agent picks up."""
    contact = await site.centre.caller_waits(name)
    await site.centre.agent_picks_up(AGENT)
    assert await desktop.is_in_state("talking", within_s=5)
    return contact


async def test_a_caller_becomes_a_customer_and_is_known_at_the_next_call(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given an agent who talks to somebody whom nobody knows
    desktop = await waits_for_calls(site, page_of)
    contact = await talks(site, desktop, "c1")
    assert await desktop.by("new-number-known").inner_text() == "138****1234"
    # When the agent writes down who it is
    await desktop.by("new-name").fill("王小双")
    await desktop.by("new-certificate").fill("a 100")
    await desktop.press("Enter")
    about = desktop.by("customer-about")
    await about.wait_for()
    assert "A100" in await about.inner_text()
    await no_violations(desktop.page)
    # And the call ends and another one comes from that number
    await site.centre.caller_hangs_up(contact)
    assert await desktop.is_in_state("acw", within_s=5)
    # And a page that is loaded anew still shows who it was, and takes a work order
    await desktop.page.reload()
    assert await desktop.is_in_state("acw", within_s=10)
    await about.wait_for()
    await desktop.by("desk-case-new").wait_for()
    await desktop.press("1")
    await desktop.press("Control+Enter")
    assert await desktop.is_in_state("ready", within_s=5)
    await talks(site, desktop, "c2")
    # Then that customer is open
    await about.wait_for()
    heading = desktop.page.get_by_role("heading", name="王小双")
    await heading.wait_for()
    # And a supervisor finds the customer by initials, and opens the whole story
    lead = await page_of("supervisor", "/customers?text=wxs")
    await no_violations(lead.page)
    await lead.page.get_by_role("link", name="王小双").click()
    await lead.by("customer-story").wait_for()
    await lead.page.get_by_role("heading", level=1, name="王小双").wait_for()
    await no_violations(lead.page)
