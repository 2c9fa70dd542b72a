"""How events about contacts, queues and offers become fact rows.

Each event is taken as it comes: those of one instant may stand in any order. An event about a
contact nobody began (the journal was cut) changes nothing.
"""

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages import holding as h
from lianxi.engine.messages import monitoring as m
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import (
    Channel,
    EntryOutcome,
    FlowEnd,
    LegCause,
    OfferOutcome,
    Party,
    RecordingPolicy,
)
from lianxi.kernel.time import Instant, Millis, between
from lianxi.projections import fold_segments as segments
from lianxi.projections.memory import Memory
from lianxi.projections.models import (
    FactContact,
    FactOffer,
    FactQueueEntry,
    SegmentKind,
)
from lianxi.projections.outcomes import (
    DIRECTION_OF,
    ContactOutcome,
    Direction,
    outcome_of_call,
)

WRAP_UP = (SegmentKind.WRAP_UP,)
SERVED = (FlowEnd.HANG_UP_NODE, FlowEnd.RETURNED)
"""Ends of a flow that has done its work; a caller's hang-up in a menu is none."""


def fold_contact(event: Event, position: int, memory: Memory) -> None:
    """Begin and end of contacts."""
    match event:
        case e.ContactBegan() if event.contact not in memory.contacts:
            memory.add(_begun(event, position))
        case e.FallbackCounted() if event.contact not in memory.contacts:
            memory.add(_fallback(event, position))
        case e.ContactEnded() if contact := memory.contacts.get(event.contact):
            contact.ended_at = event.at
            contact.ended_by = event.by
            contact.cause = event.cause
            contact.flow_end = event.flow_end
            contact.outcome = outcome_of(contact)
            contact.was_contained = _was_contained(contact)
            if event.by is Party.CUSTOMER:
                _hang_up(event, memory)
            segments.close(event.contact, event.at, memory)
            for entry in memory.entries_of.get(event.contact, ()):
                entry.contact_ended = True
        case e.RecordingFailed() if contact := memory.contacts.get(event.contact):
            contact.recording_problem = event.code
        case _:
            pass


def _hang_up(event: e.ContactEnded, memory: Memory) -> None:
    """The last stretch of the conversation, open or ended at this very moment, is the one in which
    the customer hung up."""
    ends = [
        one
        for one in memory.segments_of.get(event.contact, ())
        if one.kind in segments.CONVERSATION and one.ended_at in (None, event.at)
    ]
    for last in ends[-1:]:
        last.hung_up = True


def _begun(event: e.ContactBegan, position: int) -> FactContact:
    """A line of ours is answered as the call reaches us; one that we call rings first."""
    is_answered = event.leg != "" and event.channel not in DIRECTION_OF
    return FactContact(
        contact=event.contact,
        arrived_at=event.at,
        channel=event.channel,
        direction=DIRECTION_OF.get(event.channel, Direction.INBOUND),
        number=event.dialled,
        caller=event.caller,
        caller_name=event.caller_name,
        recording=event.recording,
        line_answered_at=event.at if is_answered else None,
        ring_ms=Millis(0) if is_answered else None,
        trunk=event.trunk,
        position=position,
    )


def _fallback(event: e.FallbackCounted, position: int) -> FactContact:
    when = Instant(event.happened_at)
    return FactContact(
        contact=event.contact,
        arrived_at=when,
        channel=Channel.VOICE,
        number=event.dialled,
        caller=event.caller,
        ended_at=when,
        ended_by=Party.SYSTEM,
        cause=LegCause.NORMAL,
        outcome=ContactOutcome.SYSTEM,
        position=position,
    )


def outcome_of(contact: FactContact) -> ContactOutcome:
    """The outcome of a contact that has ended."""
    if contact.answered_at is not None:
        return ContactOutcome.ANSWERED
    if contact.channel is Channel.CALLBACK and contact.last_agent is not None:
        return outcome_of_call(contact.ended_by, contact.cause)
    if contact.direction is not Direction.INBOUND and contact.last_entry is None:
        return outcome_of_call(contact.ended_by, contact.cause)
    if contact.first_queue is None:
        by_flow = contact.ended_by is Party.CUSTOMER or contact.flow_end is not None
        return ContactOutcome.FLOW_ENDED if by_flow else ContactOutcome.SYSTEM
    if contact.ended_by is Party.CUSTOMER:
        return ContactOutcome.ABANDONED
    return ContactOutcome.SYSTEM


def _was_contained(contact: FactContact) -> bool:
    """Nobody was asked for: the flow did what there was to do, and ended it."""
    return (
        contact.direction is Direction.INBOUND
        and contact.flow is not None
        and contact.first_queue is None
        and contact.flow_end in SERVED
    )


