"""Leaving a queue by rule, opening hours, and queues nobody is signed in for."""

import msgspec
import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactEnded, EntryEnded, OfferEnded, OfferMade
from lianxi.engine.messages.floor_events import CallbackRegistered, EntryOverdue, QueueUnstaffed
from lianxi.engine.messages.routing import Destination, OverflowRule, Override, WrapUpRule
from lianxi.engine.messages.values import (
    Channel,
    EntryOutcome,
    FlowEnd,
    Intent,
    OverflowWhen,
    Phase,
    WrapUpMode,
)
from lianxi.kernel.ids import CalendarId, FlowId, PromptName, QueueId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at, kinds, only
from tests.builders.floor import BusyCentre, a_floor, an_agent, everybody, hours

pytestmark = pytest.mark.unit

TO_SERVICE = Destination(queue=SERVICE)


def when(what: OverflowWhen, threshold: int = 0, to: Destination = TO_SERVICE) -> OverflowRule:
    return OverflowRule(when=what, threshold=threshold, to=to)


def sales_with(*rules: OverflowRule, **more: object) -> BusyCentre:
    """Sales with these rules; Anna and Ben serve sales, Cleo service; nobody is signed in."""
    staff = (an_agent(ANNA, SALES), an_agent(BEN, SALES), an_agent(CLEO, SERVICE))
    facts: dict[str, object] = {
        key: more.pop(key) for key in ("calendar", "overrides", "answer_within") if key in more
    }
    facts["wrap_up"] = WrapUpRule(mode=WrapUpMode.NONE)
    queues = [a_queue(SALES, overflow=rules, **facts), a_queue(SERVICE)]
    return BusyCentre(a_floor(queues, staff, **more))


def left(events: list[Event]) -> list[tuple[str, str, EntryOutcome]]:
    return [(e.contact, e.queue, e.outcome) for e in events if isinstance(e, EntryEnded)]


# --- by the caller's wait


def test_who_has_waited_too_long_goes_to_another_queue_with_the_age_kept() -> None:
    centre = sales_with(when(OverflowWhen.WAITED, 30_000))
    centre.signs_in(ANNA)
    centre.comes("busy")
    centre.joins(ANNA)
    centre.comes("c1")
    assert left(centre.wait(29.9)) == []
    events = centre.wait(0.1)
    assert left(events) == [("c1", SALES, EntryOutcome.OVERFLOWED)]
    # Then it is served in service as one who has waited since its first moment
    assert centre.contact("c1").queued_since == at(0)
    assert only(centre.signs_in(CLEO), OfferMade).contact == "c1"


def test_acd_10_a_rule_never_cuts_an_offer() -> None:
    """FS-10237: done, reverted, done in https://github.com/signalwire/freeswitch"""
    centre = sales_with(when(OverflowWhen.WAITED, 30_000))
    centre.comes("c1")
    centre.now = 20
    centre.signs_in(ANNA)
    # When the wait allowed is over in the middle of the ringing
    events = centre.wait(10)
    # Then it is marked, and Anna may still answer
    only(events, EntryOverdue)
    assert left(events) == []
    assert centre.rung("c1") == [ANNA]
    centre.joins(ANNA)
    assert centre.phase("c1") is Phase.TALKING


def test_one_who_is_overdue_moves_on_the_moment_the_offer_fails() -> None:
    centre = sales_with(when(OverflowWhen.WAITED, 30_000))
    centre.comes("c1")
    centre.now = 20
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    events = centre.wait(20)
    # Then to the rule, not to the next agent: the wait was over before
    assert [type(e) for e in events if isinstance(e, EntryOverdue | OfferEnded | EntryEnded)] == [
        EntryOverdue, OfferEnded, EntryEnded,
    ]  # fmt: skip
    assert centre.contact("c1").queue == SERVICE
    assert centre.rung("c1") == []


def test_a_threshold_of_nothing_moves_everybody_on_at_once() -> None:
    centre = sales_with(when(OverflowWhen.WAITED, 0))
    centre.signs_in(ANNA)
    assert left(centre.comes("c1")) == [("c1", SALES, EntryOutcome.OVERFLOWED)]
    assert centre.line(SERVICE) == ["c1"]


# --- when entering


def test_a_line_as_long_as_allowed_takes_nobody_more() -> None:
    centre = sales_with(when(OverflowWhen.LENGTH, 2))
    for name in ("c0", "c1", "c2"):
        centre.comes(name)
    assert (centre.line(), centre.line(SERVICE)) == (["c0", "c1"], ["c2"])
    # And when one has gone there is a place again
    centre.hangs_up("c0")
    centre.comes("c3")
    assert centre.line() == ["c1", "c3"]


