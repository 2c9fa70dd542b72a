"""The desk is not heard: nothing is offered, work in hand goes on, after two minutes it is over."""

import pytest

from lianxi.engine.messages.agent_events import (
    AgentIntentChanged,
    AgentLinkChanged,
    AgentWent,
    WrapUpEnded,
)
from lianxi.engine.messages.events import OfferEnded
from lianxi.engine.messages.values import Activity, Intent, OfferOutcome, Phase, WrapUpEnd
from tests.builders.centre import ANNA, BEN, Centre, at, kinds, only

pytestmark = pytest.mark.unit


def test_a_lost_agent_is_offered_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.loses_link(ANNA)
    centre.calls("c1")
    assert centre.phase("c1") is Phase.WAITING


def test_lost_twice_is_lost_once() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.loses_link(ANNA)
    assert centre.loses_link(ANNA) == []


def test_lost_while_ringing_gives_the_caller_to_the_next_agent_at_once() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.calls("c1")
    events = centre.loses_link(ANNA)
    assert only(events, OfferEnded).outcome is OfferOutcome.UNREACHABLE
    assert centre.offer_to(BEN).contact == "c1"


def test_lost_while_joining_does_not_break_the_call() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.picks_up(ANNA)
    assert kinds(centre.loses_link(ANNA)) == ["AgentLinkChanged"]
    assert centre.phase("c1") is Phase.JOINING


def test_lost_while_talking_lets_the_conversation_go_on() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    assert kinds(centre.loses_link(ANNA)) == ["AgentLinkChanged"]
    assert centre.phase("c1") is Phase.TALKING


def test_an_idle_agent_who_is_heard_again_must_say_ready() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.loses_link(ANNA)
    centre.calls("c1")
    # When the laptop wakes up
    centre.now = 60
    changed = only(centre.is_heard_again(ANNA), AgentIntentChanged)
    # Then the waiting caller is not sprung on her
    assert (changed.intent, changed.reason) == (Intent.NOT_READY, "lost")
    assert centre.phase("c1") is Phase.WAITING


def test_an_agent_who_is_heard_again_in_a_conversation_stays_ready_for_the_next() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.loses_link(ANNA)
    assert kinds(centre.is_heard_again(ANNA)) == ["AgentLinkChanged"]
    centre.hangs_up("c1")
    centre.completes(ANNA, "c1")
    assert centre.agent(ANNA).intent is Intent.READY


def test_a_break_is_not_renamed_by_a_lost_link() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "meal")
    centre.loses_link(ANNA)
    centre.is_heard_again(ANNA)
    assert centre.agent(ANNA).reason == "meal"


def test_heard_without_having_been_lost_changes_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert centre.is_heard_again(ANNA) == []


def test_after_two_minutes_a_lost_agent_is_signed_out() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert only(centre.loses_link(ANNA), AgentLinkChanged).sign_out_at == at(120)
    assert centre.wait(119.999) == []
    assert only(centre.wait(0.001), AgentWent).by == "link_lost"


def test_being_heard_again_in_time_keeps_the_agent() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.loses_link(ANNA)
    centre.wait(119)
    centre.is_heard_again(ANNA)
    assert centre.wait(600) == []


def test_a_lost_agent_in_a_conversation_is_not_signed_out() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.loses_link(ANNA)
    # Given the media runs on for five minutes without the desk
    centre.wait(300)
    assert centre.phase("c1") is Phase.TALKING
    # When the caller hangs up and the desk stays away
    centre.hangs_up("c1")
    events = centre.wait(120)
    # Then wrap-up times out, and the agent is signed out
    assert [e for e in kinds(events) if e != "AgentLinkChanged"] == ["WrapUpEnded", "AgentWent"]


def test_a_lost_agent_in_wrap_up_is_signed_out_with_it() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.loses_link(ANNA)
    centre.wait(110)
    centre.hangs_up("c1")
    ended = only(centre.wait(10), WrapUpEnded)
    assert ended.how is WrapUpEnd.SIGNED_OUT
    assert ANNA not in centre.state.agents


def test_an_agent_lost_in_wrap_up_is_not_offered_the_next_call_when_it_times_out() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    centre.loses_link(ANNA)
    centre.calls("c2")
    centre.wait(45)
    assert centre.agent(ANNA).activity is Activity.IDLE
    assert centre.phase("c2") is Phase.WAITING
