"""Plays scenarios for a command, with a bar for whoever watches, and shows what came out."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import Progress, TimeRemainingColumn

from lianxi.cli.running import fail, told
from lianxi.cli.simulating import told as telling
from lianxi.cli.simulating.page import comparison, report
from lianxi.cli.simulating.words import Language
from lianxi.kernel.errors import Rejection
from lianxi.simulator.results import Result, compared, gathered, together
from lianxi.simulator.running import Played, Way, replicate
from lianxi.simulator.scenario import Scenario

if TYPE_CHECKING:
    # Brings the database, which a scenario from a file does not need.
    from lianxi.cli.simulating.live import Past


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


def show_past(
    past: "Past",
    replications: int,
    way: Way,
    *,
    as_json: bool,
    html: Path | None,
    lang: Language,
) -> None:
    """Play days of the past, with and without the change, and show what differs."""
    before = _days(past.before, replications, way)
    if not past.after:
        show_result(before, as_json=as_json, html=html, lang=lang)
        return
    after = _days(past.after, replications, way)
    show_difference(before, after, as_json=as_json, html=html, lang=lang)


def _days(scenarios: Sequence[Scenario], replications: int, way: Way) -> Result:
    return together([played(scenario, replications, way) for scenario in scenarios])


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
        raise fail(str(error)) from None
