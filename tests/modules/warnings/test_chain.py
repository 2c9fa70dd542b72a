"""A complaint from the hotline over the store and the division to its end, by a moved clock."""

import pytest

from lianxi.db.session import Database
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.modules.cases.errors import WarningOpen
from lianxi.modules.warnings import facade
from lianxi.modules.warnings.contracts import Level, WarningState
from lianxi.modules.warnings.errors import (
    CannotWarn,
    FirstRound,
    NotYourPost,
    SatisfactionMissing,
    WarnedAlready,
    WarningChanged,
    WarningNotRejected,
    WarningRejected,
    WarningTextMissing,
)
from lianxi.office.clock.contracts import ClockOutcome, ClockState
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.form.errors import AnswersRefused
from lianxi.office.outbox import facade as outbox
from lianxi.office.signoff import facade as signoff
from tests.builders.cases import HOUR, MINUTE, somebody
from tests.builders.warnings import PEOPLE, Chain, chain
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
DAY = 24 * HOUR


@pytest.fixture
async def line(database: Database) -> Chain:
    return await chain(database, NINE)


async def test_the_hops_of_a_complaint_computed_by_hand(line: Chain) -> None:
    # Given a complaint judged at 9:00, sent back once, that the store cannot answer
    warning = await line.classify()
    for minutes, event in (
        (20, "submit"),  # 20 of 30 min: met
        (70, "reject"),  # 70 of 60 min: 10 late
        (15, "send_back"),  # 15 of 30: met
        (40, "submit"),  # 40 of a new 30 (RL04): 10 late
        (30, "approve"),  # 30 of 60: met
        (50, "handle"),  # the store's own hour runs beside: 50 of 60, met
        (100, "escalate"),  # 150 of 180 for the manager: handed up
        (1500, "decide"),  # 25 h of 24 h: 60 min late
    ):
        line.later(minutes)
        warning = await line.happen(warning, event)
    line.later(300)
    # When the customer is satisfied after five hours
    warning = await line.happen(warning, "recontact", satisfied=True)
    # Then each hop says whose it was, how long, against which limit, and they add up
    report = await line.hops(warning)
    found = [
        (hop.clock, hop.owner, hop.used // MINUTE, hop.late // MINUTE, hop.verdict, hop.by)
        for hop in report.lines
        if not hop.is_parallel
    ]
    agent, chief = "post:hotline_agent", "post:hotline_supervisor"
    assert found == [
        ("ew.submit", agent, 20, 0, "met", "agent"),
        ("ew.review", chief, 70, 10, "late", "chief"),
        ("ew.return", chief, 15, 0, "met", "chief"),
        ("ew.submit", agent, 40, 10, "late", "agent"),
        ("ew.review", chief, 30, 0, "met", "chief"),
        ("ew.guide", "post:store_manager", 150, 0, "handed_up", "manager"),
        ("ew.division", "post:division_deputy", 1500, 60, "late", "general"),
        ("ew.recontact", chief, 300, 0, "met", "chief"),
    ]
    assert report.whole == line.at - NINE == 2125 * MINUTE
    assert [h.limit for h in report.lines[:3]] == [30 * MINUTE, HOUR, 30 * MINUTE]
    beside = {h.clock: (h.used // MINUTE, h.verdict) for h in report.lines if h.is_parallel}
    assert beside == {"ew.store": (50, "met"), "ew.close": (300, "met")}
    assert (warning.round, warning.rounds[0].return_count) == (1, 1)


async def test_from_the_hotline_to_the_end_with_an_unsatisfied_customer(line: Chain) -> None:
    warning = await line.classify()
    for event in ("submit", "approve", "handle", "escalate", "decide"):
        line.later(10)
        warning = await line.happen(warning, event)
    assert (warning.state, warning.opinions[0].level) == (WarningState.RECONTACT, Level.DIVISION)
    line.later(10)
    # When the customer is not satisfied at 10:00 on the 23rd
    warning = await line.happen(warning, "recontact", satisfied=False)
    assert (warning.state, warning.round) == (WarningState.CLASSIFIED, 2)
    # Then from the 24th on a warning and a handling are owed each day; the two days run on
    open_now = {c.code: (c.started_at, c.due_at) for c in await line.clocks(warning) if _runs(c)}
    first = at("2026-11-24 00:00")
    assert open_now["ew.daily_report"] == (first, first + DAY)
    assert open_now["ew.daily_handle"] == (first, first + DAY)
    assert set(open_now) == {"ew.daily_report", "ew.daily_handle", "ew.close"}
    # When both are done on the 24th, those of the 25th begin
    line.at = at("2026-11-24 10:00")
    warning = await line.happen(warning, "submit")
    warning = await line.happen(warning, "approve")
    warning = await line.happen(warning, "handle")
    daily = [c for c in await line.clocks(warning) if c.code.startswith("ew.daily")]
    assert [c.outcome for c in daily] == [ClockOutcome.MET] * 2 + [None] * 2
    assert {c.started_at for c in daily[2:]} == {first + DAY}
    # A second one on the same day is no other day's
    warning = await line.happen(warning, "report_day")
    assert len([c for c in await line.clocks(warning) if c.code == "ew.daily_report"]) == 2
    # When nothing is done on the 25th, that day is late, and the 26th begins
    async with line.database.sessions.begin() as session:
        late = await facade.roll_days(session, line.warnings, at("2026-11-26 00:05"))
    assert late == 2
    daily = [c for c in await line.clocks(warning) if c.code.startswith("ew.daily")]
    assert [c.outcome for c in daily[2:4]] == [ClockOutcome.LATE] * 2
    assert {c.started_at for c in daily[4:]} == {first + 2 * DAY}
    # And the end cancels what is owed, and meets or misses the two days of each round
    line.at = at("2026-11-26 09:00")
    for event in ("guide", "feedback"):
        warning = await line.happen(warning, event)
    warning = await line.happen(warning, "recontact", satisfied=True)
    clocks = await line.clocks(warning)
    assert all(c.state is ClockState.ENDED for c in clocks)
    assert [c.outcome for c in clocks if c.code == "ew.close"] == [
        ClockOutcome.LATE,
        ClockOutcome.MET,
    ]
    report = await line.hops(warning)
    assert report.whole == line.at - NINE
    assert [r.satisfied for r in warning.rounds] == [False, True]


def _runs(clock: object) -> bool:
    return getattr(clock, "state", None) is ClockState.RUNNING


async def test_the_store_ends_it_itself(line: Chain) -> None:
    warning = await line.classify()
    for event in ("submit", "approve", "guide", "feedback"):
        warning = await line.happen(warning, event)
    line.later(47 * 60)
    warning = await line.happen(warning, "close")
    assert (warning.state, warning.closed_at) == (WarningState.CLOSED, line.at)
    outcomes = {c.code: c.outcome for c in await line.clocks(warning)}
    assert outcomes["ew.close"] is ClockOutcome.MET
    assert outcomes["ew.recontact"] is ClockOutcome.CANCELLED


async def test_a_work_order_that_is_warned_of_is_not_archived(line: Chain) -> None:
    # Given a finished work order with a warning that is open
    warning = await line.classify()
    line.line.at = line.at
    case = await line.line.walk(line.case, "dispatch", "complete")
    assert case.warned
    case = await line.line.happen(case, "callback", result="satisfied")
    with pytest.raises(WarningOpen):
        await line.line.happen(case, "approve")
    # When the warning is over
    for event in ("submit", "approve", "guide", "feedback"):
        warning = await line.happen(warning, event)
    await line.happen(warning, "recontact", satisfied=True)
    # Then it may go
    case = await line.line.happen(case, "approve")
    assert case.state == "archived"
    with pytest.raises(CannotWarn):
        await line.classify()


async def test_there_is_one_open_warning_for_a_work_order(line: Chain) -> None:
    warning = await line.classify()
    with pytest.raises(WarnedAlready):
        await line.classify()
    for event in ("submit", "approve", "guide", "close"):
        warning = await line.happen(warning, event)
    again = await line.classify()
    assert again.number == "YJ-20261123-0002"


async def test_both_of_the_division_hear_and_one_signature_suffices(line: Chain) -> None:
    warning = await line.classify()
    for event in ("submit", "approve", "escalate"):
        warning = await line.happen(warning, event)
    async with line.database.sessions() as session:
        told = await outbox.of(session, f"warning:{warning.id}")
    names = {m.body["to"] for m in told if m.body.get("name") == "warning.to_division"}
    assert names == {"post:division_deputy", "post:division_gm"}
    warning = await line.happen(warning, "decide", by=PEOPLE["deputy"], text="同意退机")
    async with line.database.sessions() as session:
        signed = await signoff.history(session, f"warning:{warning.id}:1")
    assert [(s.person, s.role) for s in signed] == [("deputy", "division")]
    with pytest.raises(EventNotAllowed):
        await line.happen(warning, "decide")


REFUSED = [
    ((), "submit", {"answers": {"phone": "13800138000"}}, AnswersRefused),
    ((), "approve", {}, EventNotAllowed),
    (("submit",), "approve", {"by": PEOPLE["agent"]}, NotYourPost),
    (("submit",), "reject", {"text": " "}, WarningTextMissing),
    (("submit",), "send_back", {}, WarningNotRejected),
    (("submit", "reject"), "approve", {}, WarningRejected),
    (("submit", "reject"), "reject", {}, WarningRejected),
    (("submit", "approve"), "guide", {"by": PEOPLE["service"]}, NotYourPost),
    (("submit", "approve"), "report_day", {}, FirstRound),
    (("submit", "approve", "guide", "feedback"), "recontact", {}, SatisfactionMissing),
    (("submit",), "approve", {"revision": 1}, WarningChanged),
]


@pytest.mark.parametrize(("before", "event", "facts", "refusal"), REFUSED)
async def test_what_is_refused_writes_nothing(
    line: Chain,
    before: tuple[str, ...],
    event: str,
    facts: dict[str, object],
    refusal: type[Rejection],
) -> None:
    warning = await line.classify()
    for each in before:
        warning = await line.happen(warning, each)
    clocks = await line.clocks(warning)
    with pytest.raises(refusal):
        await line.happen(warning, event, **facts)  # type: ignore[arg-type]
    async with line.database.sessions() as session:
        assert await facade.warning(session, warning.id) == warning
    assert await line.clocks(warning) == clocks


async def test_a_supervisor_may_act_for_every_post(line: Chain) -> None:
    warning = await line.classify()
    boss = somebody("boss", Permission.CASES_SUPERVISE)
    for event in ("submit", "approve", "handle", "guide", "feedback"):
        warning = await line.happen(warning, event, by=boss)
    assert {hop.by for hop in warning.hops[:-1]} == {"boss"}
