"""`lianxi report days|close|rebuild`: closed days, and the facts folded anew."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.journal.store import PostgresJournal
from lianxi.projections.projector import Projector
from lianxi.reports.sheets.layout import SHEETS
from lianxi.reports.store.checking import DAMAGED, faults_of
from lianxi.reports.store.contracts import DayVersion, Fault, Why
from lianxi.reports.store.due import Due
from lianxi.reports.store.errors import DayFilesDamaged, DayNotOver, DaysInvalid
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.summed import has_sheet
from lianxi.reports.windows import local_day
from lianxi.runtime.clock import now
from lianxi.settings import Settings

LOOK_EVERY_S = 0.2
"""How often the progress is drawn."""

First = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
Last = Annotated[
    datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included.")
]


def days(
    first: First = None,
    last: Last = None,
    check: Annotated[
        bool, typer.Option("--check", help="Read all files and compare their sums; slow.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Closed days: versions of their files, when and why they were written.

    Exit code 1 when a file is missing or damaged.
    """
    run(reaching(_days(configured(), _day(first), _day(last), check=check, as_json=as_json)))


def close(
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="This day, at once; else all that are due."),
    ] = None,
) -> None:
    """Close days now: write what is over as files, and what changed since as the next version."""
    run(reaching(_close(configured(), _day(day))))


def rebuild(first: First = None, last: Last = None) -> None:
    """Empty the fact tables and fold the journal anew; figures stay the same or were wrong.

    Closed days get another version only where their files differ. The fold goes over the whole
    journal; the days say which files are compared here, the others are compared by the centre.
    """
    run(reaching(_rebuild(configured(), _day(first), _day(last))))


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


@asynccontextmanager
async def _closer(settings: Settings) -> AsyncIterator[tuple[Database, Any]]:
    """The database, and a closer of its days."""
    database = Database(database_url(settings), pool=2)
    try:
        # Late on purpose: it brings Arrow.
        closing = import_module("lianxi.reports.store.closing")
        zone = ZoneInfo(settings.time_zone)
        yield database, closing.Closer(database.sessions, settings.paths.facts, zone, now=now)
    finally:
        await database.close()


# --- days


async def _days(
    settings: Settings, first: date | None, last: date | None, *, check: bool, as_json: bool
) -> None:
    database = Database(database_url(settings), pool=1)
    faults: list[Fault] = []
    try:
        async with database.sessions.begin() as session:
            manifest = Manifest(session)
            versions = await manifest.all(first, last)
            changes = await manifest.changes()
            for version in versions:
                if version.is_kept:
                    found = faults_of(settings.paths.facts, version, is_thorough=check)
                    faults += found
                    if found and check:
                        await manifest.faulty(version, f"{found[0].table}: {found[0].what}")
                    if check:
                        faults += await _sums_checked(manifest, settings.paths.facts, version)
    finally:
        await database.close()
    zone = ZoneInfo(settings.time_zone)
    if as_json:
        for version in versions:
            typer.echo(msgspec.json.encode(_line(version, changes)).decode())
    elif versions:
        Console().print(_table(versions, changes, zone))
    else:
        typer.echo("no closed days: a day is closed in the night after it")
    for fault in faults:
        typer.secho(f"{fault.day} {fault.table}: {fault.what}", err=True, fg="red")
    if faults:
        raise DayFilesDamaged(files=len(faults))


async def _sums_checked(manifest: Manifest, folder: Path, version: DayVersion) -> list[Fault]:
    """Sheets of sums that are not as they were: forgotten, and so written again."""
    damaged = [
        sheet.name
        for sheet in SHEETS
        if sheet.name in version.sums
        and version.sums[sheet.name].fingerprint == sheet.fingerprint
        and not has_sheet(folder, version, sheet, is_thorough=True)
    ]
    if damaged:
        await manifest.summed(version, {})
    return [Fault(day=version.day, table=name, what=DAMAGED) for name in damaged]


