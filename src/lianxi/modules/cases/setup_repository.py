"""All SQL about types of cases, work areas and the dispatch catalogue."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AreaId, UserId
from lianxi.modules.cases.contracts import OPEN_STATES, Area, CaseType
from lianxi.modules.cases.models import CaseRow
from lianxi.modules.cases.setup_models import AreaRow, CaseTypeRow, CatalogueRow

FRESH: Any = {"execution_options": {"populate_existing": True}}


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRule:
    """Which area handles what: the longest place that fits decides, the kind before any kind."""

    id: int
    kind: str
    """Empty = every kind."""
    place: str
    """What the place begins with, or has in it; empty = everywhere."""
    area: AreaId


class CaseSetupRepository:
    """Reads and writes what work orders are made and dispatched by."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self) -> None:
        """One person at a time changes what work orders are made by; until the transaction ends."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext("case setup"))))

    async def open_by_kind(self) -> dict[str, int]:
        """How many open work orders there are of each type that has some."""
        query = select(CaseRow.kind, func.count()).where(CaseRow.state.in_(OPEN_STATES))
        rows = await self._session.execute(query.group_by(CaseRow.kind))
        return {kind: count for kind, count in rows}

    async def open_by_area(self) -> dict[str, int]:
        """How many open work orders each area has that has some."""
        query = select(CaseRow.area, func.count()).where(
            CaseRow.state.in_(OPEN_STATES), CaseRow.area.is_not(None)
        )
        rows = await self._session.execute(query.group_by(CaseRow.area))
        return {str(area): count for area, count in rows}

    async def types(self) -> list[CaseType]:
        """All, in their order; those no longer used too."""
        query = select(CaseTypeRow).order_by(
            CaseTypeRow.category, CaseTypeRow.position, CaseTypeRow.kind
        )
        return [_type(row) for row in await self._session.scalars(query, **FRESH)]

    async def type(self, kind: str, *, lock: bool = False) -> CaseType | None:
        """One."""
        query = select(CaseTypeRow).where(CaseTypeRow.kind == kind)
        row = await self._session.scalar(query.with_for_update() if lock else query, **FRESH)
        return None if row is None else _type(row)

    async def put_type(self, type: CaseType) -> None:
        """A new one, or one as it is now."""
        facts = {name: getattr(type, name) for name in CaseType.__slots__}
        await self._session.execute(
            insert(CaseTypeRow)
            .values(**facts)
            .on_conflict_do_update(index_elements=["kind"], set_=facts)
        )

    async def areas(self) -> list[Area]:
        """All, by name; those no longer used too."""
        rows = await self._session.scalars(select(AreaRow).order_by(AreaRow.zh), **FRESH)
        return [_area(row) for row in rows]

    async def area(self, id: str, *, lock: bool = False) -> Area | None:
        """One."""
        query = select(AreaRow).where(AreaRow.id == id)
        row = await self._session.scalar(query.with_for_update() if lock else query, **FRESH)
        return None if row is None else _area(row)

    async def put_area(self, area: Area) -> None:
        """A new one, or one as it is now."""
        facts: dict[str, Any] = {name: getattr(area, name) for name in Area.__slots__}
        facts |= {"workers": list(area.workers), "staff": list(area.staff)}
        await self._session.execute(
            insert(AreaRow).values(**facts).on_conflict_do_update(index_elements=["id"], set_=facts)
        )

    async def areas_of(self, user: UserId) -> list[AreaId]:
        """Areas whose list a person works with."""
        query = select(AreaRow.id).where(AreaRow.staff.contains([user]), AreaRow.is_active)
        return list(await self._session.scalars(query.order_by(AreaRow.id)))

    async def catalogue(self) -> list[CatalogueRule]:
        """Every rule."""
        query = select(CatalogueRow).order_by(CatalogueRow.kind, CatalogueRow.place)
        return [
            CatalogueRule(id=row.id, kind=row.kind, place=row.place, area=row.area)
            for row in await self._session.scalars(query, **FRESH)
        ]

    async def add_rule(self, kind: str, place: str, area: AreaId) -> None:
        """One more; the same kind and place has the new area."""
        await self._session.execute(
            insert(CatalogueRow)
            .values(kind=kind, place=place, area=area)
            .on_conflict_do_update(index_elements=["kind", "place"], set_={"area": area})
        )

    async def drop_rule(self, id: int) -> None:
        """One less."""
        await self._session.execute(delete(CatalogueRow).where(CatalogueRow.id == id))


def _type(row: CaseTypeRow) -> CaseType:
    return CaseType(**{name: getattr(row, name) for name in CaseType.__slots__})


def _area(row: AreaRow) -> Area:
    facts: dict[str, Any] = {name: getattr(row, name) for name in Area.__slots__}
    return Area(**facts | {"workers": tuple(row.workers), "staff": tuple(row.staff)})
