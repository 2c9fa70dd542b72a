"""Days that are over become files: whole, the same for the same rows, anew when they change."""

import asyncio
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import func, select

from lianxi.db.session import Database
from lianxi.journal.models import JournalRow
from lianxi.projections.projector import Projector
from lianxi.reports.store import closing, writing
from lianxi.reports.store.checking import faults_of
from lianxi.reports.store.closing import Closer
from lianxi.reports.store.contracts import DayVersion, Why, path_of
from lianxi.reports.store.copying import rows_within
from lianxi.reports.store.due import Due
from lianxi.reports.store.errors import DayNotOver, FactsBehind, FactsNotWritable
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.models import ReportDay
from lianxi.reports.store.tables import fact_tables
from lianxi.reports.windows import day as window_of_day
from lianxi.worker import closing as worker
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
from tests.builders.list_journal import ListJournal

pytestmark = pytest.mark.db

NIGHT_OVER = MIDNIGHT + HOUR
BOTH_OVER = 2 * MIDNIGHT + HOUR


async def versions(database: Database, day: date = FIRST) -> list[DayVersion]:
    async with database.sessions() as session:
        return await Manifest(session).versions(day)


async def rows_of(database: Database, day: date) -> dict[str, int]:
    counted = {}
    async with database.sessions() as session:
        for name, table in fact_tables().items():
            within = rows_within(table, window_of_day(day, ZONE))
            counted[name] = await session.scalar(
                select(func.count()).select_from(table).where(within)
            )
    return {name: count for name, count in counted.items() if count}


async def test_a_day_that_is_over_becomes_one_file_per_table(
    database: Database, tmp_path: Path
) -> None:
    await fold(database, two_days().lines)
    closed = [version async for version in closer(database, tmp_path, BOTH_OVER).close_due()]
    assert [(version.day, version.version, version.why) for version in closed] == [
        (FIRST, 1, Why.CLOSED),
        (SECOND, 1, Why.CLOSED),
    ]
    for version in closed:
        stored = {name: file.rows for name, file in version.files.items()}
        assert stored == await rows_of(database, version.day)
        for name, file in version.files.items():
            found = pq.read_metadata(path_of(tmp_path, name, version.day, 1))
            assert found.num_rows == file.rows
    assert await closer(database, tmp_path, BOTH_OVER).due() == []


async def test_yesterday_waits_for_the_call_over_midnight_until_four(
    database: Database, tmp_path: Path
) -> None:
    story = two_days()
    await fold(database, [line for line in story.lines if line.at < moment(MIDNIGHT + 300)])
    assert await closer(database, tmp_path, MIDNIGHT + 300).due() == []
    at_four = closer(database, tmp_path, MIDNIGHT + 4 * HOUR)
    assert await at_four.due() == [Due(FIRST, Why.CLOSED)]


async def test_a_day_is_not_closed_while_the_facts_are_behind_the_journal(
    database: Database, tmp_path: Path
) -> None:
    lines = two_days().lines
    await fold(database, lines)
    late = JournalRow(
        position=len(lines) + 1, at=moment(HOUR), stream="contact:x", type="x", payload={}
    )
    async with database.sessions.begin() as session:
        session.add(late)
    behind = closer(database, tmp_path, BOTH_OVER)
    assert await behind.due() == []
    with pytest.raises(FactsBehind):
        await behind.close(FIRST)
    assert files_in(tmp_path) == {}


async def test_today_is_not_closed(database: Database, tmp_path: Path) -> None:
    await fold(database, two_days().lines)
    with pytest.raises(DayNotOver):
        await closer(database, tmp_path, MIDNIGHT + 9 * HOUR).close(SECOND)


async def test_a_rebuild_from_the_journal_gives_the_same_bytes(
    database: Database, tmp_path: Path
) -> None:
    """Given a closed day, When the journal is folded anew, Then its files are the same to the byte,
    in the same place as no new version and in another place altogether."""
    lines = two_days().lines
    await fold(database, lines)
    here, there = tmp_path / "here", tmp_path / "there"
    await closer(database, here, BOTH_OVER).close(FIRST)
    before = files_in(here)
    await Projector(database.sessions, ListJournal(lines)).rebuild()
    await closer(database, here, BOTH_OVER + 60).close(FIRST, Why.REBUILD)
    assert files_in(here) == before
    assert [version.version for version in await versions(database)] == [1]
    async with database.sessions.begin() as session:
        for version in await session.scalars(select(ReportDay)):
            await session.delete(version)
    await closer(database, there, BOTH_OVER).close(FIRST)
    assert files_in(there) == before


async def test_a_late_line_makes_the_next_version_of_the_tables_it_changed(
    database: Database, tmp_path: Path
) -> None:
    story = two_days()
    cut = [line for line in story.lines if line.at < moment(MIDNIGHT + 300)]
    await fold(database, cut)
    await closer(database, tmp_path, MIDNIGHT + 4 * HOUR).close(FIRST)
    (first,) = await versions(database)
    # When the call over midnight ends after all
    await fold(database, story.lines)
    again = closer(database, tmp_path, MIDNIGHT + 5 * HOUR)
    assert await again.due() == [Due(FIRST, Why.LATE)]
    second = await again.close(FIRST, Why.LATE)
    # Then only the tables with that call are written again
    assert (second.version, second.why) == (2, Why.LATE)
    changed = {name for name, file in second.files.items() if file.version == 2}
    assert {"fact_contact", "fact_segment", "fact_agent_interval"} <= changed
    assert second.files["fact_offer"] == first.files["fact_offer"]
    assert faults_of(tmp_path, first, is_thorough=True) == []
    assert faults_of(tmp_path, second, is_thorough=True) == []
    assert await again.due() == []


