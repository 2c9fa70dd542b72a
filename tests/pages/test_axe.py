"""Every page of the menu in both themes and both languages: nothing that axe has against it.

Between the themes only colours differ, so in the dark one only contrast is asked for.
"""

import pytest
from playwright.async_api import Page

from tests.builders.site import NoViolations, PageOf

pytestmark = [pytest.mark.web, pytest.mark.timeout(150)]

_AT_REST = """() => document.querySelector('#main [aria-busy="true"]') === null
  && document.querySelector('#main h1, #main h2, #main .empty-state') !== null"""
"""Nothing is being fetched any more, and something is there."""

_GO = """path => {
  history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
}"""
"""By the menu's own means: the page is not loaded anew."""


async def pages_of(page: Page) -> list[str]:
    """The addresses of the menu and of the tabs beneath it."""
    await page.locator(".rail a").first.wait_for()
    found: list[str] = []
    for entry in await _addresses(page, ".rail a"):
        await page.evaluate(_GO, entry)
        await page.locator(f'.rail a.active[href="{entry}"]').wait_for()
        found += [entry, *await _addresses(page, ".nav-tabs a")]
    return list(dict.fromkeys(found))


async def _addresses(page: Page, selector: str) -> list[str]:
    found = await page.eval_on_selector_all(
        selector, "all => all.map(each => each.getAttribute('href'))"
    )
    return [str(each) for each in found]


@pytest.mark.parametrize("user", ["admin", "8001"])
async def test_axe_finds_nothing(page_of: PageOf, no_violations: NoViolations, user: str) -> None:
    # Given somebody with a menu, whose computer decides the theme
    desktop = await page_of(user, theme="system")
    page = desktop.page
    for path in await pages_of(page):
        await page.evaluate(_GO, path)
        for _ in ("zh-CN", "en"):
            await page.wait_for_function(_AT_REST)
            # When the page is shown in either theme and language, then nothing is against it
            await no_violations(page)
            await page.emulate_media(color_scheme="dark")
            await page.locator("html[data-theme=dark]").wait_for()
            await no_violations(page, only=["color-contrast"])
            await page.emulate_media(color_scheme="light")
            await page.locator("html[data-theme=light]").wait_for()
            await desktop.click("language")
