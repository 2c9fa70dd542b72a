"""One way to change a state: what follows happens with it or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act, AuditFilter
from lianxi.office.audit.repository import AuditRepository
from lianxi.office.calendar.contracts import Deadline, TimeUnit
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockOutcome, ClockRule
from lianxi.office.flow.contracts import Due, Flow, Happened, Step
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.flow.facade import fire
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Message
from tests.office.test_calendar import HOUR, OFFICE, at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A matter of the simplest kind."""

    id: str
    state: str = "open"
    round: int = 1
    text: str = ""


class TextMissingError(Rejection):
    """Say what was done."""

    code = "text_missing"


def has_text(order: Order, happened: Happened) -> None:
    if not happened.facts.get("text"):
        raise TextMissingError


def with_text(order: Order, happened: Happened) -> Order:
    return replace(order, text=str(happened.facts["text"]))


FLOW: Flow[Order] = Flow(
    name="order",
    states=("open", "handling", "done", "withdrawn"),
    closed=("withdrawn",),
    steps=(
        Step(event="dispatch", sources=("open",), to="handling", starts=("resolve",)),
        Step(event="urge", sources=("open", "handling"), tells=("urged",)),
        Step(event="wait", sources=("handling",), pauses=True),
        Step(event="go_on", sources=("handling",), resumes=True),
        Step(
            event="complete",
            sources=("handling",),
            to="done",
            guards=(has_text,),
            change=with_text,
            stops={"resolve": None},
            tells=("done",),
        ),
        Step(event="reopen", sources=("done",), to="open", new_round=True),
        Step(event="withdraw", sources=("open", "handling"), to="withdrawn"),
    ),
)


class Orders:
    """Where they are."""

    def __init__(self) -> None:
        self.kept = {"1": Order(id="1")}

    async def locked(self, session: AsyncSession, id: str) -> Order:
        return self.kept[id]

    async def save(
        self, session: AsyncSession, before: Order, after: Order, happened: Happened
    ) -> Order:
        self.kept[after.id] = after
        return after

    async def clock(
        self, session: AsyncSession, code: str, matter: Order, at: Instant
    ) -> Due | None:
        deadline = Deadline(target=4 * HOUR, unit=TimeUnit.WALL, calendar=OFFICE)
        return Due(rule=ClockRule(code=code, deadline=deadline), owner="area:north")

    async def notice(
        self, session: AsyncSession, name: str, matter: Order, happened: Happened
    ) -> Sequence[Message]:
        return [Message(topic="notice", subject=f"order:{matter.id}", body={"name": name})]

    async def settled(self, session: AsyncSession, matter: Order, at: Instant) -> None:
        """Nothing is kept of the clocks."""


@pytest.fixture
def orders() -> Orders:
    return Orders()


async def happens(
    database: Database, orders: Orders, event: str, when: Instant = NINE, **facts: str
) -> Order:
    happened = Happened(event=event, by=UserId("u1"), at=when, reason="because", facts=facts)
    async with database.sessions.begin() as session:
        return await fire(session, FLOW, orders, "1", happened)


async def test_a_step_changes_the_state_and_writes_what_follows(
    database: Database, orders: Orders
) -> None:
    # When an order is dispatched and completed
    await happens(database, orders, "dispatch")
    done = await happens(database, orders, "complete", at("2026-11-23 10:00"), text="mended")
    # Then it is done, its clock was met, its audit says how, and its notice waits
    assert (done.state, done.text) == ("done", "mended")
    async with database.sessions() as session:
        [clock] = await clocks.of(session, "order:1")
        rows = await AuditRepository(session).newest(AuditFilter(object="order:1"), limit=9)
        told = await outbox.of(session, "order:1")
    assert clock.outcome is ClockOutcome.MET
    assert [(row.act, row.before, row.after, row.reason) for row in rows] == [
        (Act.FLOW_FIRED, {"state": "handling"}, {"state": "done"}, "because"),
        (Act.FLOW_FIRED, {"state": "open"}, {"state": "handling"}, "because"),
    ]
    assert rows[0].facts == {"event": "complete", "round": 1, "text": "mended"}
    assert [message.body["name"] for message in told] == ["done"]


async def test_an_event_that_is_not_allowed_names_the_state_and_what_is(
    database: Database, orders: Orders
) -> None:
    with pytest.raises(EventNotAllowed) as refused:
        await happens(database, orders, "complete", text="mended")
    assert refused.value.facts == {
        "event": "complete",
        "state": "open",
        "allowed": "dispatch, urge, withdraw",
    }
    assert orders.kept["1"] == Order(id="1")


async def test_a_guard_that_refuses_writes_nothing(database: Database, orders: Orders) -> None:
    await happens(database, orders, "dispatch")
    with pytest.raises(TextMissingError):
        await happens(database, orders, "complete")
    async with database.sessions() as session:
        assert await outbox.of(session, "order:1") == []
        assert len(await AuditRepository(session).newest(limit=9)) == 1
    assert orders.kept["1"].state == "handling"


async def test_a_new_round_leaves_the_first_readable(database: Database, orders: Orders) -> None:
    await happens(database, orders, "dispatch")
    await happens(database, orders, "complete", text="mended")
    again = await happens(database, orders, "reopen")
    assert (again.state, again.round) == ("open", 2)
    await happens(database, orders, "dispatch")
    async with database.sessions() as session:
        found = await clocks.of(session, "order:1")
    assert [(clock.round, clock.outcome) for clock in found] == [(1, ClockOutcome.MET), (2, None)]


async def test_waiting_rests_the_clock_and_withdrawing_cancels_it(
    database: Database, orders: Orders
) -> None:
    await happens(database, orders, "dispatch")
    await happens(database, orders, "wait", at("2026-11-23 10:00"))
    await happens(database, orders, "go_on", at("2026-11-23 12:00"))
    async with database.sessions() as session:
        [clock] = await clocks.of(session, "order:1")
    assert clock.due_at == at("2026-11-23 15:00")
    await happens(database, orders, "withdraw", at("2026-11-23 13:00"))
    async with database.sessions() as session:
        [clock] = await clocks.of(session, "order:1")
    assert clock.outcome is ClockOutcome.CANCELLED


@pytest.mark.parametrize(
    "steps",
    [
        (Step(event="x", sources=("nowhere",)),),
        (Step(event="x", sources=("open",), to="nowhere"),),
        (Step(event="x", sources=("open",)), Step(event="x", sources=("open", "done"))),
    ],
)
def test_a_flow_that_contradicts_itself_is_refused(steps: tuple[Step[Order], ...]) -> None:
    with pytest.raises(ValueError, match="wrong"):
        Flow(name="wrong", states=("open", "done"), steps=steps)
