"""What narrows the list of records, as conditions on the contact table."""

from sqlalchemy import ColumnElement, func, or_, select

from lianxi.modules.contacts.contracts import RecordFilter
from lianxi.modules.recordings import facade as recordings
from lianxi.projections.models import (
    TALKING,
    DimAgent,
    FactContact,
    FactQueueEntry,
    FactSegment,
)


def conditions(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    """All that must hold for a contact that is wanted; empty = everything is."""
    return [*_of_contact(wanted), *_of_people(wanted), *_of_lengths(wanted)]


def _of_contact(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    """What its own row tells, and its recording."""
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(FactContact.arrived_at >= wanted.since)
    if wanted.until is not None:
        found.append(FactContact.arrived_at < wanted.until)
    if wanted.direction is not None:
        found.append(FactContact.direction == wanted.direction)
    if wanted.channel is not None:
        found.append(FactContact.channel == wanted.channel)
    if wanted.outcome is not None:
        found.append(FactContact.outcome == wanted.outcome)
    if wanted.ended_by is not None:
        found.append(FactContact.ended_by == wanted.ended_by)
    if wanted.code:
        found.append(FactContact.disposition == wanted.code)
    if wanted.number_tail:
        found.append(FactContact.caller.endswith(wanted.number_tail, autoescape=True))
    if wanted.numbers:
        found.append(FactContact.caller.in_(wanted.numbers))
    if wanted.recorded is not None:
        ready = recordings.has_one(FactContact.contact)
        found.append(ready if wanted.recorded else ~ready)
    return found


def _of_people(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    """Where it stood in line, and who worked on it."""
    found: list[ColumnElement[bool]] = []
    if wanted.queue:
        found.append(
            select(FactQueueEntry.entry)
            .where(
                FactQueueEntry.contact == FactContact.contact,
                FactQueueEntry.queue == wanted.queue,
            )
            .exists()
        )
    if wanted.agent:
        named = select(DimAgent.agent).where(
            or_(DimAgent.agent == wanted.agent, DimAgent.no == wanted.agent)
        )
        found.append(_worked_on(FactSegment.agent.in_(named)))
    if wanted.team:
        found.append(_worked_on(FactSegment.team == wanted.team))
    return found


def _worked_on(who: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        select(FactSegment.segment).where(FactSegment.contact == FactContact.contact, who).exists()
    )


def _of_lengths(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    """How long it waited in queues and how long it was talked, each summed. Who never stood in a
    queue has no wait, and is not found by one."""
    waited = (
        select(func.sum(FactQueueEntry.waited_ms))
        .where(FactQueueEntry.contact == FactContact.contact)
        .scalar_subquery()
    )
    talked = (
        select(func.sum(FactSegment.ended_at - FactSegment.began_at))
        .where(FactSegment.contact == FactContact.contact, FactSegment.kind.in_(TALKING))
        .scalar_subquery()
    )
    found: list[ColumnElement[bool]] = []
    if wanted.waited_from_s is not None:
        found.append(waited >= wanted.waited_from_s * 1000)
    if wanted.waited_to_s is not None:
        found.append(waited < (wanted.waited_to_s + 1) * 1000)
    if wanted.talked_from_s is not None:
        found.append(talked >= wanted.talked_from_s * 1000)
    if wanted.talked_to_s is not None:
        found.append(talked < (wanted.talked_to_s + 1) * 1000)
    return found
