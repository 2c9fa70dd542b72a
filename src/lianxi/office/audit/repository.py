"""All SQL about the audit."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act, AuditFilter, AuditRow, Broken
from lianxi.office.audit.models import AuditTableRow

EVERYTHING = AuditFilter()


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
        wanted: AuditFilter = EVERYTHING,
        *,
        limit: int,
        contacts: Sequence[ContactId] = (),
        act: Act | None = None,
        below: int | None = None,
    ) -> list[AuditRow]:
        """Rows newest first.

        Args:
            wanted: which.
            limit: how many at most.
            contacts: of the customer whose number is the filter's subject.
            act: short for a filter of this act alone.
            below: only rows with a smaller number.
        """
        query = select(AuditTableRow).where(*_where(wanted, contacts))
        query = query.order_by(AuditTableRow.id.desc()).limit(limit)
        if act is not None:
            query = query.where(AuditTableRow.act == act)
        if below is not None:
            query = query.where(AuditTableRow.id < below)
        return [_to_contract(row) for row in await self._session.scalars(query)]

    async def count(self, wanted: AuditFilter, contacts: Sequence[ContactId] = ()) -> int:
        """How many rows there are."""
        query = select(func.count()).select_from(AuditTableRow).where(*_where(wanted, contacts))
        return int(await self._session.scalar(query) or 0)

    async def broken(self, limit: int) -> list[Broken]:
        """Rows that do not fit the chain of their object, oldest first."""
        rows = await self._session.execute(_BROKEN, {"limit": limit})
        return [Broken(id=id, object=object, at=Instant(at)) for id, object, at in rows]

    async def chained(self) -> int:
        """How many rows are in a chain."""
        query = select(func.count()).where(AuditTableRow.hash.is_not(None))
        return int(await self._session.scalar(query) or 0)

    async def people(self) -> list[tuple[UserId, str]]:
        """Everybody who ever acted, by the name last shown."""
        query = (
            select(AuditTableRow.who, func.max(AuditTableRow.who_name))
            .where(AuditTableRow.who.is_not(None))
            .group_by(AuditTableRow.who)
        )
        found = [(who, name) for who, name in await self._session.execute(query) if who is not None]
        return sorted(found, key=lambda one: one[1])


_BROKEN = text(
    """
    SELECT id, object, at FROM (
        SELECT audit.*, audit_digest(audit) AS digest,
            lag(hash) OVER (PARTITION BY object ORDER BY id) AS before_hash
        FROM audit
    ) AS told
    WHERE hash IS NOT NULL
        AND (hash <> digest OR prev_hash IS DISTINCT FROM before_hash)
    ORDER BY id LIMIT :limit
    """
)


OF_SUBJECTS = ("contact", "recording", "voicemail", "fax", "user", "agent", "customer")
"""Kinds of objects that are somebody's data."""


def _where(wanted: AuditFilter, contacts: Sequence[ContactId]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who is not None:
        found.append(AuditTableRow.who == wanted.who)
    if wanted.act is not None:
        found.append(AuditTableRow.act == wanted.act)
    if wanted.object is not None and wanted.object.endswith(":"):
        found.append(AuditTableRow.object.startswith(wanted.object, autoescape=True))
    elif wanted.object is not None:
        found.append(AuditTableRow.object == wanted.object)
    if wanted.subject is not None:
        ids = [wanted.subject, *contacts]
        objects = [f"{kind}:{one}" for kind in OF_SUBJECTS for one in ids]
        found.append(AuditTableRow.object.in_(objects))
    if wanted.since is not None:
        found.append(AuditTableRow.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditTableRow.at < wanted.until)
    return found


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
