"""Pictures for the docs, of a living demonstration centre: the desk in a call, and every page.

Usage: python -m tools.screenshots

Writes docs/images/desk.png and docs/images/board.png, and each page of the menu in both languages
into docs/screenshots/. It runs in a network of its own, like a drill, and leaves nothing behind but
the pictures.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from playwright.async_api import Page

from lianxi.drills import network
from lianxi.drills.browser import Desktop
from lianxi.drills.packages import require_packages
from lianxi.drills.people import People
from lianxi.drills.product import Product
from lianxi.drills.switch import require_switch
from lianxi.drills.walking import go, is_at_rest, pages_of
from lianxi.parts.errors import PartRefusal

IMAGES = Path(__file__).parents[1] / "docs" / "images"
PAGES = Path(__file__).parents[1] / "docs" / "screenshots"
AGENT = "8001"
ROLES = ("admin", "supervisor", AGENT)
"""Whose menus are walked; a page is taken of the first who has it."""
LANGUAGES = ("zh-CN", "en")
SIZE = (1366, 768)
LARGEST_BYTES = 200_000

LIVELY_WITHIN_S = 120.0
CALL_WITHIN_S = 120.0


async def take() -> None:
    """Start the demonstration, wait until it lives, take both pictures."""
    with tempfile.TemporaryDirectory(prefix="lianxi-pictures-") as room:
        product = Product(Path(room) / "home", options=("--demo",))
        try:
            await product.start()
            async with People(product.url) as people:
                passwords = product.accounts()
                desk = await people.desktop()
                await desk.sign_in(AGENT, passwords[AGENT])
                await desk.is_in_state("not_ready", within_s=30)
                board = await people.desktop()
                await board.sign_in("supervisor", passwords["supervisor"])
                await board.is_shown("board-fresh", within_s=30)
                await _lively(board)
                await desk.become_ready()
                await _in_a_call(desk)
                IMAGES.mkdir(parents=True, exist_ok=True)
                for name, desktop in (("desk", desk), ("board", board)):
                    await desktop.page.screenshot(path=IMAGES / f"{name}.png")
                    print(f"docs/images/{name}.png")
                await _every_page(people, passwords)
        finally:
            await product.stop()
            network.evict()


async def _every_page(people: People, passwords: dict[str, str]) -> None:
    """One picture of each page of the menu and of the tabs beneath it, in both languages."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        taken: set[str] = set()
        for username in ROLES:
            desktop = await people.desktop(await people.computer(language=language))
            await desktop.page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
            await desktop.sign_in(username, passwords[username])
            await desktop.is_shown("user-menu", within_s=30)
            for path in await pages_of(desktop.page):
                if path not in taken:
                    taken.add(path)
                    await _picture(desktop.page, path, language)
            await desktop.page.context.close()


async def _picture(page: Page, path: str, language: str) -> None:
    await go(page, path)
    await is_at_rest(page)
    # pace: charts and live rows come a moment after the page
    await asyncio.sleep(2.0)
    name = f"{path.strip('/').replace('/', '-')}.{language}"
    content = await page.screenshot()
    kind = "png"
    if len(content) > LARGEST_BYTES:
        content = await page.screenshot(type="jpeg", quality=80)
        kind = "jpg"
    (PAGES / f"{name}.{kind}").write_bytes(content)
    print(f"docs/screenshots/{name}.{kind} {len(content) // 1000} kB")


async def _lively(board: Desktop) -> None:
    """Wait until the scripted people have answered some calls."""
    end = time.monotonic() + LIVELY_WITHIN_S
    while time.monotonic() < end:
        report = await board.read("/api/reports/today")
        figures = {metric["id"]: metric["value"] for metric in report["metrics"]}
        if (figures.get("answered") or 0) >= 6:
            return
        # poll: figures change without a word to a stranger
        await asyncio.sleep(1.0)


async def _in_a_call(desk: Desktop) -> None:
    """Answer the next call and fill the wrap-up a little, as agents do."""
    if not await desk.is_shown("offer-strip", within_s=CALL_WITHIN_S):
        sys.exit("no call came to the desk")
    await desk.by("offer-answer").and_(desk.page.locator('[aria-disabled="false"]')).wait_for()
    await desk.press("F2")
    await desk.is_in_state("talking", within_s=10)
    await desk.page.locator('[data-testid^="wrapup-code-"]').first.click()
    await desk.by("wrapup-note").fill("客户询问送货时间,已说明。")
    # pace: a picture of a conversation, not of its first second
    await asyncio.sleep(8.0)


def main() -> None:
    """Prepare as a drill does, then take the pictures."""
    try:
        if not network.is_inside():
            require_packages()
            asyncio.run(require_switch())
        network.enter()
    except PartRefusal as refused:
        sys.exit(refused.sentence)
    asyncio.run(take())


if __name__ == "__main__":
    main()
