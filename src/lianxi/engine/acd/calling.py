"""Agents call: a number outside, or a colleague. What they chose before holds afterwards.

First the agent's own device, so that nobody outside picks up and hears silence; then the other
side, with the agent listening. Nobody stands in line for it and nobody misses anything: it is no
offer.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import callbacks, outward_recording
from lianxi.engine.acd.ending import end
from lianxi.engine.acd.party_sides import can_be_rung
from lianxi.engine.acd.trunks import blocked_out, outside
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallAsked,
    CallDialled,
    CallPlaced,
    CallProgressed,
    CallRerouted,
    ColleagueCallAsked,
)
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.inputs import JoinFailed, LegAnswered, LegEnded, LegJoined, LegRinging
from lianxi.engine.messages.values import Channel, LegCause, Party, Phase
from lianxi.engine.outward import PlacedCall
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, Endpoint, LegId, QueueId, TrunkId
from lianxi.kernel.time import Instant, Millis, after

CHANNEL_CALLBACK: Final = Channel.CALLBACK
CHANNEL_INTERNAL: Final = Channel.INTERNAL
CHANNEL_OUTBOUND: Final = Channel.OUTBOUND
LEG_CAUSE_BUSY: Final = LegCause.BUSY
LEG_CAUSE_FAILED: Final = LegCause.FAILED
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
LEG_CAUSE_NO_ANSWER: Final = LegCause.NO_ANSWER
LEG_CAUSE_TRUNK_FAILED: Final = LegCause.TRUNK_FAILED
PARTY_AGENT: Final = Party.AGENT
PARTY_CUSTOMER: Final = Party.CUSTOMER
PARTY_SYSTEM: Final = Party.SYSTEM
PHASE_DIALLING: Final = Phase.DIALLING

DEVICE_WITHIN: Final = Millis(20_000)
"""An own telephone may ring so long until its agent picks it up; a browser needs a moment."""

OWN_DOING: Final = (LegCause.NORMAL, LegCause.NO_ANSWER, LegCause.REJECTED)
"""How an own device ends that was there: its agent thought better of it."""

Told = LegRinging | LegAnswered | LegJoined | LegEnded | JoinFailed


@decides(CallAsked)
def asked(given: CallAsked, state: State) -> Iterator[Event]:
    """A number outside: the way there, then the agent's device. Without a way it is counted."""
    number = f"c{state.number('call')}"
    contact = ContactId(f"out-{number}")
    wanted = caller_number(given.queue, state)
    found = outside(given.number, wanted, state)
    if found is None:
        yield blocked_out(given.agent, given.number, wanted, state, given.at, given.agent)
        return
    agent = state.agents[given.agent]
    leg = LegId(f"to-{contact}")
    yield ContactBegan(
        at=given.at,
        contact=contact,
        leg=leg,
        channel=CHANNEL_OUTBOUND,
        dialled=found.caller,
        caller=given.number,
        caller_name="",
        recording="",
        trunk=found.trunk,
    )
    yield CallPlaced(
        at=given.at,
        contact=contact,
        agent=agent.id,
        agent_leg=LegId(f"leg-{number}"),
        endpoint=agent.endpoint,
        leg=leg,
        number=given.number,
        caller_number=found.caller,
        caller_name="",
        dialled=found.number,
        trunk=found.trunk,
        queue=given.queue,
        to=None,
        ring=state.routing.calling.ring,
        device_by=after(given.at, DEVICE_WITHIN),
    )


@decides(ColleagueCallAsked)
def asked_for_colleague(given: ColleagueCallAsked, state: State) -> Iterator[Event]:
    """A colleague: on the devices of both, over no trunk."""
    agent, other = state.agents[given.agent], state.agents[given.to]
    number = f"c{state.number('call')}"
    contact = ContactId(f"int-{number}")
    leg = LegId(f"to-{contact}")
    yield ContactBegan(
        at=given.at,
        contact=contact,
        leg=leg,
        channel=CHANNEL_INTERNAL,
        dialled=other.no,
        caller=agent.no,
        caller_name=agent.name,
        recording="",
    )
    yield CallPlaced(
        at=given.at,
        contact=contact,
        agent=agent.id,
        agent_leg=LegId(f"leg-{number}"),
        endpoint=agent.endpoint,
        leg=leg,
        number=other.no,
        caller_number=agent.no,
        caller_name=agent.name,
        dialled=other.no,
        trunk=TrunkId(""),
        queue=None,
        to=other.id,
        ring=state.routing.calling.ring,
        device_by=after(given.at, DEVICE_WITHIN),
    )


def caller_number(queue_id: QueueId | None, state: State) -> str:
    """The number to be shown: the queue's, else the centre's; empty = the trunk's own business."""
    queue = state.queue(queue_id) if queue_id is not None else None
    own = queue.caller_number if queue is not None else ""
    return own or state.routing.calling.caller_number


