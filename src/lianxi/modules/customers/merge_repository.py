"""All SQL about which customers were found to be the same one."""

from collections.abc import Sequence
from typing import Any, cast

import msgspec
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import Customer, Merge
from lianxi.modules.customers.models import CustomerMergeRow, CustomerRow
from lianxi.modules.customers.profile_repository import ProfileRepository


class MergeRepository:
    """The history of merges, and who was merged into whom."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        one: CustomerId,
        before: Customer,
        after: Customer,
        *,
        by: UserId | None,
        at: Instant,
        reason: str,
    ) -> None:
        """Write down that `one` was merged, and what that made of the one that stays."""
        await self._session.execute(
            insert(CustomerMergeRow).values(
                one=one,
                into=after.id,
                at=at,
                by=by,
                reason=reason,
                before=_stored(before),
                after=_stored(after),
                undone_reason="",
            )
        )

    async def last_of(self, one: CustomerId) -> Merge | None:
        """The merge by which this one is merged now."""
        query = (
            select(CustomerMergeRow)
            .where(CustomerMergeRow.one == one, CustomerMergeRow.undone_at.is_(None))
            .order_by(CustomerMergeRow.id.desc())
            .limit(1)
        )
        row = await self._session.scalar(query)
        return None if row is None else _merge(row)

    async def undo(self, id: int, *, by: UserId | None, at: Instant, reason: str) -> None:
        """Write down that a merge was taken back."""
        await self._session.execute(
            update(CustomerMergeRow)
            .where(CustomerMergeRow.id == id)
            .values(undone_at=at, undone_by=by, undone_reason=reason)
        )

    async def of(self, customer: CustomerId) -> list[Merge]:
        """Every merge that this one had a part in, newest first, undone ones as well."""
        query = (
            select(CustomerMergeRow)
            .where((CustomerMergeRow.one == customer) | (CustomerMergeRow.into == customer))
            .order_by(CustomerMergeRow.id.desc())
            .limit(200)
        )
        return [_merge(row) for row in await self._session.scalars(query)]

    async def merged_into(self, customer: CustomerId) -> list[Customer]:
        """Those that are merged into this one now, itself not."""
        query = select(CustomerRow).where(CustomerRow.merged_into == customer)
        rows = (await self._session.scalars(query.order_by(CustomerRow.id))).all()
        return await ProfileRepository(self._session).whole(rows)

    async def family(self, customer: CustomerId) -> list[CustomerId]:
        """This one and everybody who is merged into it, by however many steps."""
        known = select(CustomerRow.id).where(CustomerRow.id == customer).cte(recursive=True)
        below = select(CustomerRow.id).join(known, CustomerRow.merged_into == known.c.id)
        known = known.union(below)
        return list(await self._session.scalars(select(known.c.id)))

    async def families(self, ids: Sequence[CustomerId]) -> dict[CustomerId, list[CustomerId]]:
        """Of each of these: itself and everybody who is merged into it, by however many steps."""
        head = select(CustomerRow.id.label("head"), CustomerRow.id.label("member"))
        known = head.where(CustomerRow.id.in_(ids)).cte(recursive=True)
        below = select(known.c.head, CustomerRow.id).join(
            known, CustomerRow.merged_into == known.c.member
        )
        known = known.union(below)
        found: dict[CustomerId, list[CustomerId]] = {}
        for one, member in await self._session.execute(select(known.c.head, known.c.member)):
            found.setdefault(one, []).append(member)
        return found


def _stored(customer: Customer) -> dict[str, Any]:
    return cast("dict[str, Any]", msgspec.to_builtins(customer))


def _merge(row: CustomerMergeRow) -> Merge:
    return Merge(
        id=row.id,
        one=row.one,
        into=row.into,
        at=row.at,
        by=row.by,
        reason=row.reason,
        before=msgspec.convert(row.before, Customer),
        after=msgspec.convert(row.after, Customer),
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        undone_reason=row.undone_reason,
    )
