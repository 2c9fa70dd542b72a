"""`lianxi simulate`: tomorrow, today. Plays scenarios on the live centre's own engine."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress, TimeRemainingColumn
from typer.core import TyperGroup

from lianxi.cli.running import fail, told
from lianxi.cli.simulating import told as telling
from lianxi.cli.simulating.page import comparison, report
from lianxi.cli.simulating.words import Language
from lianxi.kernel.errors import Rejection
from lianxi.simulator.reading import load, load_against
from lianxi.simulator.results import Result, compared, gathered
from lianxi.simulator.running import Played, Way, replicate
from lianxi.simulator.scenario import Scenario


class FileFirst(TyperGroup):
    """`lianxi simulate FILE` is `lianxi simulate run FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word in where a person left it out."""
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


simulate_app = typer.Typer(
    cls=FileFirst,
    help="What would happen: play a scenario on the live centre's own engine.",
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="The scenario (TOML).")]
Replications = Annotated[
    int, typer.Option("--replications", "-n", min=1, help="How many times the days are played.")
]
Seed = Annotated[int | None, typer.Option(help="Another seed than the scenario's.")]
Jobs = Annotated[int, typer.Option(min=0, help="Processes; 0 = one per processor.")]
OnRay = Annotated[
    bool, typer.Option("--ray", envvar="LIANXI_RAY", help="On the Ray cluster of RAY_ADDRESS.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of a table.")]
Html = Annotated[Path | None, typer.Option(help="Write the report with pictures to this file.")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of table and report.")]
KeepJournal = Annotated[
    Path | None, typer.Option(help="Folder for the journal of the first replication.")
]
Change = Annotated[
    list[Path] | None, typer.Option(help="A file laid over the scenario; may be repeated.")
]


@simulate_app.command()
def run(
    file: File,
    replications: Replications = 20,
    seed: Seed = None,
    change: Change = None,
    as_json: AsJson = False,
    html: Html = None,
    lang: Lang = Language.ZH,
    jobs: Jobs = 0,
    ray: OnRay = False,
    keep_journal: KeepJournal = None,
) -> None:
    """Play one scenario and tell its figures with intervals."""

    def work() -> None:
        scenario = seeded(load(file, *(change or [])), seed)
        result = played(scenario, replications, Way(jobs=jobs, ray=ray, keep=keep_journal))
        show_result(result, as_json=as_json, html=html, lang=lang)

    refusing(work)


@simulate_app.command()
def compare(
    first: File,
    second: File,
    replications: Replications = 20,
    seed: Seed = None,
    as_json: AsJson = False,
    html: Html = None,
    lang: Lang = Language.ZH,
    jobs: Jobs = 0,
    ray: OnRay = False,
) -> None:
    """Play two scenarios with the same callers and tell what differs.

    The second may be a whole scenario or only what changes in the first.
    """

    def work() -> None:
        one = seeded(load(first), seed)
        other = msgspec.structs.replace(load_against(first, second), seed=one.seed)
        way = Way(jobs=jobs, ray=ray)
        show_difference(
            played(one, replications, way),
            played(other, replications, way),
            as_json=as_json,
            html=html,
            lang=lang,
        )

    refusing(work)


def seeded(scenario: Scenario, seed: int | None) -> Scenario:
    """The scenario with another seed, when one is given."""
    return scenario if seed is None else msgspec.structs.replace(scenario, seed=seed)


def played(scenario: Scenario, replications: int, way: Way) -> Result:
    """Play all replications, with a bar on stderr for whoever watches."""
    console = Console(stderr=True)
    with Progress(
        *Progress.get_default_columns()[:2],
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(scenario.name, total=replications)

        def step(_: Played) -> None:
            bar.advance(task)

        return gathered(scenario, replicate(scenario, replications, way, step))


def show_result(result: Result, *, as_json: bool, html: Path | None, lang: Language) -> None:
    """Print, and write the page where one is wanted."""
    if html is not None:
        html.write_text(report(result, lang), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(telling.as_json(result), ensure_ascii=False))
    else:
        Console().print(telling.table(result, lang))
        _said_where(html)


def show_difference(
    first: Result, second: Result, *, as_json: bool, html: Path | None, lang: Language
) -> None:
    """Print, and write the page where one is wanted."""
    found = compared(first, second)
    if html is not None:
        html.write_text(comparison(found, lang), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(telling.difference_json(found), ensure_ascii=False))
    else:
        Console().print(telling.difference_table(found, lang))
        _said_where(html)


def _said_where(html: Path | None) -> None:
    if html is not None:
        typer.echo(str(html))


def refusing(work: Callable[[], None]) -> None:
    """Run; what a person can mend is a sentence.

    Raises:
        typer.Exit: with code 1, after the sentence was printed.
    """
    try:
        work()
    except Rejection as refused:
        raise fail(told(refused)) from None
    except OSError as error:
        raise fail(f"{error.strerror}: {error.filename}") from None
