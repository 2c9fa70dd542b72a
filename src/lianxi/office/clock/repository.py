"""All SQL about clocks."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, any_, func, insert, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import Deadline
from lianxi.office.calendar.snapshot import from_json, to_json
from lianxi.office.clock.contracts import Clock, ClockOutcome, ClockState, Mark, Start, Stretch
from lianxi.office.clock.models import ClockMarkRow, ClockRow, ClockStretchRow
from lianxi.office.clock.rules import with_breach

FRESH: Any = {"execution_options": {"populate_existing": True}}
"""Rows are changed by statements, not through what the session holds of them."""
OPEN = (ClockState.RUNNING, ClockState.PAUSED)


class ClockRepository:
    """Reads and writes clocks."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(
        self,
        wanted: Start,
        at: Instant,
        *,
        due_at: Instant,
        is_provisional: bool,
        moments: Sequence[Instant | None],
    ) -> Clock:
        """A clock that runs from `at`, and its marks."""
        deadline = wanted.rule.deadline
        row = ClockRow(
            subject=wanted.subject,
            round=wanted.round,
            code=wanted.rule.code,
            owner=wanted.owner,
            target=deadline.target,
            unit=deadline.unit,
            calendar=to_json(deadline.calendar),
            marks=[_mark_json(mark) for mark in with_breach(wanted.rule)],
            state=ClockState.RUNNING,
            started_at=at,
            due_at=due_at,
            is_provisional=is_provisional,
            breached_at=None,
            ended_at=None,
            outcome=None,
        )
        self._session.add(row)
        await self._session.flush()
        await self.open_stretch(row.id, at)
        await self._session.execute(
            insert(ClockMarkRow),
            [
                {"clock": row.id, "number": number, "occurrence": 1, "first_at": mark, "at": mark}
                for number, mark in enumerate(moments)
            ],
        )
        return _clock(row, (Stretch(since=at, until=None),))

    async def open_of(self, subject: str, code: str | None = None) -> list[Clock]:
        """Those of a subject that are not over, locked until the transaction ends."""
        query = (
            select(ClockRow)
            .where(ClockRow.subject == subject, ClockRow.state.in_(OPEN))
            .order_by(ClockRow.id)
            .with_for_update()
        )
        if code is not None:
            query = query.where(ClockRow.code == code)
        return await self._with_stretches(await self._session.scalars(query, **FRESH))

    async def locked(self, ids: Sequence[int]) -> list[Clock]:
        """These clocks, locked, in the order of their ids."""
        query = select(ClockRow).where(ClockRow.id.in_(ids)).order_by(ClockRow.id)
        return await self._with_stretches(
            await self._session.scalars(query.with_for_update(), **FRESH)
        )

    async def of(self, subjects: Sequence[str]) -> list[Clock]:
        """All clocks of these subjects, in the order they were started."""
        query = select(ClockRow).where(ClockRow.subject.in_(subjects)).order_by(ClockRow.id)
        return await self._with_stretches(await self._session.scalars(query, **FRESH))

    async def tally(
        self, subjects: Sequence[str], codes: Sequence[str]
    ) -> list[tuple[str, str, ClockOutcome, int]]:
        """Ended clocks, counted by owner, code and outcome."""
        by = (ClockRow.owner, ClockRow.code, ClockRow.outcome)
        query = select(*by, func.count()).group_by(*by)
        wanted = literal(list(subjects), ARRAY(Text))
        query = query.where(ClockRow.subject == any_(wanted), ClockRow.code.in_(codes))
        rows = await self._session.execute(query)
        return [(who, code, out, many) for who, code, out, many in rows if out is not None]

    async def of_owners(self, owners: Sequence[str], kind: str) -> list[Clock]:
        """Open clocks of matters of a kind that belong to these posts, the nearest first."""
        query = select(ClockRow).where(
            ClockRow.owner.in_(owners),
            ClockRow.state.in_(OPEN),
            ClockRow.subject.startswith(f"{kind}:", autoescape=True),
        )
        query = query.order_by(ClockRow.due_at.nulls_last(), ClockRow.id)
        return [_clock(row, ()) for row in await self._session.scalars(query, **FRESH)]

    async def provisional(self, calendar: str) -> list[int]:
        """Ids of open clocks that wait for a year's holidays in this calendar."""
        query = select(ClockRow.id).where(
            ClockRow.is_provisional,
            ClockRow.state.in_(OPEN),
            ClockRow.calendar["id"].astext == calendar,
        )
        return list(await self._session.scalars(query.order_by(ClockRow.id)))

    async def set(self, clock: int, **facts: Any) -> None:
        """Change what is kept of a clock."""
        await self._session.execute(update(ClockRow).where(ClockRow.id == clock).values(**facts))

    async def set_deadline(self, clock: int, deadline: Deadline) -> None:
        """Another target, unit or calendar."""
        await self.set(
            clock,
            target=deadline.target,
            unit=deadline.unit,
            calendar=to_json(deadline.calendar),
        )

    async def open_stretch(self, clock: int, at: Instant) -> None:
        """It runs from now on."""
        await self._session.execute(insert(ClockStretchRow).values(clock=clock, since=at))

    async def close_stretch(self, clock: int, at: Instant) -> None:
        """It no longer runs."""
        await self._session.execute(
            update(ClockStretchRow)
            .where(ClockStretchRow.clock == clock, ClockStretchRow.until.is_(None))
            .values(until=at)
        )

    # --- marks

    async def rest_marks(self, clock: int, after: Instant, keep: Iterable[int]) -> None:
        """What is to come is not fired any more; of what came before and was not yet fired, only
        the marks of these numbers are."""
        await self._session.execute(
            update(ClockMarkRow)
            .where(
                ClockMarkRow.clock == clock,
                ClockMarkRow.fired_at.is_(None),
                or_(ClockMarkRow.at > after, ClockMarkRow.number.not_in(list(keep))),
            )
            .values(at=None)
        )

    async def move_marks(self, clock: int, moments: Sequence[Instant | None], now: Instant) -> None:
        """Lay the marks anew; one that was fired and now lies ahead will be fired again."""
        latest: dict[int, ClockMarkRow] = {}
        query = select(ClockMarkRow).where(ClockMarkRow.clock == clock)
        for row in await self._session.scalars(query.order_by(ClockMarkRow.occurrence), **FRESH):
            latest[row.number] = row
        for number, at in enumerate(moments):
            row = latest[number]
            if row.fired_at is None:
                row.at = at
                row.first_at = at if row.occurrence == 1 else row.first_at
            elif at is not None and at > now:
                self._session.add(
                    ClockMarkRow(
                        clock=clock,
                        number=number,
                        occurrence=row.occurrence + 1,
                        first_at=at,
                        at=at,
                        fired_at=None,
                    )
                )
        await self._session.flush()

    async def take_due(self, now: Instant, limit: int) -> list[tuple[Clock, ClockMarkRow]]:
        """Marks whose moment came, oldest first, marked as fired; theirs and their clocks' rows are
        locked, and what another worker holds is left to it."""
        query = (
            select(ClockRow, ClockMarkRow)
            .join(ClockMarkRow, ClockMarkRow.clock == ClockRow.id)
            .where(
                ClockMarkRow.fired_at.is_(None),
                ClockMarkRow.at.is_not(None),
                ClockMarkRow.at <= now,
            )
            .order_by(ClockMarkRow.at, ClockMarkRow.clock, ClockMarkRow.number)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = await self._session.execute(query, **FRESH)
        found = [(_clock(row, ()), mark) for row, mark in rows]
        keys = [(mark.clock, mark.number, mark.occurrence) for _, mark in found]
        for mine in _parts(keys):
            await self._session.execute(
                update(ClockMarkRow)
                .where(
                    tuple_(ClockMarkRow.clock, ClockMarkRow.number, ClockMarkRow.occurrence).in_(
                        mine
                    )
                )
                .values(fired_at=now)
                .execution_options(synchronize_session=False)
            )
        return found

    async def breached(self, ids: Sequence[int]) -> None:
        """Note that these are late: since the moment they were due."""
        if ids:
            await self._session.execute(
                update(ClockRow)
                .where(ClockRow.id.in_(ids), ClockRow.breached_at.is_(None))
                .values(breached_at=ClockRow.due_at)
                .execution_options(synchronize_session=False)
            )

    async def repeat(self, mark: ClockMarkRow, at: Instant, count: int) -> None:
        """A mark comes again."""
        assert mark.first_at is not None
        self._session.add(
            ClockMarkRow(
                clock=mark.clock,
                number=mark.number,
                occurrence=1 + max(mark.occurrence, count),
                first_at=mark.first_at,
                at=at,
                fired_at=None,
            )
        )

    async def next_due(self) -> Instant | None:
        """When the next mark comes; None while nothing is timed."""
        query = select(func.min(ClockMarkRow.at)).where(
            ClockMarkRow.fired_at.is_(None), ClockMarkRow.at.is_not(None)
        )
        found = await self._session.scalar(query)
        return None if found is None else Instant(found)

    async def _with_stretches(self, rows: Iterable[ClockRow]) -> list[Clock]:
        found = list(rows)
        if not found:
            return []
        stretches: dict[int, list[Stretch]] = {row.id: [] for row in found}
        query = select(ClockStretchRow).where(ClockStretchRow.clock.in_(stretches))
        for stretch in await self._session.scalars(query.order_by(ClockStretchRow.since)):
            stretches[stretch.clock].append(Stretch(since=stretch.since, until=stretch.until))
        return [_clock(row, tuple(stretches[row.id])) for row in found]


def _parts(keys: Sequence[tuple[int, int, int]]) -> Iterable[Sequence[tuple[int, int, int]]]:
    return (keys[first : first + 500] for first in range(0, len(keys), 500))


def _mark_json(mark: Mark) -> dict[str, Any]:
    return {
        "action": mark.action,
        "percent": mark.percent,
        "offset": mark.offset,
        "repeat": mark.repeat,
    }


def mark_of(kept: dict[str, Any]) -> Mark:
    """The mark as it was kept."""
    offset, repeat = kept["offset"], kept["repeat"]
    return Mark(
        action=kept["action"],
        percent=kept["percent"],
        offset=None if offset is None else Millis(offset),
        repeat=None if repeat is None else Millis(repeat),
    )


def _clock(row: ClockRow, stretches: tuple[Stretch, ...]) -> Clock:
    return Clock(
        id=row.id,
        subject=row.subject,
        round=row.round,
        code=row.code,
        owner=row.owner,
        deadline=Deadline(target=row.target, unit=row.unit, calendar=from_json(row.calendar)),
        marks=tuple(mark_of(kept) for kept in row.marks),
        state=row.state,
        started_at=row.started_at,
        due_at=row.due_at,
        is_provisional=row.is_provisional,
        breached_at=row.breached_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        stretches=stretches,
    )
