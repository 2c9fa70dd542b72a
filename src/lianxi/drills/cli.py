"""`lianxi drill …`: the product proves itself on real parts."""

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from lianxi.drills.commands import AsJson, Keep, Steps, conclude, prepare, run
from lianxi.drills.report import Report
from lianxi.drills.telling import Teller
from lianxi.parts.logs import log_to

if TYPE_CHECKING:
    from lianxi.drills.playing import Drill

drill_app = typer.Typer(
    help="Play the whole product on real parts and check what happens.", no_args_is_help=True
)


@drill_app.command("first-call")
def first_call(as_json: AsJson = False, keep: Keep = False, step: Steps = None) -> None:
    """A customer's call from the first ring to the report, and what may go wrong on the way."""
    _play("lianxi.drills.first_call", "FIRST_CALL", as_json=as_json, keep=keep, only=step)


@drill_app.command("crash")
def crash(as_json: AsJson = False, keep: Keep = False, step: Steps = None) -> None:
    """Kill the application, Asterisk and PostgreSQL in the middle of calls."""
    _play("lianxi.drills.crash", "CRASH", as_json=as_json, keep=keep, only=step)


@drill_app.command("voice")
def voice(
    as_json: AsJson = False,
    keep: Keep = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Only these items; may be repeated.")
    ] = None,
) -> None:
    """Everything a telephone can do, item by item."""
    prepare(as_json=as_json)
    play = import_module("lianxi.drills.voice.frame").play
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("voice", told=(lambda _: None) if as_json else teller.tell)
    run(play(report, only=only or [], keep=keep))
    conclude(report, as_json=as_json, teller=teller)


@drill_app.command("figures")
def figures(
    as_json: AsJson = False,
    keep: Keep = False,
    calls: Annotated[bool, typer.Option(help="Real calls too, on a centre of its own.")] = True,
) -> None:
    """One scripted hour, and every figure of it beside the one computed by hand."""
    if calls:
        prepare(as_json=as_json)
    play = import_module("lianxi.drills.hour.drill").play
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("figures", told=(lambda _: None) if as_json else teller.tell)
    run(play(report, calls=calls, keep=keep))
    conclude(report, as_json=as_json, teller=teller)


@drill_app.command("promises")
def promises(as_json: AsJson = False) -> None:
    """A work order and a complaint warning through every state by a moved clock, workers killed in
    the middle."""
    measured = import_module("lianxi.drills.promises").measured
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("promises", told=(lambda _: None) if as_json else teller.tell)
    run(measured(report))
    conclude(report, as_json=as_json, teller=teller)


def _play(module: str, name: str, *, as_json: bool, keep: bool, only: list[str] | None) -> None:
    """Play a drill; its module is imported when the browser's package is known to be there."""
    prepare(as_json=as_json)
    drill: Drill = getattr(import_module(module), name).only(only or [])
    play = import_module("lianxi.drills.playing").play
    teller = Teller(Console(stderr=False, soft_wrap=True))
    report = Report(drill.name, told=(lambda _: None) if as_json else teller.tell)
    if not as_json:
        Console().print(f"[bold]{drill.title}[/]")
    run(play(drill, report, keep=keep))
    conclude(report, as_json=as_json, teller=teller)
