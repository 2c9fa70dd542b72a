"""When somebody was last spoken to, and what about: for whoever calls a customer back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.projections.models import DimDisposition, FactContact


@dataclass(frozen=True, slots=True, kw_only=True)
class LastContact:
    """The newest contact with a number."""

    contact: ContactId
    at: Instant
    topic: str
    """By its wrap-up; empty = none was written."""
    topic_en: str


async def last_contacts(session: AsyncSession, numbers: Sequence[str]) -> dict[str, LastContact]:
    """The newest contact with each of these numbers in full; those without one are left out."""
    newest = (
        select(
            FactContact.caller,
            FactContact.contact,
            FactContact.arrived_at,
            FactContact.last_queue,
            FactContact.disposition,
        )
        .where(FactContact.caller.in_(numbers))
        .ext(distinct_on(FactContact.caller))
        .order_by(FactContact.caller, FactContact.arrived_at.desc(), FactContact.contact.desc())
        .subquery()
    )
    query = select(
        newest.c.caller,
        newest.c.contact,
        newest.c.arrived_at,
        DimDisposition.name,
        DimDisposition.name_en,
    ).outerjoin(
        DimDisposition,
        (DimDisposition.queue == newest.c.last_queue)
        & (DimDisposition.code == newest.c.disposition),
    )
    return {
        caller: LastContact(contact=contact, at=at, topic=name or "", topic_en=name_en or "")
        for caller, contact, at, name, name_en in await session.execute(query)
    }
