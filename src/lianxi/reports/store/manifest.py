"""All SQL about versions of closed days."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from lianxi.kernel.time import Instant
from lianxi.projections.closed_models import ClosedDay
from lianxi.projections.models import ProjectionCursor
from lianxi.projections.projector import NAME
from lianxi.reports.store.contracts import DayVersion, StoredFile, StoredSums
from lianxi.reports.store.models import ReportDay
from lianxi.reports.windows import Window


class Manifest:
    """Which files closed days have."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def alone(self) -> None:
        """Until the transaction ends nobody else writes versions."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext("report_day"))))

    async def announce(self, day: date, window: Window) -> None:
        """Put a day on the list whose changes are counted; waits for a batch that is being folded.

        Commit before the rows are read.
        """
        first = insert(ProjectionCursor).values(name=NAME, position=0)
        await self._session.execute(first.on_conflict_do_nothing())
        cursor = select(ProjectionCursor.position).where(ProjectionCursor.name == NAME)
        await self._session.execute(cursor.with_for_update())
        new = insert(ClosedDay).values(
            day=day,
            begins_at=window.begins_at,
            ends_at=window.ends_at,
            changes=0,
            changed_at_position=0,
        )
        span = {"begins_at": window.begins_at, "ends_at": window.ends_at}
        await self._session.execute(
            new.on_conflict_do_update(index_elements=[ClosedDay.day], set_=span)
        )

    async def position(self) -> int:
        """Up to where the journal is folded."""
        query = select(ProjectionCursor.position).where(ProjectionCursor.name == NAME)
        return int(await self._session.scalar(query) or 0)

    async def changes(self, days: Collection[date] | None = None) -> dict[date, int]:
        """How often each day changed since it is on the list."""
        query = select(ClosedDay.day, ClosedDay.changes)
        if days is not None:
            query = query.where(ClosedDay.day.in_(days))
        return {day: changes for day, changes in await self._session.execute(query)}

    async def newest(
        self, days: Collection[date] | None = None, *, with_files: bool = True
    ) -> dict[date, DayVersion]:
        """The newest version of each day that has one.

        Args:
            with_files: else their list stays empty: over years it is long.
        """
        query = select(ReportDay).ext(distinct_on(ReportDay.day))
        if not with_files:
            query = query.options(defer(ReportDay.files))
        if days is not None:
            query = query.where(ReportDay.day.in_(days))
        query = query.order_by(ReportDay.day, ReportDay.version.desc())
        rows = await self._session.scalars(query)
        return {row.day: _to_contract(row, with_files=with_files) for row in rows}

    async def versions(self, day: date) -> list[DayVersion]:
        """Every version of a day, the oldest first."""
        query = select(ReportDay).where(ReportDay.day == day).order_by(ReportDay.version)
        return [_to_contract(row) for row in await self._session.scalars(query)]

    async def all(self, first: date | None = None, last: date | None = None) -> list[DayVersion]:
        """Every version of every day, in order."""
        query = select(ReportDay).order_by(ReportDay.day, ReportDay.version)
        if first is not None:
            query = query.where(ReportDay.day >= first)
        if last is not None:
            query = query.where(ReportDay.day <= last)
        return [_to_contract(row) for row in await self._session.scalars(query)]

    def add(self, version: DayVersion) -> None:
        """Note a version whose files lie where they belong."""
        self._session.add(
            ReportDay(
                day=version.day,
                version=version.version,
                begins_at=version.window.begins_at,
                ends_at=version.window.ends_at,
                files=_built(version.files),
                shape=version.shape,
                journal_position=version.journal_position,
                changes=version.changes,
                made_at=version.made_at,
                why=version.why,
                fault=version.fault,
                sums=_built(version.sums),
                is_kept=version.is_kept,
            )
        )

    async def still_true(self, version: DayVersion, *, position: int, changes: int) -> DayVersion:
        """Note that rows and files of a version are the same once more."""
        await self._change(version, journal_position=position, changes=changes, fault="")
        return replace(version, journal_position=position, changes=changes, fault="")

    async def faulty(self, version: DayVersion, fault: str) -> None:
        """Note that a file of a version is not as it was."""
        await self._change(version, fault=fault)

    async def summed(self, version: DayVersion, sums: Mapping[str, StoredSums]) -> None:
        """Note the sums of a version, in place of those it had."""
        await self._change(version, sums=_built(sums))

    async def let_go(self, versions: Collection[DayVersion]) -> None:
        """Note that files of versions are no longer kept; what they were stays written."""
        for version in versions:
            await self._change(version, is_kept=False)

    async def _change(self, version: DayVersion, **values: object) -> None:
        await self._session.execute(
            update(ReportDay)
            .where(ReportDay.day == version.day, ReportDay.version == version.version)
            .values(**values)
        )


def _built(of: Mapping[str, StoredFile] | Mapping[str, StoredSums]) -> dict[str, object]:
    return {name: msgspec.to_builtins(one) for name, one in of.items()}


def _to_contract(row: ReportDay, *, with_files: bool = True) -> DayVersion:
    files = row.files if with_files else {}
    return DayVersion(
        day=row.day,
        version=row.version,
        window=Window(begins_at=row.begins_at, ends_at=row.ends_at),
        files={name: _file(stored) for name, stored in sorted(files.items())},
        shape=row.shape,
        journal_position=row.journal_position,
        changes=row.changes,
        made_at=row.made_at,
        why=row.why,
        fault=row.fault,
        sums={name: StoredSums(**stored) for name, stored in row.sums.items()},
        is_kept=row.is_kept,
    )


def _file(stored: dict[str, Any]) -> StoredFile:
    until = stored["until"]
    return StoredFile(**{**stored, "until": None if until is None else Instant(until)})
