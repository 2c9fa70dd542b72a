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
    LegCause,
    OfferOutcome,
    Party,
    RecordingPolicy,
)
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant, Millis, between
from lianxi.projections.flow_models import FactFlowStep
from lianxi.projections.memory import Memory
from lianxi.projections.models import (
    FactContact,
    FactOffer,
    FactQueueEntry,
    FactSegment,
    SegmentKind,
)
from lianxi.projections.outcomes import (
    DIRECTION_OF,
    ContactOutcome,
    Direction,
    outcome_of_call,
)

CONVERSATION = (SegmentKind.TALK, SegmentKind.HOLD, SegmentKind.RECOVERING)


def fold_contact(event: Event, position: int, memory: Memory) -> None:
    """Begin and end of contacts, and their way through the flow."""
    match event:
        case e.ContactBegan() if event.contact not in memory.contacts:
            memory.add(
                FactContact(
                    contact=event.contact,
                    arrived_at=event.at,
                    channel=event.channel,
                    direction=DIRECTION_OF.get(event.channel, Direction.INBOUND),
                    number=event.dialled,
                    caller=event.caller,
                    caller_name=event.caller_name,
                    recording=event.recording,
                    trunk=event.trunk,
                    position=position,
                )
            )
        case e.FallbackCounted() if event.contact not in memory.contacts:
            memory.add(_fallback(event, position))
        case e.ContactEnded() if contact := memory.contacts.get(event.contact):
            contact.ended_at = event.at
            contact.ended_by = event.by
            contact.cause = event.cause
            contact.flow_end = event.flow_end
            contact.outcome = outcome_of(contact)
            close_segments(event.contact, event.at, memory)
        case e.RecordingFailed() if contact := memory.contacts.get(event.contact):
            contact.recording_problem = event.code
        case e.FlowBegan() if contact := memory.contacts.get(event.contact):
            contact.flow = event.flow
            contact.flow_version = event.version
        case e.StepEntered() if contact := memory.contacts.get(event.contact):
            _enter_step(contact, event, memory)
        case e.StepLeft() if contact := memory.contacts.get(event.contact):
            step = memory.open_step(contact)
            if step is not None:
                step.left_at = event.at
                step.outcome = event.outcome
                step.digit = event.digit
                step.name = event.name
                step.name_en = event.name_en


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


def _enter_step(contact: FactContact, event: e.StepEntered, memory: Memory) -> None:
    if contact.flow is None or contact.flow_version is None:
        return
    contact.flow_steps += 1
    memory.add(
        FactFlowStep(
            contact=contact.contact,
            seq=contact.flow_steps,
            flow=event.flow or contact.flow,
            version=event.version if event.flow else contact.flow_version,
            node=event.node,
            entered_at=event.at,
        )
    )


def outcome_of(contact: FactContact) -> ContactOutcome:
    """The outcome of a contact that has ended."""
    if contact.answered_at is not None:
        return ContactOutcome.ANSWERED
    if contact.direction is not Direction.INBOUND and contact.last_entry is None:
        return outcome_of_call(contact.ended_by, contact.cause)
    if contact.first_queue is None:
        by_flow = contact.ended_by is Party.CUSTOMER or contact.flow_end is not None
        return ContactOutcome.FLOW_ENDED if by_flow else ContactOutcome.SYSTEM
    if contact.ended_by is Party.CUSTOMER:
        return ContactOutcome.ABANDONED
    return ContactOutcome.SYSTEM


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
            memory.add(
                FactOffer(
                    offer=event.offer,
                    contact=event.contact,
                    entry=event.entry,
                    queue=event.queue,
                    agent=event.agent,
                    made_at=event.at,
                )
            )
            if contact := memory.contacts.get(event.contact):
                contact.offers += 1
        case e.OfferRang() if offer := memory.offers.get(event.offer):
            offer.rang_at = event.at if offer.rang_at is None else offer.rang_at
        case e.OfferAccepted() if offer := memory.offers.get(event.offer):
            offer.accepted_at = event.at
        case e.OfferEnded() if offer := memory.offers.get(event.offer):
            offer.ended_at = event.at
            offer.outcome = event.outcome


