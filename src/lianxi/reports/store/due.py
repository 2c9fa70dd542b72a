"""Which days want to be written now, and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.journal.repository import JournalRepository
from lianxi.kernel.time import Instant
from lianxi.projections.closed_days import end_column, moment_column
from lianxi.projections.models import (
    FactAgentInterval,
    FactContact,
    FactQueueEntry,
    FactSegment,
)
from lianxi.reports.store.contracts import DayVersion, Why
from lianxi.reports.store.copying import rows_within
from lianxi.reports.store.days import days_between, latest_close, may_close
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.store.tables import fact_tables, shape
from lianxi.reports.windows import Window, local_day
from lianxi.reports.windows import day as window_of_day

WAITED_FOR = (FactContact, FactQueueEntry, FactSegment, FactAgentInterval)
"""What is likely to end soon after midnight; a promised callback may take days."""


@dataclass(frozen=True, slots=True)
class Due:
    """A day to be written."""

    day: date
    why: Why


async def days_due(session: AsyncSession, zone: ZoneInfo, *, now: Instant) -> list[Due]:
    """Days that are over and have no files, and those whose files are behind, in order."""
    first = await _first_day(session, zone)
    if first is None:
        return []
    manifest = Manifest(session)
    newest = await manifest.newest(with_files=False)
    changes = await manifest.changes()
    position = await manifest.position()
    found = []
    for day in days_between(first, local_day(now, zone) - timedelta(days=1)):
        window = window_of_day(day, zone)
        version = newest.get(day)
        if version is None:
            goes_on = now < latest_close(day, zone) and await _goes_on(session, window)
            why = Why.CLOSED if may_close(day, zone, now=now, goes_on=goes_on) else None
        else:
            why = _behind(version, window, position=position, changes=changes.get(day, 0))
        if why is not None and await is_folded(session, window, position):
            found.append(Due(day, why))
    return found


def _behind(version: DayVersion, window: Window, *, position: int, changes: int) -> Why | None:
    """Why a version is to be written again; `None` = it is not."""
    if (version.shape, version.window) != (shape(), window):
        return Why.SHAPE
    if is_up_to_date(version, position=position, changes=changes) and not version.fault:
        return None
    return Why.LATE


def is_up_to_date(version: DayVersion, *, position: int, changes: int) -> bool:
    """Whether the tables hold nothing of the day that the files do not.

    While the journal is folded anew the files know more than the tables.
    """
    return position < version.journal_position or changes == version.changes


async def is_folded(session: AsyncSession, window: Window, position: int) -> bool:
    """Whether all that the journal holds of a day, and of earlier ones, is in the tables."""
    journal = JournalRepository(session)
    return not await journal.has_before(window.ends_at, behind=position)


async def _first_day(session: AsyncSession, zone: ZoneInfo) -> date | None:
    """The day of the oldest row."""
    oldest = [
        await session.scalar(select(func.min(moment_column(table))))
        for table in fact_tables().values()
    ]
    known = [at for at in oldest if at is not None]
    return local_day(min(known), zone) if known else None


async def _goes_on(session: AsyncSession, window: Window) -> bool:
    """Whether something that began on a day is not over."""
    open_rows = []
    for kind in WAITED_FOR:
        table = fact_tables()[kind.__tablename__]
        end = end_column(table)
        assert end is not None
        rows = select(table.c[0]).where(rows_within(table, window), end.is_(None))
        open_rows.append(rows.exists())
    return bool(await session.scalar(select(or_(*open_rows))))
