"""`lianxi drill …` and `lianxi bench …`: the product proves itself on real parts."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import Coroutine
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from lianxi.drills import network
from lianxi.drills.errors import BrowserMissing
from lianxi.drills.packages import require_packages
from lianxi.drills.report import Report
from lianxi.drills.switch import require_switch
from lianxi.drills.telling import Teller
from lianxi.parts.errors import PartRefusal
from lianxi.parts.logs import log_to

if TYPE_CHECKING:
    from lianxi.drills.playing import Drill

drill_app = typer.Typer(
    help="Play the whole product on real parts and check what happens.", no_args_is_help=True
)
bench_app = typer.Typer(help="Measure, beside a peer on the same machine.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")]
Steps = Annotated[
    list[str] | None, typer.Option("--step", help="Only these steps, by name; may be repeated.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Leave the drill's folder with its logs.")]
Compiled = Annotated[
    bool, typer.Option(help="Measure the compiled core (made when missing), or the interpreted.")
]


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
    _prepare(as_json=as_json)
    play = import_module("lianxi.drills.voice.frame").play
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("voice", told=(lambda _: None) if as_json else teller.tell)
    _run(play(report, only=only or [], keep=keep))
    _conclude(report, as_json=as_json, teller=teller)


@drill_app.command("figures")
def figures(
    as_json: AsJson = False,
    keep: Keep = False,
    calls: Annotated[bool, typer.Option(help="Real calls too, on a centre of its own.")] = True,
) -> None:
    """One scripted hour, and every figure of it beside the one computed by hand."""
    if calls:
        _prepare(as_json=as_json)
    play = import_module("lianxi.drills.hour.drill").play
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("figures", told=(lambda _: None) if as_json else teller.tell)
    _run(play(report, calls=calls, keep=keep))
    _conclude(report, as_json=as_json, teller=teller)


@bench_app.command("driver")
def driver(
    as_json: AsJson = False,
    per_second: Annotated[float, typer.Option(help="Inputs a second by people.")] = 200.0,
    seconds: Annotated[float, typer.Option(help="How long.")] = 20.0,
) -> None:
    """Input to committed to command, through the real PostgreSQL, beside a bare commit loop."""
    measured = import_module("lianxi.drills.bench_driver").measured
    log_to(None)  # stdout belongs to the report
    report = Report("bench driver")
    _run(measured(report, per_second=per_second, seconds=seconds))
    _conclude(report, as_json=as_json, teller=Teller(Console()))


@bench_app.command("voice")
def bench_voice(
    as_json: AsJson = False,
    keep: Keep = False,
    rounds: Annotated[int, typer.Option(min=1, help="Of each way, alternating.")] = 3,
    seconds: Annotated[float, typer.Option(help="Of one round.")] = 10.0,
    agents: Annotated[
        list[int] | None, typer.Option(help="Agents signed in; may be repeated.")
    ] = None,
    rate: Annotated[
        list[float] | None, typer.Option(help="Calls a second; may be repeated.")
    ] = None,
    sound: Annotated[bool, typer.Option(help="Calls with sound as well.")] = True,
) -> None:
    """Calls through Lianxi beside the same calls through Asterisk's own app_queue."""
    _prepare(as_json=as_json)
    bench = import_module("lianxi.drills.bench_voice.measure")
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("bench voice", told=(lambda _: None) if as_json else teller.tell)
    plan = bench.Plan(
        crowds=tuple(agents or (300, 1_000)),
        rates=tuple(rate or (20.0, 50.0)),
        seconds=seconds,
        rounds=rounds,
        media_rounds=1 if sound else 0,
    )
    _run(bench.measured(report, plan, keep=keep))
    _conclude(report, as_json=as_json, teller=teller)


@bench_app.command("dialer")
def dialer(
    as_json: AsJson = False,
    hours: Annotated[float, typer.Option(help="How long each campaign runs, in its own time.")] = 8,
    agents: Annotated[
        list[int] | None, typer.Option(help="Agents of a floor; may be repeated.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of all chance.")] = 1,
) -> None:
    """How busy agents are and how many people are dropped: progressive, ratio, predictive."""
    play = import_module("lianxi.drills.bench_dialer").play
    teller = Teller(Console(soft_wrap=True))
    report = Report("bench dialer", told=(lambda _: None) if as_json else teller.tell)
    play(report, floors=agents or [10, 30, 100], hours=hours, seed=seed)
    _conclude(report, as_json=as_json, teller=teller)


@bench_app.command("web")
def web(
    as_json: AsJson = False,
    rounds: Annotated[int, typer.Option(min=2, help="Calls that pop up at the desk.")] = 40,
    agents: Annotated[int, typer.Option(help="Of the floor.")] = 1_000,
    seconds: Annotated[float, typer.Option(help="How long it changes.")] = 20.0,
) -> None:
    """The pop at a desk at a quarter of the speed, a large floor that changes, the first load."""
    _prepare(as_json=as_json)
    log_to(None)  # stdout belongs to the report
    report, bench = Report("bench web"), import_module("lianxi.drills.bench_web.centre")
    _run(bench.measured(report, bench.Plan(rounds, agents, seconds)))
    _conclude(report, as_json=as_json, teller=Teller(Console(soft_wrap=True)))


