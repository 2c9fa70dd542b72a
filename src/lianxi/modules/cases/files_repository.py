"""All SQL about files of work orders."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.models import CaseFileRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A file that belongs to a work order."""

    id: str
    case: CaseId
    name: str
    kind: str
    """Media type."""
    bytes: int
    sha256: str
    at: Instant
    by: UserId | None
    by_name: str
    removed_at: Instant | None = None
    removed_by: UserId | None = None


class CaseFileRepository:
    """Reads and writes what is known of files."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, case: CaseId, *, removed: bool = False) -> list[CaseFile]:
        """Those of a work order, oldest first; removed ones as well where that is asked."""
        query = select(CaseFileRow).where(CaseFileRow.case == case)
        if not removed:
            query = query.where(CaseFileRow.removed_at.is_(None))
        query = query.order_by(CaseFileRow.at, CaseFileRow.id)
        return [_file(row) for row in await self._session.scalars(query)]

    async def find(self, id: str) -> CaseFile | None:
        """One, removed or not."""
        row = await self._session.get(CaseFileRow, id, populate_existing=True)
        return None if row is None else _file(row)

    async def add(self, file: CaseFile) -> None:
        """A new one."""
        facts = {name: getattr(file, name) for name in CaseFile.__slots__}
        await self._session.execute(insert(CaseFileRow).values(**facts))

    async def remove(self, id: str, *, by: UserId, at: Instant, name: str | None = None) -> None:
        """Write down that it is gone, and its name, where that is to go as well."""
        facts: dict[str, Any] = {"removed_at": at, "removed_by": by}
        if name is not None:
            facts["name"] = name
        await self._session.execute(
            update(CaseFileRow)
            .where(CaseFileRow.id == id)
            .values(**facts)
            .execution_options(synchronize_session=False)
        )


def _file(row: CaseFileRow) -> CaseFile:
    return CaseFile(**{name: getattr(row, name) for name in CaseFile.__slots__})
