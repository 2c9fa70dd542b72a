"""Pictures for the docs, of a living demonstration centre: the desk in all its conditions, every
page of the menu, pages that are reached by links, boards on the wall; in both languages.

Usage: python -m tools.screenshots [--into FOLDER] [--size 1920x1080] [--dark] [--only desk,pages]

Without options it writes docs/screenshots/, and docs/images/ for the front page. It runs in a
network of its own, like a drill, and leaves nothing behind but the pictures.
"""

import argparse
import asyncio
import shutil
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
from lianxi.drills.walking import pages_of
from lianxi.parts.errors import PartRefusal
from tools.pictures import LANGUAGES, Album

DOCS = Path(__file__).parents[1] / "docs"
AGENT = "8001"
OTHER = "8004"
"""A scripted agent, whose panel is taken."""
ROLES = ("admin", "supervisor", AGENT)
"""Whose menus are walked; a page is taken of the first who has it."""
PARTS = ("desk", "pages", "linked", "office", "walls")
FRONT = {
    "desk-call.zh-CN": "desk",
    "live.zh-CN": "board",
    "record.zh-CN": "record",
    "report.zh-CN": "report",
    "case.zh-CN": "case",
    "warning.zh-CN": "warning",
}
"""Pictures of the front page, by their names in docs/screenshots/."""

LIVELY_WITHIN_S = 180.0
CALL_WITHIN_S = 120.0

Tile = dict[str, object]

SERVICE_LEVEL: Tile = {"metric": "service_level"}
WAITING: Tile = {"metric": "now_waiting", "target": 5}
LONGEST: Tile = {"metric": "now_longest", "target": 60}
READY: Tile = {"metric": "now_ready"}
ABANDONED: Tile = {"metric": "abandon_rate"}
WALLS: dict[str, list[Tile]] = {
    "mixed": [SERVICE_LEVEL, LONGEST, WAITING, READY, ABANDONED],
    "figures": [SERVICE_LEVEL, LONGEST, WAITING, READY, ABANDONED, {"metric": "aht"}],
    "queues": [SERVICE_LEVEL, WAITING, LONGEST],
    "focus": [SERVICE_LEVEL, WAITING, LONGEST, READY],
}


async def take(album: Album, parts: list[str]) -> None:
    """Start the demonstration, wait until it lives, take the pictures."""
    with tempfile.TemporaryDirectory(prefix="lianxi-pictures-") as room:
        product = Product(Path(room) / "home", options=("--demo",))
        try:
            await product.start()
            async with People(product.url) as people:
                passwords = product.accounts()
                boss = await people.desktop()
                await album.prepare(boss.page)
                await boss.sign_in("supervisor", passwords["supervisor"])
                await boss.is_shown("board-fresh", within_s=30)
                if "desk" in parts:
                    await _desk(people, passwords[AGENT], boss, album)
                else:
                    await _lively(boss)
                for language in LANGUAGES:
                    if "pages" in parts:
                        await _every_page(people, passwords, album, language)
                    if "linked" in parts:
                        await _linked(people, passwords, album, language)
                    if "office" in parts:
                        await _office(people, passwords, album, language)
                if "walls" in parts:
                    await _walls(boss, album)
        finally:
            await product.stop()
            network.evict()


async def _desk(people: People, password: str, boss: Desktop, album: Album) -> None:
    """The desk while nothing happens, while it rings, in a call, and after it."""
    desk = await people.desktop()
    await album.prepare(desk.page)
    await desk.sign_in(AGENT, password)
    await desk.is_in_state("not_ready", within_s=30)
    await _lively(boss)
    await album.both(desk.page, "desk-idle")
    await desk.become_ready()
    if not await desk.is_shown("offer-strip", within_s=CALL_WITHIN_S):
        sys.exit("no call came to the desk")
    await album.both(desk.page, "desk-ringing")
    await desk.by("offer-answer").and_(desk.page.locator('[aria-disabled="false"]')).wait_for()
    await desk.press("F2")
    await desk.is_in_state("talking", within_s=10)
    await desk.page.locator('[data-testid^="wrapup-code-"]').first.click()
    await desk.by("wrapup-note").fill("客户询问送货时间,已说明。")
    # pace: a picture of a conversation, not of its first second
    await asyncio.sleep(6.0)
    await album.both(desk.page, "desk-call")
    if await desk.state() == "talking":
        await desk.press("F4")
        await desk.press("F4")
    await desk.is_in_state("acw", within_s=60)
    # pace: what cannot be pressed any more turns grey
    await asyncio.sleep(2.0)
    await album.both(desk.page, "desk-wrapup")
    await desk.page.context.close()


async def _every_page(
    people: People, passwords: dict[str, str], album: Album, language: str
) -> None:
    """Each page of the menu and of the tabs beneath it."""
    taken: set[str] = {"/desk"}
    for username in ROLES:
        desktop = await _signed_in(people, username, passwords, album, language)
        for path in await pages_of(desktop.page):
            if path not in taken:
                taken.add(path)
                await album.page(desktop.page, path, language)
        await desktop.page.context.close()


