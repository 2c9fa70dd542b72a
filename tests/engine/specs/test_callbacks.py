"""Called back instead of waiting on the line: the age is kept, once, never without an agent."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import CallbackCancelled
from lianxi.engine.messages.events import ContactEnded, ContactQueued, EntryEnded, OfferMade
from lianxi.engine.messages.floor_events import CallbackDropped, CallbackRegistered
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.messages.values import Activity, Channel, EntryOutcome, FlowEnd, Intent, Phase
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, everybody

pytestmark = pytest.mark.unit


def sales_and_service() -> BusyCentre:
    queues = [a_queue(SALES), a_queue(SERVICE)]
    return BusyCentre(a_floor(queues, everybody(SALES, SERVICE)))


def test_acd_30_the_placeholder_keeps_the_age() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/621
    https://github.com/twilio-labs/plugin-queued-callbacks-and-voicemail/issues/9
    """
    centre = sales_and_service()
    # Given callers of the seconds 0, 10 and 20
    for second, name in ((0, "c0"), (10, "c1"), (20, "c2")):
        centre.now = second
        centre.comes(name, caller=f"13{second}")
    # When the second one asks to be called back after 30 seconds
    centre.now = 40
    events = centre.wants_a_callback("c1", "1310")
    # Then the line goes, the stay is counted as such, and the place in line is as it was
    assert only(events, EntryEnded).outcome is EntryOutcome.CALLBACK
    assert only(events, ContactEnded).flow_end is FlowEnd.CALLBACK
    assert only(events, ContactQueued).since == at(10)
    assert centre.line() == ["c0", "c1-callback", "c2"]


def test_acd_30_who_asks_twice_is_called_back_once() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/525"""
    centre = sales_and_service()
    centre.comes("c1", caller="139")
    centre.wants_a_callback("c1", "139")
    # When the same number asks again: told twice, in a second call, and through another door
    assert centre.wants_a_callback("c1", "139") == []
    centre.comes("c2", caller="139")
    again = centre.wants_a_callback("c2", "139")
    assert [e for e in again if isinstance(e, CallbackRegistered)] == []
    assert only(again, ContactEnded).flow_end is FlowEnd.CALLBACK
    assert centre.wants_a_callback("web", "139", queue=SALES) == []
    assert centre.line() == ["c1-callback"]
    # But for another queue it is another matter
    only(centre.wants_a_callback("web", "139", queue=SERVICE), CallbackRegistered)
    # And after the first one is over the number may ask again
    centre.signs_in(ANNA)
    centre.takes(ANNA, "c1-callback")
    centre.ends(ANNA, "c1-callback")
    centre.completes(ANNA, "c1-callback", Intent.READY)
    only(centre.wants_a_callback("web2", "139", queue=SALES), CallbackRegistered)


def test_acd_30_there_are_never_more_callbacks_out_than_agents() -> None:
    """https://github.com/FreePBX/issue-tracker/issues/621"""
    centre = sales_and_service()
    for n in range(5):
        centre.wants_a_callback(f"web{n}", f"13{n}", queue=SALES)
    assert centre.line() == [f"web{n}-callback" for n in range(5)]
    # When two agents are there, two of them are in hand, the oldest
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    assert (centre.rung("web0-callback"), centre.rung("web1-callback")) == ([ANNA], [BEN])
    # Then the agent accepts first, and holds the one voice line while the customer is called
    centre.takes(ANNA, "web0-callback")
    assert centre.agent(ANNA).activity is Activity.TALKING
    assert [centre.rung(f"web{n}-callback") for n in (2, 3, 4)] == [[], [], []]


def test_callbacks_and_callers_stand_in_one_line() -> None:
    """Neither are all callbacks served first, nor last."""
    centre = sales_and_service()
    centre.comes("c0")
    centre.now = 1
    centre.wants_a_callback("web", "139", queue=SALES)
    centre.now = 2
    centre.comes("c2")
    assert centre.line() == ["c0", "web-callback", "c2"]


def test_a_callback_agreed_for_later_enters_the_line_then() -> None:
    centre = sales_and_service()
    centre.signs_in(ANNA)
    # Given somebody who waits asks to be called back at second 500
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.comes("c1", caller="139")
    centre.now = 30
    centre.wants_a_callback("c1", "139", due=at(500))
    centre.wants(ANNA, Intent.READY)
    assert (centre.line(), centre.agent(ANNA).offer) == ([], None)
    # And asks again meanwhile
    assert centre.wants_a_callback("web", "139", queue=SALES) == []
    # When the moment has come it is offered, with the age of the first call
    centre.wait(469.9)
    assert centre.agent(ANNA).offer is None
    events = centre.wait(0.1)
    assert only(events, OfferMade).channel is Channel.CALLBACK
    assert only(events, ContactQueued).since == at(0)


