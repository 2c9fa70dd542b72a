"""Stretches of agents' work on a contact: how one begins, turns into another, and ends."""

from typing import Final

from lianxi.kernel.ids import AgentId, ContactId, EntryId, QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact, FactSegment, SegmentKind

NO_ENTRY: Final = EntryId("")
"""A call that an agent made stood in no queue."""

CONVERSATION: Final = (
    SegmentKind.TALK,
    SegmentKind.CONFERENCE,
    SegmentKind.HOLD,
    SegmentKind.RECOVERING,
)


def begin(
    contact: FactContact,
    kind: SegmentKind,
    *,
    entry: EntryId,
    queue: QueueId | None,
    agent: AgentId,
    at: Instant,
    memory: Memory,
) -> FactSegment:
    """A stretch begins, also by a clock that was set back not before the agent's last one ended;
    first talks, first holds and first after-call works are marked."""
    former = memory.segments_of.get(contact.contact, ())
    ends = [one.ended_at for one in former if one.agent == agent and one.ended_at is not None]
    alike = [one for one in former if one.kind is kind]
    of_queue = queue or QueueId("")
    contact.segments += 1
    return memory.add(
        FactSegment(
            segment=f"{contact.contact}-{contact.segments}",
            contact=contact.contact,
            direction=contact.direction,
            channel=contact.channel,
            number=contact.number,
            entry=entry,
            queue=of_queue,
            agent=agent,
            team=memory.team_of(agent),
            kind=kind,
            began_at=max([at, *ends]),
            first_of_contact=not alike,
            first_of_queue=all(one.queue != of_queue for one in alike),
            first_of_agent=all(one.agent != agent for one in alike),
        )
    )


def end(
    contact: ContactId,
    agent: AgentId,
    kinds: tuple[SegmentKind, ...],
    at: Instant,
    memory: Memory,
) -> bool:
    """End the agent's open stretches of these kinds. Whether there was one."""
    ended = False
    for segment in memory.open_segments(contact):
        if segment.agent == agent and segment.kind in kinds:
            segment.ended_at = _not_before(segment, at)
            ended = True
    return ended


def turn(
    contact_id: ContactId,
    kind: SegmentKind,
    at: Instant,
    memory: Memory,
    *,
    agent: AgentId | None = None,
) -> None:
    """The conversation goes on as something else, or with somebody else: one stretch ends, the next
    begins."""
    contact = memory.contacts.get(contact_id)
    for segment in memory.open_segments(contact_id):
        goes_on = segment.kind is kind and agent is None
        if contact is None or segment.kind not in CONVERSATION or goes_on:
            continue
        segment.ended_at = _not_before(segment, at)
        begin(
            contact,
            kind,
            entry=segment.entry,
            queue=segment.queue,
            agent=agent or segment.agent,
            at=segment.ended_at,
            memory=memory,
        )


def close(contact: ContactId, at: Instant, memory: Memory) -> None:
    """The conversation is over; wrap-up may go on."""
    for segment in memory.open_segments(contact):
        if segment.kind in CONVERSATION:
            segment.ended_at = _not_before(segment, at)


def undo(contact: FactContact, agent: AgentId, at: Instant, memory: Memory) -> None:
    """There was no talk: what began at this very moment is taken back."""
    for segment in memory.open_segments(contact.contact):
        if segment.agent == agent and _is_talk(segment.kind) and segment.began_at >= at:
            memory.take_back_segment(segment)
            contact.segments -= 1


def _is_talk(kind: SegmentKind) -> bool:
    return kind is SegmentKind.TALK


def _not_before(segment: FactSegment, at: Instant) -> Instant:
    """A clock that was set back makes a segment empty, never negative."""
    return max(segment.began_at, at)