async def _linked(people: People, passwords: dict[str, str], album: Album, language: str) -> None:
    """Pages that are reached from a row: a contact, a flow, a queue, a report, an agent."""
    desktop = await _signed_in(people, "admin", passwords, album, language)
    flow = (await desktop.read("/api/flows"))[0]["id"]
    queue = (await desktop.read("/api/queues"))[0]["id"]
    await album.page(desktop.page, f"/flows/{flow}", language, "flow")
    await album.page(desktop.page, f"/admin/routing/queues/{queue}", language, "queue")
    await desktop.page.context.close()
    desktop = await _signed_in(people, "supervisor", passwords, album, language)
    records = (await desktop.read("/api/records?outcome=answered&limit=20"))["items"]
    whole = [each for each in records if each["recording_state"] == "available"]
    await album.page(desktop.page, f"/records/{(whole or records)[0]['id']}", language, "record")
    await album.page(desktop.page, "/reports/service_level", language, "report")
    await album.page(desktop.page, f"/live?open=queue:{queue}", language, "live-queue")
    await album.page(desktop.page, f"/live?open=agent:{OTHER}", language, "live-agent")
    await desktop.page.context.close()


async def _office(people: People, passwords: dict[str, str], album: Album, language: str) -> None:
    """Work orders as list, board and one that went round; a complaint warning; a customer."""
    desktop = await _signed_in(people, "supervisor", passwords, album, language)
    page = desktop.page
    await album.page(page, "/cases", language, "cases")
    await album.page(page, "/cases?view=board", language, "cases-board")
    orders = (await desktop.read("/api/cases?list=all&limit=50"))["items"]
    oldest = max(orders, key=lambda each: (each["round"], each["misdispatches"]))
    await album.page(page, f"/cases/{oldest['id']}", language, "case")
    warned = (await desktop.read("/api/warnings?limit=5"))["items"]
    await album.page(page, f"/warnings/{warned[0]['id']}", language, "warning")
    known = next(each["customer"] for each in orders if each["customer"])
    await album.page(page, f"/customers/{known}", language, "customer")
    await page.context.close()


async def _walls(boss: Desktop, album: Album) -> None:
    """A board of each arrangement, as it hangs on the wall."""
    queues = [queue["id"] for queue in await boss.read("/api/queues")]
    for layout, tiles in WALLS.items():
        for language in LANGUAGES:
            is_zh = language == "zh-CN"
            made = await boss.change(
                "POST",
                "/api/walls",
                {
                    "name": "售后热线" if is_zh else "Service line",
                    "layout": layout,
                    "tiles": tiles,
                    "queues": queues[:6] if layout in ("mixed", "queues") else [],
                    "notice": "今日 18:00 系统维护" if is_zh else "Maintenance today at 18:00",
                    "language": language,
                },
            )
            if not made.ok:
                sys.exit(f"no board {layout}: {await made.text()}")
            path = f"/wall/{(await made.json())['id']}"
            await boss.open(path)
            await boss.page.locator("[data-testid^='wall']").first.wait_for()
            # pace: its figures come a moment after it
            await asyncio.sleep(3.0)
            await album.keep(boss.page, f"wall-{layout}", language)


async def _signed_in(
    people: People, username: str, passwords: dict[str, str], album: Album, language: str
) -> Desktop:
    desktop = await people.desktop(await people.computer(language=language))
    await album.prepare(desktop.page)
    await desktop.sign_in(username, passwords[username])
    await desktop.is_shown("user-menu", within_s=30)
    return desktop


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


def _front(album: Album) -> None:
    """Copy what the front page shows."""
    for name, front in FRONT.items():
        for kind in ("png", "jpg"):
            found = album.folder / f"{name}.{kind}"
            if found.exists():
                (DOCS / "images" / f"{front}.{'jpg' if kind == 'png' else 'png'}").unlink(
                    missing_ok=True
                )
                shutil.copyfile(found, DOCS / "images" / f"{front}.{kind}")


def main() -> None:
    """Prepare as a drill does, then take the pictures."""
    asked = argparse.ArgumentParser(prog="python -m tools.screenshots")
    asked.add_argument("--into", type=Path, default=DOCS / "screenshots")
    asked.add_argument("--size", default="1366x768")
    asked.add_argument("--dark", action="store_true")
    asked.add_argument("--only", default=",".join(PARTS), help="of " + ", ".join(PARTS))
    options = asked.parse_args()
    try:
        if not network.is_inside():
            require_packages()
            asyncio.run(require_switch())
        network.enter()
    except PartRefusal as refused:
        sys.exit(refused.sentence)
    wide, high = options.size.split("x")
    album = Album(folder=options.into, size=(int(wide), int(high)), is_dark=options.dark)
    asyncio.run(take(album, options.only.split(",")))
    if options.into == DOCS / "screenshots":
        _front(album)


if __name__ == "__main__":
    main()
