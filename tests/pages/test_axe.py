"""Every page of the menu in both themes and both languages: nothing that axe has against it.

Between the themes only colours differ, so in the dark one only contrast is asked for.
"""

import pytest

from lianxi.drills.walking import go, is_at_rest, pages_of
from tests.builders.site import NoViolations, PageOf

pytestmark = [pytest.mark.web, pytest.mark.timeout(150)]


@pytest.mark.parametrize("user", ["admin", "8001"])
async def test_axe_finds_nothing(page_of: PageOf, no_violations: NoViolations, user: str) -> None:
    # Given somebody with a menu, whose computer decides the theme
    desktop = await page_of(user, theme="system")
    page = desktop.page
    for path in await pages_of(page):
        await go(page, path)
        for _ in ("zh-CN", "en"):
            await is_at_rest(page)
            # When the page is shown in either theme and language, then nothing is against it
            await no_violations(page)
            await page.emulate_media(color_scheme="dark")
            await page.locator("html[data-theme=dark]").wait_for()
            await no_violations(page, only=["color-contrast"])
            await page.emulate_media(color_scheme="light")
            await page.locator("html[data-theme=light]").wait_for()
            await desktop.click("language")
