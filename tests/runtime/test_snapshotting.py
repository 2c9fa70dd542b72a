"""Snapshots are made from the journal, by a process of their own."""

import asyncio

import pytest

from lianxi.db.session import Database
from lianxi.engine.core import Engine
from lianxi.journal.contracts import Step
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.runtime.clock import now
from lianxi.runtime.snapshotting import Snapshotter, keep_snapshot
from tests.builders.centre import ANNA, Centre

pytestmark = pytest.mark.db

WITHIN_S = 20.0


async def written(url: str, centre: Centre, after: int) -> None:
    """What happened in a centre since, as lines of the journal."""
    journal = PostgresJournal(url)
    await journal.append([Step(events=centre.journal[after:])])
    await journal.close()


async def test_a_snapshot_is_the_last_one_and_the_lines_behind_it(database: Database) -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    await written(database.url, centre, 0)
    first = await keep_snapshot(database.url, now)
    assert first == len(centre.journal)
    centre.ends(ANNA, "c1")
    centre.calls("c2")
    await written(database.url, centre, first)
    position = await keep_snapshot(database.url, now)
    assert position == len(centre.journal)
    assert await Snapshots(database.url).newest() == (position, Engine(centre.journal).state)


async def test_a_process_of_its_own_makes_it_and_is_gone_with_its_owner(
    database: Database,
) -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    await written(database.url, centre, 0)
    snapshotter = Snapshotter(database.url)
    async with asyncio.timeout(WITHIN_S):
        assert await snapshotter.make() == 0
    assert await Snapshots(database.url).newest() == (len(centre.journal), centre.state)
    # When its owner ends in the middle of the next one, nothing is left behind
    snapshotter.want()
    running = asyncio.create_task(snapshotter.run())
    await snapshotter.begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert snapshotter.process is not None
    assert snapshotter.process.returncode is not None


async def test_a_snapshot_that_fails_is_no_harm(database: Database) -> None:
    snapshotter = Snapshotter("postgresql+psycopg://nobody@127.0.0.1:1/none")
    async with asyncio.timeout(WITHIN_S):
        assert await snapshotter.make() != 0
