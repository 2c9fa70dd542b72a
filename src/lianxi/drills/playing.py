"""How a drill is played: step after step, whatever happens cleaned up and told."""

import asyncio
import contextlib
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lianxi.drills import network
from lianxi.drills.machine import machine_facts
from lianxi.drills.patience import patient
from lianxi.drills.report import Report
from lianxi.drills.scene import Scene, scene
from lianxi.parts.errors import PartRefusal

Step = Callable[[Scene], Awaitable[None]]
_GONE_WITHIN_S = 5.0
_LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A story told in steps; each step's docstring says what it is about."""

    name: str
    title: str
    steps: tuple[Step, ...]
    step_limit_s: float = 120.0
    settings: Mapping[str, str] = field(default_factory=dict)

    def step_names(self) -> list[str]:
        """The names of the steps, as `--step` takes them and statements carry them."""
        return [_name(step) for step in self.steps]

    def only(self, names: Sequence[str]) -> "Drill":
        """The drill with these steps alone; with all of them when none is named."""
        chosen = tuple(step for step in self.steps if not names or _name(step) in names)
        return replace(self, steps=chosen)


async def play(drill: Drill, report: Report, *, keep: bool = False) -> None:
    """Play all steps. Never raises for what the product did: that is a statement that failed."""
    report.machine.update(machine_facts())
    try:
        async with scene(report, keep=keep, settings=drill.settings) as stage:
            for index, step in enumerate(drill.steps):
                if not await _took(step, stage, limit_s=drill.step_limit_s):
                    _not_reached(drill.steps[index + 1 :], report)
                    break
    except PartRefusal as refused:
        report.state("The drill can be played", False, refused.sentence)
    except asyncio.CancelledError:
        report.step = "end"
        report.state("The drill is played to its end", False, "interrupted")
    finally:
        await leave_nothing(report)


async def _took(step: Step, stage: Scene, *, limit_s: float) -> bool:
    stage.report.step = _name(step)
    try:
        async with asyncio.timeout(patient(limit_s)):
            await step(stage)
    except Exception as error:
        stage.state(f"{_title(step)}: played to its end", False, _words(error))
        with contextlib.suppress(Exception):
            await stage.pictures(_name(step))
        return False
    return True


def _not_reached(steps: tuple[Step, ...], report: Report) -> None:
    for step in steps:
        report.step = _name(step)
        report.state(f"{_title(step)}: reached", False, "an earlier step could not be played")


async def leave_nothing(report: Report) -> None:
    """The last statement: no process of the drill lives on."""
    report.step = "end"
    loop = asyncio.get_running_loop()
    end = loop.time() + _GONE_WITHIN_S
    while network.inhabitants() and loop.time() < end:  # noqa: ASYNC110
        # poll: processes of nobody; the system tells no stranger of their end
        await asyncio.sleep(_LOOK_EVERY_S)
    left = network.evict()
    seen = "; ".join(f"{one.pid} {one.command[:100]}" for one in left) or "no process"
    report.state("The drill leaves nothing running", not left, seen)


def _name(step: Step) -> str:
    return str(getattr(step, "__name__", "step"))


def _title(step: Step) -> str:
    return (step.__doc__ or _name(step)).split("\n")[0].rstrip(".")


def _words(error: Exception) -> str:
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "/drills/" in frame.filename
    ]
    where = f" ({ours[-1].filename.rsplit('/', 1)[-1]}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:500]}{where}"
