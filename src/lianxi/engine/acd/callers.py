"""Callers come and go, and the switch itself may vanish with all of them."""

from collections.abc import Iterator
from typing import Final

import msgspec

from lianxi.engine.acd import monitoring, offering, overflowing, waiting
from lianxi.engine.acd.ending import end, unpause
from lianxi.engine.acd.trunks import turned_away
from lianxi.engine.deciding import decides
from lianxi.engine.ivr import interpreter
from lianxi.engine.ivr.moving import leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_events import AgentDeviceChanged
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactBegan,
    FallbackCounted,
    RecordingFailed,
    RoutingChanged,
    SwitchChanged,
)
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    FallbackSeen,
    RecordingProblem,
    RoutingPublished,
    SwitchRestarted,
)
from lianxi.engine.messages.pausing import OF_A_PAUSE, PAUSE_FAILED
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import (
    EntryOutcome,
    LegCause,
    OfferOutcome,
    Party,
    Phase,
    StepOutcome,
)
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

ENTRY_OUTCOME_ABANDONED: Final = EntryOutcome.ABANDONED
ENTRY_OUTCOME_ENDED: Final = EntryOutcome.ENDED
LEG_CAUSE_GONE: Final = LegCause.GONE
OFFER_OUTCOME_CALLER_GONE: Final = OfferOutcome.CALLER_GONE
OFFER_OUTCOME_SWITCH_LOST: Final = OfferOutcome.SWITCH_LOST
PARTY_CUSTOMER: Final = Party.CUSTOMER
PARTY_SYSTEM: Final = Party.SYSTEM
PHASE_ENDED: Final = Phase.ENDED


@decides(ContactArrived)
def arrived(given: ContactArrived, state: State) -> Iterator[Event]:
    """A new caller: counted, answered, into the flow or the queue of the number."""
    if state.is_known(given.contact):
        return
    blocked = turned_away(given, state) if given.trunk else None
    if blocked is not None:
        yield blocked
        return
    began = ContactBegan(
        at=given.at,
        contact=given.contact,
        leg=given.leg,
        channel=given.channel,
        dialled=given.dialled,
        caller=given.caller,
        caller_name=given.caller_name,
        recording=given.recording,
    )
    if given.priority or given.needs or given.wanted is not None or given.trunk:
        began = msgspec.structs.replace(
            began,
            priority=given.priority,
            needs=given.needs,
            wanted=given.wanted,
            trunk=given.trunk,
        )
    yield began
    contact = state.contacts[given.contact]
    rule = state.floor.numbers.get(given.dialled)
    queue = state.floor.queues.get(rule.queue) if rule is not None and rule.queue else None
    if queue is not None:
        yield from overflowing.enter(contact, queue, INTO, state, given.at)
    else:
        yield from interpreter.begin(contact, state, given.at)


INTO = Destination()
"""Nothing but the queue."""


@decides(RoutingPublished)
def published(given: RoutingPublished, state: State) -> Iterator[Event]:
    """A new configuration, swapped at once; nobody is left in a queue that is no more."""
    if given.routing != state.routing:
        yield RoutingChanged(at=given.at, routing=given.routing)
        yield from overflowing.turn_away_stranded(state, given.at)


@decides(ContactGone)
def gone(given: ContactGone, state: State) -> Iterator[Event]:
    """The customer hung up, wherever the contact was."""
    contact, at = state.contacts.get(given.contact), given.at
    if contact is None or contact.phase is PHASE_ENDED:
        return
    if contact.entry is not None or contact.node is not None or contact.offers:
        yield from _unwind(contact, state, at, ENTRY_OUTCOME_ABANDONED, OFFER_OUTCOME_CALLER_GONE)
    yield from end(contact, state, at, by=PARTY_CUSTOMER, cause=given.cause)


@decides(SwitchRestarted)
def switch_restarted(given: SwitchRestarted, state: State) -> Iterator[Event]:
    """A new generation: everything held by the old one ends with that cause, agents are freed."""
    if given.generation == state.generation:
        return
    yield SwitchChanged(at=given.at, generation=given.generation)
    for contact in [c for c in state.contacts.values() if c.phase is not PHASE_ENDED]:
        if not contact.has_media:
            continue
        yield from _unwind(contact, state, given.at, ENTRY_OUTCOME_ENDED, OFFER_OUTCOME_SWITCH_LOST)
        yield from end(contact, state, given.at, by=PARTY_SYSTEM, cause=LEG_CAUSE_GONE)
    yield from monitoring.end_all(state, given.at)
    for agent in list(state.agents.values()):
        if agent.registered:
            yield AgentDeviceChanged(at=given.at, agent=agent.id, registered=False)


@decides(FallbackSeen)
def fallback_seen(given: FallbackSeen, state: State) -> Iterator[Event]:
    """A caller the switch turned away by itself."""
    if state.is_known(given.contact):
        return
    yield FallbackCounted(
        at=given.at,
        contact=given.contact,
        dialled=given.dialled,
        caller=given.caller,
        happened_at=given.happened_at,
    )


@decides(RecordingProblem)
def recording_problem(given: RecordingProblem, state: State) -> Iterator[Event]:
    """Said once per contact and cause."""
    contact = state.contacts.get(given.contact)
    if given.code in OF_A_PAUSE and (contact is None or contact.phase is PHASE_ENDED):
        return
    told = state.closed.get(given.contact) if contact is None else contact.recording_problem
    if told != given.code:
        yield RecordingFailed(at=given.at, contact=given.contact, code=given.code)
    if contact is not None and given.code == PAUSE_FAILED:
        yield from unpause(contact, given.at)


def _unwind(
    contact: Contact,
    state: State,
    at: Instant,
    entry_outcome: EntryOutcome,
    offer_outcome: OfferOutcome,
) -> Iterator[Event]:
    ringing = bool(contact.offers)
    if ringing:
        yield from offering.withdraw(contact, offer_outcome, state, at)
    if contact.node is not None:
        by_caller = entry_outcome is ENTRY_OUTCOME_ABANDONED
        yield leave(contact, StepOutcome.CALLER_GONE if by_caller else StepOutcome.ENDED, at)
    if contact.entry is not None:
        yield waiting.left(contact.entry, entry_outcome, state, at, ringing=ringing)
