"""A centre of tests behind HTTP with the built pages, its browser windows, and what axe finds."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from lianxi.drills.browser import Desktop
from tests.builders.web_centre import WebCentre

WEB = Path(__file__).parents[2] / "web"
DIST = Path(os.environ.get("WEB_DIST") or WEB / "dist")
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")  # fmt: skip

PageOf = Callable[..., Awaitable[Desktop]]
NoViolations = Callable[..., Awaitable[None]]


@dataclass
class Site:
    """Where the served centre is, and its browser windows."""

    centre: WebCentre
    browser: Browser
    url: str
    complaints: list[str] = field(default_factory=list)
    """What pages threw."""

    async def page_of(
        self,
        user: str | None,
        path: str | None = None,
        *,
        language: str = "zh-CN",
        theme: str = "light",
        size: tuple[int, int] = (1366, 768),
    ) -> Desktop:
        """A window of a computer of its own, signed in as `user`, at `path` or where one lands.

        Args:
            user: user name of the demonstration centre; None = not signed in.
            language: `zh-CN` or `en`.
            theme: `light` or `dark`.
            size: width and height in CSS pixels.
        """
        computer = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=language,
            color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce",
        )  # fmt: skip
        # On a busy machine a page takes its time to come.
        computer.set_default_timeout(30_000)
        await computer.add_init_script(
            f"localStorage.setItem('lianxi-language', '{language}');"
            f"localStorage.setItem('lianxi-theme', '{theme}')"
        )
        if user is not None:
            await computer.request.post(
                f"{self.url}/api/session",
                data={"username": user, "password": self.centre.passwords[user]},
            )
        page = await computer.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        desktop = Desktop(page, self.url)
        await desktop.open(path or "/")
        return desktop


async def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it is now, by all of WCAG 2.2 AA."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text())
    found = await page.evaluate(
        "values => axe.run(document, {runOnly: {type: 'tag', values},"
        " resultTypes: ['violations']})",
        TAGS,
    )
    return list(found["violations"])
