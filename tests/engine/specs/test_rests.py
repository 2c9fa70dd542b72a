"""Agents who miss, rest, overstay and come back: RONA by count, allowances, short rests."""

import pytest

from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.agent_inputs import AgentForced
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.floor_events import AgentOverstayed, AgentRested, AgentRests
from lianxi.engine.messages.routing import MissRule, Reason, WrapUpRule
from lianxi.engine.messages.values import Intent, LegCause, OfferOutcome, WrapUpMode
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, SALES, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, everybody

pytestmark = pytest.mark.unit

RULE = MissRule(
    limit=3, no_answer=Millis(10_000), refused=Millis(4_000), unreachable=Millis(30_000)
)
REASONS = (
    Reason(code="break", name="小休", name_en="Break", allowance=Millis(600_000)),
    Reason(code="recovery", name="缓一缓", name_en="Recovery", returns_after=Millis(90_000)),
    Reason(code="training", name="培训", name_en="Training"),
)


def patient_queue() -> BusyCentre:
    """Sales: three misses in a row; no wrap-up; reasons with allowance and with a return."""
    queue = a_queue(SALES, misses=RULE, wrap_up=WrapUpRule(mode=WrapUpMode.NONE))
    return BusyCentre(a_floor([queue], everybody(SALES), reasons=REASONS))


def misses(centre: BusyCentre, cause: LegCause) -> None:
    """Anna's device ends the offer in this way."""
    centre.leg_ends(ANNA, cause)


@pytest.mark.parametrize(
    ("cause", "why", "rest"),
    [
        (LegCause.NO_ANSWER, OfferOutcome.NO_ANSWER, 10),
        (LegCause.REJECTED, OfferOutcome.REFUSED, 4),
        (LegCause.BUSY, OfferOutcome.REFUSED, 4),
        (LegCause.UNREACHABLE, OfferOutcome.UNREACHABLE, 30),
        (LegCause.FAILED, OfferOutcome.UNREACHABLE, 30),
    ],
)
def test_the_rest_after_a_miss_depends_on_its_cause(
    cause: LegCause, why: OfferOutcome, rest: float
) -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.comes("c1")
    misses(centre, cause)
    rests = only(centre.journal, AgentRests)
    assert (rests.why, rests.misses, rests.until) == (why, 1, at(rest))
    # Then she stays ready, and gets nothing until the rest is over
    assert centre.agent(ANNA).intent is Intent.READY
    centre.wait(rest - 0.1)
    assert centre.rung("c1") == []
    assert only(centre.wait(0.1), OfferMade).agent == ANNA


def test_acd_08_so_many_misses_in_a_row_as_the_queue_says() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/816
    https://github.com/2600hz/kazoo/issues/6609
    """
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.comes("c1")
    for _ in range(2):
        centre.wait(30)
    assert centre.agent(ANNA).misses == 2
    centre.wait(20)
    # Then not responding, with the reason to be seen, until she says ready herself
    assert centre.agent(ANNA).intent is Intent.NOT_RESPONDING
    assert centre.agent(ANNA).reason == "no_answer"
    centre.wait(1000)
    assert centre.rung("c1") == []
    assert only(centre.wants(ANNA, Intent.READY), OfferMade).contact == "c1"
    assert centre.agent(ANNA).misses == 0


@pytest.mark.parametrize("how", ["answer", "state", "sign-in"])
def test_acd_08_the_count_begins_anew(how: str) -> None:
    """https://github.com/OpenACD/OpenACD/issues/6"""
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.wait(30)
    centre.wait(30)
    assert (centre.agent(ANNA).misses, centre.rung("c1")) == (2, [ANNA])
    if how == "answer":
        centre.joins(ANNA)
        centre.hangs_up("c1")
        centre.comes("c1b")
    elif how == "sign-in":
        centre.hangs_up("c1")
        centre.signs_out(ANNA)
        centre.signs_in(ANNA)
        centre.comes("c1b")
    else:
        centre.hangs_up("c1")
        centre.wants(ANNA, Intent.NOT_READY, "training")
        centre.wants(ANNA, Intent.READY)
        centre.comes("c1b")
    centre.wait(20)
    assert (centre.agent(ANNA).misses, centre.agent(ANNA).intent) == (1, Intent.READY)


def test_the_rest_of_one_is_the_turn_of_another() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.signs_in(BEN)
    misses(centre, LegCause.REJECTED)
    assert centre.rung("c1") == [BEN]


def test_a_caller_who_gives_up_is_no_miss() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.hangs_up("c1")
    assert (centre.agent(ANNA).misses, centre.facts(AgentRests)) == (0, [])


def test_signing_out_ends_the_rest() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.comes("c1")
    misses(centre, LegCause.UNREACHABLE)
    centre.signs_out(ANNA)
    centre.signs_in(ANNA)
    assert centre.rung("c1") == [ANNA]
    assert centre.facts(AgentRested) == []


# --- reasons


def test_an_allowance_that_is_used_up_is_told_once() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "break")
    assert centre.wait(599.9) == []
    told = only(centre.wait(0.1), AgentOverstayed)
    assert (told.agent, told.reason, told.allowance) == (ANNA, "break", 600_000)
    assert centre.wait(3600) == []
    assert centre.agent(ANNA).intent is Intent.NOT_READY


@pytest.mark.parametrize("to", ["ready", "another", "out"])
def test_who_leaves_the_reason_in_time_has_not_overstayed(to: str) -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.wait(599)
    if to == "ready":
        centre.wants(ANNA, Intent.READY)
    elif to == "another":
        centre.wants(ANNA, Intent.NOT_READY, "training")
    else:
        centre.signs_out(ANNA)
    assert centre.wait(3600) == []


def test_the_allowance_counts_from_the_break_not_from_the_asking() -> None:
    centre = patient_queue()
    centre.talk(ANNA, "c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.wait(1000)
    centre.hangs_up("c1")
    # Then the break begins with the end of the call, and its ten minutes too
    assert centre.agent(ANNA).reason == "break"
    assert centre.facts(AgentOverstayed) == []
    assert only(centre.wait(600), AgentOverstayed).at == at(1600)


def test_a_short_rest_after_a_hard_call_ends_by_itself() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "recovery")
    centre.comes("c1")
    centre.wait(89.9)
    assert centre.rung("c1") == []
    events = centre.wait(0.1)
    back = only(events, AgentIntentChanged)
    assert (back.intent, back.by) == (Intent.READY, "system")
    assert only(events, OfferMade).agent == ANNA


def test_a_rest_a_supervisor_gives_ends_by_itself_too() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    forced = AgentForced(at=at(0), agent=ANNA, to=Intent.NOT_READY, reason="recovery", by="lead")
    centre.say(forced)
    centre.wait(90)
    assert centre.agent(ANNA).intent is Intent.READY


def test_who_was_lost_meanwhile_is_not_made_ready_for_calls() -> None:
    centre = patient_queue()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "recovery")
    centre.now = 50
    centre.loses_link(ANNA)
    centre.wait(45)
    centre.comes("c1")
    assert centre.rung("c1") == []
