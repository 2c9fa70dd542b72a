"""Callers come and go, and the switch itself may vanish with all of them."""

from collections.abc import Iterator

from lianxi.engine.acd import offering, waiting
from lianxi.engine.acd.ending import end
from lianxi.engine.ivr import interpreter
from lianxi.engine.ivr.moving import leave
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    AgentDeviceChanged,
    ContactBegan,
    FallbackCounted,
    RecordingFailed,
    SwitchChanged,
)
from lianxi.engine.messages.inputs import (
    ContactArrived,
    FallbackSeen,
    RecordingProblem,
    SwitchRestarted,
)
from lianxi.engine.messages.values import (
    EntryOutcome,
    LegCause,
    OfferOutcome,
    Party,
    Phase,
    StepOutcome,
)
from lianxi.engine.state import Contact, State
from lianxi.kernel.time import Instant


def arrived(given: ContactArrived, state: State) -> Iterator[Event]:
    """A new caller: counted, answered, into the flow of the number."""
    yield ContactBegan(
        at=given.at,
        contact=given.contact,
        leg=given.leg,
        channel=given.channel,
        dialled=given.dialled,
        caller=given.caller,
        caller_name=given.caller_name,
        recording=given.recording,
    )
    yield from interpreter.begin(state.contacts[given.contact], state, given.at)


def gone(contact: Contact, cause: LegCause, state: State, at: Instant) -> Iterator[Event]:
    """The customer hung up, wherever the contact was."""
    if contact.phase is Phase.ENDED:
        return
    yield from _unwind(contact, state, at, EntryOutcome.ABANDONED, OfferOutcome.CALLER_GONE)
    yield from end(contact, state, at, by=Party.CUSTOMER, cause=cause)


def switch_restarted(given: SwitchRestarted, state: State) -> Iterator[Event]:
    """A new generation: everything held by the old one ends with that cause, agents are freed."""
    if given.generation == state.generation:
        return
    yield SwitchChanged(at=given.at, generation=given.generation)
    for contact in [c for c in state.contacts.values() if c.phase is not Phase.ENDED]:
        yield from _unwind(contact, state, given.at, EntryOutcome.ENDED, OfferOutcome.SWITCH_LOST)
        yield from end(contact, state, given.at, by=Party.SYSTEM, cause=LegCause.GONE)
    for agent in list(state.agents.values()):
        if agent.registered:
            yield AgentDeviceChanged(at=given.at, agent=agent.id, registered=False)


def fallback_seen(given: FallbackSeen) -> Iterator[Event]:
    """A caller the switch turned away by itself."""
    yield FallbackCounted(
        at=given.at,
        contact=given.contact,
        dialled=given.dialled,
        caller=given.caller,
        happened_at=given.happened_at,
    )


def recording_problem(given: RecordingProblem, state: State) -> Iterator[Event]:
    """Said once per contact and cause."""
    contact = state.contacts.get(given.contact)
    told = state.closed.get(given.contact) if contact is None else contact.recording_problem
    if told != given.code:
        yield RecordingFailed(at=given.at, contact=given.contact, code=given.code)


def _unwind(
    contact: Contact,
    state: State,
    at: Instant,
    entry_outcome: EntryOutcome,
    offer_outcome: OfferOutcome,
) -> Iterator[Event]:
    ringing = contact.offer is not None
    if contact.offer is not None:
        yield from offering.end(state.offers[contact.offer], offer_outcome, state, at)
    if contact.node is not None:
        by_caller = entry_outcome is EntryOutcome.ABANDONED
        yield leave(contact, StepOutcome.CALLER_GONE if by_caller else StepOutcome.ENDED, at)
    yield from waiting.leave(contact, entry_outcome, state, at, ringing=ringing)
