"""What others may ask of clocks. The caller owns the transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import Deadline, TimeUnit, WorkCalendar
from lianxi.office.calendar.rules import is_provisional, require_open
from lianxi.office.clock import rules
from lianxi.office.clock.contracts import (
    Clock,
    ClockOutcome,
    ClockStanding,
    ClockState,
    Fired,
    Start,
    Stretch,
)
from lianxi.office.clock.errors import ClockRuns, NoSuchClock
from lianxi.office.clock.repository import ClockRepository
from lianxi.office.clock.standing_repository import counted

Tells = Callable[[AsyncSession, Sequence[Fired]], Awaitable[None]]
"""Hears of marks that came, in the transaction that fires them."""

AT_ONCE = 500
"""Marks fired in one transaction."""


async def start(session: AsyncSession, wanted: Start, at: Instant) -> Clock:
    """Let a deadline run.

    Raises:
        ClockRuns: one of the same code and round of this subject is open.
        CalendarNeverOpens: its calendar has no open time.
    """
    deadline = wanted.rule.deadline
    require_open(deadline.calendar, at)
    runs = (Stretch(since=at, until=None),)
    due = rules.falls_due(deadline, runs)
    assert due is not None
    try:
        async with session.begin_nested():
            return await ClockRepository(session).add(
                wanted,
                at,
                due_at=due,
                is_provisional=is_provisional(deadline, due),
                moments=rules.marked(deadline, rules.with_breach(wanted.rule), runs),
            )
    except IntegrityError as error:
        raise ClockRuns(subject=wanted.subject, clock=wanted.rule.code) from error


async def pause(session: AsyncSession, subject: str, at: Instant) -> None:
    """Let every running clock of a subject rest. Clocks that count natural days run on."""
    repository = ClockRepository(session)
    for clock in await repository.open_of(subject):
        if clock.state is ClockState.RUNNING and clock.deadline.unit is not TimeUnit.NATURAL_DAY:
            await repository.close_stretch(clock.id, at)
            await repository.rest_marks(clock.id, at, keep=range(len(clock.marks)))
            await repository.set(
                clock.id,
                state=ClockState.PAUSED,
                due_at=None,
                breached_at=_breach(clock, at),
            )


async def resume(session: AsyncSession, subject: str, at: Instant) -> None:
    """Let every clock of a subject that rests run again, with what it has left."""
    repository = ClockRepository(session)
    for clock in await repository.open_of(subject):
        if clock.state is ClockState.PAUSED:
            await repository.open_stretch(clock.id, at)
            stretches = (*clock.stretches, Stretch(since=at, until=None))
            await repository.set(clock.id, state=ClockState.RUNNING)
            await _lay(repository, replace(clock, stretches=stretches), at)


async def stop(
    session: AsyncSession, subject: str, code: str, at: Instant, outcome: ClockOutcome | None = None
) -> Clock:
    """End a clock.

    Args:
        session: the caller's transaction.
        subject: what it belongs to.
        code: which.
        at: when the work was done.
        outcome: None = met or late, by the due moment.

    Raises:
        NoSuchClock: none of this code is open.
    """
    repository = ClockRepository(session)
    clocks = await repository.open_of(subject, code)
    if not clocks:
        raise NoSuchClock(subject=subject, clock=code)
    return await _end(repository, clocks[-1], at, outcome)


async def end_all(
    session: AsyncSession,
    subject: str,
    at: Instant,
    outcome: ClockOutcome | None = ClockOutcome.CANCELLED,
) -> list[Clock]:
    """End every open clock of a subject; the ended ones."""
    repository = ClockRepository(session)
    return [await _end(repository, c, at, outcome) for c in await repository.open_of(subject)]


async def retarget(
    session: AsyncSession, subject: str, code: str, deadline: Deadline, at: Instant
) -> Clock:
    """Give an open clock another target, unit or calendar; what it used is not forgotten.

    Raises:
        NoSuchClock: none of this code is open.
        CalendarNeverOpens.
    """
    require_open(deadline.calendar, at)
    repository = ClockRepository(session)
    clocks = await repository.open_of(subject, code)
    if not clocks:
        raise NoSuchClock(subject=subject, clock=code)
    return await _redeadline(repository, clocks[-1], deadline, at)


async def hand_over(session: AsyncSession, subject: str, code: str, owner: str) -> None:
    """Give open clocks of a code to another post; their times stay."""
    repository = ClockRepository(session)
    for clock in await repository.open_of(subject, code):
        if clock.owner != owner:
            await repository.set(clock.id, owner=owner)


async def recalculate(session: AsyncSession, calendar: WorkCalendar, at: Instant) -> int:
    """Lay provisional clocks of this calendar anew, its holidays being known; how many."""
    repository = ClockRepository(session)
    ids = await repository.provisional(calendar.id)
    for clock in await repository.locked(ids):
        deadline = replace(clock.deadline, calendar=calendar)
        await _redeadline(repository, clock, deadline, at)
    return len(ids)


async def of(session: AsyncSession, *subjects: str) -> list[Clock]:
    """Every clock of these subjects, open and ended, in the order they were started."""
    return await ClockRepository(session).of(subjects) if subjects else []


async def open_of_owners(session: AsyncSession, owners: Sequence[str], kind: str) -> list[Clock]:
    """Open clocks of matters of a kind that belong to any of these posts, the nearest first; those
    that rest come last. Without what they used."""
    return await ClockRepository(session).of_owners(owners, kind) if owners else []


async def tally(
    session: AsyncSession, subjects: Sequence[str], codes: Sequence[str]
) -> list[tuple[str, str, ClockOutcome, int]]:
    """How ended clocks of these codes and subjects came out: owner, code, outcome, how many."""
    return await ClockRepository(session).tally(subjects, codes) if subjects else []


async def next_mark(session: AsyncSession) -> Instant | None:
    """When the next mark comes; None while nothing is timed."""
    return await ClockRepository(session).next_due()


async def standing(session: AsyncSession, now: Instant) -> ClockStanding:
    """How many clocks run, are late and rest, and since when a mark waits for a worker."""
    running, late, paused = await counted(session, now)
    next_at = await ClockRepository(session).next_due()
    return ClockStanding(running=running, late=late, paused=paused, next_mark_at=next_at)


async def sweep(
    session: AsyncSession, now: Instant, tell: Tells, *, limit: int = AT_ONCE
) -> list[Fired]:
    """Fire the marks whose moment came; each once, however many workers sweep.

    What is fired, and what `tell` writes, is one transaction: a worker that dies in the middle has
    fired nothing.

    Args:
        session: the transaction; the caller commits it.
        now: the time of the worker.
        tell: hears of them.
        limit: how many at most; as many came, call again.
    """
    repository = ClockRepository(session)
    taken = await repository.take_due(now, limit)
    late = [c.id for c, mark in taken if c.marks[mark.number].percent == 100]
    await repository.breached(late)
    for clock, row in taken:
        mark = clock.marks[row.number]
        if mark.repeat is not None and clock.state is not ClockState.ENDED:
            assert row.first_at is not None
            again, count = rules.next_time(row.first_at, mark.repeat, now)
            await repository.repeat(row, again, count)
    fired = [
        Fired(
            clock=clock,
            action=clock.marks[mark.number].action,
            percent=clock.marks[mark.number].percent,
            occurrence=mark.occurrence,
            at=mark.at if mark.at is not None else now,
            fired_at=now,
        )
        for clock, mark in taken
    ]
    if fired:
        await tell(session, fired)
    return fired


def _breach(clock: Clock, at: Instant) -> Instant | None:
    """Since when it is late; a worker may not have noticed yet."""
    if clock.breached_at is None and clock.due_at is not None and at > clock.due_at:
        return clock.due_at
    return clock.breached_at


async def _end(
    repository: ClockRepository, clock: Clock, at: Instant, outcome: ClockOutcome | None
) -> Clock:
    breached = _breach(clock, at)
    ended = outcome or rules.outcome(clock.due_at, breached, at)
    await repository.close_stretch(clock.id, at)
    # That it was late is still told; that it would soon be is not.
    told = [n for n, mark in enumerate(clock.marks) if breached and (mark.percent or 0) >= 100]
    if ended is ClockOutcome.CANCELLED:
        told = []
    await repository.rest_marks(clock.id, at, keep=told)
    facts = {"state": ClockState.ENDED, "ended_at": at, "outcome": ended, "breached_at": breached}
    await repository.set(clock.id, **facts)
    return replace(clock, state=ClockState.ENDED, ended_at=at, outcome=ended, breached_at=breached)


async def _redeadline(
    repository: ClockRepository, clock: Clock, deadline: Deadline, at: Instant
) -> Clock:
    changed = replace(clock, deadline=deadline)
    await repository.set_deadline(clock.id, deadline)
    return await _lay(repository, changed, at)


async def _lay(repository: ClockRepository, clock: Clock, at: Instant) -> Clock:
    """Work out anew when it is due and when its marks come."""
    due = rules.falls_due(clock.deadline, clock.stretches)
    await repository.move_marks(
        clock.id, rules.marked(clock.deadline, clock.marks, clock.stretches), at
    )
    facts = {
        "due_at": due,
        "is_provisional": due is not None and is_provisional(clock.deadline, due),
        "breached_at": None if due is not None and due > at else clock.breached_at,
    }
    await repository.set(clock.id, **facts)
    return replace(clock, due_at=due, is_provisional=bool(facts["is_provisional"]))