def _enter_queue(contact: FactContact, event: e.ContactQueued, memory: Memory) -> None:
    contact.first_queue = contact.first_queue or event.queue
    contact.last_queue = event.queue
    contact.last_entry = event.entry
    close_segments(contact.contact, event.at, memory)
    if event.entry in memory.entries:
        return
    queue = memory.queues.get(event.queue)
    memory.add(
        FactQueueEntry(
            entry=event.entry,
            contact=event.contact,
            queue=event.queue,
            entered_at=event.at,
            since=event.since,
            recovered=event.recovered,
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
            _turn(event.contact, SegmentKind.HOLD, event.at, memory)
        case h.ContactResumed() | e.AgentLegRestored():
            _turn(event.contact, SegmentKind.TALK, event.at, memory)
        case e.AgentLegLost():
            _turn(event.contact, SegmentKind.RECOVERING, event.at, memory)
        case m.MonitorTakenOver() if contact := memory.contacts.get(event.contact):
            contact.last_agent = event.by
            _turn(event.contact, SegmentKind.TALK, event.at, memory, agent=event.by)
        case a.WrapUpBegan() if contact := memory.contacts.get(event.contact):
            _begin_wrap_up(contact, event, memory)
        case a.WrapUpDrafted() if contact := memory.contacts.get(event.contact):
            contact.disposition = event.disposition
            contact.note = event.note
        case a.WrapUpEnded():
            for segment in memory.open_segments(event.contact):
                if segment.kind is SegmentKind.WRAP_UP and segment.agent == event.agent:
                    segment.ended_at = _not_before(segment, event.at)
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
        if entry.how is None:
            entry.left_at = event.at
            entry.how = EntryOutcome.ANSWERED
            entry.waited_ms = between(entry.entered_at, event.at)
    if (offer := memory.offers.get(event.offer)) and offer.ended_at is None:
        offer.ended_at = event.at
        offer.outcome = OfferOutcome.ANSWERED
    _open(contact, SegmentKind.TALK, event, memory)


def _begin_wrap_up(contact: FactContact, event: a.WrapUpBegan, memory: Memory) -> None:
    for segment in memory.open_segments(event.contact):
        if segment.agent == event.agent and segment.kind in CONVERSATION:
            segment.ended_at = _not_before(segment, event.at)
    if contact.last_entry is not None:
        _open(contact, SegmentKind.WRAP_UP, event, memory)


def _open(
    contact: FactContact,
    kind: SegmentKind,
    event: e.ContactConnected | a.WrapUpBegan,
    memory: Memory,
) -> None:
    assert contact.last_entry is not None
    contact.segments += 1
    memory.add(
        FactSegment(
            segment=f"{contact.contact}-{contact.segments}",
            contact=contact.contact,
            entry=contact.last_entry,
            queue=event.queue,
            agent=event.agent,
            kind=kind,
            began_at=event.at,
        )
    )


def _turn(
    contact_id: ContactId,
    kind: SegmentKind,
    at: Instant,
    memory: Memory,
    *,
    agent: AgentId | None = None,
) -> None:
    """The conversation goes on as something else, or with somebody else: one segment ends, the next
    begins."""
    contact = memory.contacts.get(contact_id)
    for segment in memory.open_segments(contact_id):
        goes_on = segment.kind is kind and agent is None
        if contact is None or segment.kind not in CONVERSATION or goes_on:
            continue
        segment.ended_at = _not_before(segment, at)
        contact.segments += 1
        memory.add(
            FactSegment(
                segment=f"{contact_id}-{contact.segments}",
                contact=contact_id,
                entry=segment.entry,
                queue=segment.queue,
                agent=agent or segment.agent,
                kind=kind,
                began_at=segment.ended_at,
            )
        )


def close_segments(contact: ContactId, at: Instant, memory: Memory) -> None:
    """The conversation is over; wrap-up may go on."""
    for segment in memory.open_segments(contact):
        if segment.kind in CONVERSATION:
            segment.ended_at = _not_before(segment, at)


def _not_before(segment: FactSegment, at: Instant) -> Instant:
    """A clock that was set back makes a segment empty, never negative."""
    return max(segment.began_at, at)