def test_a_moment_that_has_passed_is_now() -> None:
    centre = sales_and_service()
    centre.now = 10
    centre.wants_a_callback("web", "139", queue=SALES, due=Instant(5))
    assert centre.line() == ["web-callback"]


def test_asking_while_an_agent_rings_takes_the_offer_back_without_a_miss() -> None:
    centre = sales_and_service()
    centre.signs_in(ANNA)
    centre.comes("c1", caller="139")
    assert centre.rung("c1") == [ANNA]
    events = centre.wants_a_callback("c1", "139")
    # Then the agent is offered the callback at once, having missed nothing
    assert centre.agent(ANNA).misses == 0
    assert only(events, OfferMade).contact == "c1-callback"


def test_in_the_flow_a_caller_names_the_queue_to_be_called_back_from() -> None:
    centre = sales_and_service()
    centre.calls("c1", "4001")
    assert centre.wants_a_callback("c1", "139") == []
    assert refusal(centre.inputs[-1], centre.state) == "queue_unknown"
    centre.now = 7
    only(centre.wants_a_callback("c1", "139", queue=SERVICE), CallbackRegistered)
    assert centre.line(SERVICE) == ["c1-callback"]


def test_what_cannot_be_is_refused() -> None:
    centre = sales_and_service()
    centre.comes("c1")
    assert centre.wants_a_callback("c1", " ") == []
    assert refusal(centre.inputs[-1], centre.state) == "number_missing"
    centre.signs_in(ANNA)
    centre.joins(ANNA)
    assert centre.wants_a_callback("c1", "139") == []
    assert refusal(centre.inputs[-1], centre.state) == "contact_not_waiting"


def test_a_callback_of_a_queue_that_is_configured_no_more_does_not_vanish_silently() -> None:
    centre = sales_and_service()
    centre.wants_a_callback("web", "139", queue=SERVICE, due=at(100))
    later = a_floor([a_queue(SALES)], everybody(SALES), version=2)
    centre.say(RoutingPublished(at=at(50), routing=later))
    centre.now = 50
    events = centre.wait(50)
    # Then it is a contact that began and ended, to be seen in the list of the missed
    assert only(events, ContactEnded).contact == "web-callback"
    assert centre.state.callbacks == {}


def test_a_page_that_reloads_does_not_lose_the_callback_in_hand() -> None:
    centre = sales_and_service()
    centre.signs_in(ANNA)
    centre.wants_a_callback("web", "139", queue=SALES)
    centre.takes(ANNA, "web-callback")
    centre.reloads(ANNA)
    assert centre.phase("web-callback") is Phase.TALKING
    assert centre.agent(ANNA).contact == "web-callback"


def test_a_callback_in_line_is_called_off_and_the_number_may_ask_again() -> None:
    centre = sales_and_service()
    centre.wants_a_callback("web", "139", queue=SALES)
    centre.signs_in(ANNA, ready=False)
    # When it is called off, before anybody has it in hand
    events = centre.calls_off("web-callback")
    assert only(events, CallbackDropped).by == "8001"
    assert only(events, EntryEnded).outcome is EntryOutcome.ENDED
    # Then nobody is in line, nobody is rung, and the number may ask again
    assert (centre.line(), centre.rung("web-callback")) == ([], [])
    only(centre.wants_a_callback("web2", "139", queue=SALES), CallbackRegistered)


def test_a_callback_that_is_rung_is_called_off_without_a_miss() -> None:
    centre = sales_and_service()
    centre.signs_in(ANNA)
    centre.wants_a_callback("web", "139", queue=SALES)
    assert centre.rung("web-callback") == [ANNA]
    centre.calls_off("web-callback")
    assert centre.agent(ANNA).misses == 0
    assert centre.agent(ANNA).activity is Activity.IDLE


def test_a_callback_agreed_for_later_is_called_off_and_does_not_begin() -> None:
    centre = sales_and_service()
    centre.wants_a_callback("web", "139", queue=SALES, due=at(600))
    assert [type(event) for event in centre.calls_off("web-callback")] == [CallbackDropped]
    assert centre.wait(700) == []
    assert centre.calls_off("web-callback") == []


def test_what_an_agent_has_in_hand_is_not_called_off() -> None:
    centre = sales_and_service()
    centre.signs_in(ANNA)
    centre.wants_a_callback("web", "139", queue=SALES)
    centre.takes(ANNA, "web-callback")
    for gone in ("web-callback", "c1", "nobody"):
        asked = CallbackCancelled(at=at(1), callback=ContactId(gone), by="8001")
        assert refusal(asked, centre.state) == "callback_over"
    assert centre.calls_off("web-callback") == []
