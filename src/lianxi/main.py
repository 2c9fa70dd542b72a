"""The command line's front door. A command's code is imported when that command is typed: a test
call must not wait for a web server, nor `--version` for a database."""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from lianxi.parts.compiled import run_compiled
from lianxi.parts.logs import log_to


class Place(NamedTuple):
    """Where a command lives, and the line that `lianxi --help` prints."""

    module: str
    name: str
    says: str


COMMANDS = {
    "up": Place("lianxi.centre", "up", "Start a whole centre on this machine; Ctrl+C stops it."),
    "serve": Place("lianxi.centre", "serve", "Run some roles only, on the operator's database."),
    "status": Place("lianxi.cli.status", "status", "Which parts run, and whether they are well."),
    "call": Place("lianxi.cli.call", "call", "Place a real call as a scripted customer."),
    "audit": Place("lianxi.cli.audit", "audit_app", "The audit: who did what."),
    "cases": Place("lianxi.cli.cases", "cases_app", "Work orders: what they begin with."),
    "journal": Place("lianxi.cli.journal", "journal_app", "The journal: every fact, in order."),
    "report": Place("lianxi.cli.report", "report_app", "Figures with their formulas."),
    "flow": Place("lianxi.cli.flow", "flow_app", "Flows: what callers hear and press."),
    "fuzz": Place("lianxi.cli.fuzz", "fuzz", "Random days at the switchboard; its laws watched."),
    "simulate": Place("lianxi.cli.simulate", "simulate_app", "What would happen: play a scenario."),
    "staff": Place("lianxi.cli.staff", "staff", "How many agents a load needs."),
    "replay": Place("lianxi.cli.replay", "replay", "Recorded days again, otherwise configured."),
    "drill": Place("lianxi.drills.cli", "drill_app", "Play the product on real parts; check it."),
    "bench": Place("lianxi.drills.bench_cli", "bench_app", "Measure, beside a peer."),
}


CRUNCHING = {"simulate", "replay", "fuzz"}
"""They run on the compiled core, when `make compile` made one."""


class LateCommands(TyperGroup):
    """Lists commands without importing them; imports the one that is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        """A stand-in that knows the line of `--help`."""
        place = COMMANDS.get(cmd_name)
        return None if place is None else typer.main.get_command(_line(cmd_name, place.says))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed, imported now."""
        name, _, rest = super().resolve_command(ctx, args)
        return name, _loaded(str(name), COMMANDS[str(name)]), rest


def _line(name: str, says: str) -> typer.Typer:
    stand_in = typer.Typer(add_completion=False)
    stand_in.command(name, help=says)(_nothing)
    return stand_in


def _nothing() -> None:
    """Stands for a command that was not asked for."""


def _loaded(name: str, place: Place) -> Any:
    found: typer.Typer | Callable[..., None] = getattr(import_module(place.module), place.name)
    if isinstance(found, typer.Typer):
        return typer.main.get_group(found)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    return typer.main.get_command(alone)


application = typer.Typer(
    name="lianxi",
    cls=LateCommands,
    help="Lianxi (联系): a contact centre on one machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"lianxi {version('lianxi')}")
        raise typer.Exit


@application.callback()
def _root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """Options that stand before the command."""


def cli() -> None:
    """Run the command line (`lianxi` in the environment's bin directory)."""
    if len(sys.argv) > 1 and sys.argv[1] in CRUNCHING:
        run_compiled()
    log_to(None, quiet=True)
    application()
