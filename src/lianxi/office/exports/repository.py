"""All SQL about exports."""

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.office.exports.contracts import ExportJob, ExportState
from lianxi.office.exports.models import ExportJobRow

OPEN = (ExportState.WAITING, ExportState.RUNNING)


class ExportRepository:
    """Exports by person, and those that wait for the worker."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, job: ExportJob) -> None:
        """Write down a new one."""
        facts = {name: getattr(job, name) for name in ExportJob.__slots__}
        self._session.add(ExportJobRow(claimed_until=None, **facts))
        await self._session.flush()

    async def of(self, user: UserId, *, limit: int) -> list[ExportJob]:
        """A person's newest ones."""
        query = (
            select(ExportJobRow)
            .where(ExportJobRow.asked_by == user)
            .order_by(ExportJobRow.asked_at.desc(), ExportJobRow.id)
            .limit(limit)
        )
        return [_job(row) for row in await self._session.scalars(query)]

    async def find(self, job: str, user: UserId) -> ExportJob | None:
        """One of a person's."""
        row = await self._session.scalar(
            select(ExportJobRow).where(ExportJobRow.id == job, ExportJobRow.asked_by == user)
        )
        return None if row is None else _job(row)

    async def open_of(self, user: UserId) -> int:
        """How many of a person's are not done; nobody else adds one until the commit."""
        lock = func.pg_advisory_xact_lock(func.hashtext(f"export {user}"))
        await self._session.execute(select(lock))
        query = select(func.count()).where(
            ExportJobRow.asked_by == user, ExportJobRow.state.in_(OPEN)
        )
        return int(await self._session.scalar(query) or 0)

    async def cancel(self, job: str, *, at: Instant) -> bool:
        """End one that is not ended, or give up the file of one that is; whether there was one."""
        found = await self._session.scalar(
            update(ExportJobRow)
            .where(
                ExportJobRow.id == job,
                ExportJobRow.state.in_((*OPEN, ExportState.READY)),
            )
            .values(state=ExportState.CANCELLED, ended_at=at, file_until=None)
            .returning(ExportJobRow.id)
        )
        return found is not None

    # --- for the worker

    async def claim(self, now: Instant, *, until: Instant) -> ExportJob | None:
        """Take the one that waits longest; one of a worker that died counts as waiting."""
        row = await self._session.scalar(
            select(ExportJobRow)
            .where(
                ExportJobRow.state.in_(OPEN),
                or_(ExportJobRow.claimed_until.is_(None), ExportJobRow.claimed_until <= now),
            )
            .order_by(ExportJobRow.asked_at, ExportJobRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return None
        row.state, row.attempts, row.claimed_until = ExportState.RUNNING, row.attempts + 1, until
        row.rows_done = 0
        await self._session.flush()
        return _job(row)

    async def tell(self, job: ExportJob, **facts: object) -> bool:
        """Write down how far it is; False when it no longer belongs to who took it."""
        found = await self._session.scalar(
            update(ExportJobRow)
            .where(
                ExportJobRow.id == job.id,
                ExportJobRow.state == ExportState.RUNNING,
                ExportJobRow.attempts == job.attempts,
            )
            .values(**facts)
            .returning(ExportJobRow.id)
        )
        return found is not None

    async def expire(self, now: Instant) -> int:
        """Mark the files whose time is over; how many there were."""
        found = await self._session.scalars(
            update(ExportJobRow)
            .where(ExportJobRow.state == ExportState.READY, ExportJobRow.file_until <= now)
            .values(state=ExportState.EXPIRED)
            .returning(ExportJobRow.id)
        )
        return len(list(found))

    async def with_files(self) -> set[str]:
        """All whose file must stay, or is being written."""
        query = select(ExportJobRow.id).where(
            ExportJobRow.state.in_((ExportState.RUNNING, ExportState.READY))
        )
        return set(await self._session.scalars(query))


def _job(row: ExportJobRow) -> ExportJob:
    return ExportJob(**{name: getattr(row, name) for name in ExportJob.__slots__})
