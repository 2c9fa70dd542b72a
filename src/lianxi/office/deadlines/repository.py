"""All SQL about deadlines."""

from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.office.clock.contracts import Mark
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.deadlines.models import DeadlineRow


class DeadlineRepository:
    """Reads and adds rules."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, code: str) -> list[DeadlineRule]:
        """Every version of every rule of a code."""
        query = select(DeadlineRow).where(DeadlineRow.code == code)
        query = query.order_by(DeadlineRow.kind, DeadlineRow.area_class, DeadlineRow.version)
        return [_rule(row) for row in await self._session.scalars(query)]

    async def all(self, begins: str) -> list[DeadlineRule]:
        """Every version of every rule whose code begins like this."""
        query = select(DeadlineRow).where(DeadlineRow.code.startswith(begins, autoescape=True))
        query = query.order_by(
            DeadlineRow.code, DeadlineRow.kind, DeadlineRow.area_class, DeadlineRow.version
        )
        return [_rule(row) for row in await self._session.scalars(query)]

    async def lock(self, code: str) -> None:
        """One person at a time sets rules of a code."""
        await self._session.execute(
            select(func.pg_advisory_xact_lock(func.hashtext(f"deadline {code}")))
        )

    async def add(self, rule: DeadlineRule) -> None:
        """A new version."""
        facts: dict[str, Any] = {name: getattr(rule, name) for name in DeadlineRule.__slots__}
        facts["marks"] = msgspec.to_builtins(rule.marks)
        self._session.add(DeadlineRow(**facts))
        await self._session.flush()


def _rule(row: DeadlineRow) -> DeadlineRule:
    facts: dict[str, Any] = {name: getattr(row, name) for name in DeadlineRule.__slots__}
    facts["marks"] = tuple(msgspec.convert(mark, Mark) for mark in row.marks)
    return DeadlineRule(**facts)
