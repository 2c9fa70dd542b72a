"""All SQL about saved reports and their runs."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.reports.saved.contracts import Outcome, Run, RunState, SavedReport
from lianxi.reports.saved.errors import SavedReportNotFound
from lianxi.reports.saved.models import ReportRunRow, SavedReportRow


class SavedReports:
    """Saved reports, and their runs."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, report: str, *, lock: bool = False) -> SavedReport:
        """One.

        Raises:
            SavedReportNotFound.
        """
        row = await self._session.get(SavedReportRow, report, with_for_update=lock or None)
        if row is None:
            raise SavedReportNotFound(report=report[:60])
        return _report(row)

    async def find(self, report: str) -> SavedReport | None:
        """One, or None when it was removed."""
        row = await self._session.get(SavedReportRow, report)
        return None if row is None else _report(row)

    async def of(self, owner: UserId | None) -> list[SavedReport]:
        """Those of an owner, or all; by title."""
        query = select(SavedReportRow).order_by(SavedReportRow.title, SavedReportRow.id)
        if owner is not None:
            query = query.where(SavedReportRow.owner == owner)
        return [_report(row) for row in await self._session.scalars(query)]

    async def put(self, report: SavedReport) -> None:
        """Store a new one, or a new state of one."""
        facts = {
            "owner": report.owner,
            "title": report.title,
            "form": report.form,
            "question": None if report.question is None else dict(report.question),
            "queues": list(report.queues),
            "recipients": list(report.recipients),
            "cadence": report.cadence,
            "on_day": report.on_day,
            "at_minute": report.at_minute,
            "format": report.format,
            "language": report.language,
            "due_at": report.due_at,
            "is_paused": report.is_paused,
            "version": report.version,
            "created_at": report.created_at,
            "changed_at": report.changed_at,
        }
        await self._session.execute(
            insert(SavedReportRow)
            .values(id=report.id, **facts)
            .on_conflict_do_update(index_elements=[SavedReportRow.id], set_=facts)
        )

    async def remove(self, report: str) -> None:
        """Forget one with its runs."""
        await self._session.execute(delete(SavedReportRow).where(SavedReportRow.id == report))

    async def due(self, now: Instant) -> list[SavedReport]:
        """Those that are due and that nobody else has at hand; locked until the commit."""
        query = (
            select(SavedReportRow)
            .where(SavedReportRow.due_at <= now)
            .order_by(SavedReportRow.due_at)
            .limit(100)
            .with_for_update(skip_locked=True)
        )
        return [_report(row) for row in await self._session.scalars(query)]

    async def set_due(self, report: str, due_at: Instant | None) -> None:
        """When it goes out next. Not a change of the report: its version stays."""
        await self._session.execute(
            update(SavedReportRow).where(SavedReportRow.id == report).values(due_at=due_at)
        )

    # --- runs

    async def begin(self, report: str, *, due_at: Instant, by: UserId | None, now: Instant) -> None:
        """Write down a run; a second one for the same moment is none."""
        await self._session.execute(
            insert(ReportRunRow)
            .values(
                report=report,
                due_at=due_at,
                asked_by=by,
                state=RunState.WAITING,
                attempts=0,
                next_try_at=now,
                outcomes={},
            )
            .on_conflict_do_nothing(index_elements=["report", "due_at"])
        )

    async def claim(self, now: Instant, *, until: Instant) -> Run | None:
        """Take the run that waits longest, so that nobody else tries it before `until`.

        A worker that dies leaves it to the next one after that moment.
        """
        row = await self._session.scalar(
            select(ReportRunRow)
            .where(ReportRunRow.next_try_at <= now)
            .order_by(ReportRunRow.next_try_at, ReportRunRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.attempts += 1
        row.next_try_at = until
        await self._session.flush()
        return _run(row)

    async def tell(self, run: int, outcomes: Mapping[UserId, Outcome]) -> None:
        """Write down what became of it for some recipients."""
        row = await self._session.get(ReportRunRow, run, with_for_update=True)
        if row is not None:
            row.outcomes = {**row.outcomes, **{who: what.value for who, what in outcomes.items()}}

    async def end(
        self,
        run: int,
        state: RunState,
        *,
        next_try_at: Instant | None,
        ended_at: Instant | None,
        error: str | None,
        error_text: str | None,
    ) -> None:
        """Write down how a try went."""
        await self._session.execute(
            update(ReportRunRow)
            .where(ReportRunRow.id == run)
            .values(
                state=state,
                next_try_at=next_try_at,
                ended_at=ended_at,
                error=error,
                error_text=error_text,
            )
        )

    async def runs(self, report: str, *, limit: int) -> list[Run]:
        """Of one report, newest first."""
        query = (
            select(ReportRunRow)
            .where(ReportRunRow.report == report)
            .order_by(ReportRunRow.id.desc())
            .limit(limit)
        )
        return [_run(row) for row in await self._session.scalars(query)]

    async def last_runs(self, reports: Sequence[str]) -> dict[str, Run]:
        """The newest run of each report that has one."""
        query = (
            select(ReportRunRow)
            .where(ReportRunRow.report.in_(reports))
            .ext(distinct_on(ReportRunRow.report))
            .order_by(ReportRunRow.report, ReportRunRow.id.desc())
        )
        return {row.report: _run(row) for row in await self._session.scalars(query)}


def _report(row: SavedReportRow) -> SavedReport:
    return SavedReport(
        id=row.id,
        owner=row.owner,
        title=row.title,
        form=row.form,
        question=row.question,
        queues=tuple(QueueId(queue) for queue in row.queues),
        recipients=tuple(UserId(user) for user in row.recipients),
        cadence=row.cadence,
        on_day=row.on_day,
        at_minute=row.at_minute,
        format=row.format,
        language=row.language,
        due_at=row.due_at,
        is_paused=row.is_paused,
        version=row.version,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _run(row: ReportRunRow) -> Run:
    return Run(
        id=row.id,
        report=row.report,
        due_at=row.due_at,
        asked_by=row.asked_by,
        state=row.state,
        attempts=row.attempts,
        next_try_at=row.next_try_at,
        outcomes={UserId(who): Outcome(what) for who, what in row.outcomes.items()},
        error=row.error,
        error_text=row.error_text,
        ended_at=row.ended_at,
    )
