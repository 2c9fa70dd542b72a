"""Clocks in the database: they run, rest and end; every mark is fired once."""

import asyncio
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import DAY_MS, Deadline, TimeUnit
from lianxi.office.calendar.errors import CalendarNeverOpens
from lianxi.office.clock import facade
from lianxi.office.clock.contracts import (
    Clock,
    ClockOutcome,
    ClockRule,
    ClockState,
    Fired,
    Mark,
    Start,
)
from lianxi.office.clock.errors import ClockRuns, NoSuchClock
from tests.office.test_calendar import HOUR, OFFICE, at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
CASE = "case:1"
EARLY = (Mark(action="warn", percent=50), Mark(action="warn", percent=80))


def a_start(
    subject: str = CASE,
    *,
    hours: float = 4,
    unit: TimeUnit = TimeUnit.WALL,
    marks: tuple[Mark, ...] = EARLY,
    round: int = 1,
) -> Start:
    deadline = Deadline(target=int(hours * HOUR), unit=unit, calendar=OFFICE)
    rule = ClockRule(code="wo.resolve", deadline=deadline, marks=marks)
    return Start(subject=subject, round=round, rule=rule, owner="area:north")


async def nobody(session: AsyncSession, fired: Sequence[Fired]) -> None:
    """Is told."""


async def swept(database: Database, now: Instant, limit: int = 500) -> list[Fired]:
    async with database.sessions.begin() as session:
        return await facade.sweep(session, now, nobody, limit=limit)


async def started(database: Database, wanted: Start, when: Instant = NINE) -> Clock:
    async with database.sessions.begin() as session:
        return await facade.start(session, wanted, when)


async def the_clock(database: Database, subject: str = CASE) -> Clock:
    async with database.sessions() as session:
        return (await facade.of(session, subject))[-1]


async def test_marks_are_fired_when_their_moment_comes_and_once(database: Database) -> None:
    # Given four hours from nine
    clock = await started(database, a_start())
    assert clock.due_at == at("2026-11-23 13:00")
    # Then nothing is fired before its time, and each mark once
    assert await swept(database, at("2026-11-23 10:59")) == []
    half = await swept(database, at("2026-11-23 11:00"))
    assert [(f.action, f.percent, f.at) for f in half] == [("warn", 50, at("2026-11-23 11:00"))]
    assert await swept(database, at("2026-11-23 11:00")) == []
    # And after a night without a worker the rest comes at once, late since it was due
    rest = await swept(database, at("2026-11-24 07:00"))
    assert [(f.action, f.percent) for f in rest] == [("warn", 80), ("breach", 100)]
    found = await the_clock(database)
    assert (found.breached_at, found.state) == (at("2026-11-23 13:00"), ClockState.RUNNING)


async def test_what_is_done_in_time_is_met_and_nothing_is_fired_later(database: Database) -> None:
    await started(database, a_start())
    async with database.sessions.begin() as session:
        ended = await facade.stop(session, CASE, "wo.resolve", at("2026-11-23 13:00"))
    assert ended.outcome is ClockOutcome.MET
    assert await swept(database, at("2026-11-25 00:00")) == []


async def test_what_was_late_is_told_though_it_is_done(database: Database) -> None:
    # Given that no worker ran while the deadline passed
    await started(database, a_start())
    async with database.sessions.begin() as session:
        ended = await facade.stop(session, CASE, "wo.resolve", at("2026-11-23 13:01"))
    # Then it is late since it was due, and only that is told
    assert (ended.outcome, ended.breached_at) == (ClockOutcome.LATE, at("2026-11-23 13:00"))
    assert [f.percent for f in await swept(database, at("2026-11-23 14:00"))] == [100]


async def test_a_pause_takes_nothing_and_gives_nothing(database: Database) -> None:
    await started(database, a_start())
    async with database.sessions.begin() as session:
        await facade.pause(session, CASE, at("2026-11-23 10:00"))
    assert (await the_clock(database)).due_at is None
    assert await swept(database, at("2026-11-24 10:00")) == []
    async with database.sessions.begin() as session:
        await facade.resume(session, CASE, at("2026-11-24 10:00"))
    found = await the_clock(database)
    assert found.due_at == at("2026-11-24 13:00")
    assert [f.at for f in await swept(database, at("2026-11-24 13:00"))] == [
        at("2026-11-24 11:00"),
        at("2026-11-24 12:12"),
        at("2026-11-24 13:00"),
    ]


