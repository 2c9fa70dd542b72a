"""`lianxi fuzz`: millions of random events at the switchboard, and the laws that must hold."""

import json
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lianxi.simulator.fuzz.coverage import EXCUSED
from lianxi.simulator.fuzz.playing import Broke, broke
from lianxi.simulator.fuzz.running import Finding, Tally
from lianxi.simulator.fuzz.running import fuzz as lived
from lianxi.simulator.fuzz.shrinking import Shrinker, as_story, steps_of

SEEDS = 2**31


def fuzz(
    events: Annotated[int, typer.Option(min=1, help="How many events, at least.")] = 1_000_000,
    seed: Annotated[
        int | None, typer.Option(help="Of everything random; without it a new one, printed.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes beside each other.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    keep: Annotated[
        Path, typer.Option(help="Folder for the story of a broken law.", file_okay=False)
    ] = Path(),
    shrink_s: Annotated[float, typer.Option(help="Longest search for a shorter story.")] = 60.0,
    again: Annotated[
        Path | None,
        typer.Option("--again", exists=True, dir_okay=False, help="Play such a story again."),
    ] = None,
) -> None:
    """Random days at the switchboard, with laws watched throughout; exit code 1 when one breaks."""
    if again is not None:
        _play_again(again)
        return
    chosen = secrets.randbelow(SEEDS) if seed is None else seed
    tally = _live(events=events, seed=chosen, jobs=jobs, quiet=as_json)
    file = _written_down(tally.finding, keep, shrink_s) if tally.finding is not None else None
    if as_json:
        report = tally.as_json() | {"story": str(file) if file is not None else None}
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        _tell(tally, file, Console(soft_wrap=True))
    raise typer.Exit(0 if tally.finding is None else 1)


def _live(*, events: int, seed: int, jobs: int, quiet: bool) -> Tally:
    columns = (
        TextColumn("{task.fields[says]}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} / {task.total:,.0f} events"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as shown:
        task = shown.add_task("", total=events, says=f"seed {seed}")
        return lived(
            events=events,
            seed=seed,
            jobs=jobs,
            on_world=lambda sum_so_far: shown.update(
                task, completed=min(events, sum_so_far.events)
            ),
        )


def _written_down(finding: Finding, folder: Path, limit_s: float) -> Path:
    again = broke(finding.trace)
    found = Broke(finding.law, finding.text, finding.trace)
    if again is not None:
        found = Shrinker(again, limit_s=limit_s).shrink()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"fuzz-{finding.seed}-{finding.number}.txt"
    where = f"found with --seed {finding.seed} in world {finding.number}"
    file.write_text(as_story(found, where), encoding="utf-8")
    return file.resolve()


def _play_again(story: Path) -> None:
    found = broke(steps_of(story.read_text(encoding="utf-8")))
    if found is None:
        typer.echo("Every law holds.")
        return
    typer.echo(f"Broken at step {len(found.trace)}: {found.law}\n{found.seen}")
    raise typer.Exit(1)


def _tell(tally: Tally, file: Path | None, console: Console) -> None:
    table = Table(title="Events", title_justify="left", show_header=False)
    for name, count in tally.counts.most_common():
        table.add_row(name, f"{count:,}")
    console.print(table)
    for name in tally.never_seen:
        why = f" ({EXCUSED[name]})" if name in EXCUSED else ""
        console.print(f"[yellow]Never seen: {name}{why}[/]")
    speed = tally.events / tally.wall_s if tally.wall_s else 0.0
    console.print(
        f"seed {tally.seed}: {tally.events:,} events of {tally.steps:,} inputs in {tally.worlds:,} "
        f"worlds, {speed:,.0f} events/s",
        highlight=False,
    )
    if tally.finding is None:
        console.print("[bold green]Every law held[/]")
    else:
        console.print("[bold red]Broken:[/]", tally.finding.text, markup=True, highlight=False)
        console.print(f"The story: {file}", highlight=False)
