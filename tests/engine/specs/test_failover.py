"""A carrier does not take a call out: it goes out over the next trunk of its route."""

import msgspec
import pytest

from lianxi.engine.messages.agent_inputs import OfferTaken
from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.calling import CallAnswered, CallPlaced, CallRerouted, DialOut
from lianxi.engine.messages.events import ContactEnded, OfferMade
from lianxi.engine.messages.inputs import LegAnswered, LegEnded
from lianxi.engine.messages.parties import CallParty, PartyAsked, PartyLeft
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked, Route, Trunk, TrunkSeen
from lianxi.engine.messages.values import LegCause, Phase, Talk
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import ContactId, LegId, TrunkId
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, BEN, SALES, a_routing, at, only
from tests.builders.parties import FRIEND, PartyCentre, anna_talks
from tests.engine.specs.test_calling_back import owed
from tests.engine.specs.test_trunks import SPARE, TELCO, a_trunk

pytestmark = pytest.mark.unit

NUMBER = "13900139000"
THIRD = TrunkId("third")


def two_carriers(telco: Trunk | None = None) -> CallingCentre:
    """ANNA, and two trunks for every number; the second one wants it otherwise."""
    trunks = (telco or a_trunk(), a_trunk(SPARE, caller_number="88880000"))
    routes = (Route(pattern="X.", trunks=(TELCO, SPARE)),)
    centre = CallingCentre(msgspec.structs.replace(a_routing(), trunks=trunks, routes=routes))
    centre.signs_in(ANNA, ready=False)
    return centre


def dialling(centre: CallingCentre, number: str = NUMBER) -> CallPlaced:
    call = centre.calls_out(ANNA, number, SALES)
    centre.device_answers(call)
    return call


def dials(centre: CallingCentre) -> list[tuple[str, str]]:
    return [(c.leg, c.trunk) for c in centre.commands if isinstance(c, DialOut)]


def test_a_carrier_that_does_not_take_it_is_followed_by_the_next() -> None:
    centre = two_carriers()
    call = dialling(centre)
    # When the first carrier has no channel
    events = centre.other_ends(call, LegCause.TRUNK_FAILED)
    # Then the same call goes out over the second, and that is a fact
    anew = only(events, CallRerouted)
    assert (anew.former_trunk, anew.trunk, anew.caller_number) == (TELCO, SPARE, "88880000")
    assert centre.phase(call.contact) is Phase.DIALLING
    assert dials(centre) == [(call.leg, TELCO), (f"{call.leg}.2", SPARE)]
    # And who is called there picks up
    answered = centre.say(LegAnswered(at=at(centre.now), leg=anew.leg))
    only(answered, CallAnswered)
    assert centre.contact(call.contact).leg == anew.leg
    assert centre.contact(call.contact).trunk == SPARE


@pytest.mark.parametrize(
    "cause", [LegCause.BUSY, LegCause.REJECTED, LegCause.NO_ANSWER, LegCause.UNREACHABLE]
)
def test_what_the_callee_says_is_the_end_of_it(cause: LegCause) -> None:
    centre = two_carriers()
    events = centre.other_ends(dialling(centre), cause)
    assert only(events, ContactEnded).cause is cause
    assert len(dials(centre)) == 1


def test_when_no_trunk_is_left_the_call_is_over() -> None:
    centre = two_carriers()
    call = dialling(centre)
    anew = only(centre.other_ends(call, LegCause.TRUNK_FAILED), CallRerouted)
    failed = LegEnded(at=at(centre.now), leg=anew.leg, cause=LegCause.TRUNK_FAILED)
    assert only(centre.say(failed), ContactEnded).cause is LegCause.TRUNK_FAILED
    assert len(dials(centre)) == 2


def test_a_trunk_that_is_away_is_tried_after_one_that_is_there() -> None:
    centre = two_carriers()
    centre.say(TrunkSeen(at=at(0), trunk=TELCO, is_up=False, why="unreachable"))
    call = dialling(centre)
    assert call.trunk == SPARE
    assert only(centre.other_ends(call, LegCause.TRUNK_FAILED), CallRerouted).trunk == TELCO


def test_the_new_try_has_the_whole_ringing_time() -> None:
    centre = two_carriers()
    call = dialling(centre)
    centre.wait(8)
    only(centre.other_ends(call, LegCause.TRUNK_FAILED), CallRerouted)
    assert centre.wait(44) == []
    assert only(centre.wait(1), ContactEnded).cause is LegCause.NO_ANSWER


