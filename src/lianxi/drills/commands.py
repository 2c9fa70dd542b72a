"""What the commands of drills and benches share: preparing, running, concluding."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Coroutine
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import typer

from lianxi.drills import network
from lianxi.drills.errors import BrowserMissing
from lianxi.drills.packages import require_packages
from lianxi.drills.report import Report
from lianxi.drills.switch import require_switch
from lianxi.drills.telling import Teller
from lianxi.parts.errors import PartRefusal
from lianxi.parts.logs import log_to

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")]
Steps = Annotated[
    list[str] | None, typer.Option("--step", help="Only these steps, by name; may be repeated.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Leave the drill's folder with its logs.")]
Compiled = Annotated[
    bool, typer.Option(help="Measure the compiled core (made when missing), or the interpreted.")
]


def take_core(*, compiled: bool) -> None:
    """Measure the compiled core, or the interpreted."""
    log_to(None)  # stdout belongs to the report
    if compiled:
        import_module("lianxi.drills.bench_core").take_compiled()


def prepare(*, as_json: bool) -> None:
    """Everything the drill needs from outside, then into its own network."""
    try:
        if not network.is_inside():
            require_packages()
            if find_spec("playwright") is None:
                raise BrowserMissing
            run(require_switch())
        network.enter()
    except PartRefusal as refused:
        if as_json:
            report = Report("drill")
            report.state("The drill can be played", False, refused.sentence)
            conclude(report, as_json=True, teller=None)
        typer.secho(refused.sentence, err=True, fg="red")
        raise typer.Exit(1) from None


def run(work: Coroutine[object, object, None]) -> None:
    """Run; SIGINT and SIGTERM cancel the work, which then cleans up."""

    async def guarded() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(guarded())


def conclude(report: Report, *, as_json: bool, teller: Teller | None) -> None:
    """Tell what was found; the exit code says whether every statement held."""
    if as_json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False) + "\n")
    elif teller is not None:
        teller.end(report)
    sys.stdout.flush()
    raise typer.Exit(0 if report.ok else 1)