async def test_a_second_clock_of_the_same_round_is_refused_and_writes_nothing(
    database: Database,
) -> None:
    await started(database, a_start())
    async with database.sessions.begin() as session:
        with pytest.raises(ClockRuns):
            await facade.start(session, a_start(), NINE)
        await facade.start(session, a_start(round=2), NINE)  # the transaction lives on
    async with database.sessions() as session:
        assert [clock.round for clock in await facade.of(session, CASE)] == [1, 2]


async def test_closing_the_matter_cancels_every_clock(database: Database) -> None:
    await started(database, a_start())
    async with database.sessions.begin() as session:
        [ended] = await facade.end_all(session, CASE, at("2026-11-23 15:00"))
    assert ended.outcome is ClockOutcome.CANCELLED
    assert await swept(database, at("2026-11-24 00:00")) == []
    async with database.sessions.begin() as session:
        with pytest.raises(NoSuchClock):
            await facade.stop(session, CASE, "wo.resolve", at("2026-11-24 00:00"))


async def test_an_extension_after_the_breach_is_due_again_and_fires_again(
    database: Database,
) -> None:
    await started(database, a_start())
    assert len(await swept(database, at("2026-11-23 13:30"))) == 3
    longer = Deadline(target=6 * HOUR, unit=TimeUnit.WALL, calendar=OFFICE)
    async with database.sessions.begin() as session:
        changed = await facade.retarget(session, CASE, "wo.resolve", longer, at("2026-11-23 13:30"))
    assert changed.due_at == at("2026-11-23 15:00")
    assert (await the_clock(database)).breached_at is None
    again = await swept(database, at("2026-11-23 15:00"))
    assert [(f.percent, f.occurrence) for f in again] == [(80, 2), (100, 2)]


async def test_what_is_repeated_catches_up_once_and_does_not_drift(database: Database) -> None:
    daily = Mark(action="again", percent=100, repeat=Millis(DAY_MS))
    await started(database, a_start(marks=(daily,)))
    # When there was no worker for three days
    first = await swept(database, at("2026-11-26 14:00"))
    # Then what was due is told once, and comes again at its own time of day
    assert [(f.action, f.at) for f in first] == [
        ("again", at("2026-11-23 13:00")),
        ("breach", at("2026-11-23 13:00")),
    ]
    assert await swept(database, at("2026-11-27 12:59")) == []
    [again] = await swept(database, at("2026-11-27 13:00"))
    assert (again.action, again.at) == ("again", at("2026-11-27 13:00"))


async def test_holidays_that_are_published_later_move_what_was_provisional(
    database: Database,
) -> None:
    known = replace(OFFICE, known_until=dt.date(2026, 11, 30))
    rule = ClockRule(
        code="wo.resolve",
        deadline=Deadline(target=5 * DAY_MS, unit=TimeUnit.WORK_DAYS, calendar=known),
    )
    clock = await started(
        database, Start(subject=CASE, rule=rule, owner="area:north"), at("2026-11-27 09:00")
    )
    assert (clock.due_at, clock.is_provisional) == (at("2026-12-04 09:00"), True)
    holiday = replace(OFFICE, special={**OFFICE.special, dt.date(2026, 12, 1): ()})
    async with database.sessions.begin() as session:
        assert await facade.recalculate(session, holiday, at("2026-11-28 09:00")) == 1
    found = await the_clock(database)
    assert (found.due_at, found.is_provisional) == (at("2026-12-07 09:00"), False)


async def test_a_calendar_that_never_opens_starts_nothing(database: Database) -> None:
    closed = Deadline(target=1, unit=TimeUnit.WALL, calendar=replace(OFFICE, weekly={}, special={}))
    wanted = Start(subject=CASE, rule=ClockRule(code="x", deadline=closed), owner="area:north")
    with pytest.raises(CalendarNeverOpens):
        await started(database, wanted)
    async with database.sessions() as session:
        assert await facade.of(session, CASE) == []


async def test_two_workers_fire_each_mark_once(database: Database) -> None:
    # Given two hundred deadlines of the same second
    for number in range(200):
        await started(database, a_start(f"case:{number}", marks=()))

    # When two workers sweep at once, in small parts, and one of them dies in the middle of a part
    async def worker() -> list[Fired]:
        fired: list[Fired] = []
        while part := await swept(database, at("2026-11-23 13:00"), limit=20):
            fired += part
        return fired

    dying = database.sessions()
    assert len(await facade.sweep(dying, at("2026-11-23 13:00"), nobody, limit=50)) == 50
    await dying.close()
    parts = await asyncio.gather(worker(), worker())
    # Then each was fired once
    told = [fired.clock.subject for part in parts for fired in part]
    assert sorted(told) == sorted(f"case:{number}" for number in range(200))
