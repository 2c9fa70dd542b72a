"""A window of facts is the same rows wherever they come from, and what is wrong is told."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lianxi.db.session import Database
from lianxi.projections.models import ProjectionCursor
from lianxi.projections.projector import Projector
from lianxi.reports.store.contracts import Fault, path_of
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.reading import opened
from lianxi.reports.store.tables import fact_tables, name_tables
from lianxi.reports.windows import Window, day
from tests.builders.closed_days import (
    FIRST,
    HOUR,
    MIDNIGHT,
    SECOND,
    ZONE,
    closer,
    fold,
    moment,
    two_days,
)
from tests.builders.list_journal import ListJournal

pytestmark = pytest.mark.db

Rows = dict[str, list[tuple[object, ...]]]
NOW = 2 * MIDNIGHT + HOUR


def window(begin: float, end: float) -> Window:
    """Of seconds of the two days."""
    return Window(begins_at=moment(begin), ends_at=moment(end))


async def read(database: Database, folder: Path, wanted: Window) -> Rows:
    """Every view of a window, rows in an order of their own."""
    async with opened(database.sessions, folder, wanted, ZONE) as facts:
        assert facts.faults == ()
        return {
            name: sorted(facts.connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in (*fact_tables(), *name_tables())
        }


WINDOWS = (
    window(0, MIDNIGHT),
    window(0, 3 * MIDNIGHT),
    window(MIDNIGHT, 2 * MIDNIGHT),
    window(MIDNIGHT + 300, MIDNIGHT + 9 * HOUR + 80),
    window(9 * HOUR + 110, 9 * HOUR + 120),
    window(5 * MIDNIGHT, 6 * MIDNIGHT),
)
"""Days, parts of days, a moment, and days without anything."""


async def test_files_and_tables_give_the_same_rows(database: Database, tmp_path: Path) -> None:
    """Given two days, When none, the first, or both are closed, Then a window holds the same."""
    await fold(database, two_days().lines)
    from_tables = [await read(database, tmp_path / "none", each) for each in WINDOWS]
    writer = closer(database, tmp_path, NOW)
    await writer.close(FIRST)
    assert [await read(database, tmp_path, each) for each in WINDOWS] == from_tables
    await writer.close(SECOND)
    assert [await read(database, tmp_path, each) for each in WINDOWS] == from_tables


async def test_a_window_holds_what_lies_in_it_and_what_reaches_into_it(
    database: Database, tmp_path: Path
) -> None:
    await fold(database, two_days().lines)
    await closer(database, tmp_path, NOW).close(FIRST)
    found = await read(database, tmp_path, window(MIDNIGHT, 2 * MIDNIGHT))
    # The call over midnight arrived the day before, but it is not over when the second day begins.
    assert {row[0] for row in found["fact_contact"]} == {"night", "answered-2", "given-up-2"}
    # Its stay in the queue was over by then.
    contacts = {row[1] for row in found["fact_queue_entry"]}
    assert contacts == {"answered-2", "given-up-2"}
    assert len(found["dim_queue"]) == 2


async def test_a_day_that_changed_is_read_from_the_tables_at_once(
    database: Database, tmp_path: Path
) -> None:
    story = two_days()
    await fold(database, [line for line in story.lines if line.at < moment(MIDNIGHT + 300)])
    await closer(database, tmp_path, MIDNIGHT + 4 * HOUR).close(FIRST)
    await fold(database, story.lines)
    wanted = window(0, MIDNIGHT)
    async with opened(database.sessions, tmp_path, wanted, ZONE) as facts:
        assert facts.versions == {}
    assert await read(database, tmp_path, wanted) == await read(database, tmp_path / "-", wanted)


async def test_a_file_that_is_missing_is_told_and_its_day_comes_from_the_tables(
    database: Database, tmp_path: Path
) -> None:
    await fold(database, two_days().lines)
    await closer(database, tmp_path, NOW).close(FIRST)
    wanted = window(0, MIDNIGHT)
    whole = await read(database, tmp_path, wanted)
    path_of(tmp_path, "fact_contact", FIRST, 1).unlink()
    async with opened(database.sessions, tmp_path, wanted, ZONE) as facts:
        assert facts.faults == (Fault(day=FIRST, table="fact_contact", what="missing"),)
        assert facts.versions == {}
        rows = facts.connection.execute("SELECT * FROM fact_contact").fetchall()
    assert sorted(rows, key=repr) == whole["fact_contact"]


async def test_only_files_that_the_manifest_names_are_read(
    database: Database, tmp_path: Path
) -> None:
    await fold(database, two_days().lines)
    await closer(database, tmp_path, NOW).close(FIRST)
    named = path_of(tmp_path, "fact_contact", FIRST, 1)
    path_of(tmp_path, "fact_contact", FIRST, 2).write_bytes(named.read_bytes())
    async with opened(
        database.sessions, tmp_path, window(0, MIDNIGHT), ZONE, tables=["fact_contact"]
    ) as facts:
        assert facts.versions == {FIRST: 1}
        assert facts.connection.execute("SELECT count(*) FROM fact_contact").fetchone() == (3,)


async def test_while_the_journal_is_folded_anew_closed_days_keep_their_figures(
    database: Database, tmp_path: Path
) -> None:
    story = two_days()
    await fold(database, story.lines)
    await closer(database, tmp_path, NOW).close(FIRST)
    wanted = window(0, MIDNIGHT)
    before = await read(database, tmp_path, wanted)
    anew = Projector(database.sessions, ListJournal(story.lines[:5]))
    await anew.rebuild()
    async with database.sessions() as session:
        cursor = await session.get(ProjectionCursor, "facts")
        assert cursor is not None
        assert cursor.position == 5
    found = await read(database, tmp_path, wanted)
    assert found["fact_contact"] == before["fact_contact"]
    assert found["fact_segment"] == before["fact_segment"]


async def test_another_time_zone_has_other_days(database: Database, tmp_path: Path) -> None:
    await fold(database, two_days().lines)
    await closer(database, tmp_path, NOW).close(FIRST)
    tokyo = ZoneInfo("Asia/Tokyo")
    async with opened(database.sessions, tmp_path, day(FIRST, tokyo), tokyo) as facts:
        assert facts.versions == {}
        found = facts.connection.execute("SELECT contact FROM fact_contact").fetchall()
    assert {"answered-1", "given-up-1"} <= {contact for (contact,) in found}


async def test_versions_are_told_by_day(database: Database, tmp_path: Path) -> None:
    await fold(database, two_days().lines)
    writer = closer(database, tmp_path, NOW)
    await writer.close(FIRST)
    await writer.close(SECOND)
    async with opened(database.sessions, tmp_path, window(0, NOW), ZONE) as facts:
        assert facts.versions == {FIRST: 1, SECOND: 1}
    async with database.sessions() as session:
        assert set(await Manifest(session).newest([date(2020, 1, 1)])) == set()
