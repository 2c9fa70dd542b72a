"""Records over HTTP, narrowed by everything that narrows them."""

from collections.abc import Callable

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.engine.messages.recordings import LegQualityTold
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.journal.contracts import Journal
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.contacts.router import router
from lianxi.modules.recordings.contracts import RecordingState
from lianxi.modules.recordings.models import RecordingRow
from lianxi.projections.projector import Projector
from tests.builders.journal_rows import StoryJournal
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import SERVICE, Story

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]
LENGTH_MS = 40_000


def a_morning() -> Story:
    """c1 waited 6 s and was talked to for 34 s, c2 3 s and 7 s, c3 gave up after 30 s."""
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_queues(15, "c1")
    story.offered(15, "c1", "a1")
    story.agent_answers(21, "c1", "a1")
    for second, bad in ((30, True), (60, False)):
        story.tell(
            LegQualityTold(
                at=story.at(second),
                contact=ContactId("c1"),
                leg=LegId("leg-a1"),
                agent=AgentId("a1"),
                loss=0.08 if bad else 0.01,
                jitter_ms=12.0,
                round_trip_ms=40.0,
                packets=1_000,
                mos=2.9 if bad else 4.1,
                is_bad=bad,
                is_last=not bad,
            )
        )
    story.ends(55, "c1", wrap_up_s=9)
    story.caller_queues(100, "c2", SERVICE)
    story.agent_answers(103, "c2", "a2")
    story.ends(110, "c2")
    story.caller_queues(200, "c3", SERVICE)
    story.abandons(230, "c3")
    return story


@pytest.fixture
async def client(database: Database) -> Client:
    story = a_morning()
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    async with database.sessions.begin() as session:
        session.add(
            RecordingRow(
                contact=ContactId("c1"), state=RecordingState.READY, raw_name="c1.raw",
                wav_path="c1.wav", duration_ms=LENGTH_MS, made_at=Instant(story.at(60)),
                held_at=Instant(story.at(70)), held_by="王强", held_why="投诉",
            )
        )  # fmt: skip

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        asks = a_caller(*permissions, **who)  # type: ignore[arg-type]
        app = small_app(database, asks, [router], now=story.at(400))
        provide(app, Journal, StoryJournal(story))
        return browser(app)

    return as_caller


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"waited_from_s": "6"}, ["c3", "c1"]),
        ({"waited_from_s": "4", "waited_to_s": "6"}, ["c1"]),
        ({"talked_to_s": "7"}, ["c2"]),
        ({"talked_from_s": "8"}, ["c1"]),
        ({"team": "t1"}, ["c2", "c1"]),
        ({"team": "nobody"}, []),
        ({"code": "order"}, ["c1"]),
        ({"direction": "outbound"}, []),
        ({"direction": "inbound", "channel": "voice"}, ["c3", "c2", "c1"]),
        ({"channel": "voicemail"}, []),
        ({"recorded": "true"}, ["c1"]),
        ({"recorded": "false"}, ["c3", "c2"]),
        ({"ended_by": "customer", "recorded": "true"}, ["c1"]),
    ],
)
async def test_a_list_is_narrowed(
    client: Client, asked: dict[str, str], expected: list[str]
) -> None:
    answer = await client().get("/api/records", params=asked)
    assert answer.status_code == 200, answer.text
    assert [item["id"] for item in answer.json()["items"]] == expected


async def test_a_length_below_nothing_is_refused(client: Client) -> None:
    answer = await client().get("/api/records", params={"waited_from_s": "-1"})
    assert answer.status_code == 422


async def test_the_detail_says_how_well_each_leg_was_heard(client: Client) -> None:
    # Given a leg that was bad for a while
    found = (await client().get("/api/records/c1")).json()
    # Then there is one row for it, as it ended, and that it had been bad
    (leg,) = found["quality"]
    assert (leg["agent"], leg["mos"], leg["was_bad"], leg["is_last"]) == (
        "8001 坐席1", 4.1, True, True,
    )  # fmt: skip


async def test_rungs_have_a_place_in_the_recording(client: Client) -> None:
    found = (await client().get("/api/records/c1")).json()
    assert found["recording_began"] == a_morning().at(55) - LENGTH_MS
    assert found["recording"]["keep"]["held_why"] == "投诉"


async def test_choices_are_those_within_reach(client: Client) -> None:
    # Given / When an agent asks what to narrow the own list by
    own = client(scope=Scope.SELF, agent=AgentId("a2"))
    found = (await own.get("/api/record-choices")).json()
    # Then no colleague is named
    assert [agent["no"] for agent in found["agents"]] == ["8002"]
    assert {queue["id"] for queue in found["queues"]} >= {"sales", "service"}
    assert "order" in {code["code"] for code in found["codes"]}
