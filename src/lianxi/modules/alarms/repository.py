"""All SQL about alarm rules. Returns contracts, never rows."""

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.alarms.contracts import AlarmRule, AlarmRules
from lianxi.modules.alarms.models import AlarmRulesRow


class AlarmRepository:
    """Versions of the rules."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def latest(self) -> AlarmRules | None:
        """The version that holds; None while nobody has saved one."""
        query = select(AlarmRulesRow).order_by(AlarmRulesRow.revision.desc()).limit(1)
        row = await self._session.scalar(query)
        return None if row is None else _rules(row)

    async def versions(self, limit: int) -> list[AlarmRules]:
        """The newest versions, newest first."""
        query = select(AlarmRulesRow).order_by(AlarmRulesRow.revision.desc()).limit(limit)
        return [_rules(row) for row in await self._session.scalars(query)]

    async def add(self, rules: AlarmRules) -> bool:
        """Keep a version; whether nobody was faster."""
        query = (
            insert(AlarmRulesRow)
            .values(
                revision=rules.revision,
                rules=stored(rules.rules),
                changed_at=rules.changed_at,
                changed_by=rules.changed_by,
                note=rules.note,
            )
            .on_conflict_do_nothing()
            .returning(AlarmRulesRow.revision)
        )
        return await self._session.scalar(query) is not None


def stored(rules: tuple[AlarmRule, ...]) -> list[object]:
    """Rules as they are kept."""
    built: list[object] = msgspec.to_builtins(rules)
    return built


def _rules(row: AlarmRulesRow) -> AlarmRules:
    return AlarmRules(
        revision=row.revision,
        rules=tuple(msgspec.convert(row.rules, list[AlarmRule])),
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        note=row.note,
    )
