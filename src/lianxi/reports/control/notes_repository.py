"""All SQL about notes on charts."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.reports.control.about import About
from lianxi.reports.control.models import MetricNoteRow
from lianxi.reports.control.noting import Note


class NoteRepository:
    """Notes that were not withdrawn."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def between(self, metric: str, first: date, last: date, *, most: int) -> list[Note]:
        """Of a metric, whatever they are about, in the order of their days; the newest `most`.

        Args:
            last: the last day, included.
        """
        query = (
            select(MetricNoteRow)
            .where(
                MetricNoteRow.metric == metric,
                MetricNoteRow.day >= first,
                MetricNoteRow.day <= last,
                MetricNoteRow.withdrawn_at.is_(None),
            )
            .order_by(MetricNoteRow.day.desc(), MetricNoteRow.id.desc())
            .limit(most)
        )
        return [_note(row) for row in await self._session.scalars(query)][::-1]

    async def get(self, metric: str, note: int) -> Note | None:
        """One of a metric; None where it is not there or was withdrawn."""
        row = await self._session.scalar(
            select(MetricNoteRow).where(
                MetricNoteRow.id == note,
                MetricNoteRow.metric == metric,
                MetricNoteRow.withdrawn_at.is_(None),
            )
        )
        return None if row is None else _note(row)

    async def add(
        self, metric: str, about: About, day: date, text: str, *, who: UserId, name: str,
        at: Instant,
    ) -> Note:  # fmt: skip
        """Keep a new one."""
        row = MetricNoteRow(
            metric=metric,
            **asdict(about),
            day=day,
            text=text,
            written_by=who,
            written_by_name=name,
            written_at=at,
            changed_by_name="",
            revision=1,
        )
        self._session.add(row)
        await self._session.flush()
        return _note(row)

    async def change(
        self, note: Note, *, day: date, text: str, name: str, at: Instant, is_withdrawn: bool
    ) -> Note | None:
        """Write it anew; None where somebody else did so after it was read."""
        row = await self._session.scalar(
            update(MetricNoteRow)
            .where(
                MetricNoteRow.id == note.id,
                MetricNoteRow.revision == note.revision,
                MetricNoteRow.withdrawn_at.is_(None),
            )
            .values(
                day=day,
                text=text,
                changed_by_name=name,
                changed_at=at,
                withdrawn_at=at if is_withdrawn else None,
                revision=note.revision + 1,
            )
            .returning(MetricNoteRow)
            .execution_options(populate_existing=True)
        )
        return None if row is None else _note(row)


def _note(row: MetricNoteRow) -> Note:
    return Note(
        id=row.id,
        metric=row.metric,
        about=About(queue=row.queue, team=row.team, agent=row.agent, number=row.number),
        day=row.day,
        text=row.text,
        written_by=row.written_by,
        written_by_name=row.written_by_name,
        written_at=row.written_at,
        changed_by_name=row.changed_by_name,
        changed_at=row.changed_at,
        revision=row.revision,
    )
