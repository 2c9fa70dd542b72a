"""Marks in recordings over HTTP: made, listed in their order, taken away by those who may."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import RecordingState
from lianxi.modules.recordings.marks_router import router
from lianxi.modules.recordings.models import RecordingRow
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import Story

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]
MARKS = "/api/records/c1/marks"


@pytest.fixture
async def client(database: Database) -> Client:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(5, "c1", "a1")
    story.ends(45, "c1")
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    async with database.sessions.begin() as session:
        session.add(
            RecordingRow(
                contact=ContactId("c1"), state=RecordingState.READY, raw_name="c1.raw",
                wav_path="c1.wav", duration_ms=40_000, made_at=Instant(story.at(60)),
            )
        )  # fmt: skip

    def as_caller(user: str = "u1", **who: object) -> AsyncClient:
        asks = a_caller(Permission.RECORDS_READ, Permission.RECORDS_PLAY, **who)  # type: ignore[arg-type]
        asks = replace(asks, user=UserId(user))
        return browser(small_app(database, asks, [router], now=story.at(400)))

    return as_caller


async def test_a_mark_is_seen_by_others_in_its_place(client: Client, database: Database) -> None:
    # Given two marks, the later moment first
    async with client() as lead:
        for offset, text in ((30_000, "结束语"), (2_000, "开场问候")):
            answer = await lead.post(MARKS, json={"offset_ms": offset, "text": text})
            assert answer.status_code == 201, answer.text
        # Then they are listed by their place, and both are in the audit
        found = (await lead.get(MARKS)).json()
    assert [mark["text"] for mark in found] == ["开场问候", "结束语"]
    async with database.sessions() as session:
        acts = [row.act for row in await session.scalars(select(AuditTableRow))]
    assert acts == ["recording.marked", "recording.marked"]


async def test_a_moment_after_the_end_is_refused(client: Client) -> None:
    answer = await client().post(MARKS, json={"offset_ms": 40_001})
    assert (answer.status_code, answer.json()["code"]) == (422, "mark_outside")
    assert (await client().get(MARKS)).json() == []


async def test_a_colleagues_mark_stays(client: Client) -> None:
    # Given a mark of a lead
    made = (await client().post(MARKS, json={"offset_ms": 1})).json()
    # When somebody with a narrower sight takes it away
    other = client(user="u9", scope=Scope.SELF, agent=AgentId("a1"))
    answer = await other.delete(f"{MARKS}/{made['id']}")
    # Then it is refused, and the mark is there
    assert (answer.status_code, answer.json()["code"]) == (404, "mark_not_found")
    assert len((await client().get(MARKS)).json()) == 1
    # And its owner may
    assert (await client().delete(f"{MARKS}/{made['id']}")).status_code == 204
    assert (await client().get(MARKS)).json() == []


async def test_a_contact_without_a_recording_has_nothing_to_mark(client: Client) -> None:
    answer = await client().post("/api/records/none/marks", json={"offset_ms": 1})
    assert answer.status_code == 404
