"""Recordings are kept for as long as their queue says, and longer under legal hold."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.engine.messages.recordings import RecordingRule
from lianxi.engine.messages.routing import Queue
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, keeping_router
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingState, RecordingView
from lianxi.modules.recordings.jobs import DAY_MS, Finisher
from lianxi.modules.recordings.keeping import Retention
from lianxi.modules.recordings.rules import BYTES_PER_MS
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import SALES, Story

pytestmark = pytest.mark.db

C1 = ContactId("c1")
KEEP = (Permission.RECORDS_READ, Permission.RECORDS_KEEP)


@pytest.fixture
async def made(database: Database, tmp_path: Path) -> tuple[Story, RecordingFolders]:
    """A recording of a queue that keeps them for thirty days."""
    folders = RecordingFolders(
        raw=tmp_path / "raw", wav=tmp_path / "wav", keys=tmp_path / "keys.json"
    )
    folders.raw.mkdir()
    raw = folders.raw / "c1.raw"
    raw.write_bytes(bytes(8_000 * BYTES_PER_MS))
    story = Story()
    closed = story.at(8) / 1000
    os.utime(raw, (closed, closed))
    rule = RecordingRule(keep_days=30)
    story.centre(Queue(id=SALES, name="售前", name_en="Sales", recording_rule=rule))
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(2, "c1", "a1")
    story.ends(8, "c1")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    await Finisher(database.sessions, folders, now=lambda: story.at(60)).finish_ended()
    return story, folders


async def view(database: Database) -> RecordingView:
    async with database.sessions() as session:
        return (await facade.views(session, [C1]))[C1]


async def clear(database: Database, folders: RecordingFolders, at: int) -> int:
    return await Retention(database.sessions, folders, now=lambda: Instant(at)).clear()


def files(folders: RecordingFolders) -> list[Path]:
    return list(folders.wav.rglob("*.lxr"))


async def acts(database: Database) -> list[tuple[str, str, str]]:
    async with database.sessions() as session:
        rows = await session.scalars(select(AuditTableRow).order_by(AuditTableRow.id))
        return [(str(row.act), row.who_name, row.reason) for row in rows]


async def test_when_its_time_is_over_sound_and_key_are_gone_and_the_record_stays(
    database: Database, made: tuple[Story, RecordingFolders]
) -> None:
    story, folders = made
    end = story.at(8)
    assert await clear(database, folders, end + 30 * DAY_MS - 1) == 0
    assert await clear(database, folders, end + 30 * DAY_MS) == 1
    found = await view(database)
    assert (found.state, found.path, found.key) == (RecordingState.DELETED, None, None)
    assert found.keep is not None
    assert (found.keep.deleted_at, found.keep.deleted_by) == (end + 30 * DAY_MS, "")
    assert len(found.sha256 or "") == 64
    assert files(folders) == []
    assert await acts(database) == [("recording.deleted", "", "retention")]
    assert await clear(database, folders, end + 31 * DAY_MS) == 0


async def test_what_is_under_legal_hold_outlives_its_time_until_the_hold_is_over(
    database: Database, made: tuple[Story, RecordingFolders]
) -> None:
    story, folders = made
    app = small_app(database, a_caller(*KEEP), [keeping_router.router], now=story.at(60))
    provide(app, RecordingFolders, folders)
    keeper = browser(app)
    held = await keeper.post("/api/records/c1/recording/hold", json={"reason": "案件 12"})
    assert held.status_code == 204
    # Then neither time nor people delete it
    assert await clear(database, folders, story.at(8) + 99 * DAY_MS) == 0
    refused = await keeper.post("/api/records/c1/recording/delete", json={"reason": "x"})
    assert (refused.status_code, refused.json()["code"]) == (409, "recording_held")
    # Until the hold is over
    await keeper.post("/api/records/c1/recording/release", json={"reason": "结案"})
    assert await clear(database, folders, story.at(8) + 99 * DAY_MS) == 1
    assert [(act, why) for act, _, why in await acts(database)] == [
        ("recording.held", "案件 12"),
        ("recording.released", "结案"),
        ("recording.deleted", "retention"),
    ]


async def test_a_person_deletes_with_a_reason_and_once(
    database: Database, made: tuple[Story, RecordingFolders]
) -> None:
    story, folders = made
    app = small_app(database, a_caller(*KEEP), [keeping_router.router], now=story.at(60))
    provide(app, RecordingFolders, folders)
    keeper = browser(app)
    path = "/api/records/c1/recording/delete"
    assert (await keeper.post(path, json={"reason": " "})).status_code == 422
    assert (await keeper.post(path, json={"reason": "客户要求"})).status_code == 204
    assert files(folders) == []
    again = await keeper.post(path, json={"reason": "客户要求"})
    assert (again.status_code, again.json()["code"]) == (404, "recording_not_found")


async def test_who_may_only_listen_deletes_nothing(
    database: Database, made: tuple[Story, RecordingFolders]
) -> None:
    story, folders = made
    listener = a_caller(Permission.RECORDS_READ, Permission.RECORDS_PLAY)
    app = small_app(database, listener, [keeping_router.router], now=story.at(60))
    provide(app, RecordingFolders, folders)
    refused = await browser(app).post("/api/records/c1/recording/delete", json={"reason": "x"})
    assert refused.status_code == 403
    assert len(files(folders)) == 1
