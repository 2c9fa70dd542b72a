"""The audit as a list that can be exported."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.office.audit.contracts import AuditFilter, AuditRow, FindsContacts
from lianxi.office.audit.repository import AuditRepository
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of
from lianxi.office.exports.listed import PAGE, Listed, moment

_HEADINGS = {
    ExportLanguage.ZH: (
        "编号", "时间", "人员", "人员编号", "动作", "对象", "原值", "新值", "其他", "原因",
        "来源地址",
    ),
    ExportLanguage.EN: (
        "No.", "Time", "Who", "User id", "Act", "Object", "Before", "After", "Facts", "Reason",
        "Address",
    ),
}  # fmt: skip


class AuditSource(Listed[AuditFilter]):
    """Who did what; newest first."""

    kind = "audit"
    permissions: tuple[Permission, ...] = (Permission.AUDIT_READ,)
    unmasking: tuple[Permission, ...] | None = None
    titles = _HEADINGS

    def __init__(self, contacts_of: FindsContacts) -> None:
        self._contacts_of = contacts_of

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> AuditFilter:
        """By the names of the page."""
        return filter_of(AuditFilter, asked)

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        wanted = self.wanted(order.filter)
        return await AuditRepository(session).count(wanted, await self._contacts(session, wanted))

    async def _contacts(self, session: AsyncSession, wanted: AuditFilter) -> list[ContactId]:
        return [] if wanted.subject is None else await self._contacts_of(session, wanted.subject)

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, below = self.wanted(order.filter), None
        while True:
            async with sessions() as session:
                contacts = await self._contacts(session, wanted)
                rows = await AuditRepository(session).newest(
                    wanted, limit=PAGE, contacts=contacts, below=below
                )
            if not rows:
                return
            yield [_cells(row, order) for row in rows]
            below = rows[-1].id


def _cells(row: AuditRow, order: Order) -> Sequence[Cell]:
    return (
        row.id, moment(row.at, order), row.who_name, row.who or "", row.act.value, row.object,
        _json(row.before), _json(row.after), _json(row.facts), row.reason, row.address,
    )  # fmt: skip


def _json(facts: dict[str, Any] | None) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True) if facts else ""
