"""All SQL about customers who may be the same one."""

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.customers.contracts import Customer, DuplicateWhy, Eyes
from lianxi.modules.customers.listing_repository import LIVE, seen
from lianxi.modules.customers.models import CustomerNumberRow, CustomerRow
from lianxi.modules.customers.profile_repository import ProfileRepository

MOST_SHOWN = 20
"""Of the customers of one group."""
_SIGNS: ColumnElement[str] = func.regexp_replace(CustomerRow.certificate, "[^A-Z0-9]", "", "g")


class DuplicateRepository:
    """Reads groups of customers who have something in common."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def groups(
        self, why: DuplicateWhy, eyes: Eyes, *, after: str, limit: int
    ) -> list[tuple[str, str]]:
        """Key and what it is of those with two and more members, in the order of their keys."""
        found = await self._session.execute(_groups(why, eyes, after).limit(limit))
        return [(key, value) for key, value in found]

    async def members(self, why: DuplicateWhy, eyes: Eyes, key: str) -> list[Customer]:
        """The customers of one, oldest first."""
        rows = await self._session.scalars(_members(why, eyes, key).limit(MOST_SHOWN))
        return await ProfileRepository(self._session).whole(rows.all())


def _groups(why: DuplicateWhy, eyes: Eyes, after: str) -> Select[str, str]:
    key, value, conditions = _common(why)
    query = select(key, func.min(value)).select_from(CustomerRow)
    if why is DuplicateWhy.NUMBER:
        query = query.join(CustomerNumberRow, CustomerNumberRow.customer == CustomerRow.id)
    query = query.where(*LIVE, *seen(eyes), *conditions, key > after)
    return query.group_by(key).having(func.count() > 1).order_by(key)


def _members(why: DuplicateWhy, eyes: Eyes, key: str) -> Select[CustomerRow]:
    query = select(CustomerRow).where(*LIVE, *seen(eyes))
    if why is DuplicateWhy.NUMBER:
        owners = select(CustomerNumberRow.customer).where(CustomerNumberRow.number == key)
        query = query.where(CustomerRow.id.in_(owners))
    elif why is DuplicateWhy.CERTIFICATE:
        query = query.where(CustomerRow.certificate != "", _SIGNS.in_([key]))
    else:
        name, _, address = key.partition(_BETWEEN)
        query = query.where(CustomerRow.name.in_([name]), CustomerRow.address.in_([address]))
    return query.order_by(CustomerRow.created_at, CustomerRow.id)


_BETWEEN = "\x1f"
"""No name has this sign in it."""


def _common(
    why: DuplicateWhy,
) -> tuple[ColumnElement[str], ColumnElement[str], list[ColumnElement[bool]]]:
    if why is DuplicateWhy.NUMBER:
        number = CustomerNumberRow.number.expression
        return number, number, []
    if why is DuplicateWhy.CERTIFICATE:
        return _SIGNS, CustomerRow.certificate.expression, [CustomerRow.certificate != ""]
    key = CustomerRow.name + _BETWEEN + CustomerRow.address
    return key, CustomerRow.address.expression, [CustomerRow.address != ""]