def about_leg(given: Told, contact: Contact, state: State) -> Iterator[Event]:
    """The switch speaks about one of the two legs of a call."""
    call = state.calls[contact.id]
    match given:
        case LegRinging() if given.leg == call.leg:
            yield from _rings(call, contact, given.at)
        case LegAnswered() if given.leg == call.leg:
            yield from _answered(call, contact, state, given.at)
        case LegAnswered():
            yield from _device_there(call, contact, state, given.at)
        case JoinFailed():
            yield from end(contact, state, given.at, by=PARTY_SYSTEM, cause=LEG_CAUSE_FAILED)
        case LegEnded() if given.leg == call.leg:
            again = None
            if given.cause is LEG_CAUSE_TRUNK_FAILED:
                again = _rerouted(call, contact, state, given.at)
            if again is not None:
                yield again
                return
            yield from unreached(contact, state, given.at, by=PARTY_CUSTOMER, cause=given.cause)
        case LegEnded():
            own = given.cause in OWN_DOING
            by = PARTY_AGENT if own else PARTY_SYSTEM
            cause = LEG_CAUSE_NORMAL if own else LEG_CAUSE_FAILED
            yield from end(contact, state, given.at, by=by, cause=cause)


def _rerouted(call: PlacedCall, contact: Contact, state: State, at: Instant) -> CallRerouted | None:
    """Over the next trunk; `None` = there is none, or it is no call to a number."""
    if not call.is_dialled or call.to is not None or contact.phase is not PHASE_DIALLING:
        return None
    tried = (*call.tried, call.trunk)
    way = outside(contact.caller, caller_number(contact.queue, state), state, tried)
    if way is None or contact.agent_leg is None:
        return None
    return CallRerouted(
        at=at,
        contact=contact.id,
        agent=call.agent,
        agent_leg=contact.agent_leg,
        former_leg=call.leg,
        former_trunk=call.trunk,
        leg=LegId(f"to-{contact.id}.{len(tried) + 1}"),
        trunk=way.trunk,
        dialled=way.number,
        caller_number=way.caller,
        until=after(at, call.ring),
    )


def _rings(call: PlacedCall, contact: Contact, at: Instant) -> Iterator[Event]:
    if contact.phase is PHASE_DIALLING and not call.rang:
        yield CallProgressed(at=at, contact=contact.id, agent=call.agent, leg=call.leg)


def _answered(call: PlacedCall, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    if contact.phase is not PHASE_DIALLING or contact.agent_leg is None:
        return
    yield CallAnswered(
        at=at,
        contact=contact.id,
        agent=call.agent,
        agent_leg=contact.agent_leg,
        leg=call.leg,
        queue=contact.queue,
        to=call.to,
    )
    if call.to is None:
        yield from outward_recording.begin(contact, state, at)


def _device_there(call: PlacedCall, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The agent listens: now the other side. A colleague may have become busy meanwhile."""
    if call.is_dialled or contact.phase is not PHASE_DIALLING or contact.agent_leg is None:
        return
    endpoint = Endpoint("")
    if call.to is not None:
        other = state.agents.get(call.to)
        if other is None or not can_be_rung(other, state):
            yield from end(contact, state, at, by=PARTY_CUSTOMER, cause=LEG_CAUSE_BUSY)
            return
        endpoint = other.endpoint
    yield CallDialled(
        at=at,
        contact=contact.id,
        agent=call.agent,
        agent_leg=contact.agent_leg,
        leg=call.leg,
        dialled=call.dialled,
        caller_number=call.caller_number,
        caller_name=call.caller_name,
        trunk=call.trunk,
        to=call.to,
        endpoint=endpoint,
        until=after(at, call.ring),
    )


def hang_up(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """One of the two says it is over, on the way or while they talk."""
    yield from end(contact, state, at, by=PARTY_AGENT, cause=LEG_CAUSE_NORMAL)


@deadline("call")
def out_of_time(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The own device was not there, or nobody answered."""
    call = state.calls[ContactId(key)]
    contact = state.contacts[call.contact]
    cause = LEG_CAUSE_NO_ANSWER if call.is_dialled else LEG_CAUSE_FAILED
    yield from unreached(contact, state, at, by=PARTY_SYSTEM, cause=cause)


def unreached(
    contact: Contact, state: State, at: Instant, *, by: Party, cause: LegCause
) -> Iterator[Event]:
    """Nobody picked up there; who is owed a call is called again later."""
    yield from end(contact, state, at, by=by, cause=cause)
    if contact.channel is CHANNEL_CALLBACK:
        yield from callbacks.again(contact, state, at)
