"""SQL that only exports and the audit ask of records: how many, numbers in full, whose contacts."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId
from lianxi.modules.contacts.contracts import Reach, RecordFilter
from lianxi.modules.contacts.narrowing import conditions
from lianxi.projections.models import FactContact
from lianxi.projections.visibility import visible


async def count(session: AsyncSession, wanted: RecordFilter, reach: Reach) -> int:
    """How many contacts within reach there are."""
    query = (
        select(func.count())
        .select_from(FactContact)
        .where(visible(reach.scope, agent=reach.agent, team=reach.team), *conditions(wanted))
    )
    return int(await session.scalar(query) or 0)


async def numbers(session: AsyncSession, contacts: Sequence[ContactId]) -> dict[ContactId, str]:
    """Numbers in full; whoever asks has checked that they may be seen."""
    found = await session.execute(
        select(FactContact.contact, FactContact.caller).where(FactContact.contact.in_(contacts))
    )
    return {contact: number for contact, number in found}


async def contacts_of(session: AsyncSession, number: str) -> list[ContactId]:
    """All contacts with a number in full; none for what is no number."""
    if len(number) < _SHORTEST:
        return []
    found = await session.scalars(
        select(FactContact.contact).where(FactContact.caller == number).limit(_MOST)
    )
    return list(found)


_SHORTEST = 3
_MOST = 5_000
