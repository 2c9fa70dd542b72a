"""A conversation that moves between queues of different rules is kept as each of them has it."""

import io
import os
import wave
from pathlib import Path

import numpy as np
import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.recordings import RecordingBegan, RecordingRule, RecordingStarted
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import RecordingPolicy
from lianxi.kernel.ids import AgentId, ContactId, LegId, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, playing
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState, RecordingView
from lianxi.modules.recordings.jobs import DAY_MS, Finisher
from lianxi.modules.recordings.rules import BYTES_PER_MS, RATE
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.story import SALES, SERVICE, Story

pytestmark = pytest.mark.db

C1 = ContactId("c1")
ALL, OFF, ON_DEMAND = RecordingPolicy.ALL, RecordingPolicy.OFF, RecordingPolicy.ON_DEMAND


def a_queue(queue: QueueId, recording: RecordingPolicy, keep_days: int) -> Queue:
    rule = RecordingRule(keep_days=keep_days)
    return Queue(id=queue, name=queue, name_en=queue, recording=recording, recording_rule=rule)


def moved(first: RecordingPolicy, then: RecordingPolicy, *, is_late: bool = False) -> Story:
    """Answered in sales at 10, handed on at 20, answered in service at 30, ended at 50. Perhaps
    the switch records only from 20 on."""
    story = Story()
    story.centre(a_queue(SALES, first, 10), a_queue(SERVICE, then, 20))
    for agent in ("a1", "a2"):
        story.agent_comes(0, agent)
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
    if is_late:
        story.tell(
            RecordingBegan(at=story.at(20), contact=C1, leg=LegId("leg-c1"), recording="c1.raw")
        )
    story.caller_queues(20, "c1", SERVICE)
    story.agent_answers(30, "c1", "a2")
    return story


@pytest.fixture
def folders(tmp_path: Path) -> RecordingFolders:
    """Where the switch wrote fifty seconds of sound, a minute ago."""
    found = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    found.raw.mkdir()
    found.wav.mkdir()
    raw = found.raw / "c1.raw"
    raw.write_bytes(b"\x10" * (50_000 * BYTES_PER_MS))
    minute_ago = raw.stat().st_mtime - 60
    os.utime(raw, (minute_ago, minute_ago))
    return found


async def finished(database: Database, folders: RecordingFolders, story: Story) -> RecordingView:
    story.ends(50, "c1")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    written = (folders.raw / "c1.raw").stat().st_mtime
    finisher = Finisher(database.sessions, folders, now=lambda: Instant(round(written + 60) * 1000))
    await finisher.finish_ended()
    async with database.sessions() as session:
        return (await facade.views(session, [C1]))[C1]


async def heard(made: RecordingView, folders: RecordingFolders) -> list[bool]:
    """Of each second, whether anything is heard."""
    found = await playing.opened(made, folders)
    with wave.open(io.BytesIO(b"".join(found.read()))) as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2").reshape(-1, 2)
    return [bool(samples[at : at + RATE].any()) for at in range(0, len(samples), RATE)]


async def test_acd_37_what_a_queue_does_not_keep_is_silence_in_the_file(
    database: Database, folders: RecordingFolders
) -> None:
    """https://github.com/asterisk/asterisk/issues/507"""
    story = moved(ALL, OFF)
    made = await finished(database, folders, story)
    # Then the twenty seconds in sales and in line are kept, and nothing of what came after
    assert (made.state, made.duration_ms) == (RecordingState.READY, 40_000)
    assert await heard(made, folders) == [True] * 20 + [False] * 20
    async with database.sessions() as session:
        drawn = (await facade.peaks(session, C1)).channels[0]
    assert drawn[0] > 0
    assert not any(drawn[len(drawn) // 2 :])
    # And its time is that of the queue that keeps it
    assert made.keep is not None
    assert made.keep.until == story.at(50) + 10 * DAY_MS


async def test_acd_37_a_queue_that_keeps_begins_the_file_where_it_begins(
    database: Database, folders: RecordingFolders
) -> None:
    """https://github.com/asterisk/asterisk/issues/507"""
    made = await finished(database, folders, moved(OFF, ALL))
    assert (made.state, made.duration_ms) == (RecordingState.READY, 20_000)
    assert await heard(made, folders) == [True] * 20


async def test_the_agents_choice_leaves_alone_what_was_kept_before(
    database: Database, folders: RecordingFolders
) -> None:
    story = moved(ALL, ON_DEMAND)
    # When the second agent begins to record in the middle of the own conversation
    story.tell(RecordingStarted(at=story.at(40), contact=C1, agent=AgentId("a2")))
    made = await finished(database, folders, story)
    assert await heard(made, folders) == [True] * 20 + [False] * 10 + [True] * 10


async def test_where_no_queue_keeps_anything_there_is_no_recording(
    database: Database, folders: RecordingFolders
) -> None:
    made = await finished(database, folders, moved(OFF, ON_DEMAND))
    assert (made.state, made.cause) == (RecordingState.NONE, "not_started")
    assert not (folders.raw / "c1.raw").exists()


@pytest.mark.parametrize(("first", "kept_s"), [(ALL, 30), (OFF, 20)])
async def test_acd_37_a_file_that_begins_with_the_queue_that_records_is_kept_whole(
    database: Database, folders: RecordingFolders, first: RecordingPolicy, kept_s: int
) -> None:
    """https://github.com/asterisk/asterisk/issues/507"""
    # Given a call out that was recorded by nobody, and begins to be when it is handed on
    (folders.raw / "c1.raw").write_bytes(b"\x10" * (30_000 * BYTES_PER_MS))
    written = (folders.raw / "c1.raw").stat().st_mtime - 60
    os.utime(folders.raw / "c1.raw", (written, written))
    made = await finished(database, folders, moved(first, ALL, is_late=True))
    # Then nothing of it is missing; what a queue that keeps nothing had, its line too, is left out
    assert (made.state, made.cause) == (RecordingState.READY, None)
    assert made.duration_ms == 1000 * kept_s
    assert await heard(made, folders) == [True] * kept_s