def test_a_maximum_without_a_place_to_go_says_so_and_ends() -> None:
    busy = Destination(prompts=(PromptName("agents_busy"),))
    centre = sales_with(when(OverflowWhen.LENGTH, 1, busy))
    centre.comes("c0")
    centre.comes("c1")
    assert centre.phase("c1") is Phase.FLOW
    ended = only(centre.hears_all("c1"), ContactEnded)
    assert ended.flow_end is FlowEnd.TURNED_AWAY
    assert left(centre.journal) == [("c1", SALES, EntryOutcome.OVERFLOWED)]


def test_by_the_wait_to_be_expected() -> None:
    centre = sales_with(when(OverflowWhen.ESTIMATED_WAIT, 150_000))
    centre.signs_in(ANNA)
    # Given a call of 100 s was handled by the one agent: the rate is one in 100 s
    centre.comes("c0")
    centre.joins(ANNA)
    centre.wait(100)
    centre.hangs_up("c0")
    centre.comes("c1")
    centre.joins(ANNA)
    # Then the first in line waits 100 s; the second would wait 200 s, more than 150
    centre.comes("c2")
    centre.comes("c3")
    assert (centre.line(), centre.line(SERVICE)) == (["c2"], ["c3"])
    # And with two agents, one served every 50 s, the third in line would wait 150 s, the fourth 200
    centre.signs_in(BEN)
    centre.joins(BEN)
    for n in range(4, 8):
        centre.comes(f"c{n}")
    assert (centre.line(), centre.line(SERVICE)) == (["c4", "c5", "c6"], ["c3", "c7"])


def test_nobody_in_line_is_no_wait() -> None:
    centre = sales_with(when(OverflowWhen.ESTIMATED_WAIT, 1))
    centre.signs_in(ANNA)
    centre.comes("c0")
    centre.joins(ANNA)
    centre.wait(100)
    centre.hangs_up("c0")
    centre.comes("c1")
    assert centre.rung("c1") == [ANNA]


def test_by_the_service_level_of_the_last_fifty() -> None:
    centre = sales_with(when(OverflowWhen.SERVICE_LEVEL, 80), answer_within=Millis(20_000))
    centre.signs_in(ANNA)

    def comes_and_is_answered_after(name: str, seconds: float) -> None:
        centre.comes(name)
        centre.now += seconds
        centre.joins(ANNA)
        centre.hangs_up(name)

    # Given 39 were answered in time and 10 gave up late: 49 say nothing yet
    for n in range(39):
        comes_and_is_answered_after(f"good{n}", 1)
    centre.wants(ANNA, Intent.NOT_READY, "break")
    for n in range(10):
        centre.comes(f"bad{n}")
        centre.now += 21
        centre.hangs_up(f"bad{n}")
    centre.comes("c49")
    assert centre.line() == ["c49"]
    # When the fiftieth gives up too: 39 of 50 are 78 %, below 80
    centre.hangs_up("c49")
    centre.comes("c50")
    assert (centre.line(), centre.line(SERVICE)) == ([], ["c50"])


# --- opening hours


def in_hours(*rules: OverflowRule) -> BusyCentre:
    """Sales is open in the seconds 100 to 200."""
    return sales_with(*rules, calendar=CalendarId("shop"), calendars=(hours("shop", (100, 200)),))


@pytest.mark.parametrize(("second", "queue"), [(99.999, SERVICE), (100, SALES), (200, SERVICE)])
def test_outside_the_opening_hours_the_rule_for_closed_counts(second: float, queue: str) -> None:
    centre = in_hours(when(OverflowWhen.CLOSED))
    centre.now = second
    centre.comes("c1")
    assert centre.contact("c1").queue == queue


def test_closed_without_a_rule_is_told_and_ended() -> None:
    centre = in_hours()
    centre.comes("c1")
    assert only(centre.hears_all("c1"), ContactEnded).flow_end is FlowEnd.TURNED_AWAY


def test_who_is_in_line_at_closing_time_is_still_served() -> None:
    centre = in_hours(when(OverflowWhen.CLOSED))
    centre.now = 199
    centre.comes("c1")
    centre.wait(10)
    assert only(centre.signs_in(ANNA), OfferMade).contact == "c1"


def test_another_rule_at_another_hour() -> None:
    night = Override(calendar=CalendarId("night"), overflow=(when(OverflowWhen.LENGTH, 0),))
    centre = sales_with(overrides=(night,), calendars=(hours("night", (100, 200)),))
    for name, second in (("day", 99), ("night", 100), ("morning", 200)):
        centre.now = second
        centre.comes(name)
    assert (centre.line(), centre.line(SERVICE)) == (["day", "morning"], ["night"])


# --- nobody signed in


