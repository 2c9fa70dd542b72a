"""Somebody signs in and sees the pages of the own role."""

import pytest

from tests.builders.site import NoViolations, PageOf, Site

pytestmark = pytest.mark.web


async def test_an_administrator_signs_in_and_sees_the_menu(
    site: Site, page_of: PageOf, no_violations: NoViolations
) -> None:
    # Given the sign-in page
    desktop = await page_of(None, "/login")
    # When the administrator signs in by keyboard
    await desktop.by("login-username").fill("admin")
    await desktop.by("login-password").fill(site.centre.passwords["admin"])
    await desktop.press("Enter")
    # Then the menu shows the pages of the role
    assert await desktop.is_shown("nav-records", within_s=10)
    assert await desktop.is_shown("nav-reports", within_s=5)
    await no_violations(desktop.page)


async def test_an_agent_sees_no_pages_of_others(page_of: PageOf) -> None:
    # Given / When an agent opens the desktop
    desktop = await page_of("8001")
    # Then the desk is there, and no page of supervisors
    assert await desktop.is_shown("nav-desk", within_s=10)
    assert await desktop.by("nav-live").count() == 0