def fold_queueing(event: Event, memory: Memory) -> None:
    """Stays in queues and offers to agents."""
    match event:
        case e.ContactQueued() if contact := memory.contacts.get(event.contact):
            _enter_queue(contact, event, memory)
        case e.EntryEnded() if entry := memory.entries.get(event.entry):
            entry.left_at = event.at if entry.left_at is None else entry.left_at
            entry.how = event.outcome
            entry.waited_ms = between(entry.entered_at, entry.left_at)
            entry.ringing = event.ringing and event.outcome is not EntryOutcome.ANSWERED
        case e.OfferMade() if event.offer not in memory.offers:
            _offer(event, memory)
        case e.OfferRang() if offer := memory.offers.get(event.offer):
            offer.rang_at = event.at if offer.rang_at is None else offer.rang_at
        case e.OfferAccepted() if offer := memory.offers.get(event.offer):
            offer.accepted_at = event.at
            if entry := memory.entries.get(offer.entry):
                entry.picked_up_at = event.at
        case e.OfferEnded() if offer := memory.offers.get(event.offer):
            offer.ended_at = event.at
            offer.outcome = event.outcome


def _offer(event: e.OfferMade, memory: Memory) -> None:
    offer = memory.add(
        FactOffer(
            offer=event.offer,
            contact=event.contact,
            entry=event.entry,
            queue=event.queue,
            agent=event.agent,
            team=memory.team_of(event.agent),
            made_at=event.at,
        )
    )
    if contact := memory.contacts.get(event.contact):
        contact.offers += 1
        offer.direction, offer.channel = contact.direction, contact.channel
        offer.number = contact.number
    if (entry := memory.entries.get(event.entry)) and entry.reserved_at is None:
        entry.reserved_at = event.at
        if event.at == entry.entered_at:
            entry.first_without_agent = False


def _enter_queue(contact: FactContact, event: e.ContactQueued, memory: Memory) -> None:
    contact.first_queue = contact.first_queue or event.queue
    contact.last_queue = event.queue
    contact.last_entry = event.entry
    segments.close(contact.contact, event.at, memory)
    if contact.direction is Direction.OUTBOUND and contact.line_answered_at is None:
        contact.line_answered_at = contact.arrived_at  # by a person whom a campaign called
    if event.entry in memory.entries:
        return
    queue = memory.queues.get(event.queue)
    memory.add(
        FactQueueEntry(
            entry=event.entry,
            contact=event.contact,
            direction=contact.direction,
            channel=contact.channel,
            number=contact.number,
            queue=event.queue,
            entered_at=event.at,
            since=event.since,
            recovered=event.recovered,
            # Until an agent is held at this very moment.
            first_without_agent=not event.recovered
            and not any(
                one.first_without_agent for one in memory.entries_of.get(event.contact, ())
            ),
            answer_within_ms=queue.answer_within_ms if queue else Millis(20_000),
            short_abandon_ms=queue.short_abandon_ms if queue else Millis(20_000),
        )
    )


def fold_conversation(event: Event, memory: Memory) -> None:
    """Segments of talk, hold, recovery and wrap-up."""
    match event:
        case e.ContactConnected() if contact := memory.contacts.get(event.contact):
            _connect(contact, event, memory)
        case h.ContactHeld():
            segments.turn(event.contact, SegmentKind.HOLD, event.at, memory)
        case h.ContactResumed() | e.AgentLegRestored():
            segments.turn(event.contact, SegmentKind.TALK, event.at, memory)
        case e.AgentLegLost():
            segments.turn(event.contact, SegmentKind.RECOVERING, event.at, memory)
        case m.MonitorTakenOver() if contact := memory.contacts.get(event.contact):
            contact.last_agent = event.by
            segments.turn(event.contact, SegmentKind.TALK, event.at, memory, agent=event.by)
        case a.WrapUpBegan() if contact := memory.contacts.get(event.contact):
            _begin_wrap_up(contact, event, memory)
        case a.WrapUpDrafted() if contact := memory.contacts.get(event.contact):
            contact.disposition = event.disposition
            contact.note = event.note
        case a.WrapUpEnded():
            segments.end(event.contact, event.agent, WRAP_UP, event.at, memory)
            if contact := memory.contacts.get(event.contact):
                contact.disposition = event.disposition
                contact.note = event.note


def _connect(contact: FactContact, event: e.ContactConnected, memory: Memory) -> None:
    if contact.answered_at is None:
        contact.answered_at = event.at
        queue = memory.queues.get(event.queue)
        contact.recording_policy = queue.recording_policy if queue else RecordingPolicy.ALL
    contact.last_agent = event.agent
    contact.last_entry = event.entry
    if entry := memory.entries.get(event.entry):
        entry.agent = event.agent
        entry.team = memory.team_of(event.agent)
        if entry.how is None:
            entry.left_at = event.at
            entry.how = EntryOutcome.ANSWERED
            entry.waited_ms = between(entry.entered_at, event.at)
    if (offer := memory.offers.get(event.offer)) and offer.ended_at is None:
        offer.ended_at = event.at
        offer.outcome = OfferOutcome.ANSWERED
    segments.begin(
        contact,
        SegmentKind.TALK,
        entry=event.entry,
        queue=event.queue,
        agent=event.agent,
        at=event.at,
        memory=memory,
    )


def _begin_wrap_up(contact: FactContact, event: a.WrapUpBegan, memory: Memory) -> None:
    segments.end(event.contact, event.agent, segments.CONVERSATION, event.at, memory)
    if contact.last_entry is not None:
        segments.begin(
            contact,
            SegmentKind.WRAP_UP,
            entry=contact.last_entry,
            queue=event.queue,
            agent=event.agent,
            at=event.at,
            memory=memory,
        )
