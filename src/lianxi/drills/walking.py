"""From page to page of the web desktop, by its menu: for pictures, and for tests of every page."""

from playwright.async_api import Page

_AT_REST = """() => document.querySelector('#main [aria-busy="true"]') === null
  && document.querySelector('#main h1, #main h2, #main .empty-state') !== null"""

_GO = """path => {
  history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
}"""
"""By the menu's own means: the page is not loaded anew."""


async def go(page: Page, path: str) -> None:
    """Go to another page of the desktop."""
    await page.evaluate(_GO, path)


async def is_at_rest(page: Page) -> None:
    """Wait until nothing is being fetched any more, and something is there."""
    await page.wait_for_function(_AT_REST)


async def pages_of(page: Page) -> list[str]:
    """The addresses of the menu, each with the tabs beneath it."""
    await page.locator(".rail a").first.wait_for()
    found: list[str] = []
    for entry in await _addresses(page, ".rail a"):
        await go(page, entry)
        await page.locator(f'.rail a.active[href="{entry}"]').wait_for()
        found += [entry, *await _addresses(page, ".nav-tabs a")]
    return list(dict.fromkeys(found))


async def _addresses(page: Page, selector: str) -> list[str]:
    found = await page.eval_on_selector_all(
        selector, "all => all.map(each => each.getAttribute('href'))"
    )
    return [str(each) for each in found]
