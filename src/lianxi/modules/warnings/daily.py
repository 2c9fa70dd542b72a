"""One warning and one handling a day (R139): from the day after the customer was not satisfied,
until the end. Each day has its own two clocks; they begin and end at the midnight of the zone."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.warnings.chain import WARNING
from lianxi.modules.warnings.contracts import ComplaintWarning
from lianxi.modules.warnings.keeping import Warnings
from lianxi.modules.warnings.presets import DAILY
from lianxi.office.calendar.contracts import DAY_MS, Deadline, TimeUnit, WorkCalendar
from lianxi.office.calendar.rules import due
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import Clock, ClockOutcome, ClockState, Start

FULFILS = {
    "submit": "ew.daily_report",
    "report_day": "ew.daily_report",
    "handle": "ew.daily_handle",
}
"""Which of the two an event does."""


async def followed(
    session: AsyncSession, warnings: Warnings, warning: ComplaintWarning, event: str, at: Instant
) -> None:
    """What an event means for what is owed each day."""
    if event == "unsatisfied":
        running = {clock.code for clock in await _open(session, warning)}
        for code in DAILY:
            if code not in running:
                await _begin(session, warnings, warning, code, midnight_after(warnings.zone, at))
    elif warning.round > 1 and event in FULFILS:
        for clock in await _open(session, warning):
            if clock.code == FULFILS[event] and at >= clock.started_at:
                await clocks.stop(session, clock.subject, clock.code, at)
                tomorrow = midnight_after(warnings.zone, at)
                await _begin(session, warnings, warning, clock.code, tomorrow)
    await warnings.settled(session, warning, at)


async def rolled(
    session: AsyncSession, warnings: Warnings, warning: ComplaintWarning, now: Instant
) -> int:
    """Days that passed without what was owed end late, each by itself; how many there were."""
    missed = 0
    while late := [c for c in await _open(session, warning) if c.due_at and c.due_at < now]:
        for clock in late:
            assert clock.due_at is not None
            over = Instant(clock.due_at + 1)  # so that the breach is still told
            await clocks.stop(session, clock.subject, clock.code, over, ClockOutcome.LATE)
            await _begin(session, warnings, warning, clock.code, clock.due_at)
            missed += 1
    if missed:
        await warnings.settled(session, warning, now)
    return missed


async def _begin(
    session: AsyncSession,
    warnings: Warnings,
    warning: ComplaintWarning,
    code: str,
    at: Instant,
) -> None:
    wanted = await warnings.clock(session, code, warning, at)
    if wanted is not None:
        start = Start(
            subject=WARNING.subject(warning.id),
            round=warning.round,
            rule=wanted.rule,
            owner=wanted.owner,
        )
        await clocks.start(session, start, at)


async def _open(session: AsyncSession, warning: ComplaintWarning) -> list[Clock]:
    found = await clocks.of(session, WARNING.subject(warning.id))
    return [c for c in found if c.code in DAILY and c.state is not ClockState.ENDED]


def midnight_after(zone: str, at: Instant) -> Instant:
    """When the day of a moment ends."""
    calendar = WorkCalendar(id="", zone=zone, always=True)
    return due(Deadline(target=DAY_MS, unit=TimeUnit.NATURAL_DAY, calendar=calendar), at)
