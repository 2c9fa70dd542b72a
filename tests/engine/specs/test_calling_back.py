"""Who takes a callback calls the customer by that; who is not reached is called again later."""

import msgspec
import pytest

from lianxi.engine.messages.agent_inputs import CallbackAsked, OfferTaken
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallbackRule,
    CallDialled,
    CallPlaced,
    DialOut,
)
from lianxi.engine.messages.commands import RingAgent
from lianxi.engine.messages.events import ContactEnded, ContactQueued, OfferMade
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.values import Activity, Channel, LegCause, Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Millis
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, SALES, a_queue, a_routing, at, only
from tests.engine.specs.test_calling import CARRIER, OUT

pytestmark = pytest.mark.unit

NUMBER = "13911112222"
AGAIN_AFTER_S, MOST_ATTEMPTS = 600, 3
"""Of a queue that has nothing else."""


def owed(**rules: object) -> CallingCentre:
    """A callback waits, with a trunk to call over."""
    usual: dict[str, object] = {"trunks": (CARRIER,), "routes": (OUT,)}
    centre = CallingCentre(msgspec.structs.replace(a_routing(), **{**usual, **rules}))
    wants(centre, "web")
    return centre


def wants(centre: CallingCentre, name: str) -> list[Event]:
    return centre.say(
        CallbackAsked(at=at(centre.now), contact=ContactId(name), number=NUMBER, queue=SALES)
    )


def takes(centre: CallingCentre) -> list[Event]:
    """ANNA accepts what is offered."""
    offer = centre.facts(OfferMade)[-1]
    assert offer.channel is Channel.CALLBACK
    return centre.say(OfferTaken(at=at(centre.now), agent=ANNA, offer=offer.offer))


def test_nobody_is_dialled_before_an_agent_has_it_in_hand() -> None:
    centre = owed()
    assert not [c for c in centre.commands if isinstance(c, DialOut)]
    centre.signs_in(ANNA)
    assert centre.agent(ANNA).activity is Activity.OFFERED
    assert not [c for c in centre.commands if isinstance(c, DialOut)]
    # When she takes it, her own device is rung first, then the customer is dialled
    call = only(takes(centre), CallPlaced)
    ring = centre.commands[-1]
    assert isinstance(ring, RingAgent)
    assert (call.contact, call.number, call.queue) == ("web-callback", NUMBER, SALES)
    only(centre.device_answers(call), CallDialled)
    dial = centre.commands[-1]
    assert isinstance(dial, DialOut)
    assert (dial.leg, dial.trunk) == ("to-web-callback", "carrier")


def test_the_place_in_line_becomes_the_conversation() -> None:
    centre = owed()
    centre.signs_in(ANNA)
    call = only(takes(centre), CallPlaced)
    centre.device_answers(call)
    only(centre.is_answered(call), CallAnswered)
    assert centre.phase("web-callback") is Phase.TALKING
    assert thawed(frozen(centre.state)) == centre.state
    # And it ends as every conversation; nobody is owed a call any more
    events = centre.ends(ANNA, "web-callback")
    only(events, ContactEnded)
    assert not [e for e in events if isinstance(e, CallbackRegistered)]
    assert centre.state.callbacks == {}


@pytest.mark.parametrize("cause", [LegCause.BUSY, LegCause.NO_ANSWER, LegCause.UNREACHABLE])
def test_who_is_not_reached_is_called_again_with_the_age_kept(cause: LegCause) -> None:
    centre = owed()
    centre.now = 30
    centre.signs_in(ANNA)
    call = only(takes(centre), CallPlaced)
    centre.device_answers(call)
    events = centre.other_ends(call, cause)
    planned = only(events, CallbackRegistered)
    assert (planned.number, planned.since, planned.attempt) == (NUMBER, at(0), 2)
    assert planned.due == at(30 + AGAIN_AFTER_S)
    # Asking once more meanwhile is the same callback
    assert [e for e in wants(centre, "web2") if isinstance(e, CallbackRegistered)] == []
    # And when the moment has come it stands in line
    queued = only(centre.wait(AGAIN_AFTER_S), ContactQueued)
    assert (queued.contact, queued.since) == (planned.callback, at(0))


def test_what_was_promised_goes_with_it_to_every_try() -> None:
    # Given an agent's promise: after a minute, within the hour, about an invoice
    centre = CallingCentre(msgspec.structs.replace(a_routing(), trunks=(CARRIER,), routes=(OUT,)))
    centre.say(
        CallbackAsked(
            at=at(0), contact=ContactId("desk"), number=NUMBER, queue=SALES, due=at(60),
            until=at(3600), remark="发票", agent=ANNA,
        )
    )  # fmt: skip
    assert thawed(frozen(centre.state)) == centre.state
    (planned,) = centre.state.planned.values()
    assert (planned.until, planned.remark, planned.promised_by) == (at(3600), "发票", ANNA)
    # When its moment comes and the customer is not reached
    centre.wait(60)
    centre.signs_in(ANNA)
    begun = centre.state.contacts[ContactId("desk-callback")]
    assert (begun.until, begun.remark, begun.promised_by) == (at(3600), "发票", ANNA)
    call = only(takes(centre), CallPlaced)
    centre.device_answers(call)
    again = only(centre.other_ends(call, LegCause.BUSY), CallbackRegistered)
    # Then who takes it next reads the same
    assert (again.until, again.remark, again.agent) == (at(3600), "发票", ANNA)


def test_it_is_not_tried_for_ever() -> None:
    centre = owed()
    centre.signs_in(ANNA)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        call = only(takes(centre), CallPlaced)
        centre.device_answers(call)
        events = centre.other_ends(call, LegCause.NO_ANSWER)
        again = [e for e in events if isinstance(e, CallbackRegistered)]
        assert len(again) == (1 if attempt < MOST_ATTEMPTS else 0)
        centre.wait(AGAIN_AFTER_S)
    assert centre.state.callbacks == {}


def test_a_queue_says_how_often_and_how_soon_it_is_tried_again() -> None:
    # Given a queue with two attempts, a minute apart
    rule = CallbackRule(attempts=2, again_after=Millis(60_000))
    centre = owed(queues=(a_queue(SALES, callbacks=rule),))
    centre.signs_in(ANNA)
    call = only(takes(centre), CallPlaced)
    centre.device_answers(call)
    # When the customer is busy, it is tried after that minute
    planned = only(centre.other_ends(call, LegCause.BUSY), CallbackRegistered)
    assert (planned.attempt, planned.due) == (2, at(60))
    # And after the second attempt not again
    centre.wait(60)
    call = only(takes(centre), CallPlaced)
    centre.device_answers(call)
    centre.other_ends(call, LegCause.BUSY)
    assert centre.state.callbacks == {}


def test_an_own_device_that_is_not_there_costs_nobody_the_place() -> None:
    centre = owed()
    centre.signs_in(ANNA)
    only(takes(centre), CallPlaced)
    events = centre.wait(20)
    assert only(events, CallbackRegistered).attempt == 2


def test_without_a_way_out_the_agent_has_it_in_hand() -> None:
    for rules in ({"trunks": (), "routes": ()}, {"routes": ()}):
        centre = owed(**rules)
        centre.signs_in(ANNA)
        assert not [e for e in takes(centre) if isinstance(e, CallPlaced)]
        assert centre.phase("web-callback") is Phase.TALKING