def test_opened_but_nobody_signed_in_is_told_once_in_a_while() -> None:
    centre = sales_with()
    centre.comes("c1")
    assert centre.wait(9.9) == []
    assert only(centre.wait(0.1), QueueUnstaffed).queue == SALES
    # Then again after ten minutes
    assert kinds(centre.wait(600)).count("QueueUnstaffed") == 1
    # And no more when somebody has signed in, ready or not
    centre.signs_in(ANNA, ready=False)
    assert kinds(centre.wait(3000)).count("QueueUnstaffed") == 0
    assert centre.phase("c1") is Phase.WAITING


def test_acd_31_leave_when_empty_waits_for_a_sign_in_that_follows_a_sign_out() -> None:
    """Asterisk commits fa8c58fefb and c7b8633c26:
    https://github.com/asterisk/asterisk/commit/fa8c58fefb
    """
    centre = sales_with(when(OverflowWhen.NO_AGENTS, 15_000))
    centre.signs_in(ANNA, ready=False)
    centre.comes("c1")
    centre.wait(60)
    # Given the only agent signs out, a configuration is published, and the agent is back in time
    centre.signs_out(ANNA)
    centre.wait(10)
    centre.publishes(centre.state.routing)
    centre.publishes(msgspec.structs.replace(centre.state.routing, version=2))
    centre.wait(4.9)
    centre.signs_in(ANNA, ready=False)
    assert not {"EntryEnded", "QueueUnstaffed"} & set(kinds(centre.wait(600)))
    assert centre.line() == ["c1"]
    # When the agent stays away, the rule counts after the time it says
    centre.signs_out(ANNA)
    assert left(centre.wait(14.9)) == []
    assert left(centre.wait(0.1)) == [("c1", SALES, EntryOutcome.OVERFLOWED)]
    assert centre.line(SERVICE) == ["c1"]


def test_acd_31_an_agent_on_a_break_is_no_empty_queue() -> None:
    """https://github.com/asterisk/asterisk/commit/c7b8633c26"""
    centre = sales_with(when(OverflowWhen.NO_AGENTS, 0))
    centre.signs_in(ANNA, ready=False)
    centre.comes("c1")
    centre.loses_link(ANNA)
    assert left(centre.wait(60)) == []
    # When the lost agent is signed out after two minutes, there is nobody left
    assert left(centre.wait(60.001)) == [("c1", SALES, EntryOutcome.OVERFLOWED)]


def test_nobody_there_and_no_patience_for_it_sends_everybody_on_when_entering() -> None:
    centre = sales_with(when(OverflowWhen.NO_AGENTS, 0))
    centre.comes("c1")
    assert centre.line(SERVICE) == ["c1"]


# --- where to


def test_a_call_back_instead_of_waiting() -> None:
    centre = sales_with(when(OverflowWhen.WAITED, 30_000, Destination(callback=True)))
    centre.comes("c1", caller="139")
    centre.now = 10
    centre.comes("c2", caller="138")
    events = centre.wait(20)
    assert only(events, CallbackRegistered).since == at(0)
    assert only(events, ContactEnded).flow_end is FlowEnd.CALLBACK
    assert centre.line() == ["c1-callback", "c2"]


def test_into_a_flow() -> None:
    to = Destination(flow=FlowId("welcome"))
    centre = sales_with(when(OverflowWhen.LENGTH, 0, to))
    centre.comes("c1")
    assert centre.contact("c1").flow == "welcome"
    # But one who cannot hear it is let go
    events = centre.comes("mail", channel=Channel.EMAIL)
    assert only(events, ContactEnded).flow_end is FlowEnd.TURNED_AWAY


def test_what_is_configured_no_more_is_as_if_not_named() -> None:
    centre = sales_with(when(OverflowWhen.LENGTH, 0, Destination(queue=QueueId("gone"))))
    assert only(centre.comes("c1"), ContactEnded).flow_end is FlowEnd.TURNED_AWAY


def test_acd_35_queues_that_send_to_each_other_end_at_the_hop_limit() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/2746
    https://github.com/fusionpbx/fusionpbx/issues/5362
    """
    there = a_queue(SALES, overflow=(when(OverflowWhen.LENGTH, 0, TO_SERVICE),))
    back = a_queue(SERVICE, overflow=(when(OverflowWhen.LENGTH, 0, Destination(queue=SALES)),))
    centre = BusyCentre(a_floor([there, back], everybody(SALES, SERVICE), most_hops=4))
    events = centre.comes("c1")
    # Then four hops, and the contact stays in the fifth queue and is served there
    assert len(left(events)) == 4
    assert (centre.contact("c1").hops, centre.line()) == (4, ["c1"])
    assert only(centre.signs_in(ANNA), OfferMade).contact == "c1"
