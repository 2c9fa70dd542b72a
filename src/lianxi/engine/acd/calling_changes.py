"""How facts about calls that agents make change the state."""

from typing import Final

from lianxi.engine.acd.seating import refresh
from lianxi.engine.at_desk import Agent
from lianxi.engine.evolving import changes
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallDialled,
    CallPlaced,
    CallProgressed,
    CallRerouted,
)
from lianxi.engine.messages.values import Activity, Phase
from lianxi.engine.outward import PlacedCall
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant

ACTIVITY_OFFERED: Final = Activity.OFFERED
ACTIVITY_TALKING: Final = Activity.TALKING
PHASE_DIALLING: Final = Phase.DIALLING
PHASE_TALKING: Final = Phase.TALKING


@changes(CallPlaced)
def _(event: CallPlaced, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = PHASE_DIALLING
    contact.agent = event.agent
    contact.agent_leg = event.agent_leg
    contact.queue = event.queue
    # A callback was without media until now.
    contact.leg = event.leg
    contact.has_media = True
    contact.trunk = event.trunk
    state.legs[event.agent_leg] = event.contact
    state.counters["call"] = state.number("call")
    state.calls[event.contact] = PlacedCall(
        contact=event.contact,
        agent=event.agent,
        leg=event.leg,
        to=event.to,
        dialled=event.dialled,
        trunk=event.trunk,
        caller_number=event.caller_number,
        caller_name=event.caller_name,
        ring=event.ring,
        since=event.at,
    )
    state.timers.set(f"call:{event.contact}", event.device_by)
    _occupy(state.agents[event.agent], event.contact, event.at, state)


@changes(CallDialled)
def _(event: CallDialled, state: State) -> None:
    call = state.calls[event.contact]
    call.is_dialled = True
    call.since = event.at
    state.legs[event.leg] = event.contact
    state.timers.set(f"call:{event.contact}", event.until)
    if event.to is not None:
        _occupy(state.agents[event.to], event.contact, event.at, state, ACTIVITY_OFFERED)


@changes(CallRerouted)
def _(event: CallRerouted, state: State) -> None:
    call = state.calls[event.contact]
    state.legs.pop(call.leg, None)
    call.tried = (*call.tried, call.trunk)
    call.leg = event.leg
    call.trunk = event.trunk
    call.dialled = event.dialled
    call.caller_number = event.caller_number
    call.rang = False
    call.since = event.at
    contact = state.contacts[event.contact]
    contact.leg = event.leg
    contact.trunk = event.trunk
    state.legs[event.leg] = event.contact
    state.timers.set(f"call:{event.contact}", event.until)


@changes(CallProgressed)
def _(event: CallProgressed, state: State) -> None:
    state.calls[event.contact].rang = True


@changes(CallAnswered)
def _(event: CallAnswered, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.phase = PHASE_TALKING
    contact.connected_at = event.at
    state.timers.clear(f"call:{event.contact}")
    if event.to is None:
        # From here on it is a conversation with a customer like any other.
        del state.calls[event.contact]
        state.legs.pop(event.leg, None)
    for one in (event.agent, event.to):
        if one is not None:
            agent = state.agents[one]
            agent.activity = ACTIVITY_TALKING
            agent.misses = 0
            agent.busy_since = event.at
            agent.since = event.at


def _occupy(
    agent: Agent,
    contact: ContactId,
    at: Instant,
    state: State,
    activity: Activity = ACTIVITY_TALKING,
) -> None:
    """No offer comes from here on."""
    agent.activity = activity
    agent.contact = contact
    agent.since = at
    agent.busy_since = at
    refresh(agent, state)


def over(contact: ContactId, state: State) -> None:
    """The contact has ended: nothing of its call is left."""
    call = state.calls.pop(contact, None)
    if call is not None:
        state.legs.pop(call.leg, None)
        state.timers.clear(f"call:{contact}")
