"""All SQL about the audit."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act, AuditRow
from lianxi.office.audit.models import AuditTableRow


class AuditRepository:
    """Adds and lists; there is nothing else."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: AuditTableRow) -> None:
        """Add to the caller's transaction."""
        self._session.add(row)

    async def has(self, act: Act, object: str) -> bool:
        """Whether there is such a row."""
        query = select(AuditTableRow.id).where(
            AuditTableRow.act == act, AuditTableRow.object == object
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def alone(self, act: Act) -> None:
        """Wait until no other transaction has asked for this."""
        lock = func.pg_advisory_xact_lock(func.hashtext(f"audit {act.value}"))
        await self._session.execute(select(lock))

    async def span(self, act: Act) -> tuple[Instant, Instant] | None:
        """When it was done for the first time, and for the last."""
        of_act = AuditTableRow.act == act
        first = await self._session.scalar(select(func.min(AuditTableRow.at)).where(of_act))
        last = await self._session.scalar(select(func.max(AuditTableRow.at)).where(of_act))
        return None if first is None or last is None else (first, last)

    async def newest(
        self,
        *,
        limit: int,
        who: UserId | None = None,
        act: Act | None = None,
        object: str | None = None,
        since: Instant | None = None,
        until: Instant | None = None,
        below: int | None = None,
    ) -> list[AuditRow]:
        """Rows newest first; `object` also matches all of one kind as `kind:`."""
        query = select(AuditTableRow).order_by(AuditTableRow.id.desc()).limit(limit)
        if who is not None:
            query = query.where(AuditTableRow.who == who)
        if act is not None:
            query = query.where(AuditTableRow.act == act)
        if object is not None and object.endswith(":"):
            query = query.where(AuditTableRow.object.startswith(object, autoescape=True))
        elif object is not None:
            query = query.where(AuditTableRow.object == object)
        if since is not None:
            query = query.where(AuditTableRow.at >= since)
        if until is not None:
            query = query.where(AuditTableRow.at < until)
        if below is not None:
            query = query.where(AuditTableRow.id < below)
        return [_to_contract(row) for row in await self._session.scalars(query)]


def _to_contract(row: AuditTableRow) -> AuditRow:
    return AuditRow(
        id=row.id,
        at=row.at,
        who=row.who,
        who_name=row.who_name,
        act=row.act,
        object=row.object,
        before=row.before,
        after=row.after,
        facts=row.facts,
        reason=row.reason,
        address=row.address,
    )
