"""The drill: first the hour by a virtual clock, then a minute of real calls."""

import asyncio

from lianxi.drills.hour import comparing
from lianxi.drills.hour.calls import play_calls
from lianxi.drills.machine import machine_facts
from lianxi.drills.playing import leave_nothing
from lianxi.drills.report import Report
from lianxi.drills.voice.frame import words
from lianxi.drills.voice.stage import stage
from lianxi.parts.errors import PartRefusal


async def play(report: Report, *, calls: bool, keep: bool) -> None:
    """Play both. Never raises for what the product did: that is a statement that failed.

    Args:
        report: where to.
        calls: play the real calls too.
        keep: leave the folder with home and logs.
    """
    report.machine.update(machine_facts())
    await comparing.play(report)
    if not calls:
        return
    try:
        async with stage(report, keep=keep) as playing:
            report.step = "calls"
            await play_calls(playing)
            report.step = "end"
            await playing.clear()
    except PartRefusal as refused:
        report.state("The calls can be made", False, refused.sentence)
    except asyncio.CancelledError:
        report.state("The drill is played to its end", False, "interrupted")
    except Exception as error:
        report.state("The calls are made to their end", False, words(error))
    finally:
        await leave_nothing(report)
