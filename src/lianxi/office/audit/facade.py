"""What others may ask of the audit. The caller owns the transaction."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act, AuditFilter, AuditRow, Broken
from lianxi.office.audit.models import AuditTableRow
from lianxi.office.audit.repository import AuditRepository


async def record(
    session: AsyncSession,
    *,
    at: Instant,
    who: Caller | UserId | None,
    act: Act,
    object: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    reason: str = "",
    address: str | None = None,
    who_name: str = "",
) -> None:
    """Write down an act, in the transaction that does it.

    Args:
        session: the transaction of the act.
        at: when.
        who: the caller (name and address are taken from there), a user id, or None.
        act: what was done.
        object: to what, as `kind:id`.
        before: the changed fields as they were. Never a password.
        after: the changed fields as they are now.
        facts: anything else that explains the act.
        reason: the person's own words, where the act asks for them.
        address: where from, when it is not the caller's.
        who_name: the name shown, when `who` is not a caller.
    """
    caller = who if isinstance(who, Caller) else None
    AuditRepository(session).add(
        AuditTableRow(
            at=at,
            who=caller.user if caller else who,
            who_name=caller.name if caller else who_name,
            act=act,
            object=object,
            before=before,
            after=after,
            facts=facts or {},
            reason=reason,
            address=(caller.address if caller else "") if address is None else address,
        )
    )


async def has(session: AsyncSession, act: Act, object: str) -> bool:
    """Whether an act on this object is written down."""
    return await AuditRepository(session).has(act, object)


async def alone(session: AsyncSession, act: Act) -> None:
    """Until the transaction ends nobody else writes this act down who asks for it as well."""
    await AuditRepository(session).alone(act)


async def span(session: AsyncSession, act: Act) -> tuple[Instant, Instant] | None:
    """When an act was done for the first time, and for the last; None = never."""
    return await AuditRepository(session).span(act)


async def verify(session: AsyncSession, *, limit: int = 100) -> tuple[int, list[Broken]]:
    """Whether every row is as it was written, and none was taken out between two others.

    Returns:
        How many rows are chained, and those that do not fit, oldest first, `limit` at most.
    """
    repository = AuditRepository(session)
    return await repository.chained(), await repository.broken(limit)


async def of_object(session: AsyncSession, object: str, *, limit: int = 1000) -> list[AuditRow]:
    """What was done to one object (`kind:id`), newest first."""
    return await AuditRepository(session).newest(AuditFilter(object=object), limit=limit)