def test_an_agent_who_thinks_better_of_it_is_called_no_further() -> None:
    centre = two_carriers()
    call = dialling(centre)
    centre.other_ends(call, LegCause.TRUNK_FAILED)
    only(centre.own_ends(call), ContactEnded)
    assert centre.state.legs == {}


def test_a_channel_is_held_on_the_trunk_that_is_tried_now() -> None:
    centre = two_carriers(a_trunk(channels=1))
    centre.signs_in(BEN, ready=False)
    call = dialling(centre)
    centre.other_ends(call, LegCause.TRUNK_FAILED)
    # The first trunk's only channel is free again
    assert centre.calls_out(BEN, NUMBER).trunk == TELCO


def test_a_snapshot_between_two_tries_goes_on_as_the_engine_does() -> None:
    centre = two_carriers()
    call = dialling(centre)
    anew = only(centre.other_ends(call, LegCause.TRUNK_FAILED), CallRerouted)
    again = thawed(frozen(centre.state))
    assert again == centre.state
    assert again.calls[call.contact].tried == (TELCO,)
    assert anew.leg in again.legs


def test_a_callback_goes_out_over_the_next_trunk_too() -> None:
    trunks = (a_trunk(), a_trunk(SPARE))
    centre = owed(trunks=trunks, routes=(Route(pattern="X.", trunks=(TELCO, SPARE)),))
    centre.signs_in(ANNA)
    offer = centre.facts(OfferMade)[-1]
    taken = OfferTaken(at=at(centre.now), agent=ANNA, offer=offer.offer)
    call = only(centre.say(taken), CallPlaced)
    centre.device_answers(call)
    anew = only(centre.other_ends(call, LegCause.TRUNK_FAILED), CallRerouted)
    assert (anew.leg, anew.trunk) == (f"{call.leg}.2", SPARE)


# --- parties


def conferring() -> PartyCentre:
    """ANNA talks to a customer; two carriers lead outside."""
    centre = anna_talks()
    routing = msgspec.structs.replace(
        centre.state.routing,
        version=2,
        trunks=(a_trunk(), a_trunk(SPARE)),
        routes=(Route(pattern="X.", trunks=(TELCO, SPARE)),),
    )
    centre.publishes(routing)
    return centre


def fails(centre: PartyCentre, leg: LegId) -> list[Event]:
    ended = LegEnded(at=at(centre.now), leg=leg, cause=LegCause.TRUNK_FAILED)
    return centre.say(ended)


def parties(commands: list[Command]) -> list[str]:
    return [command.trunk for command in commands if isinstance(command, CallParty)]


def test_who_is_consulted_outside_is_called_over_the_next_trunk() -> None:
    centre = conferring()
    first = only(centre.consults(FRIEND), PartyAsked)
    events = fails(centre, first.leg)
    # Then both tries are facts, and the agent still waits aside
    assert only(events, PartyLeft).cause is LegCause.TRUNK_FAILED
    anew = only(events, PartyAsked)
    assert (anew.trunk, anew.tried) == (SPARE, (TELCO,))
    assert parties(centre.commands) == [TELCO, SPARE]
    assert centre.contact("c1").talk is Talk.ASIDE
    # And when that fails too, the agent is back with the customer
    last = fails(centre, anew.leg)
    assert not [event for event in last if isinstance(event, PartyAsked)]
    assert centre.contact("c1").talk is Talk.PLAIN


def test_who_is_handed_on_outside_is_called_over_the_next_trunk() -> None:
    centre = conferring()
    first = only(centre.sends_outside(), PartyAsked)
    anew = only(fails(centre, first.leg), PartyAsked)
    assert (anew.trunk, anew.by) == (SPARE, ANNA)
    assert centre.phase("c1") is Phase.OUTSIDE


def test_without_a_channel_nobody_outside_is_called_and_that_is_counted() -> None:
    centre = conferring()
    full = (a_trunk(channels=1),)
    routes = (Route(pattern="X.", trunks=(TELCO,)),)
    routing = msgspec.structs.replace(centre.state.routing, version=3, trunks=full, routes=routes)
    centre.publishes(routing)
    centre.state.contacts[ContactId("c1")].trunk = TELCO
    for events in (centre.consults(FRIEND), centre.invites(FRIEND), centre.sends_outside()):
        (blocked,) = events
        assert isinstance(blocked, ContactBlocked)
        assert (blocked.why, blocked.trunk) == (BlockedWhy.NO_CHANNEL, TELCO)
        assert blocked.agent == ANNA
        centre.wait(1)
    # And the conversation is as it was
    assert (centre.phase("c1"), centre.contact("c1").talk) == (Phase.TALKING, Talk.PLAIN)