def _line(version: DayVersion, changes: dict[date, int]) -> dict[str, object]:
    return {
        "day": version.day,
        "version": version.version,
        "rows": version.rows,
        "bytes": version.bytes,
        "journal_position": version.journal_position,
        "made_at": version.made_at,
        "why": version.why.value,
        "fault": version.fault,
        "is_kept": version.is_kept,
        "sums": {name: msgspec.to_builtins(sheet) for name, sheet in version.sums.items()},
        "changed_since": changes.get(version.day, 0) != version.changes,
        "files": {name: msgspec.to_builtins(file) for name, file in version.files.items()},
    }


def _table(versions: list[DayVersion], changes: dict[date, int], zone: ZoneInfo) -> Table:
    table = Table(box=None, pad_edge=False)
    for head in ("day", "version", "rows", "KiB", "journal", "made", "why", ""):
        table.add_column(head, justify="right" if head in ("version", "rows", "KiB") else "left")
    newest = {version.day: version.version for version in versions}
    for version in versions:
        is_newest = newest[version.day] == version.version
        changed = is_newest and changes.get(version.day, 0) != version.changes
        notes = [version.fault, "changed since" if changed else "", _kept(version)]
        table.add_row(
            version.day.isoformat(),
            str(version.version),
            f"{version.rows}",
            f"{version.bytes / 1024:.1f}",
            str(version.journal_position),
            datetime.fromtimestamp(version.made_at / 1000, zone).strftime("%Y-%m-%d %H:%M"),
            version.why.value,
            ", ".join(note for note in notes if note),
        )
    return table


def _kept(version: DayVersion) -> str:
    return "" if version.is_kept else "files let go"


# --- close


async def _close(settings: Settings, day: date | None) -> None:
    async with _closer(settings) as (database, closer):
        due = await closer.due() if day is None else [Due(day, Why.LATE)]
        await _closed(database, closer, due)


async def _closed(database: Database, closer: Any, due: list[Due]) -> None:
    """Write days, one after another, with a bar; then what came of it in a line."""
    written = 0
    async with database.sessions() as session:
        before = await Manifest(session).newest(with_files=False)
    with _bar() as bar:
        task = bar.add_task("days", total=len(due))
        for each in due:
            version = cast(DayVersion, await closer.close(each.day, each.why))
            known = before.get(each.day)
            written += known is None or known.version != version.version
            bar.advance(task)
    await closer.sum_due()
    typer.echo(f"days written: {written}, unchanged: {len(due) - written}")


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


# --- rebuild


async def _rebuild(settings: Settings, first: date | None, last: date | None) -> None:
    today = local_day(now(), ZoneInfo(settings.time_zone))
    if last is not None and last >= today:
        raise DayNotOver(day=last.isoformat())
    if first is not None and last is not None and last < first:
        raise DaysInvalid(first=first.isoformat(), last=last.isoformat())
    async with _closer(settings) as (database, closer):
        async with database.sessions() as session:
            known = await Manifest(session).all(first, last)
        await _folded(settings, database)
        days = {version.day for version in known}
        again = [Due(day, Why.REBUILD) for day in sorted(days)]
        new = [due for due in await closer.due() if _within(due.day, first, last)]
        await _closed(database, closer, again + [due for due in new if due.day not in days])


def _within(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


async def _folded(settings: Settings, database: Database) -> None:
    """Fold the journal anew, with a bar."""
    journal = PostgresJournal(database_url(settings))
    projector = Projector(database.sessions, journal)
    try:
        with _bar() as bar:
            task = bar.add_task("journal", total=await journal.last_position())
            folding = asyncio.create_task(projector.rebuild())
            while not folding.done():
                await asyncio.wait([folding], timeout=LOOK_EVERY_S)
                bar.update(task, completed=projector.position)
            reached = await folding
        typer.echo(f"the facts hold the journal up to position {reached}")
    finally:
        await journal.close()
