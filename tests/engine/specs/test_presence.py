"""Signing in and out, ready and not ready, device and desk, forced states."""

import pytest

from lianxi.engine.messages.agent_events import (
    AgentCame,
    AgentIntentChanged,
    AgentMoved,
    AgentNextAsked,
    AgentWent,
)
from lianxi.engine.messages.agent_inputs import AgentForced, AgentSignedIn, AgentSignedOut
from lianxi.engine.messages.commands import ProvisionDevice, RetireDevice
from lianxi.engine.messages.events import OfferEnded, OfferMade
from lianxi.engine.messages.inputs import DeviceChanged
from lianxi.engine.messages.values import DeviceKind, Intent, OfferOutcome, Phase
from lianxi.kernel.ids import AgentId, Endpoint
from tests.builders.centre import ANNA, BEN, Centre, at, kinds, only

pytestmark = pytest.mark.unit


def at_another_desk(centre: Centre) -> AgentSignedIn:
    """Anna signs in on a second computer."""
    return AgentSignedIn(
        at=at(centre.now),
        agent=ANNA,
        session="tab-2",
        device=DeviceKind.BROWSER,
        endpoint=Endpoint("ag-8001-second"),
    )


def forced(to: Intent | None, reason: str = "needed") -> AgentForced:
    """A supervisor sets Anna's state."""
    return AgentForced(at=at(0), agent=ANNA, to=to, reason=reason, by="lead")


def signed_out() -> AgentSignedOut:
    """Anna leaves."""
    return AgentSignedOut(at=at(0), agent=ANNA)


def test_a_sign_in_begins_not_ready() -> None:
    centre = Centre()
    centre.signs_in(ANNA, ready=False)
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).reason) == (
        Intent.NOT_READY,
        "signed_in",
    )


def test_a_sign_in_lets_the_device_register() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    wanted = ProvisionDevice(agent=ANNA, endpoint=Endpoint("ag-8001"), device=DeviceKind.BROWSER)
    assert wanted in centre.commands


def test_signing_in_twice_at_the_same_desk_changes_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert centre.signs_in(ANNA) == []


def test_a_stranger_cannot_sign_in() -> None:
    centre = Centre()
    stranger = AgentSignedIn(
        at=at(0),
        agent=AgentId("9999"),
        session="tab",
        device=DeviceKind.BROWSER,
        endpoint=Endpoint("ag-9999"),
    )
    assert centre.say(stranger) == []


@pytest.mark.parametrize("missing", ["intent", "device", "link"])
def test_acd_12_available_is_intent_and_device_and_desk(missing: str) -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/2831"""
    centre = Centre()
    centre.signs_in(ANNA)
    # Given an agent who lacks one of the three
    match missing:
        case "intent":
            centre.wants(ANNA, Intent.NOT_READY, "break")
        case "device":
            centre.device(ANNA, registered=False)
        case _:
            centre.loses_link(ANNA)
    # Then a caller waits
    centre.calls("c1")
    assert centre.phase("c1") is Phase.WAITING


def test_a_device_that_registers_brings_the_waiting_caller() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.device(ANNA, registered=False)
    centre.calls("c1")
    assert only(centre.device(ANNA, registered=True), OfferMade).agent == ANNA


def test_a_device_said_to_be_registered_twice_changes_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert centre.device(ANNA, registered=True) == []


def test_acd_21_no_call_before_device_and_router_agree() -> None:
    """A call arrived before the answer to the login (OMniLeads merges 153 and 1878)."""
    centre = Centre()
    centre.calls("c1")
    # Given an agent who is signed in and ready, her device not registered yet
    centre.say(
        AgentSignedIn(
            at=at(0), agent=ANNA, session="t", device=DeviceKind.BROWSER, endpoint=Endpoint("ag-x")
        )
    )
    assert kinds(centre.wants(ANNA, Intent.READY)) == ["AgentIntentChanged"]
    # When it registers
    registered = DeviceChanged(at=at(1), endpoint=Endpoint("ag-x"), registered=True)
    assert kinds(centre.say(registered)) == ["AgentDeviceChanged", "OfferMade"]


def test_a_device_of_nobody_changes_nothing() -> None:
    centre = Centre()
    stray = DeviceChanged(at=at(0), endpoint=Endpoint("ag-stray"), registered=True)
    assert centre.say(stray) == []


def test_acd_44_a_new_reason_is_a_new_interval() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/912"""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.now = 60
    changed = only(centre.wants(ANNA, Intent.NOT_READY, "meal"), AgentIntentChanged)
    assert (changed.reason, changed.at) == ("meal", at(60))
    assert centre.agent(ANNA).since == at(60)


def test_the_same_state_asked_twice_is_one_change() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert centre.wants(ANNA, Intent.READY) == []


def test_a_break_without_a_known_reason_changes_nothing() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert centre.wants(ANNA, Intent.NOT_READY, "no_such_reason") == []


