"""What others may ask about deadlines. The caller owns the transaction."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.deadlines import rules
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.deadlines.errors import DeadlineChanged
from lianxi.office.deadlines.repository import DeadlineRepository


async def in_force(
    session: AsyncSession, code: str, *, kind: str = "", area_class: str = "", at: Instant
) -> DeadlineRule | None:
    """The rule for a matter of this kind in such an area; None = it has no deadline."""
    found = await DeadlineRepository(session).of(code)
    return rules.in_force(found, kind=kind, area_class=area_class, at=at)


async def every(session: AsyncSession, begins: str = "") -> list[DeadlineRule]:
    """Every version of every rule whose code begins like this, oldest version first."""
    return await DeadlineRepository(session).all(begins)


async def put(session: AsyncSession, rule: DeadlineRule, *, after: int) -> DeadlineRule:
    """Set a rule; earlier versions hold until its effective moment.

    Args:
        session: the caller's transaction.
        rule: its version is given here.
        after: the version that was read; 0 = there was none.

    Raises:
        DeadlineRefused: it cannot be kept.
        DeadlineChanged: somebody was faster.
    """
    rules.require_sound(rule)
    repository = DeadlineRepository(session)
    await repository.lock(rule.code)
    key = (rule.kind, rule.area_class)
    versions = [r.version for r in await repository.of(rule.code) if (r.kind, r.area_class) == key]
    if max(versions, default=0) != after:
        raise DeadlineChanged(clock=rule.code, version=max(versions, default=0))
    made = replace(rule, version=after + 1)
    await repository.add(made)
    return made
