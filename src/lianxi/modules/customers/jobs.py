"""The worker's side of lists of customers: checked, then taken in, each in one transaction.

A list that is taken belongs to its worker for some minutes, and each part that is done prolongs
that; a worker that dies leaves it to the next one, and nothing of it is stored. Whoever lost a list
(given up, or taken over) notices with the next part and stops.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import bulk_repository
from lianxi.modules.customers.contracts import Customer
from lianxi.modules.customers.import_audit import note_part
from lianxi.modules.customers.imports import ImportJob, ImportLine, ImportState, LineOutcome
from lianxi.modules.customers.imports_repository import ImportRepository, packed
from lianxi.modules.customers.list_form import FORM
from lianxi.modules.customers.list_planning import Known, Planned, Planner
from lianxi.modules.customers.list_reading import Wanted, wanted
from lianxi.modules.customers.looking import eyes_of
from lianxi.office.imports.errors import ListHasErrors, ListUnreadable
from lianxi.office.imports.sheet import read

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 2.0
LEASE_MS = 5 * 60_000
KEPT_MS = 7 * 86_400_000
"""How long a file and what became of its lines may be looked at."""
MOST_ATTEMPTS = 3
PART = 1_000
"""Lines that are looked up and stored at once."""
TOLD_EVERY = 2_000
T = TypeVar("T")

FindsReader = Callable[[AsyncSession, UserId], Awaitable[Caller | None]]
"""What a person may do now; None = the account is closed."""


class Lost(Exception):
    """It was given up, or another worker has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the composition root gives."""

    sessions: async_sessionmaker[AsyncSession]
    reader: FindsReader
    now: Callable[[], Instant]


class Importer:
    """Checks lists and takes them in, one at a time."""

    def __init__(self, given: Given) -> None:
        self._given = given

    async def run(self) -> None:
        """Do what is asked for, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        while True:
            await self.once()
            await asyncio.sleep(LOOK_EVERY_S)  # poll: rows are added by other processes

    async def once(self) -> int:
        """Do everything that is asked for now; return how many lists were tried."""
        now, tried = self._given.now(), 0
        async with self._given.sessions.begin() as session:
            await ImportRepository(session).expire(Instant(now - KEPT_MS))
        while (job := await self._claim()) is not None:
            await self._try(job)
            tried += 1
        return tried

    async def _claim(self) -> ImportJob | None:
        now = self._given.now()
        async with self._given.sessions.begin() as session:
            return await ImportRepository(session).claim(now, until=Instant(now + LEASE_MS))

    async def _try(self, job: ImportJob) -> None:
        try:
            if job.attempts > MOST_ATTEMPTS:
                await self._end(job, ImportState.FAILED, error="gave_up")
            elif job.state is ImportState.CHECKING:
                await self._check(job)
            else:
                await self._take(job)
        except Lost:
            log.info("customer_import.given_up", list=job.id)
        except Rejection as refusal:
            await self._end(job, ImportState.FAILED, error=refusal.code)
        except IntegrityError:
            # Somebody has one of the certificates since the list was planned: planned again.
            log.info("customer_import.again", list=job.id)
            await self._tell(job, claimed_until=None)
        except Exception as bug:
            if is_away(bug):
                raise
            # A list that cannot be taken must not end the centre; its row says that it failed.
            log.exception("customer_import.broken", list=job.id)
            await self._end(job, ImportState.FAILED, error="internal_error")

    async def _check(self, job: ImportJob) -> None:
        by = await self._person(job)
        lines = await self._lines(job)
        planner = Planner(job.mode, eyes_of(by), self._given.now())
        told: list[ImportLine] = []
        for part in _parts(lines, PART):
            async with self._given.sessions() as session:
                known = await ImportRepository(session).known(part)
            planned = await asyncio.to_thread(_planned, planner, part, known)
            told += [each.told for each in planned]
            await self._far(job, len(told), len(lines))
        kept = await asyncio.to_thread(packed, told)
        await self._end(
            job, ImportState.CHECKED, counts=_counted(planner), told=kept, of=len(lines)
        )

    async def _take(self, job: ImportJob) -> None:
        by = await self._person(job)
        lines = await self._lines(job)
        at = self._given.now()
        planner = Planner(job.mode, eyes_of(by), at)
        planned: list[Planned] = []
        async with self._given.sessions.begin() as session:
            repository = ImportRepository(session)
            await repository.alone()
            # All of it is looked up before any of it is stored: afterwards the tables have grown,
            # and the database does not know yet how much.
            for part in _parts(lines, PART):
                known = await repository.known(part, lock=True)
                planned += await asyncio.to_thread(_planned, planner, part, known)
                await self._far(job, 0, len(lines))
            _refuse_errors(planned, only_good=job.only_good)
            for done, some in enumerate(_parts(planned, PART)):
                await _store(session, job, some, by, at)
                await self._far(job, done * PART + len(some), len(lines))
            if len(planned) > PART:
                await repository.counted()
            kept = await asyncio.to_thread(packed, [each.told for each in planned])
            facts = {"ended_at": self._given.now(), "claimed_until": None, "error": None}
            stored = await repository.tell(
                job, state=ImportState.DONE, counts=_counted(planner), told=kept, content=None,
                done=len(lines), of=len(lines), **facts,
            )  # fmt: skip
            if not stored:
                raise Lost
        log.info("customer_import.done", list=job.id, lines=len(lines))

    async def _person(self, job: ImportJob) -> Caller:
        async with self._given.sessions() as session:
            by = await self._given.reader(session, job.asked_by)
        if by is None or not by.may(Permission.CUSTOMERS_IMPORT):
            raise NotAllowedAnyMore
        return by

    async def _lines(self, job: ImportJob) -> list[Wanted]:
        async with self._given.sessions() as session:
            content = await ImportRepository(session).content(job.id)
        if content is None:
            raise ListUnreadable
        return await asyncio.to_thread(lambda: [wanted(line) for line in read(content, FORM)])

    async def _far(self, job: ImportJob, done: int, of: int) -> None:
        if done % TOLD_EVERY < PART or done == of:
            until = Instant(self._given.now() + LEASE_MS)
            await self._tell(job, done=done, of=of, claimed_until=until)

    async def _tell(self, job: ImportJob, **facts: object) -> None:
        async with self._given.sessions.begin() as session:
            if not await ImportRepository(session).tell(job, **facts):
                raise Lost

    async def _end(self, job: ImportJob, state: ImportState, **facts: object) -> None:
        error = facts.pop("error", None)
        async with self._given.sessions.begin() as session:
            await ImportRepository(session).tell(
                job, state=state, error=error, claimed_until=None, ended_at=self._given.now(),
                **facts,
            )  # fmt: skip
        log.info("customer_import.ended", list=job.id, state=state.value, error=error)


