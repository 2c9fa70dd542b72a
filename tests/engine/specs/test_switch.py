"""The switch restarts and has lost everything; the Driver restarts and has lost nothing."""

from collections.abc import Callable

import pytest

from lianxi.engine.core import Engine
from lianxi.engine.messages.events import (
    ContactEnded,
    EntryEnded,
    OfferEnded,
    StepLeft,
    SwitchChanged,
)
from lianxi.engine.messages.values import (
    Activity,
    EntryOutcome,
    Intent,
    LegCause,
    OfferOutcome,
    Party,
    Phase,
    StepOutcome,
)
from lianxi.engine.snapshot import frozen, thawed
from tests.builders.centre import ANNA, Centre, kinds, only

pytestmark = pytest.mark.unit


def connected() -> Centre:
    """A centre whose switch is known."""
    centre = Centre()
    centre.restarts("first")
    return centre


def in_the_flow(centre: Centre) -> None:
    centre.calls("c1", "4001")


def waiting(centre: Centre) -> None:
    centre.calls("c1")


def ringing(centre: Centre) -> None:
    centre.signs_in(ANNA)
    centre.calls("c1")


def joining(centre: Centre) -> None:
    ringing(centre)
    centre.picks_up(ANNA)


def talking(centre: Centre) -> None:
    centre.talk(ANNA, "c1")


def held(centre: Centre) -> None:
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")


def recovering(centre: Centre) -> None:
    centre.talk(ANNA, "c1")
    centre.reloads(ANNA)


def rejoining(centre: Centre) -> None:
    recovering(centre)
    centre.asks_leg(ANNA)


def wrapping(centre: Centre) -> None:
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")


EVERY_PHASE = [
    in_the_flow,
    waiting,
    ringing,
    joining,
    talking,
    held,
    recovering,
    rejoining,
    wrapping,
]


@pytest.mark.parametrize("reached", EVERY_PHASE)
def test_acd_56_a_new_switch_ends_every_contact_of_the_old_one(
    reached: Callable[[Centre], None],
) -> None:
    """A restarted switch reported calls of the year 1969 (Issabel 2.2.0-4 and 2.2.0-17)."""
    centre = connected()
    reached(centre)
    # When a switch of another generation answers
    centre.restarts("second")
    # Then no contact lives, nothing rings, and only wrap-up keeps a deadline
    assert all(c.phase is Phase.ENDED for c in centre.state.contacts.values())
    assert (centre.state.offers, centre.state.legs, centre.in_line()) == ({}, {}, [])
    assert all(name.startswith("wrap:") for name in centre.state.timers.as_dict())


@pytest.mark.parametrize("reached", EVERY_PHASE)
def test_acd_53_the_driver_that_comes_back_knows_what_the_former_one_knew(
    reached: Callable[[Centre], None],
) -> None:
    """https://github.com/asterisk/asterisk/issues/66
    https://github.com/signalwire/freeswitch/issues/39
    """
    centre = connected()
    reached(centre)
    assert Engine(centre.journal).state == centre.state
    assert thawed(frozen(centre.state)) == centre.state


@pytest.mark.parametrize("reached", EVERY_PHASE)
def test_acd_53_connecting_again_to_the_same_switch_loses_nothing(
    reached: Callable[[Centre], None],
) -> None:
    """https://github.com/asterisk/asterisk/issues/66"""
    centre = connected()
    reached(centre)
    assert centre.restarts("first") == []


def test_the_first_switch_is_noted() -> None:
    centre = Centre()
    assert only(centre.restarts("first"), SwitchChanged).generation == "first"


def test_a_caller_in_the_flow_leaves_the_step_with_the_cause() -> None:
    centre = connected()
    in_the_flow(centre)
    events = centre.restarts("second")
    assert only(events, StepLeft).outcome is StepOutcome.ENDED
    ended = only(events, ContactEnded)
    assert (ended.by, ended.cause) == (Party.SYSTEM, LegCause.GONE)


def test_a_caller_in_line_did_not_abandon() -> None:
    centre = connected()
    waiting(centre)
    assert only(centre.restarts("second"), EntryEnded).outcome is EntryOutcome.ENDED


def test_an_agent_who_rang_did_not_miss_the_call() -> None:
    centre = connected()
    ringing(centre)
    assert only(centre.restarts("second"), OfferEnded).outcome is OfferOutcome.SWITCH_LOST
    assert centre.agent(ANNA).intent is Intent.READY


@pytest.mark.parametrize("reached", [talking, held, recovering, rejoining])
def test_an_agent_in_a_conversation_goes_to_wrap_up(reached: Callable[[Centre], None]) -> None:
    centre = connected()
    reached(centre)
    centre.restarts("second")
    assert centre.agent(ANNA).activity is Activity.WRAPPING


def test_devices_must_register_anew() -> None:
    centre = connected()
    centre.signs_in(ANNA)
    assert kinds(centre.restarts("second")) == ["SwitchChanged", "AgentDeviceChanged"]
    assert not centre.agent(ANNA).is_available()


def test_callers_of_the_new_switch_are_served() -> None:
    centre = connected()
    waiting(centre)
    centre.restarts("second")
    centre.signs_in(ANNA)
    centre.calls("c2")
    assert kinds(centre.answers(ANNA))[-1] == "ContactConnected"
