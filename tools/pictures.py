"""How a picture of a page is taken: at rest, in either language, small enough to be kept."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page

from lianxi.drills.walking import go, is_at_rest

LANGUAGES = ("zh-CN", "en")
LARGEST_BYTES = 200_000
SETTLES_S = 1.5

_LANGUAGE = "document.documentElement.lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Where pictures go, and how they are taken."""

    folder: Path
    size: tuple[int, int] = (1366, 768)
    is_dark: bool = False

    async def prepare(self, page: Page) -> None:
        """Give a window the size and the theme of the pictures."""
        await page.set_viewport_size({"width": self.size[0], "height": self.size[1]})
        await page.emulate_media(color_scheme="dark" if self.is_dark else "light")

    async def page(self, page: Page, path: str, language: str, name: str = "") -> None:
        """Go to a page of the desktop and take it."""
        await go(page, path)
        await is_at_rest(page)
        # pace: charts and live rows come a moment after the page
        await asyncio.sleep(SETTLES_S)
        await is_at_rest(page)  # what a page asks for once it knows what to ask
        await self.keep(page, name or path.strip("/").replace("/", "-"), language)

    async def both(self, page: Page, name: str) -> None:
        """Take what stands there in both languages, by the switch of the page."""
        for _ in LANGUAGES:
            await self.keep(page, name, await page.evaluate(_LANGUAGE))
            await switch(page)

    async def keep(self, page: Page, name: str, language: str) -> None:
        """Write the picture of what is shown."""
        self.folder.mkdir(parents=True, exist_ok=True)
        content, kind = await page.screenshot(), "png"
        if len(content) > LARGEST_BYTES:
            content, kind = await page.screenshot(type="jpeg", quality=80), "jpg"
        for other in {"png", "jpg"} - {kind}:
            (self.folder / f"{name}.{language}.{other}").unlink(missing_ok=True)
        (self.folder / f"{name}.{language}.{kind}").write_bytes(content)
        print(f"{self.folder.name}/{name}.{language}.{kind} {len(content) // 1000} kB")


async def switch(page: Page) -> None:
    """To the other language, as a person does."""
    before = await page.evaluate(_LANGUAGE)
    await page.get_by_test_id("language").click()
    await page.wait_for_function("before => document.documentElement.lang !== before", arg=before)
    # pace: words of the page's own file and the components' words come a moment later
    await asyncio.sleep(0.4)