class NotAllowedAnyMore(Rejection):
    """Whoever brought the list may not bring lists any more."""

    code = "forbidden"


async def _store(
    session: AsyncSession, job: ImportJob, planned: Sequence[Planned], by: Caller, at: Instant
) -> None:
    made: list[Customer] = []
    changed: list[tuple[Customer, Customer]] = []
    for each in planned:
        if each.after is not None and each.before is None:
            made.append(each.after)
        elif each.after is not None and each.before is not None:
            changed.append((each.before, each.after))
    await bulk_repository.add(session, made)
    await bulk_repository.save(session, changed)
    await note_part(session, job, made, changed, by=by, at=at)


def _planned(planner: Planner, part: Sequence[Wanted], known: Known) -> list[Planned]:
    return list(planner.plan(part, known))


def _refuse_errors(planned: Sequence[Planned], *, only_good: bool) -> None:
    wrong = [each.told.line for each in planned if each.told.what is LineOutcome.WRONG]
    if wrong and not only_good:
        raise ListHasErrors(lines=len(wrong), first=wrong[0])


def _counted(planner: Planner) -> dict[str, int]:
    counts = planner.counts
    return {name: getattr(counts, name) for name in type(counts).__slots__}


def _parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for begin in range(0, len(whole), size):
        yield whole[begin : begin + size]
