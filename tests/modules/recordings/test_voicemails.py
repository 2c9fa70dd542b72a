"""A message that was left is kept at once, under seal, and can be played while it waits."""

import io
import os
import wave
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, playing
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState
from lianxi.modules.recordings.jobs import Finisher
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.story import Story

pytestmark = pytest.mark.db

MESSAGE = ContactId("c1-r1")
NAME = "vm-r1.c1.wav"


@pytest.fixture
def folders(tmp_path: Path) -> RecordingFolders:
    found = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    found.raw.mkdir()
    found.wav.mkdir()
    return found


def the_switch_wrote(folders: RecordingFolders, *, header: bytes | None = None) -> Path:
    """Two seconds of one voice, closed a minute ago."""
    path = folders.raw / NAME
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\x00\x10" * 16_000)
    if header is not None:
        path.write_bytes(header + path.read_bytes()[len(header) :])
    minute_ago = path.stat().st_mtime - 60
    os.utime(path, (minute_ago, minute_ago))
    return path


async def kept(database: Database, folders: RecordingFolders) -> Finisher:
    """The contact is there, and the finisher has looked."""
    story = Story()
    story.centre()
    story.tell(
        ContactBegan(
            at=story.at(0),
            contact=MESSAGE,
            leg=LegId(""),
            channel=Channel.VOICEMAIL,
            dialled="4001",
            caller="13800138000",
            caller_name="",
            recording=NAME,
        ),
    )
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    finisher = Finisher(database.sessions, folders, now=lambda: Instant(1_000 * 10_000_000_000))
    await finisher.finish_ended()
    return finisher


async def test_a_message_can_be_heard_while_it_waits(
    database: Database, folders: RecordingFolders
) -> None:
    file = the_switch_wrote(folders)
    await kept(database, folders)
    async with database.sessions() as session:
        view = await facade.ready(session, MESSAGE)
    assert (view.state, view.duration_ms) == (RecordingState.READY, 2_000)
    assert view.sha256 is not None
    assert list(folders.raw.iterdir()) == []
    assert not file.exists()
    found = await playing.opened(view, folders)
    with wave.open(io.BytesIO(b"".join(found.read()))) as wav:
        assert (wav.getnchannels(), wav.getnframes()) == (2, 16_000)
        assert wav.readframes(1) == b"\x00\x10\x00\x00"


async def test_the_file_of_a_switch_that_died_is_heard_too(
    database: Database, folders: RecordingFolders
) -> None:
    """Its header says that there is nothing in it."""
    the_switch_wrote(folders, header=b"RIFF\x00\x00\x00\x00")
    await kept(database, folders)
    async with database.sessions() as session:
        assert (await facade.ready(session, MESSAGE)).duration_ms == 2_000


async def test_a_message_without_a_file_is_missing_and_looked_for_once(
    database: Database, folders: RecordingFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lianxi.modules.recordings.jobs.SETTLE_WITHIN_S", 0.1)
    finisher = await kept(database, folders)
    async with database.sessions() as session:
        view = (await facade.views(session, [MESSAGE]))[MESSAGE]
    assert (view.state, view.cause) == (RecordingState.MISSING, "file_missing")
    assert await finisher.finish_ended() == 0
