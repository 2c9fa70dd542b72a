"""The items of the drill: found, chosen, played."""

import asyncio
import contextlib
import pkgutil
import traceback
from collections.abc import Sequence
from importlib import import_module

from lianxi.drills import voice
from lianxi.drills.machine import machine_facts
from lianxi.drills.playing import leave_nothing
from lianxi.drills.report import Report
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.stage import Stage, stage
from lianxi.parts.errors import PartRefusal

CLEARED_WITHIN_S = 15.0


def all_items() -> tuple[Item, ...]:
    """The items of all files here, in the order of their files' names.

    Raises:
        ValueError: two have the same name.
    """
    found: list[Item] = []
    for module in sorted(pkgutil.iter_modules(voice.__path__), key=lambda one: one.name):
        loaded = import_module(f"{voice.__name__}.{module.name}")
        found += getattr(loaded, "ITEMS", ())
    names = [item.name for item in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two items have the same name: {', '.join(twice)}")
    return tuple(found)


def chosen(items: Sequence[Item], names: Sequence[str]) -> tuple[Item, ...]:
    """The items of these names; all when none is named."""
    return tuple(item for item in items if not names or item.name in names)


async def play(report: Report, *, only: Sequence[str] = (), keep: bool = False) -> None:
    """Play the items. Never raises for what the product did: that is a statement that failed.

    Args:
        report: where to.
        only: names of items; empty = all.
        keep: leave the folder with home and logs.
    """
    report.machine.update(machine_facts())
    items = chosen(all_items(), only)
    try:
        async with stage(report, keep=keep) as playing:
            for item in items:
                await play_item(item, playing)
    except PartRefusal as refused:
        report.state("The drill can be played", False, refused.sentence)
    except asyncio.CancelledError:
        report.step = "end"
        report.state("The drill is played to its end", False, "interrupted")
    finally:
        await leave_nothing(report)
    report.figure("items", len(items))
    failed = {one.step for one in report.statements if not one.ok}
    report.figure("items_failed", ", ".join(sorted(failed)) or "none")


async def play_item(item: Item, playing: Stage) -> None:
    """Play one item, then send everybody home."""
    report = playing.report
    report.step, before = item.name, len(report.statements)
    try:
        async with asyncio.timeout(item.limit_s):
            await item.run(playing)
        if len(report.statements) == before:
            report.state(item.title, False, "the item states nothing")
    except Exception as error:
        report.state(f"{item.title}: played to its end", False, words(error))
    try:
        async with asyncio.timeout(CLEARED_WITHIN_S):
            await playing.clear()
    except Exception as error:
        report.state(f"{item.title}: everybody goes home", False, words(error))
        with contextlib.suppress(Exception):
            await playing.forget()


def words(error: Exception) -> str:
    """What went wrong, and in which line of an item."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/drills/voice/" in frame.filename]
    place = next((f for f in ours if not f.filename.endswith(("frame.py", "stage.py"))), None)
    where = f" ({place.filename.rsplit('/', 1)[-1]}:{place.lineno})" if place else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:500]}{where}"
