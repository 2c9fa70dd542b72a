"""Recordings are made after the end of a contact, once, whatever happens in between."""

import asyncio
import io
import os
import wave
from pathlib import Path

import msgspec
import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, playing, sealing
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState, RecordingView
from lianxi.modules.recordings.errors import RecordingNotFound, RecordingNotReady
from lianxi.modules.recordings.jobs import Finisher
from lianxi.modules.recordings.rules import BYTES_PER_MS
from lianxi.projections.models import FactContact
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.story import SALES, SERVICE, Story

pytestmark = pytest.mark.db

C1 = ContactId("c1")


@pytest.fixture
def folders(tmp_path: Path) -> RecordingFolders:
    found = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    found.raw.mkdir()
    found.wav.mkdir()
    return found


def the_switch_wrote(folders: RecordingFolders, seconds: float, name: str = "c1.raw") -> Path:
    """A raw file, closed a minute ago."""
    path = folders.raw / name
    path.write_bytes(bytes(round(seconds * 1000) * BYTES_PER_MS))
    minute_ago = path.stat().st_mtime - 60
    os.utime(path, (minute_ago, minute_ago))
    return path


def an_answered_call(recording: RecordingPolicy = RecordingPolicy.ALL) -> Story:
    """Arrives at 0, is answered at 10, ends at 40."""
    story = Story()
    story.centre(Queue(id=SALES, name="售前", name_en="Sales", recording=recording))
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(10, "c1", "a1")
    story.ends(40, "c1")
    return story


async def told(database: Database, story: Story) -> Projector:
    projector = Projector(database.sessions, ListJournal(story.lines))
    await projector.catch_up()
    return projector


def a_finisher(database: Database, folders: RecordingFolders) -> Finisher:
    def now() -> Instant:
        newest = max((path.stat().st_mtime for path in folders.raw.iterdir()), default=0)
        return Instant(round(newest * 1000) + 60_000)

    return Finisher(database.sessions, folders, now=now)


async def view(database: Database) -> RecordingView:
    async with database.sessions() as session:
        return (await facade.views(session, [C1]))[C1]


async def test_the_conversation_is_kept_and_the_raw_file_deleted(
    database: Database, folders: RecordingFolders
) -> None:
    raw = the_switch_wrote(folders, 40)
    await told(database, an_answered_call())
    assert (await view(database)).state is RecordingState.PENDING
    await a_finisher(database, folders).finish_ended()
    made = await view(database)
    assert (made.state, made.duration_ms, made.cause) == (RecordingState.READY, 30_000, None)
    assert not raw.exists()
    found = await playing.opened(made, folders)
    with wave.open(io.BytesIO(b"".join(found.read()))) as wav:
        assert wav.getnframes() == 30 * 8000
    async with database.sessions() as session:
        drawn = await facade.peaks(session, C1)
    assert [len(channel) for channel in drawn.channels] == [2000, 2000]


async def test_finishing_twice_is_finishing_once(
    database: Database, folders: RecordingFolders
) -> None:
    the_switch_wrote(folders, 40)
    await told(database, an_answered_call())
    assert await a_finisher(database, folders).finish_ended() == 1
    assert await a_finisher(database, folders).finish_ended() == 0


async def test_acd_57_a_crash_before_the_raw_file_was_deleted_is_cleared_up_at_the_next_start(
    database: Database, folders: RecordingFolders
) -> None:
    """https://github.com/asterisk/asterisk/issues/455"""
    the_switch_wrote(folders, 40)
    await told(database, an_answered_call())
    await a_finisher(database, folders).finish_ended()
    again = the_switch_wrote(folders, 40)
    await a_finisher(database, folders).sweep()
    assert not again.exists()
    assert (await view(database)).state is RecordingState.READY


async def test_a_caller_who_was_never_answered_is_not_kept(
    database: Database, folders: RecordingFolders
) -> None:
    raw = the_switch_wrote(folders, 30)
    story = Story()
    story.caller_queues(0, "c1")
    story.abandons(30, "c1")
    await told(database, story)
    await a_finisher(database, folders).finish_ended()
    found = await view(database)
    assert (found.state, found.cause) == (RecordingState.NONE, "not_connected")
    assert not raw.exists()


async def test_a_queue_that_records_nothing_keeps_nothing(
    database: Database, folders: RecordingFolders
) -> None:
    raw = the_switch_wrote(folders, 40)
    await told(database, an_answered_call(RecordingPolicy.OFF))
    await a_finisher(database, folders).finish_ended()
    found = await view(database)
    assert (found.state, found.cause) == (RecordingState.NONE, "policy_off")
    assert not raw.exists()


@pytest.mark.parametrize(
    ("seconds", "cause"), [(None, "file_missing"), (0, "file_empty"), (0.2, "too_short")]
)
async def test_acd_57_a_recording_that_should_be_there_and_is_not_says_why(
    database: Database,
    folders: RecordingFolders,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float | None,
    cause: str,
) -> None:
    """https://github.com/sipwise/rtpengine/issues/2136"""
    monkeypatch.setattr("lianxi.modules.recordings.jobs.SETTLE_WITHIN_S", 0.1)
    if seconds is not None:
        the_switch_wrote(folders, seconds)
    await told(database, an_answered_call())
    await a_finisher(database, folders).finish_ended()
    found = await view(database)
    assert (found.state, found.cause) == (RecordingState.MISSING, cause)


