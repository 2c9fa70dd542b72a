"""Pictures for the docs: the desk in a call and the board, of a running demonstration centre.

Usage: python -m tools.screenshots      (writes docs/images/desk.png and docs/images/board.png)

It runs in a network of its own, like a drill, and leaves nothing behind but the pictures.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from lianxi.drills import network
from lianxi.drills.browser import Desktop
from lianxi.drills.packages import require_packages
from lianxi.drills.people import People
from lianxi.drills.product import Product
from lianxi.drills.switch import require_switch
from lianxi.parts.errors import PartRefusal

IMAGES = Path(__file__).parents[1] / "docs" / "images"
AGENT = "8001"
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
        finally:
            await product.stop()
            network.evict()


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