async def test_a_line_that_comes_while_the_day_is_written_is_not_forgotten(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given rows that were read, When a batch changes the day before the manifest knows it, Then
    the day is due again at once."""
    story = two_days()
    await fold(database, [line for line in story.lines if line.at < moment(MIDNIGHT + 300)])
    original = writing.draft

    async def meanwhile(*given: object, **named: object) -> object:
        monkeypatch.setattr(writing, "draft", original)
        await fold(database, story.lines)
        return await original(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(writing, "draft", meanwhile)
    writer = closer(database, tmp_path, MIDNIGHT + 4 * HOUR)
    first = await writer.close(FIRST)
    assert first.files["fact_contact"].going_on == 1
    assert await writer.due() == [Due(FIRST, Why.LATE)]
    second = await writer.close(FIRST, Why.LATE)
    assert (second.version, second.files["fact_contact"].going_on) == (2, 0)


async def test_a_lost_file_is_written_again_and_is_no_new_version(
    database: Database, tmp_path: Path
) -> None:
    await fold(database, two_days().lines)
    writer = closer(database, tmp_path, BOTH_OVER)
    version = await writer.close(FIRST)
    before = files_in(tmp_path)
    path_of(tmp_path, "fact_contact", FIRST, 1).unlink()
    path_of(tmp_path, "fact_segment", FIRST, 1).write_bytes(b"PAR1 torn")
    found = {(fault.table, fault.what) for fault in faults_of(tmp_path, version, is_thorough=False)}
    assert found == {("fact_contact", "missing"), ("fact_segment", "damaged")}
    again = await writer.close(FIRST)
    assert again.version == 1
    assert files_in(tmp_path) == before


async def test_a_disk_that_refuses_leaves_nothing_half(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fold(database, two_days().lines)

    def refuses(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.Draft, "place", refuses)
    writer = closer(database, tmp_path, BOTH_OVER)
    with pytest.raises(FactsNotWritable):
        await writer.close(FIRST)
    assert files_in(tmp_path) == {}
    assert await versions(database) == []
    monkeypatch.undo()
    assert (await writer.close(FIRST)).version == 1


async def test_of_a_day_that_keeps_changing_four_versions_are_kept(
    database: Database, tmp_path: Path
) -> None:
    story = two_days()
    calls = [f"late-{number}" for number in range(5)]
    for number, call in enumerate(calls):
        story.caller_queues(MIDNIGHT - 300 + number, call)
    await fold(database, [line for line in story.lines if line.at < moment(NIGHT_OVER)])
    writer = closer(database, tmp_path, NIGHT_OVER)
    await writer.close(FIRST)
    for number, call in enumerate(calls):
        story.abandons(NIGHT_OVER + number, call)
        upto = moment(NIGHT_OVER + number + 0.5)
        await fold(database, [line for line in story.lines if line.at < upto])
        await writer.close(FIRST, Why.LATE)
    known = await versions(database)
    assert [(version.version, version.is_kept) for version in known] == [
        (1, False), (2, False), (3, True), (4, True), (5, True), (6, True),
    ]  # fmt: skip
    for version in known[2:]:
        assert faults_of(tmp_path, version, is_thorough=True) == []
    assert not path_of(tmp_path, "fact_queue_entry", FIRST, 1).exists()
    # What no later version wrote again is shared by all of them.
    assert known[-1].files["fact_segment"].version == 1
    assert path_of(tmp_path, "fact_segment", FIRST, 1).exists()


async def test_two_who_close_at_once_write_one_version(database: Database, tmp_path: Path) -> None:
    await fold(database, two_days().lines)
    found = await asyncio.gather(
        closer(database, tmp_path, BOTH_OVER).close(FIRST),
        closer(database, tmp_path, BOTH_OVER).close(FIRST),
    )
    assert [version.version for version in found] == [1, 1]
    assert len(await versions(database)) == 1


async def test_drafts_of_a_crash_are_swept(database: Database, tmp_path: Path) -> None:
    left = path_of(tmp_path, "fact_contact", FIRST, 1).with_name("v1.parquet.part")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    assert await closer(database, tmp_path, NIGHT_OVER).sweep() == 1
    assert files_in(tmp_path) == {}


async def test_the_worker_closes_days_by_itself_and_outlives_a_full_disk(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a disk that refuses once, When it is looked again, Then the days are closed."""
    await fold(database, two_days().lines)
    done = asyncio.Event()
    original = Closer.close
    tried: list[date] = []

    async def watched(self: Closer, day: date, why: Why = Why.CLOSED) -> DayVersion:
        tried.append(day)
        if len(tried) == 1:
            raise FactsNotWritable(what="No space left on device")
        version = await original(self, day, why)
        if day == SECOND:
            done.set()
        return version

    monkeypatch.setattr(Closer, "close", watched)
    monkeypatch.setattr(worker, "FIRST_AFTER_S", 0)
    monkeypatch.setattr(closing, "EVERY_S", 0)
    running = asyncio.create_task(
        worker.close_days(database.sessions, tmp_path, zone=ZONE.key, now=lambda: moment(BOTH_OVER))
    )
    await asyncio.wait_for(done.wait(), 20)
    running.cancel()
    assert tried == [FIRST, FIRST, SECOND]
