"""Records over HTTP: found, paged, masked, within scope, revealed with a trace."""

from collections.abc import Callable

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.engine.messages import events as e
from lianxi.engine.messages.values import StepOutcome
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.journal.contracts import Journal
from lianxi.kernel.ids import ContactId, NodeId
from lianxi.modules.contacts.router import router
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.projector import Projector
from tests.builders.journal_rows import StoryJournal
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import SERVICE, Story

pytestmark = pytest.mark.db


def an_afternoon() -> Story:
    """One call served by a1, one by a2, one abandoned, one waiting."""
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    story.agent_comes(0, "a2")
    story.caller_arrives(10, "c1", caller="13812345678")
    story.tell(
        e.StepEntered(at=story.at(11), contact=ContactId("c1"), node=NodeId("menu")),
        e.StepLeft(
            at=story.at(14),
            contact=ContactId("c1"),
            node=NodeId("menu"),
            outcome=StepOutcome.CHOSEN,
            digit="1",
            name="售前",
        ),
    )
    story.caller_queues(15, "c1")
    story.offered(15, "c1", "a1")
    story.agent_answers(21, "c1", "a1")
    story.holds(30, "c1")
    story.resumes(35, "c1")
    story.ends(60, "c1", wrap_up_s=9)
    story.caller_queues(100, "c2", SERVICE)
    story.agent_answers(103, "c2", "a2")
    story.ends(110, "c2")
    story.caller_queues(200, "c3", SERVICE)
    story.abandons(230, "c3")
    story.caller_queues(300, "c4")
    return story


@pytest.fixture
async def client(database: Database) -> Callable[..., AsyncClient]:
    story = an_afternoon()
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        app = small_app(
            database,
            a_caller(*permissions, **who),  # type: ignore[arg-type]
            [router],
            now=story.at(400),
        )
        provide(app, Journal, StoryJournal(story))
        return browser(app)

    return as_caller


Client = Callable[..., AsyncClient]


async def ids(client: AsyncClient, **query: str) -> list[str]:
    answer = await client.get("/api/records", params=query)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def test_a_record_has_its_times_and_a_masked_number(client: Client) -> None:
    answer = await client().get("/api/records/c1")
    assert answer.status_code == 200, answer.text
    assert answer.json()["record"] == {
        "id": "c1",
        "arrived_at": Story().at(10),
        "direction": "inbound",
        "channel": "voice",
        "number": "138****5678",
        "name": None,
        "queue": {"id": "sales", "name": "售前", "name_en": "Sales"},
        "agent": {"id": "a1", "no": "8001", "name": "坐席1"},
        "outcome": "answered",
        "waited_ms": 6_000,
        "ring_ms": 6_000,
        "talk_ms": 9_000 + 25_000,
        "hold_ms": 5_000,
        "wrap_up_ms": 9_000,
        "disposition": {"code": "order", "name": "下单", "name_en": "Order"},
        "ended_by": "customer",
        "cause": "normal",
        "recording_state": "pending",
        "duration_ms": None,
        "pages": None,
        "region": {
            "place": "江苏省连云港市",
            "place_en": "Lianyungang, Jiangsu",
            "carrier": "中国移动",
            "carrier_en": "China Mobile",
        },
        "voicemail": None,
    }


async def test_the_ladder_tells_what_the_caller_went_through(client: Client) -> None:
    rungs = (await client().get("/api/records/c1")).json()["ladder"]
    assert [rung["kind"] for rung in rungs] == [
        "arrived",
        "flow",
        "step",
        "chose",
        "queued",
        "offered",
        "rang",
        "picked_up",
        "answered",
        "held",
        "resumed",
        "ended",
        "wrap_up_began",
        "wrapped_up",
    ]
    facts = {rung["kind"]: rung["facts"] for rung in rungs}
    assert facts["arrived"] == {"number": "138****5678", "dialled": "4001"}
    assert facts["chose"] == {"digit": "1", "choice": "售前"}
    assert facts["answered"] == {"agent": "8001 坐席1", "waited_ms": 6_000}
    assert facts["wrapped_up"]["disposition"] == "下单"
    assert "13812345678" not in str(rungs)


async def test_the_newest_come_first_and_pages_join_without_gap_or_repeat(client: Client) -> None:
    first = (await client().get("/api/records", params={"limit": 3})).json()
    second = (
        await client().get("/api/records", params={"limit": 3, "cursor": first["next"]})
    ).json()
    assert [item["id"] for item in first["items"] + second["items"]] == ["c4", "c3", "c2", "c1"]
    assert second["next"] is None


async def test_a_cursor_of_another_list_is_refused(client: Client) -> None:
    answer = await client().get("/api/records", params={"cursor": "bm9wZQ"})
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_invalid")


async def test_the_list_is_narrowed_by_each_filter(client: Client) -> None:
    asked, at = client(), Story().at
    assert await ids(asked, outcome="abandoned") == ["c3"]
    assert await ids(asked, outcome="in_progress") == ["c4"]
    assert await ids(asked, queue="service") == ["c3", "c2"]
    assert await ids(asked, agent="8002") == ["c2"]
    assert await ids(asked, agent="a1") == ["c1"]
    assert await ids(asked, number_tail="5678") == ["c1"]
    assert await ids(asked, **{"from": str(at(100)), "to": str(at(200))}) == ["c2"]


async def test_the_tail_of_a_number_holds_no_wild_cards(client: Client) -> None:
    answer = await client().get("/api/records", params={"number_tail": "%"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ({"scope": Scope.ALL}, ["c4", "c3", "c2", "c1"]),
        ({"scope": Scope.SELF, "agent": "a1"}, ["c1"]),
        ({"scope": Scope.SELF}, []),
        ({"scope": Scope.TEAM, "team": "t1"}, ["c4", "c3", "c2", "c1"]),
        ({"scope": Scope.TEAM, "team": "t2"}, []),
        ({"scope": Scope.TEAM}, []),
    ],
)
async def test_everybody_sees_own_scope_only(
    client: Client, who: dict[str, object], seen: list[str]
) -> None:
    assert await ids(client(**who)) == seen


async def test_a_record_outside_the_scope_does_not_exist(client: Client) -> None:
    other = client(scope=Scope.SELF, agent="a2")
    assert (await other.get("/api/records/c1")).json()["code"] == "record_not_found"
    assert (await other.post("/api/records/c1/reveal")).status_code == 404


async def test_revealing_a_number_leaves_a_trace(client: Client, database: Database) -> None:
    answer = await client().post("/api/records/c1/reveal")
    assert answer.json() == {"number": "13812345678"}
    async with database.sessions() as session:
        (row,) = await session.scalars(select(AuditTableRow))
    assert (row.act, row.object, row.who) == ("number.revealed", "contact:c1", "u1")


async def test_without_the_permission_nothing_is_revealed(client: Client) -> None:
    answer = await client(Permission.RECORDS_READ).post("/api/records/c1/reveal")
    assert answer.status_code == 403