# --- taking over


def test_taking_over_while_idle_moves_the_agent_to_the_new_device() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    moved = only(centre.say(at_another_desk(centre)), AgentMoved)
    assert (moved.former_endpoint, moved.endpoint) == ("ag-8001", "ag-8001-second")
    assert centre.agent(ANNA).registered is False
    assert centre.commands[-2:] == [
        RetireDevice(endpoint=Endpoint("ag-8001")),
        ProvisionDevice(agent=ANNA, endpoint=Endpoint("ag-8001-second"), device=DeviceKind.BROWSER),
    ]


def test_taking_over_while_ringing_gives_the_caller_to_the_next_agent() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.calls("c1")
    events = centre.say(at_another_desk(centre))
    assert only(events, OfferEnded).outcome is OfferOutcome.AGENT_LEFT
    assert only(events, OfferMade).agent == BEN


def test_taking_over_while_talking_keeps_the_customer_for_the_new_desk() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    assert kinds(centre.say(at_another_desk(centre))) == ["AgentLegLost", "AgentMoved"]
    # When the new desk asks for the conversation
    centre.device(ANNA, registered=True)
    assert kinds(centre.comes_back(ANNA))[-1] == "AgentLegRestored"


def test_taking_over_while_a_new_leg_rings_ends_that_leg() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.reloads(ANNA)
    centre.asks_leg(ANNA)
    assert kinds(centre.say(at_another_desk(centre))) == ["AgentLegFailed", "AgentMoved"]
    assert kinds(centre.asks_leg(ANNA)) == ["AgentLegAsked"]


def test_the_former_device_has_no_say_after_a_take_over() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.say(at_another_desk(centre))
    former = DeviceChanged(at=at(1), endpoint=Endpoint("ag-8001"), registered=True)
    assert centre.say(former) == []


def test_taking_over_the_desk_of_a_lost_agent_leaves_her_not_ready() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.loses_link(ANNA)
    centre.say(at_another_desk(centre))
    assert (centre.agent(ANNA).linked, centre.agent(ANNA).intent) == (True, Intent.NOT_READY)


# --- signing out


def test_signing_out_retires_the_device_and_leaves_nothing_behind() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert kinds(centre.say(signed_out())) == ["AgentWent"]
    assert centre.commands[-1] == RetireDevice(endpoint=Endpoint("ag-8001"))
    assert (centre.state.agents, centre.free()) == ({}, set())


def test_signing_out_while_ringing_gives_the_caller_to_the_next_agent() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.calls("c1")
    events = centre.say(signed_out())
    assert kinds(events) == ["OfferEnded", "AgentWent", "OfferMade"]
    assert only(events, OfferMade).agent == BEN


def test_nobody_signs_out_of_a_conversation() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    assert centre.say(signed_out()) == []


def test_acd_20_nothing_of_an_agent_who_left_comes_back_with_the_next_sign_in() -> None:
    """Ghosts on a board, a pause lifted early (OMniLeads merge 102; Issabel revision 7384)."""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "meal")
    centre.say(signed_out())
    came = only(centre.signs_in(ANNA, ready=False), AgentCame)
    assert came.agent == ANNA
    assert centre.agent(ANNA).reason == "signed_in"


def test_acd_20_one_state_holds_in_every_queue_also_in_a_new_one() -> None:
    """Ghosts on a board, a new queue that ignored a pause (Issabel revisions 7384, 7523)."""
    centre = Centre()
    centre.signs_in(ANNA)
    centre.wants(ANNA, Intent.NOT_READY, "break")
    for name, digit in (("c1", "1"), ("c2", "2"), ("c3", "0")):
        centre.calls(name, "4001")
        centre.presses_after_greeting(name, digit)
    assert centre.state.offers == {}


# --- forced


def test_a_supervisor_sets_an_agent_not_ready() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    changed = only(centre.say(forced(Intent.NOT_READY, "briefing")), AgentIntentChanged)
    assert (changed.intent, changed.reason, changed.by) == (Intent.NOT_READY, "briefing", "lead")


def test_a_supervisor_sets_an_agent_ready() -> None:
    centre = Centre()
    centre.signs_in(ANNA, ready=False)
    centre.calls("c1")
    assert kinds(centre.say(forced(Intent.READY))) == ["AgentIntentChanged", "OfferMade"]


def test_a_state_forced_during_a_call_holds_afterwards() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    asked = only(centre.say(forced(Intent.NOT_READY, "briefing")), AgentNextAsked)
    assert asked.intent is Intent.NOT_READY
    centre.hangs_up("c1")
    centre.completes(ANNA, "c1")
    assert centre.agent(ANNA).reason == "briefing"


def test_a_supervisor_signs_an_agent_out() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    assert only(centre.say(forced(None)), AgentWent).by == "lead"


def test_a_supervisor_cannot_sign_an_agent_out_of_a_conversation() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    assert centre.say(forced(None)) == []
