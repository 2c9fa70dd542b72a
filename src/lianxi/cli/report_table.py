"""`lianxi report table`: figures of any size as one file."""

import asyncio
import os
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.reports.catalogue import METRICS, metric_of
from lianxi.reports.errors import FileOfNoKind, FileThere, MetricUnknown
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.registry import Source
from lianxi.reports.store.errors import DaysInvalid
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of_day
from lianxi.runtime.clock import now
from lianxi.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

MOMENTS = ("begins_at", "ends_at")


def table(
    into: Annotated[Path, typer.Argument(help="The file: .csv or .parquet; it must not exist.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    last: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, included.")
    ],
    metric: Annotated[
        list[str], typer.Option(help="Id or number, as K21; may be repeated. All unless given.")
    ] = [],  # noqa: B006 - read by typer, never changed
    by: Annotated[list[Key], typer.Option(help="Told apart by; may be repeated.")] = [],  # noqa: B006
    width: Annotated[Width, typer.Option(help="How long each interval is.")] = Width.DAY,
) -> None:
    """Figures as a file, however many rows they are: a month of half-hours of every queue.

    A CSV has the times by the centre's clock; a Parquet file has them in UTC milliseconds. Values
    are as they were computed: shares from 0 to 1, times in seconds.
    """
    question = (metric, tuple(by), width)
    run(reaching(_table(configured(), into, first.date(), last.date(), *question)))


async def _table(
    settings: Settings,
    into: Path,
    first: date,
    last: date,
    metrics: list[str],
    by: tuple[Key, ...],
    width: Width,
) -> None:
    await asyncio.to_thread(_require_free, into)
    if last < first:
        raise DaysInvalid(first=first.isoformat(), last=last.isoformat())
    zone = ZoneInfo(settings.time_zone)
    question = Question(
        metrics=tuple(_known(name) for name in metrics)
        or tuple(metric.id for metric in METRICS if metric.source is Source.HERE),
        window=Window(
            begins_at=window_of_day(first, zone).begins_at,
            ends_at=window_of_day(last, zone).ends_at,
        ),
        width=width,
        by=by,
    )
    database = Database(database_url(settings), pool=2)
    try:
        inquiries = Inquiries(database.sessions, settings.paths.facts, zone, now)
        found = await inquiries.table(question)
    finally:
        await database.close()
    await asyncio.to_thread(_write, found, into, settings.time_zone)
    typer.echo(f"{into}: {found.num_rows} rows, {found.num_columns} columns")


def _require_free(into: Path) -> None:
    if into.suffix not in {".csv", ".parquet"}:
        raise FileOfNoKind(file=into.name)
    if into.exists():
        raise FileThere(file=into.name)


def _known(name: str) -> str:
    try:
        return metric_of(name).id
    except KeyError as unknown:
        raise MetricUnknown(metric=name) from unknown


def _write(found: "pa.Table", into: Path, zone: str) -> None:
    """Write the file, whole or not at all."""
    draft = into.with_name(f".{into.name}.part")
    try:
        with draft.open("wb") as sink:
            if into.suffix == ".csv":
                sink.write("\ufeff".encode())  # spreadsheets know by it that this is UTF-8
                import_module("pyarrow.csv").write_csv(_by_the_clock(found, zone), sink)
            else:
                import_module("pyarrow.parquet").write_table(found, sink, compression="zstd")
        os.replace(draft, into)
    finally:
        draft.unlink(missing_ok=True)


def _by_the_clock(found: "pa.Table", zone: str) -> "pa.Table":
    """The same with its times as the centre's clock has them."""
    arrow, compute = import_module("pyarrow"), import_module("pyarrow.compute")
    for name in MOMENTS:
        local = compute.cast(found[name], arrow.timestamp("ms", tz=zone))
        text = compute.strftime(local, format="%Y-%m-%d %H:%M")
        found = found.set_column(found.column_names.index(name), name, text)
    return found
