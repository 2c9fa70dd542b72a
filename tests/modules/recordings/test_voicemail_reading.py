"""Messages over HTTP: heard by the agent who took them, written down, kept as their queue says."""

import os
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.recordings import RecordingRule
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import Channel
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, voicemail_router
from lianxi.modules.recordings.contracts import (
    RecordingFolders,
    RecordingState,
    RecordingView,
    TranscriptState,
)
from lianxi.modules.recordings.jobs import DAY_MS, Finisher
from lianxi.modules.recordings.keeping import Retention
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import SALES, Story

pytestmark = pytest.mark.db

MESSAGE = ContactId("c1-r1")
NAME = "vm-r1.c1.wav"
OWN = "/api/voicemails/c1-r1"
WORDS = {"text": "请回电,谢谢。", "source": "listener 1.2"}
READ, PLAY = Permission.RECORDS_READ, Permission.RECORDS_PLAY
WRITE = Permission.RECORDS_TRANSCRIBE


@pytest.fixture
async def made(database: Database, tmp_path: Path) -> tuple[Story, RecordingFolders]:
    """A message for a queue that keeps recordings for thirty days; a1 took it after ten seconds."""
    folders = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    folders.raw.mkdir()
    file = folders.raw / NAME
    with wave.open(str(file), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x00\x10" * 16_000)
    minute_ago = file.stat().st_mtime - 60
    os.utime(file, (minute_ago, minute_ago))
    story = Story()
    rule = RecordingRule(keep_days=30)
    story.centre(Queue(id=SALES, name="售前", name_en="Sales", recording_rule=rule))
    for agent in ("a1", "a2"):
        story.agent_comes(0, agent)
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
        )
    )
    story.caller_queues(0, MESSAGE)
    story.agent_answers(10, MESSAGE, "a1")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    written = round(file.stat().st_mtime * 1000) + 60_000
    finisher = Finisher(database.sessions, folders, now=lambda: Instant(max(story.at(60), written)))
    await finisher.finish_ended()
    return story, folders


Client = Callable[..., AsyncClient]


@pytest.fixture
def client(database: Database, made: tuple[Story, RecordingFolders]) -> Client:
    story, folders = made

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        caller = a_caller(*permissions, **who)  # type: ignore[arg-type]
        app = small_app(database, caller, [voicemail_router.router], now=story.at(60))
        provide(app, RecordingFolders, folders)
        return browser(app)

    return as_caller


def agent(client: Client, name: str) -> AsyncClient:
    """An agent, who sees what is the own and may not play recordings."""
    return client(READ, scope=Scope.SELF, agent=AgentId(name))


async def view(database: Database) -> RecordingView:
    async with database.sessions() as session:
        return (await facade.views(session, [MESSAGE]))[MESSAGE]


async def heard_by(database: Database) -> str:
    found = (await view(database)).voicemail
    assert found is not None
    assert (found.heard_at is not None) == bool(found.heard_by)
    return found.heard_by


async def test_the_agent_who_took_a_message_hears_it_and_then_it_is_read(
    client: Client, database: Database
) -> None:
    assert await heard_by(database) == ""
    answer = await agent(client, "a1").get(f"{OWN}/sound")
    assert (answer.status_code, len(answer.content)) == (200, 44 + 2 * 8000 * 4)
    assert await heard_by(database) != ""
    # And may mark it as still to be heard
    assert (await agent(client, "a1").patch(OWN, json={"heard": False})).status_code == 204
    assert await heard_by(database) == ""


async def test_who_did_not_take_it_neither_hears_nor_marks_it(
    client: Client, database: Database
) -> None:
    other = agent(client, "a2")
    assert (await other.get(f"{OWN}/sound")).status_code == 404
    assert (await other.patch(OWN, json={"heard": True})).status_code == 404
    # And a supervisor's listening does not make it read
    supervisor = client(READ, PLAY)
    assert (await supervisor.get(f"{OWN}/sound")).status_code == 200
    assert (await supervisor.patch(OWN, json={"heard": True})).status_code == 403
    assert await heard_by(database) == ""


async def test_what_it_says_is_written_down_by_who_may(client: Client, database: Database) -> None:
    found = (await view(database)).voicemail
    assert found is not None
    assert found.transcript.state is TranscriptState.NONE
    path = f"{OWN}/transcript"
    assert (await client(READ).put(path, json=WORDS)).status_code == 403
    writer = client(READ, WRITE)
    assert (await writer.put(path, json={"source": "listener 1.2"})).status_code == 204
    found = (await view(database)).voicemail
    assert found is not None
    assert (found.transcript.state, found.transcript.text) == (TranscriptState.PENDING, None)
    assert (await writer.put(path, json=WORDS)).status_code == 204
    found = (await view(database)).voicemail
    assert found is not None
    assert (found.transcript.state, found.transcript.text) == (TranscriptState.TEXT, WORDS["text"])
    assert found.transcript.source == WORDS["source"]
    assert found.transcript.at is not None
    # And the audit knows of it, not what it says
    async with database.sessions() as session:
        rows = list(await session.scalars(select(AuditTableRow).order_by(AuditTableRow.id)))
    assert [row.act for row in rows] == ["voicemail.transcribed"] * 2
    assert WORDS["text"] not in str([row.facts for row in rows])


async def test_only_messages_have_words(client: Client) -> None:
    writer = client(READ, PLAY, WRITE)
    assert (await writer.put("/api/voicemails/c9/transcript", json=WORDS)).status_code == 404
    assert (await writer.get("/api/voicemails/c9/sound")).status_code == 404


async def test_when_its_time_is_over_the_words_are_gone_with_the_sound(
    client: Client, database: Database, made: tuple[Story, RecordingFolders]
) -> None:
    story, folders = made
    await client(READ, WRITE).put(f"{OWN}/transcript", json=WORDS)
    keep = (await view(database)).keep
    assert keep is not None
    assert keep.until is not None
    assert keep.until >= story.at(0) + 30 * DAY_MS
    until = keep.until
    await Retention(database.sessions, folders, now=lambda: until).clear()
    found = await view(database)
    assert found.state is RecordingState.DELETED
    assert found.voicemail is not None
    assert (found.voicemail.transcript.state, found.voicemail.transcript.text) == ("none", None)
