"""Callers nobody spoke to: who is still to be called back."""

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lianxi.engine.messages.values import Channel, FlowEnd
from lianxi.kernel.ids import ContactId
from lianxi.modules.contacts.contracts import MissedFilter, Place, Reach
from lianxi.projections.models import FactContact
from lianxi.projections.outcomes import ContactOutcome
from lianxi.projections.visibility import visible

CALLED = (Channel.VOICE, Channel.CALLBACK)
"""Who can be called back. Whoever hung up on a call of ours did not call."""


async def newest_missed(
    session: AsyncSession,
    wanted: MissedFilter,
    reach: Reach,
    *,
    before: Place | None,
    limit: int,
) -> list[tuple[ContactId, int]]:
    """One contact per number, the newest, with how many were missed from that number."""
    newest_first = (FactContact.arrived_at.desc(), FactContact.contact.desc())
    missed = (
        select(
            FactContact.contact,
            FactContact.arrived_at,
            func.row_number()
            .over(partition_by=FactContact.caller, order_by=newest_first)
            .label("nth"),
            func.count().over(partition_by=FactContact.caller).label("times"),
        )
        .where(
            FactContact.arrived_at >= wanted.since,
            FactContact.arrived_at < wanted.until,
            FactContact.caller != "",
            FactContact.channel.in_(CALLED),
            _nobody_spoke(),
            ~_seen_to_since(),
            visible(reach.scope, agent=reach.agent, team=reach.team),
        )
        .subquery()
    )
    query = (
        select(missed.c.contact, missed.c.times)
        .where(missed.c.nth == 1)
        .order_by(missed.c.arrived_at.desc(), missed.c.contact.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(tuple_(missed.c.arrived_at, missed.c.contact) < tuple_(*before))
    return [(contact, times) for contact, times in await session.execute(query)]


def _nobody_spoke() -> ColumnElement[bool]:
    """Gave up in a queue, was turned away, or came while no switchboard ran."""
    let_go = or_(FactContact.flow_end.is_(None), FactContact.flow_end == FlowEnd.TURNED_AWAY)
    return or_(
        FactContact.outcome == ContactOutcome.ABANDONED,
        and_(FactContact.outcome == ContactOutcome.SYSTEM, let_go),
    )


def _seen_to_since() -> ColumnElement[bool]:
    """The same number was answered since, whoever called, or is on the line or in line now."""
    other = aliased(FactContact)
    return exists().where(
        other.caller == FactContact.caller,
        or_(other.answered_at > FactContact.arrived_at, other.ended_at.is_(None)),
    )
