"""The day that was just lived, played again by the simulator: `lianxi replay` on a live centre."""

import asyncio
import json
from datetime import datetime
from zoneinfo import ZoneInfo

from lianxi.drills.product import PROGRAM
from lianxi.drills.scene import Scene
from lianxi.settings import Settings

WITHIN_S = 60.0
NEAR_S = 3.0
"""Of the handle time: those who gave up draw a conversation of another's length."""


async def today_is_played_again(scene: Scene) -> None:
    """Replay plays today's callers again, and what-if knows that today is not over."""
    zone = ZoneInfo(Settings().time_zone)
    today = datetime.now(tz=zone).date()
    callers = {
        line.fact("contact")
        for line in scene.journal.every("contact.queued.v1")
        if not line.facts.get("recovered")
    }
    days = ("--from", f"{today}", "--to", f"{today}")
    status, told, words = await _typed(scene, "replay", *days, "-n", "3", "--jobs", "1", "--json")
    scene.state("Replay of today ends well", status == 0, f"exit status {status} {words[-200:]}")
    day = json.loads(told)["centre"]["day"] if status == 0 else {}
    offered = day.get("offered", {}).get("mean")
    scene.state(
        "Replay has every caller of today",
        offered == len(callers),
        f"{offered} = {len(callers)}",
    )
    lived = (await scene.desks["supervisor"].read("/api/reports/today"))["metrics"]
    handled = next(metric["value"] for metric in lived if metric["id"] == "aht")
    replayed = day.get("aht_s", {}).get("mean")
    scene.state(
        "Conversations last as long as they did",
        None not in (handled, replayed) and abs(handled - replayed) < NEAR_S,
        f"AHT {replayed} s, lived {handled} s",
    )
    status, _, words = await _typed(
        scene, "simulate", "live", "--weekday", today.strftime("%A").lower()
    )
    scene.state(
        "What-if by weekday leaves today out, and says which days there are",
        status == 1 and "past_empty" in words and f"known={today}" in words,
        words[-200:],
    )


async def _typed(scene: Scene, *words: str) -> tuple[int | None, str, str]:
    """What a command of this centre says: exit status, stdout, stderr."""
    running = await asyncio.create_subprocess_exec(
        *PROGRAM,
        *words,
        env=scene.product.environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(WITHIN_S):
            told, said = await running.communicate()
    finally:
        if running.returncode is None:
            running.kill()
    return running.returncode, told.decode(), " ".join(said.decode().split())
