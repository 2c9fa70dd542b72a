"""A call that connects while the disk is full is marked, on a disk that really is."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.events import RecordingFailed
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.ids import ContactId
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState, Room
from lianxi.modules.recordings.jobs import Finisher
from lianxi.modules.recordings.repository import RecordingRepository
from lianxi.modules.recordings.room import room_left
from lianxi.modules.recordings.subscribers import DISK_FULL, RoomWatch
from lianxi.projections.projector import Projector
from lianxi.runtime.clock import now
from tests.builders.centre import BEN
from tests.builders.list_journal import ListJournal
from tests.builders.story import SALES, Story
from tests.runtime.house import House

pytestmark = pytest.mark.db

RESERVE = 200_000


async def run(*command: str) -> int:
    child = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    return await child.wait()


@pytest.fixture
async def disk(tmp_path: Path) -> AsyncIterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "raw"
    folder.mkdir()
    if await run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)) != 0:
        pytest.skip("only root can mount a small disk")
    yield folder
    assert await run("umount", str(folder)) == 0


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    house = House(database.url)
    yield house
    await house.close()


async def test_the_agent_and_the_record_learn_that_the_disk_was_full(
    database: Database, house: House, disk: Path
) -> None:
    # Given a centre with a little disk, watched
    board, _ = house.opens()
    await board.is_leading.wait()
    looked = asyncio.Semaphore(0)

    def room() -> Room:
        looked.release()
        return room_left(disk, reserve=RESERVE)

    watch = RoomWatch(database.sessions, house.inbox, room)
    journal = PostgresJournal(database.url)
    watching = asyncio.create_task(watch.run(journal))
    await watch.is_following.wait()
    await house.agent_is_ready()
    # When a call connects while there is room, Then nothing is said
    roomy = await house.call_connected()
    await looked.acquire()
    house.world.caller_hangs_up(roomy)
    # When one connects on a full disk
    (disk / "filler").write_bytes(bytes(900_000))
    await house.agent_is_ready(BEN)
    full = await house.call_connected(BEN)
    # Then it is known at once
    failed = await house.written(RecordingFailed)
    assert [(event.contact, event.code) for event in failed] == [(full, DISK_FULL)]
    assert board.driver is not None
    assert board.driver.state.contacts[full].recording_problem == DISK_FULL
    assert board.driver.state.agents[BEN].contact == full
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await journal.close()


async def test_a_queue_that_is_not_recorded_has_no_problem(
    database: Database, house: House, disk: Path
) -> None:
    story = Story()
    story.centre(Queue(id=SALES, name="售前", name_en="Sales", recording=RecordingPolicy.OFF))
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(10, "c1", "a1")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    watch = RoomWatch(database.sessions, house.inbox, lambda: room_left(disk))
    for line in story.lines:
        await watch.react(line.event)


async def test_a_raw_file_that_the_full_disk_left_empty_is_a_missing_recording(
    database: Database, disk: Path, tmp_path: Path
) -> None:
    story = Story()
    story.centre(Queue(id=SALES, name="售前", name_en="Sales"))
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(10, "c1", "a1")
    story.tell(RecordingFailed(at=story.at(11), contact=ContactId("c1"), code=DISK_FULL))
    story.ends(40, "c1")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    (disk / "c1.raw").touch()
    os.utime(disk / "c1.raw", (story.at(40) / 1000, story.at(40) / 1000))
    folders = RecordingFolders(raw=disk, wav=tmp_path / "wav", keys=tmp_path / "keys.json")
    folders.wav.mkdir()
    await Finisher(database.sessions, folders, now=now).finish_ended()
    async with database.sessions() as session:
        ((_, row),) = await RecordingRepository(session).with_contacts([ContactId("c1")])
    assert row is not None
    assert (row.state, row.cause) == (RecordingState.MISSING, DISK_FULL)
