"""People with computers: each a Chromium of the own, with a microphone that beeps."""

import asyncio
import shutil
from pathlib import Path
from types import TracebackType

from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright

from lianxi.drills.browser import Desktop
from lianxi.drills.errors import BrowserMissing

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
)
_MICROPHONE_ALLOWED = ("--use-fake-ui-for-media-stream",)
_MICROPHONE_REFUSED = ("--deny-permission-prompts",)
_SIZE = {"width": 1440, "height": 900}


class People:
    """All browsers of a drill. Use as `async with People(url) as people`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._playwright: Playwright | None = None
        self._browsers: dict[tuple[str, ...], Browser] = {}

    async def __aenter__(self) -> "People":
        self._playwright = await async_playwright().start()
        return self

    async def __aexit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        for browser in self._browsers.values():
            await browser.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def computer(self, *, microphone: bool = True, language: str = "zh-CN") -> BrowserContext:
        """A computer of its own: nothing shared with the others.

        Args:
            microphone: whether the person allows it when the browser asks.
        """
        browser = await self._browser(_MICROPHONE_ALLOWED if microphone else _MICROPHONE_REFUSED)
        return await browser.new_context(
            viewport={"width": _SIZE["width"], "height": _SIZE["height"]}, locale=language
        )

    async def desktop(self, computer: BrowserContext | None = None) -> Desktop:
        """A new window, on a computer of its own unless one is given."""
        place = computer if computer is not None else await self.computer()
        return Desktop(await place.new_page(), self.url)

    async def pause(self, seconds: float) -> None:
        """Give browsers and server a moment, between two looks that no event could replace."""
        # poll: see each caller
        await asyncio.sleep(seconds)

    async def _browser(self, microphone: tuple[str, ...]) -> Browser:
        if microphone not in self._browsers:
            if self._playwright is None:
                raise RuntimeError("use `async with`")
            self._browsers[microphone] = await self._playwright.chromium.launch(
                executable_path=chromium(), headless=True, args=[*_ARGUMENTS, *microphone]
            )
        return self._browsers[microphone]


def chromium() -> str:
    """The browser's program.

    Raises:
        BrowserMissing: there is none.
    """
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None or not Path(found).exists():
        raise BrowserMissing
    return found
