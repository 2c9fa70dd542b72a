"""`lianxi bench …`: the product measured, beside a peer on the same machine."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lianxi.drills.commands import AsJson, Compiled, Keep, conclude, prepare, run, take_core
from lianxi.drills.report import Report
from lianxi.drills.telling import Teller
from lianxi.parts.logs import log_to

bench_app = typer.Typer(help="Measure, beside a peer on the same machine.", no_args_is_help=True)


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
    run(measured(report, per_second=per_second, seconds=seconds))
    conclude(report, as_json=as_json, teller=Teller(Console()))


@bench_app.command("clocks")
def clocks(
    as_json: AsJson = False,
    peer: Annotated[bool, typer.Option(help="Run procrastinate beside it.")] = True,
) -> None:
    """2,000 of 100,000 deadlines fall due in one second; two workers, one killed in the middle."""
    measured = import_module("lianxi.drills.bench_clocks").measured
    log_to(None)  # stdout belongs to the report
    report = Report("bench clocks")
    run(measured(report, peer=peer))
    conclude(report, as_json=as_json, teller=Teller(Console()))


@bench_app.command("customers")
def customers(
    as_json: AsJson = False,
    lines: Annotated[int, typer.Option(min=1_000, max=100_000, help="Of the list.")] = 100_000,
    known: Annotated[
        int, typer.Option(min=0, help="Customers among whom some are found; 0: none are.")
    ] = 1_000_000,
) -> None:
    """A list of customers checked and taken in, then brought once more; some found of a million."""
    measured = import_module("lianxi.drills.bench_customers").measured
    log_to(None)  # stdout belongs to the report
    report = Report("bench customers")
    run(measured(report, lines=lines, known=known))
    conclude(report, as_json=as_json, teller=Teller(Console()))


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
    prepare(as_json=as_json)
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
    run(bench.measured(report, plan, keep=keep))
    conclude(report, as_json=as_json, teller=teller)


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
    conclude(report, as_json=as_json, teller=teller)


@bench_app.command("web")
def web(
    as_json: AsJson = False,
    rounds: Annotated[int, typer.Option(min=2, help="Calls that pop up at the desk.")] = 40,
    agents: Annotated[int, typer.Option(help="Of the floor.")] = 1_000,
    seconds: Annotated[float, typer.Option(help="How long it changes.")] = 20.0,
    contacts: Annotated[
        int, typer.Option(min=1, help="In quick succession at one desk, for what they leave.")
    ] = 300,
) -> None:
    """Pages: pops, keys, ways through the menu, a large floor, a shift's memory, a long list."""
    prepare(as_json=as_json)
    log_to(None)  # stdout belongs to the report
    report, bench = Report("bench web"), import_module("lianxi.drills.bench_web.centre")
    run(bench.measured(report, bench.Plan(rounds, agents, seconds, contacts)))
    conclude(report, as_json=as_json, teller=Teller(Console(soft_wrap=True)))


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
    take_core(compiled=compiled)
    measured = import_module("lianxi.drills.bench_engine").measured
    report = Report("bench engine")
    run(measured(report, only=part or [], seconds=seconds))
    conclude(report, as_json=as_json, teller=Teller(Console()))


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
    take_core(compiled=compiled)
    measured = import_module("lianxi.drills.bench_simulator").measured
    report = Report("bench simulator")
    run(measured(report, contacts=contacts, rounds=rounds))
    conclude(report, as_json=as_json, teller=Teller(Console()))


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
    conclude(report, as_json=as_json, teller=teller)


@bench_app.command("cases")
def cases(
    as_json: AsJson = False,
    number: Annotated[int, typer.Option("--cases", help="Work orders.")] = 1_000_000,
    people: Annotated[int, typer.Option(help="At work.")] = 200,
    seconds: Annotated[float, typer.Option(help="How long they work.")] = 60.0,
) -> None:
    """Lists, searches, boards and changes among a million work orders."""
    measured = import_module("lianxi.drills.bench_cases").measured
    log_to(None)  # stdout belongs to the report
    report = Report("bench cases")
    run(measured(report, cases=number, people=people, seconds=seconds))
    conclude(report, as_json=as_json, teller=Teller(Console()))
