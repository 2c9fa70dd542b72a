"""Closed days have sheets of sums: written after them, anew when they change, checked when read."""

from datetime import date
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Answer, Key, Question, Width
from lianxi.reports.sheets.layout import AGENTS, QUEUES, SHEETS
from lianxi.reports.store.contracts import DayVersion, sums_path
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.reading import opened
from lianxi.reports.store.summing import Summer
from lianxi.reports.windows import Window
from tests.builders.closed_days import (
    FIRST,
    HOUR,
    MIDNIGHT,
    SECOND,
    ZONE,
    closer,
    files_in,
    fold,
    moment,
    two_days,
)

pytestmark = pytest.mark.db

NOW = 2 * MIDNIGHT + HOUR
BOTH = Window(begins_at=moment(0), ends_at=moment(2 * MIDNIGHT))
QUESTION = Question(
    metrics=("offered", "answered", "service_level", "asa", "aht", "occupancy"),
    window=BOTH,
    width=Width.DAY,
)
BY_AGENT = Question(metrics=("handled", "aht"), window=BOTH, width=Width.DAY, by=(Key.AGENT,))


async def answers(database: Database, folder: Path) -> list[Answer]:
    inquiries = Inquiries(database.sessions, folder, ZONE, lambda: moment(NOW))
    return [await inquiries.answer(asked) for asked in (QUESTION, BY_AGENT)]


def values(found: list[Answer]) -> list[list[object]]:
    return [[(row.begins_at, row.keys, row.values) for row in one.rows] for one in found]


async def newest(database: Database) -> dict[date, DayVersion]:
    async with database.sessions() as session:
        return await Manifest(session).newest()


async def leaves_rows(database: Database, folder: Path) -> bool:
    tables = ["fact_queue_entry", "fact_segment"]
    wanted = {QUEUES.name: tables}
    async with opened(database.sessions, folder, BOTH, ZONE, tables=tables, sheets=wanted) as facts:
        assert facts.shelf is not None
        return facts.shelf.leaves_rows


def sheet_file(folder: Path, day: date, version: int = 1) -> Path:
    return sums_path(folder, QUEUES.name, day, version, QUEUES.fingerprint)


async def test_figures_from_sheets_are_those_from_rows(database: Database, tmp_path: Path) -> None:
    """Given two closed days and a call over the midnight between them, When none, one and both have
    sheets, Then every figure is the same, and with both no row is read."""
    await fold(database, two_days().lines)
    keeper = closer(database, tmp_path, NOW)
    for day in (FIRST, SECOND):
        await keeper.close(day)
    from_rows = await answers(database, tmp_path)
    assert await leaves_rows(database, tmp_path)
    summer = Summer(database.sessions, tmp_path, ZONE)
    first, second = await summer.due()
    assert await summer.write(first)
    mixed = await answers(database, tmp_path)
    assert await leaves_rows(database, tmp_path)
    assert await keeper.sum_due() == 1
    from_sheets = await answers(database, tmp_path)
    assert not await leaves_rows(database, tmp_path)
    assert values(from_rows) == values(mixed) == values(from_sheets)
    assert [row.values["offered"] for row in from_sheets[0].rows] == [3, 2]
    assert await keeper.sum_due() == 0
    assert second.version == 1


async def test_the_same_files_give_the_same_sheets(database: Database, tmp_path: Path) -> None:
    await fold(database, two_days().lines)
    for folder in (tmp_path / "one", tmp_path / "other"):
        await closer(database, folder, NOW).close(FIRST)
        (version,) = (await newest(database)).values()
        assert await Summer(database.sessions, folder, ZONE).write(version)
    assert files_in(tmp_path / "one") == files_in(tmp_path / "other")


async def test_a_sheet_that_is_missing_or_cut_is_written_again(
    database: Database, tmp_path: Path
) -> None:
    """Given a closed day with sheets, When one is lost, or cut, Then figures come from the rows,
    and the sheet is written again."""
    await fold(database, two_days().lines)
    keeper = closer(database, tmp_path, NOW)
    for day in (FIRST, SECOND):
        await keeper.close(day)
    await keeper.sum_due()
    whole = await answers(database, tmp_path)
    file = sheet_file(tmp_path, FIRST)
    before = file.read_bytes()
    for harm in (lambda: file.unlink(), lambda: file.write_bytes(before[:-7])):
        harm()
        assert await leaves_rows(database, tmp_path)
        assert values(await answers(database, tmp_path)) == values(whole)
        assert await keeper.sum_due() == 1
        assert file.read_bytes() == before


async def test_a_late_change_is_summed_with_its_version(database: Database, tmp_path: Path) -> None:
    """Given a summed day, When a late line changes it, Then the old sheets are not read, and the
    next version has its own."""
    lines = two_days().lines
    late = [line for line in lines if line.event.at < moment(9 * HOUR + 190)]
    await fold(database, late)
    keeper = closer(database, tmp_path, MIDNIGHT + HOUR * 5)
    await keeper.close(FIRST)
    version = (await newest(database))[FIRST]
    assert version.sums == {}
    await fold(database, lines)
    keeper = closer(database, tmp_path, NOW)
    await keeper.close(FIRST)
    await keeper.close(SECOND)
    assert await keeper.sum_due() == 2
    version = (await newest(database))[FIRST]
    assert (version.version, set(version.sums)) == (2, {QUEUES.name, AGENTS.name})
    assert not await leaves_rows(database, tmp_path)
    assert [row.values["offered"] for row in (await answers(database, tmp_path))[0].rows] == [3, 2]


async def test_a_day_with_something_that_goes_on_has_no_sheets_yet(
    database: Database, tmp_path: Path
) -> None:
    """Until when an open stretch counts depends on who asks when."""
    lines = [line for line in two_days().lines if line.event.at < moment(9 * HOUR + 110)]
    await fold(database, lines)
    keeper = closer(database, tmp_path, MIDNIGHT + 5 * HOUR)
    await keeper.close(FIRST)
    assert await keeper.sum_due() == 0
    assert not any((tmp_path / sheet.name).exists() for sheet in SHEETS)
