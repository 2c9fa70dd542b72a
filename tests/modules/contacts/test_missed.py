"""Missed calls over HTTP: who called, was not spoken to, and has not been since."""

from collections.abc import Callable

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.engine.messages import events as e
from lianxi.engine.messages.values import EntryOutcome, FlowEnd, LegCause, Party
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.journal.contracts import Journal
from lianxi.kernel.ids import ContactId, LegId
from lianxi.modules.contacts.router import router
from lianxi.projections.projector import Projector
from tests.builders.journal_rows import StoryJournal
from tests.builders.list_journal import ListJournal
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import Story

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]

GAVE_UP, TURNED_AWAY, CALLED_BACK, FALLBACK = "13800000001", "13800000002", "13800000003", "4444444"
WITHHELD, IN_LINE, FINISHED, TO_A_FLOW = "", "13800000005", "13800000006", "13800000007"


def calls(story: Story, second: float, contact: str, caller: str) -> None:
    story.caller_arrives(second, contact, caller=caller)
    story.caller_queues(second, contact)


def let_go(story: Story, second: float, contact: str, flow_end: FlowEnd) -> None:
    """The centre says goodbye to somebody in line."""
    story.leaves(second, contact, EntryOutcome.FLOW_OUT)
    story.tell(
        e.ContactEnded(
            at=story.at(second),
            contact=ContactId(contact),
            leg=LegId(f"leg-{contact}"),
            agent_leg=None,
            by=Party.SYSTEM,
            cause=LegCause.NORMAL,
            flow_end=flow_end,
        )
    )


def a_bad_hour() -> Story:
    story = Story()
    story.centre()
    story.agent_comes(0, "a1")
    # Given one who gave up twice,
    for second, contact in ((10, "c1"), (100, "c2")):
        calls(story, second, contact, GAVE_UP)
        story.abandons(second + 30, contact)
    # one who was told that all lines are busy, one who will be called back,
    calls(story, 150, "c3", TURNED_AWAY)
    let_go(story, 155, "c3", FlowEnd.TURNED_AWAY)
    calls(story, 160, "c4", CALLED_BACK)
    let_go(story, 170, "c4", FlowEnd.CALLBACK)
    # one who came while no switchboard ran, one without a number,
    story.tell(
        e.FallbackCounted(
            at=story.at(200),
            contact=ContactId("c5"),
            dialled="4001",
            caller=FALLBACK,
            happened_at=story.at(180),
        )
    )
    calls(story, 210, "c6", WITHHELD)
    story.abandons(220, "c6")
    # one who gave up and is in line again, one who gave up and was served later,
    calls(story, 230, "c7", IN_LINE)
    story.abandons(240, "c7")
    calls(story, 250, "c8", IN_LINE)
    calls(story, 260, "c9", FINISHED)
    story.abandons(270, "c9")
    calls(story, 280, "c10", FINISHED)
    story.agent_answers(285, "c10", "a1")
    story.ends(300, "c10")
    # and one who hung up in the menu.
    story.caller_arrives(310, "c11", caller=TO_A_FLOW)
    story.contact_ends(story.at(312), "c11", Party.CUSTOMER)
    return story


@pytest.fixture
async def client(database: Database) -> Client:
    story = a_bad_hour()
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        app = small_app(
            database,
            a_caller(*permissions, **who),  # type: ignore[arg-type]
            [router],
            now=story.at(3_600),
        )
        provide(app, Journal, StoryJournal(story))
        return browser(app)

    return as_caller


async def missed(client: AsyncClient, **query: str | int) -> list[tuple[str, int]]:
    answer = await client.get("/api/contacts/missed", params=query)
    assert answer.status_code == 200, answer.text
    return [(item["record"]["id"], item["times"]) for item in answer.json()["items"]]


async def test_each_number_nobody_spoke_to_is_there_once_the_newest_first(client: Client) -> None:
    assert await missed(client()) == [("c5", 1), ("c3", 1), ("c2", 2)]


async def test_numbers_are_masked(client: Client) -> None:
    answer = await client().get("/api/contacts/missed")
    numbers = [item["record"]["number"] for item in answer.json()["items"]]
    assert numbers == ["4****44", "138****0002", "138****0001"]
    assert GAVE_UP not in answer.text


async def test_only_the_time_asked_for_counts(client: Client) -> None:
    at = Story().at
    assert await missed(client(), **{"from": at(0), "to": at(100)}) == [("c1", 1)]
    assert await missed(client(), **{"from": at(151)}) == [("c5", 1)]
    assert await missed(client(), to=at(-1)) == []


async def test_pages_join_without_gap_or_repeat(client: Client) -> None:
    first = (await client().get("/api/contacts/missed", params={"limit": 2})).json()
    rest = await missed(client(), limit=2, cursor=first["next"])
    assert [item["record"]["id"] for item in first["items"]] == ["c5", "c3"]
    assert rest == [("c2", 2)]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ({"scope": Scope.SELF, "agent": "a1"}, []),
        ({"scope": Scope.TEAM, "team": "t1"}, [("c3", 1), ("c2", 2)]),
        ({"scope": Scope.TEAM, "team": "t2"}, []),
    ],
)
async def test_everybody_sees_own_scope_only(
    client: Client, who: dict[str, object], seen: list[tuple[str, int]]
) -> None:
    assert await missed(client(**who)) == seen


async def test_without_the_permission_there_is_no_list(client: Client) -> None:
    answer = await client(Permission.DESK_USE).get("/api/contacts/missed")
    assert answer.status_code == 403
