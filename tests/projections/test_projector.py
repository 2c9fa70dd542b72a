"""The projector on PostgreSQL: counted once, from any place, and again from the beginning."""

import asyncio

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.projections.facts import fold
from lianxi.projections.gap_models import GapWhy
from lianxi.projections.gaps import gaps_in
from lianxi.projections.memory import Memory
from lianxi.projections.models import ProjectionCursor
from lianxi.projections.projector import BATCH, TABLES, Projector, fold_batch
from lianxi.reports.windows import Window
from tests.builders.folded import Tables, in_hand, in_tables
from tests.builders.fuzzed import CONFERRING, EVERYTHING, a_day
from tests.builders.list_journal import ListJournal
from tests.builders.story import Line, Story
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.db


def a_busy_hour() -> Story:
    story = example(
        Calls(calls=9, how="answered", waited_s=12, talk_s=60, hold_s=5, wrap_up_s=20),
        Calls(calls=4, how="abandoned", waited_s=30),
        Calls(calls=2, how="waiting"),
    )
    story.agent_comes(3, "a1", ready=False)
    story.agent_goes(3, "a1")
    story.agent_comes(3, "a1")
    return story


async def everything(database: Database) -> Tables:
    return await in_tables(database.sessions)


async def test_folding_twice_is_folding_once(database: Database) -> None:
    journal = ListJournal(a_busy_hour().lines)
    await Projector(database.sessions, journal).catch_up()
    once = await everything(database)
    again = Projector(database.sessions, journal)
    await again.catch_up()
    await again._apply(journal.lines)
    assert await everything(database) == once
    assert len(once["fact_contact"]) == 15


async def test_the_size_of_batches_makes_no_difference(database: Database) -> None:
    lines = a_busy_hour().lines[:90]
    await Projector(database.sessions, ListJournal(lines)).catch_up()
    at_once = await everything(database)
    one_by_one = Projector(database.sessions, ListJournal())
    async with database.sessions.begin() as session:
        for fact in (*TABLES, ProjectionCursor):
            await session.execute(fact.__table__.delete())  # type: ignore[attr-defined]
    for line in lines:
        await one_by_one._apply([line])
    assert await everything(database) == at_once


@pytest.mark.parametrize("day", [CONFERRING, EVERYTHING])
async def test_a_day_of_everything_is_the_same_in_batches_as_at_once(
    database: Database, day: int
) -> None:
    lines = a_day(day, 700)
    memory = Memory()
    for line in lines:
        fold(line.event, line.position, memory)
    projector = Projector(database.sessions, ListJournal())
    for start in range(0, len(lines), 17):
        await projector._apply(lines[start : start + 17])
    stored = await everything(database)
    for table, rows in in_hand(memory).items():
        assert stored[table] == rows, table


async def test_lines_that_are_lost_are_told_to_who_asks_for_that_time(database: Database) -> None:
    lines = a_busy_hour().lines
    kept = [line for line in lines if not 40 <= line.position <= 44]
    await Projector(database.sessions, ListJournal(kept)).catch_up()
    first, last, end = (lines[n - 1].at for n in (39, 45, len(lines)))
    async with database.sessions() as session:
        found = await gaps_in(session, Window(begins_at=first, ends_at=Instant(last + 1)))
        (lost,) = [gap for gap in found if gap.why is GapWhy.LINES]
        after = await gaps_in(session, Window(begins_at=Instant(end + 1), ends_at=Instant(end + 2)))
    assert (lost.position_from, lost.position_to) == (40, 44)
    assert (lost.began_at, lost.at) == (first, last)
    assert after == []


async def test_a_gap_at_the_edge_of_batches_is_the_same_gap(database: Database) -> None:
    lines = a_busy_hour().lines
    kept = [line for line in lines if line.position not in (40, 41)]
    projector = Projector(database.sessions, ListJournal(kept))
    await projector._apply(kept[:39])
    await projector._apply(kept[39:])
    async with database.sessions() as session:
        whole = Window(begins_at=lines[0].at, ends_at=Instant(lines[-1].at + 1))
        (lost, *_) = await gaps_in(session, whole)
    assert (lost.position_from, lost.position_to, lost.began_at) == (40, 41, lines[38].at)


async def test_nothing_is_told_before_what_was_there_is_folded(database: Database) -> None:
    """Who looks for raw recordings of no contact must not look while contacts are folded anew."""
    lines = [*a_day(EVERYTHING, 1_000)]
    assert len(lines) > BATCH
    projector = Projector(database.sessions, ListJournal(lines))
    advances = projector.advances()
    running = asyncio.create_task(projector.run())
    assert await asyncio.wait_for(anext(advances), 20) == len(lines)
    running.cancel()


async def test_acd_47_counters_derive_from_the_journal_a_rebuild_gives_the_same_rows(
    database: Database,
) -> None:
    """Statistics were reset by a reload or a restart: A-28701, Wazo queues.md."""
    projector = Projector(database.sessions, ListJournal(a_busy_hour().lines))
    await projector.catch_up()
    before = await everything(database)
    assert await projector.rebuild() == len(a_busy_hour().lines)
    assert await everything(database) == before


async def test_two_projectors_at_once_count_once(database: Database) -> None:
    journal = ListJournal(a_busy_hour().lines)
    await asyncio.gather(
        Projector(database.sessions, journal).catch_up(),
        Projector(database.sessions, journal).catch_up(),
    )
    assert len((await everything(database))["fact_contact"]) == 15


async def test_a_projector_that_comes_in_during_a_rebuild_leaves_nothing_out(
    database: Database,
) -> None:
    journal = ListJournal(a_busy_hour().lines)
    await Projector(database.sessions, journal).catch_up()
    before = await everything(database)
    following = Projector(database.sessions, journal)
    async with database.sessions.begin() as session:
        for fact in (*TABLES, ProjectionCursor):
            await session.execute(fact.__table__.delete())  # type: ignore[attr-defined]
    await following._apply(journal.lines[50:60])
    await following.catch_up()
    assert await everything(database) == before


async def test_a_batch_that_fails_leaves_neither_rows_nor_cursor(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*given: object) -> None:
        await fold_batch(*given)  # type: ignore[arg-type]
        raise ConnectionError("the power went")

    monkeypatch.setattr("lianxi.projections.projector.fold_batch", breaks)
    projector = Projector(database.sessions, ListJournal(a_busy_hour().lines))
    with pytest.raises(ConnectionError):
        await projector.catch_up()
    assert (await everything(database))["fact_contact"] == []
    monkeypatch.undo()
    assert await projector.catch_up() == len(a_busy_hour().lines)


async def test_a_follower_tells_how_far_it_is(database: Database) -> None:
    journal, story = ListJournal(), a_busy_hour()
    projector = Projector(database.sessions, journal)
    running = asyncio.create_task(projector.run())
    lines: list[Line] = story.lines
    await journal.append(lines[:10])
    await asyncio.wait_for(projector.reached(10), 10)
    advances = projector.advances()
    assert await anext(advances) == 10
    await journal.append(lines[10:])
    await asyncio.wait_for(projector.reached(len(lines)), 10)
    running.cancel()
    assert len((await everything(database))["fact_contact"]) == 15
