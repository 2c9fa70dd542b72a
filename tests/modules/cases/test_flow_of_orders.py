"""A work order from the form to the archive: every path, every refusal, every deadline."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade
from lianxi.modules.cases.contracts import (
    Area,
    CallbackResult,
    Case,
    CaseState,
    DispatchOutcome,
    NewCase,
    Wanted,
)
from lianxi.modules.cases.errors import (
    AreaNotFound,
    AreaReturnedIt,
    CallbackNotDue,
    CannotMerge,
    CaseChanged,
    CaseReasonMissing,
    CaseTextMissing,
    CaseTypeNotFound,
    HandlingMissing,
    NotYourArea,
    OwnWork,
    WarningOpen,
)
from lianxi.modules.cases.models import CaseRow
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.clock.contracts import ClockOutcome
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.outbox import facade as outbox
from tests.builders.cases import (
    ABOUT,
    DISPATCHER,
    HOUR,
    MINUTE,
    NORTH,
    QUERY,
    SOUTH,
    WORKER,
    Hotline,
    hotline,
    somebody,
)
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


async def the_clocks(line: Hotline, case: Case) -> dict[tuple[str, int], ClockOutcome | None]:
    async with line.database.sessions() as session:
        found = await facade.clocks_of(session, case.id)
    return {(clock.code, clock.round): clock.outcome for clock in found}


async def test_a_form_becomes_a_work_order_that_waits_to_be_dispatched(line: Hotline) -> None:
    case = await line.create()
    assert (case.number, case.state) == ("GD-20261123-0001", CaseState.DISPATCHING)
    assert await the_clocks(line, case) == {("wo.resolve", 1): None, ("wo.dispatch", 1): None}
    assert (await line.create()).number == "GD-20261123-0002"


async def test_straight_through_to_the_archive(line: Hotline) -> None:
    # Given a work order that is dispatched, accepted and completed in time
    case = await line.walk(await line.create(), "dispatch", "accept", "complete")
    assert case.state is CaseState.DONE
    # When the customer says that it is well, and somebody else approves
    line.at = Instant(line.at + 3 * HOUR)
    case = await line.happen(case, "callback", result=CallbackResult.SATISFIED)
    case = await line.happen(case, "approve", by=somebody("third"))
    # Then it is archived, frozen, and every deadline was met
    assert case.state is CaseState.ARCHIVED
    assert len(case.hash) == 64
    assert set((await the_clocks(line, case)).values()) == {ClockOutcome.MET}
    [only] = case.rounds
    assert only.outcome == "archived"
    assert (only.resolved_at is not None, only.closed_at is not None) == (True, True)


async def test_a_misdispatched_order_is_explained_and_goes_to_another_area(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "misdispatch")
    assert (case.state, case.misdispatches, case.area) == (CaseState.RETURNED, 1, None)
    case = await line.walk(case, "explain")
    assert case.state is CaseState.REDISPATCHING
    # The same area again only with a reason
    with pytest.raises(AreaReturnedIt):
        await line.happen(case, "dispatch", area=NORTH)
    case = await line.happen(case, "dispatch", area=SOUTH)
    assert (case.state, case.area) == (CaseState.HANDLING, SOUTH)
    assert [d.outcome for d in case.dispatches] == [
        DispatchOutcome.RETURNED,
        DispatchOutcome.ACTIVE,
    ]
    # The time in all ran on, and the area that gave it back had its own handed up
    found = await the_clocks(line, case)
    assert (found["wo.resolve", 1], found["wo.explain", 1]) == (None, ClockOutcome.MET)


async def test_the_arbiter_may_say_that_it_is_theirs_after_all(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "misdispatch", "overrule")
    assert (case.state, case.area) == (CaseState.HANDLING, NORTH)


async def test_the_third_misdispatch_is_told_to_the_supervisor(line: Hotline) -> None:
    case = await line.create()
    for _ in range(3):
        case = await line.walk(case, "dispatch", "misdispatch")
        if case.misdispatches < 3:
            case = await line.walk(case, "explain")
    async with line.database.sessions() as session:
        told = await outbox.of(session, f"case:{case.id}")
    to = [message.body["to"] for message in told if message.body["name"] == "case.returned"]
    assert to == ["post:dispatch", "post:dispatch", "post:dispatch", "post:supervisor"]


async def test_an_unsatisfied_customer_begins_a_second_round_and_the_first_stays(
    line: Hotline,
) -> None:
    case = await line.walk(await line.create(), "dispatch", "accept", "complete")
    case = await line.happen(case, "callback", result=CallbackResult.UNSATISFIED, reason="又漏了")
    assert (case.state, case.round) == (CaseState.DISPATCHING, 2)
    # The second round has targets of its own
    found = await the_clocks(line, case)
    assert (found["wo.resolve", 1], found["wo.resolve", 2]) == (ClockOutcome.MET, None)
    case = await line.walk(case, "dispatch", "complete")
    assert [(r.number, r.outcome) for r in case.rounds] == [(1, "unsatisfied"), (2, "")]
    assert [h.round for h in case.handlings] == [1, 2]


async def test_three_tries_two_hours_apart_before_somebody_is_unreachable(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "complete")
    for tried in (1, 2):
        case = await line.happen(case, "callback", result=CallbackResult.UNREACHABLE)
        assert (case.state, len(case.callbacks)) == (CaseState.DONE, tried)
        with pytest.raises(CallbackNotDue):
            await line.happen(case, "callback", result=CallbackResult.UNREACHABLE)
        line.at = Instant(line.at + 2 * HOUR)
    case = await line.happen(case, "callback", result=CallbackResult.UNREACHABLE)
    assert case.state is CaseState.REVIEW


async def test_a_customer_who_calls_in_between_is_heard_at_once(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "complete")
    case = await line.happen(case, "callback", result=CallbackResult.UNREACHABLE)
    case = await line.happen(case, "callback", result=CallbackResult.SATISFIED)
    assert case.state is CaseState.REVIEW


async def test_what_the_review_rejects_is_dispatched_again(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "complete")
    case = await line.happen(case, "callback", result=CallbackResult.SATISFIED)
    with pytest.raises(OwnWork):
        await line.happen(case, "approve", by=DISPATCHER)
    case = await line.happen(case, "reject", by=somebody("third"), reason="没有照片")
    assert (case.state, case.round) == (CaseState.REDISPATCHING, 2)


async def test_an_archived_order_is_opened_again_with_fresh_targets(line: Hotline) -> None:
    case = await line.walk(await line.create(NewCase(kind=QUERY.kind, title="价", content="价")),
        "dispatch", "complete")  # fmt: skip
    # Of this type nobody calls back and no person reviews
    assert case.state is CaseState.ARCHIVED
    case = await line.walk(case, "reopen")
    assert (case.state, case.round, case.hash) == (CaseState.DISPATCHING, 2, "")
    assert (await the_clocks(line, case))["wo.resolve", 2] is None


async def test_waiting_for_the_customer_rests_every_deadline(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "suspend")
    async with line.database.sessions() as session:
        found = await facade.clocks_of(session, case.id)
    assert {clock.due_at for clock in found if clock.outcome is None} == {None}
    with pytest.raises(Rejection):
        await line.happen(case, "misdispatch", reason="不是我们的")
    line.at = Instant(line.at + 5 * HOUR)
    case = await line.walk(case, "resume")
    async with line.database.sessions() as session:
        [whole] = [c for c in await facade.clocks_of(session, case.id) if c.code == "wo.resolve"]
    assert whole.due_at == NINE + 29 * HOUR + MINUTE


async def test_more_time_is_asked_for_and_granted(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch")
    case = await line.happen(case, "ask_time", reason="等配件", minutes=180)
    case = await line.happen(case, "grant_time")
    async with line.database.sessions() as session:
        [whole] = [c for c in await facade.clocks_of(session, case.id) if c.code == "wo.resolve"]
        told = await outbox.of(session, f"case:{case.id}")
    assert whole.due_at == NINE + 27 * HOUR
    granted = [m.body["to"] for m in told if m.body["name"] == "case.time_granted"]
    assert granted == ["area:north", "customer"]


async def test_the_limit_follows_the_class_of_the_area_and_keeps_what_was_granted(
    line: Hotline,
) -> None:
    # Given 24 h in all, 30 h where the area is rural
    async with line.database.sessions.begin() as session:
        await CaseSetupRepository(session).put_area(
            Area(id=SOUTH, zh="城南工区", area_class="rural", staff=(WORKER.user,))
        )
        rural = DeadlineRule(
            code="wo.resolve",
            area_class="rural",
            effective_at=Instant(0),
            target=30 * HOUR,
            unit=TimeUnit.WALL,
        )
        await deadlines.put(session, rural, after=0)
    case = await line.create()
    case = await line.happen(case, "ask_time", reason="等配件", minutes=180)
    case = await line.happen(case, "grant_time")
    # When it is dispatched to the rural area an hour later, then it has 30 h and the granted three
    line.at = Instant(line.at + HOUR)
    case = await line.happen(case, "dispatch", area=SOUTH)
    assert await due_in_all(line, case) == NINE + 33 * HOUR
    # And when that area gives it back and the city has it, 24 h and the three
    case = await line.walk(case, "misdispatch", "explain")
    case = await line.happen(case, "dispatch", area=NORTH)
    assert await due_in_all(line, case) == NINE + 27 * HOUR


async def due_in_all(line: Hotline, case: Case) -> Instant | None:
    async with line.database.sessions() as session:
        [whole] = [c for c in await facade.clocks_of(session, case.id) if c.code == "wo.resolve"]
    return whole.due_at


async def test_two_dispatchers_in_the_same_second(line: Hotline) -> None:
    case = await line.create()
    found = await asyncio.gather(
        line.happen(case, "dispatch", area=NORTH),
        line.happen(case, "dispatch", area=SOUTH),
        return_exceptions=True,
    )
    [won] = [one for one in found if isinstance(one, Case)]
    [lost] = [one for one in found if isinstance(one, EventNotAllowed)]
    assert won.state is CaseState.HANDLING
    assert lost.facts["state"] == "handling"
    assert len(won.dispatches) == 1


async def test_repeated_demands_become_one(line: Hotline) -> None:
    first, second = await line.create(), await line.create()
    async with line.database.sessions.begin() as session:
        gone = await facade.merge(
            session, line.orders, second.id, first.id, reason="同一件事", by=DISPATCHER, at=line.at
        )
        kept = await facade.case(session, first.number)
        with pytest.raises(CannotMerge):
            await facade.merge(
                session, line.orders, first.id, first.id, reason="x", by=DISPATCHER, at=line.at
            )
    assert (gone.state, gone.merged_into) == (CaseState.WITHDRAWN, first.id)
    assert (kept.urges, kept.state) == (1, CaseState.DISPATCHING)
    assert set((await the_clocks(line, gone)).values()) == {ClockOutcome.CANCELLED}


async def test_an_open_warning_keeps_it_out_of_the_archive(line: Hotline) -> None:
    case = await line.walk(await line.create(), "dispatch", "complete", "warn")
    case = await line.happen(case, "callback", result=CallbackResult.SATISFIED)
    with pytest.raises(WarningOpen):
        await line.happen(case, "approve", by=somebody("third"))
    case = await line.happen(case, "warn", on=False)
    assert (await line.happen(case, "approve", by=somebody("third"))).state is CaseState.ARCHIVED


@pytest.mark.parametrize(
    ("events", "event", "facts", "refused"),
    [
        ((), "complete", {}, EventNotAllowed),
        ((), "dispatch", {"area": "nowhere"}, AreaNotFound),
        (("dispatch",), "misdispatch", {}, CaseReasonMissing),
        (("dispatch",), "complete", {"workers": [" "]}, HandlingMissing),
        (("dispatch",), "complete", {"text": ""}, HandlingMissing),
        (
            ("dispatch",),
            "accept",
            {"by": somebody("stranger", Permission.CASES_HANDLE)},
            NotYourArea,
        ),
        (("dispatch", "complete"), "submit", {}, Rejection),
        (("dispatch",), "withdraw", {}, CaseReasonMissing),
    ],
)
async def test_what_cannot_be_done_writes_nothing(
    line: Hotline,
    events: tuple[str, ...],
    event: str,
    facts: dict[str, Any],
    refused: type[Rejection],
) -> None:
    case = await line.walk(await line.create(), *events)
    with pytest.raises(refused):
        await line.happen(case, event, **facts)
    async with line.database.sessions() as session:
        assert await facade.case(session, case.id) == case


async def test_a_change_over_somebody_elses_is_refused(line: Hotline) -> None:
    case = await line.create()
    await line.walk(case, "note")
    stale = Wanted(event="urge", revision=case.revision)
    async with line.database.sessions.begin() as session:
        with pytest.raises(CaseChanged):
            await facade.happen(session, line.orders, case.id, stale, by=WORKER, at=line.at)


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (NewCase(kind="moon", title="x", content="x"), CaseTypeNotFound),
        (NewCase(kind=ABOUT.kind, title=" ", content="x"), CaseTextMissing),
    ],
)
async def test_a_form_that_says_too_little_makes_nothing(
    line: Hotline, new: NewCase, refused: type[Rejection]
) -> None:
    with pytest.raises(refused):
        await line.create(new)
    assert (await line.create()).number.endswith("0001")


async def test_the_nearest_deadline_stands_in_the_lists(line: Hotline) -> None:
    case = await line.create()
    async with line.database.sessions() as session:
        due = await session.scalar(select(CaseRow.due_at).where(CaseRow.id == case.id))
    assert due == NINE + 30 * MINUTE