@bench_app.command("engine")
def engine(
    as_json: AsJson = False,
    part: Annotated[
        list[str] | None,
        typer.Option(help="Only: decisions, scaling, memory, erlang, live; may be repeated."),
    ] = None,
    seconds: Annotated[float, typer.Option(help="How long the live path is measured.")] = 10.0,
    compiled: Compiled = True,
) -> None:
    """Decision times, memory, the staffing calculators and the live path."""
    _take_core(compiled=compiled)
    measured = import_module("lianxi.drills.bench_engine").measured
    report = Report("bench engine")
    _run(measured(report, only=part or [], seconds=seconds))
    _conclude(report, as_json=as_json, teller=Teller(Console()))


@bench_app.command("simulator")
def simulator(
    as_json: AsJson = False,
    contacts: Annotated[
        int, typer.Option(min=1_000_000, help="Simulated for each exact value; fewer are no proof.")
    ] = 24_000_000,
    rounds: Annotated[int, typer.Option(min=1, help="In which product and peers alternate.")] = 5,
    compiled: Compiled = True,
) -> None:
    """Contacts per second beside SimPy and Ciw, and accuracy beside exact theory."""
    _take_core(compiled=compiled)
    measured = import_module("lianxi.drills.bench_simulator").measured
    report = Report("bench simulator")
    _run(measured(report, contacts=contacts, rounds=rounds))
    _conclude(report, as_json=as_json, teller=Teller(Console()))


@bench_app.command("reports")
def reports(
    as_json: AsJson = False,
    size: Annotated[
        list[str] | None,
        typer.Option(help="Contacts: 1m, 10m (one month each), 100m (a year); may be repeated."),
    ] = None,
    peer: Annotated[
        list[str] | None,
        typer.Option(
            help="Beside us: pandas, postgresql, spark, none; may be repeated. By default the first"
            " two with 1m, Spark with 10m."
        ),
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Of our own report.")] = 3,
    weeks: Annotated[
        int, typer.Option(min=1, help="Really simulated, 48,000 contacts each; the rest is copied.")
    ] = 4,
    folder: Annotated[
        Path | None, typer.Option(help="Keep the facts here; a temporary folder unless given.")
    ] = None,
    live: Annotated[bool, typer.Option(help="The board of a working centre as well.")] = True,
) -> None:
    """The month-end report: all 23 metrics by queue and half-hour and by agent and day."""
    bench = import_module("lianxi.drills.bench_reports.measure")
    log_to(None)  # stdout belongs to the report
    teller = Teller(Console(soft_wrap=True))
    report = Report("bench reports", told=(lambda _: None) if as_json else teller.tell)
    plan = bench.Plan(
        sizes=tuple(size or ("1m",)),
        peers=None if peer is None else tuple(name for name in peer if name != "none"),
        rounds=rounds,
        weeks=weeks,
        folder=folder,
        live=live,
    )
    bench.measure(report, plan)
    _conclude(report, as_json=as_json, teller=teller)


def _take_core(*, compiled: bool) -> None:
    log_to(None)  # stdout belongs to the report
    if compiled:
        import_module("lianxi.drills.bench_core").take_compiled()


def _prepare(*, as_json: bool) -> None:
    """Everything the drill needs from outside, then into its own network."""
    try:
        if not network.is_inside():
            require_packages()
            if find_spec("playwright") is None:
                raise BrowserMissing
            _run(require_switch())
        network.enter()
    except PartRefusal as refused:
        if as_json:
            report = Report("drill")
            report.state("The drill can be played", False, refused.sentence)
            _conclude(report, as_json=True, teller=None)
        typer.secho(refused.sentence, err=True, fg="red")
        raise typer.Exit(1) from None


def _play(module: str, name: str, *, as_json: bool, keep: bool, only: list[str] | None) -> None:
    """Play a drill; its module is imported when the browser's package is known to be there."""
    _prepare(as_json=as_json)
    drill: Drill = getattr(import_module(module), name).only(only or [])
    play = import_module("lianxi.drills.playing").play
    teller = Teller(Console(stderr=False, soft_wrap=True))
    report = Report(drill.name, told=(lambda _: None) if as_json else teller.tell)
    if not as_json:
        Console().print(f"[bold]{drill.title}[/]")
    _run(play(drill, report, keep=keep))
    _conclude(report, as_json=as_json, teller=teller)


def _run(work: Coroutine[object, object, None]) -> None:
    """Run; SIGINT and SIGTERM cancel the work, which then cleans up."""

    async def guarded() -> None:
        task = asyncio.ensure_future(work)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(guarded())


def _conclude(report: Report, *, as_json: bool, teller: Teller | None) -> None:
    if as_json:
        sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False) + "\n")
    elif teller is not None:
        teller.end(report)
    sys.stdout.flush()
    raise typer.Exit(0 if report.ok else 1)
