"""All SQL about the control sheet."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.reports.control.contracts import (
    Against,
    Breach,
    Cause,
    Correction,
    Effect,
    Entry,
    EntryState,
    Evaluated,
    Found,
)
from lianxi.reports.control.models import ControlDayRow, ControlEntryRow


class SheetRepository:
    """Entries of the control sheet, and the days that were looked at."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def alone(self) -> None:
        """Until the transaction ends nobody else looks at closed days."""
        lock = func.pg_advisory_xact_lock(func.hashtext("control_day"))
        await self._session.execute(select(lock))

    async def find(self, entry: int, *, lock: bool = False) -> Entry | None:
        """One entry; locked until the transaction ends, where it is going to be changed."""
        row = await self._session.get(ControlEntryRow, entry, with_for_update=lock or None)
        return None if row is None else _entry(row)

    async def unclosed(self) -> list[Entry]:
        """Every entry that is not closed, oldest first; locked."""
        query = (
            select(ControlEntryRow)
            .where(ControlEntryRow.state != EntryState.CLOSED)
            .order_by(ControlEntryRow.id)
            .with_for_update()
        )
        return [_entry(row) for row in await self._session.scalars(query)]

    async def touched_by(self, day: date) -> list[Entry]:
        """Every entry that is not closed, or was found on a day; oldest first; locked."""
        query = (
            select(ControlEntryRow)
            .where(
                or_(
                    ControlEntryRow.state != EntryState.CLOSED,
                    ControlEntryRow.figures.has_key(day.isoformat()),
                )
            )
            .order_by(ControlEntryRow.id)
            .with_for_update()
        )
        return [_entry(row) for row in await self._session.scalars(query)]

    async def page(
        self,
        *,
        states: Sequence[EntryState],
        metric: str | None,
        queue: QueueId | None,
        within: Collection[str] | None,
        before: int | None,
        limit: int,
    ) -> list[Entry]:
        """Entries, newest first; with `within` those of these queues alone."""
        query = select(ControlEntryRow).where(ControlEntryRow.state.in_(states))
        if metric is not None:
            query = query.where(ControlEntryRow.metric == metric)
        if queue is not None:
            query = query.where(ControlEntryRow.queue == queue)
        if within is not None:
            query = query.where(ControlEntryRow.queue.in_(within))
        if before is not None:
            query = query.where(ControlEntryRow.id < before)
        query = query.order_by(ControlEntryRow.id.desc()).limit(limit)
        return [_entry(row) for row in await self._session.scalars(query)]

    async def add(self, entry: Entry) -> Entry:
        """Open an entry; its id is given by the table."""
        row = ControlEntryRow(**_columns(entry))
        self._session.add(row)
        await self._session.flush()
        return _entry(row)

    async def save(self, entry: Entry) -> None:
        """Change an entry that was read with a lock."""
        row = await self._session.get_one(ControlEntryRow, entry.id)
        for name, value in _columns(entry).items():
            setattr(row, name, value)
        await self._session.flush()

    async def looked_at(self, first: date) -> dict[date, int]:
        """The days from this one on that were evaluated, and in which version of their facts."""
        query = select(ControlDayRow.day, ControlDayRow.version).where(ControlDayRow.day >= first)
        return {day: version for day, version in await self._session.execute(query)}

    async def last_day(self) -> date | None:
        """The newest day that was evaluated."""
        return await self._session.scalar(select(func.max(ControlDayRow.day)))

    async def note_day(self, done: Evaluated) -> None:
        """Write down that a day was evaluated, in which version of its facts."""
        said = {
            "version": done.version, "at": done.at, "opened": done.opened, "updated": done.updated,
        }  # fmt: skip
        new = insert(ControlDayRow).values(day=done.day, **said)
        await self._session.execute(
            new.on_conflict_do_update(index_elements=[ControlDayRow.day], set_=said)
        )


def _columns(entry: Entry) -> dict[str, Any]:
    columns = {
        name: getattr(entry, name)
        for name in (
            "days", "state", "owner", "owner_name", "action", "due", "check_from", "opened_at",
            "changed_at", "closed_at", "closed_by_name", "revision",
        )
    }  # fmt: skip
    effect = entry.effect
    return {
        **columns,
        **asdict(entry.breach),
        "figures": {day.isoformat(): figure for day, figure in sorted(entry.figures.items())},
        "corrections": [{**asdict(one), "day": one.day.isoformat()} for one in entry.corrections],
        "causes": [asdict(cause) for cause in entry.causes],
        "effect": effect
        and {
            "is_held": effect.is_held,
            "points": effect.points,
            "mean": effect.mean,
            "before": effect.before,
            "seen_on": effect.seen_on.isoformat(),
        },
    }


def _entry(row: ControlEntryRow) -> Entry:
    return Entry(
        id=row.id,
        breach=Breach(
            metric=row.metric,
            queue=row.queue,
            formula=row.formula,
            rule=row.rule,
            side=row.side,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            value=row.value,
            limit=row.limit,
        ),
        causes=tuple(_cause(cause) for cause in row.causes),
        days=row.days,
        figures={date.fromisoformat(day): value for day, value in row.figures.items()},
        corrections=tuple(_correction(one) for one in row.corrections),
        state=row.state,
        owner=row.owner,
        owner_name=row.owner_name,
        action=row.action,
        due=row.due,
        check_from=row.check_from,
        effect=None if row.effect is None else _effect(row.effect),
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        closed_by_name=row.closed_by_name,
        revision=row.revision,
    )


def _cause(stored: dict[str, Any]) -> Cause:
    against = stored.get("against")
    return Cause(
        **{
            **stored,
            "found": Found(stored["found"]),
            "against": None if against is None else Against(against),
        }
    )


def _correction(stored: dict[str, Any]) -> Correction:
    return Correction(**{**stored, "day": date.fromisoformat(stored["day"])})


def _effect(stored: dict[str, Any]) -> Effect:
    return Effect(**{**stored, "seen_on": date.fromisoformat(stored["seen_on"])})