async def test_acd_57_what_a_switch_that_died_had_written_is_kept_and_marked(
    database: Database, folders: RecordingFolders
) -> None:
    """https://github.com/asterisk/asterisk/issues/455"""
    # Given 25 s of a contact of 40 s, cut off in the middle of a sample; no header tells a length
    raw = the_switch_wrote(folders, 25)
    raw.write_bytes(raw.read_bytes() + b"\x01\x02\x03")
    await told(database, an_answered_call())
    await a_finisher(database, folders).finish_ended()
    # Then all of it can be heard, and the record says that it is not the whole conversation
    found = await view(database)
    assert (found.state, found.cause, found.duration_ms) == (
        RecordingState.READY,
        "incomplete",
        25_000,
    )
    sound = await playing.opened(found, folders)
    with wave.open(io.BytesIO(b"".join(sound.read()))) as wav:
        assert wav.getnframes() == 25 * 8000


async def test_a_contact_that_the_switch_did_not_record_says_so(
    database: Database, folders: RecordingFolders
) -> None:
    story = an_answered_call()
    story.events = [
        msgspec.structs.replace(event, recording="") if isinstance(event, ContactBegan) else event
        for event in story.events
    ]
    await told(database, story)
    await a_finisher(database, folders).finish_ended()
    found = await view(database)
    assert (found.state, found.cause) == (RecordingState.NONE, "not_recorded")


async def test_acd_37_one_recording_holds_what_both_agents_said_to_the_customer(
    database: Database, folders: RecordingFolders
) -> None:
    """https://github.com/asterisk/asterisk/issues/507"""
    story = Story()
    story.centre()
    for agent in ("a1", "a2"):
        story.agent_comes(0, agent)
    # Given an answer at 10, a transfer at 20, the second agent at 30, the end at 50
    story.caller_queues(0, "c1")
    story.agent_answers(10, "c1", "a1")
    story.tell(
        ContactTransferred(
            at=story.at(20),
            contact=C1,
            agent=AgentId("a1"),
            leg=LegId("leg-c1"),
            agent_leg=None,
            hops=1,
            reason="",
            queue=SERVICE,
        )
    )
    story.caller_queues(20, "c1", SERVICE)
    story.agent_answers(30, "c1", "a2")
    story.ends(50, "c1")
    the_switch_wrote(folders, 50)
    await told(database, story)
    # Then one file has it from the first word to the last
    assert await a_finisher(database, folders).finish_ended() == 1
    found = await view(database)
    assert (found.state, found.duration_ms) == (RecordingState.READY, 40_000)


async def test_a_full_disk_leaves_the_raw_file_and_the_work_for_later(
    database: Database, folders: RecordingFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = the_switch_wrote(folders, 40)
    await told(database, an_answered_call())

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealing, "seal", full)
    await a_finisher(database, folders).finish_ended()
    assert raw.exists()
    assert (await view(database)).state is RecordingState.PENDING
    monkeypatch.undo()
    await a_finisher(database, folders).finish_ended()
    assert (await view(database)).state is RecordingState.READY


async def test_a_sweep_deletes_old_files_of_nobody_and_keeps_those_of_open_calls(
    database: Database, folders: RecordingFolders
) -> None:
    story = Story()
    story.caller_queues(0, "c1")
    await told(database, story)
    day_old = the_switch_wrote(folders, 5, "stray.raw")
    os.utime(day_old, (1_000_000_000, 1_000_000_000))
    open_call, young = the_switch_wrote(folders, 5), the_switch_wrote(folders, 5, "new.raw")
    await a_finisher(database, folders).sweep()
    assert (day_old.exists(), open_call.exists(), young.exists()) == (False, True, True)


async def test_a_running_finisher_makes_the_recording_when_the_projection_advances(
    database: Database, folders: RecordingFolders
) -> None:
    raw = the_switch_wrote(folders, 40)
    journal = ListJournal()
    projector = Projector(database.sessions, journal)
    made = asyncio.Event()

    class Telling(Finisher):
        async def finish(self, contact: FactContact) -> None:
            await super().finish(contact)
            made.set()

    now = Instant(Story().start + 60_000)
    closed = now / 1000 - 20
    os.utime(raw, (closed, closed))
    finisher = Telling(database.sessions, folders, now=lambda: now)
    running = [
        asyncio.create_task(projector.run()),
        asyncio.create_task(finisher.run(projector.advances())),
    ]
    await journal.append(an_answered_call().lines)
    await asyncio.wait_for(made.wait(), 20)
    for task in running:
        task.cancel()
    assert (await view(database)).state is RecordingState.READY


async def test_what_is_not_ready_cannot_be_played(
    database: Database, folders: RecordingFolders
) -> None:
    await told(database, an_answered_call())
    async with database.sessions() as session:
        with pytest.raises(RecordingNotReady):
            await facade.ready(session, C1)
        with pytest.raises(RecordingNotFound):
            await facade.ready(session, ContactId("nobody"))
