"""Where warnings are, and what the declarations of their flow mean for one: `Keeps`."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.routing import facade as routing
from lianxi.modules.warnings.contracts import ComplaintWarning, WarningState
from lianxi.modules.warnings.errors import WarningNotFound
from lianxi.modules.warnings.repository import WarningRepository
from lianxi.modules.warnings.rules import OWNERS
from lianxi.office.calendar.contracts import Deadline, WorkCalendar
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockRule, ClockState
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.flow.contracts import Due, Happened
from lianxi.office.outbox.contracts import Message

HEARERS: dict[str, tuple[str, ...]] = {
    "classified": ("post:hotline_agent",),
    "submitted": ("post:hotline_supervisor",),
    "sent_back": ("post:hotline_agent",),
    "to_store": ("post:store_manager", "post:store_service"),
    "guided": ("post:store_service",),
    "to_division": ("post:division_deputy", "post:division_gm"),
    "answered": ("post:hotline_supervisor",),
    "unsatisfied": ("post:hotline_agent", "post:store_manager", "post:store_service"),
    "day_reported": ("post:store_service",),
    "closed": ("post:hotline_supervisor", "post:store_manager"),
}
"""Who hears of what."""


class Warnings:
    """Warnings as the flow asks for them.

    Args:
        zone: name of the centre's IANA time zone: of days, and of deadlines without a calendar.
    """

    def __init__(self, zone: str) -> None:
        self.zone = zone

    async def locked(self, session: AsyncSession, id: str) -> ComplaintWarning:
        """The warning, locked.

        Raises:
            WarningNotFound.
        """
        found = await WarningRepository(session).find(id, lock=True)
        if found is None:
            raise WarningNotFound(warning=id[:60])
        return found

    async def save(
        self,
        session: AsyncSession,
        before: ComplaintWarning,
        after: ComplaintWarning,
        happened: Happened,
    ) -> ComplaintWarning:
        """Write what changed; the end of a warning meets every deadline to end it by, unless it
        only ends because its work order did."""
        kept = replace(after, revision=before.revision + 1)
        await WarningRepository(session).save(before, kept)
        if kept.state is WarningState.CLOSED and happened.event != "case_gone":
            subject = f"warning:{kept.id}"
            for clock in await clocks.of(session, subject):
                if clock.code == "ew.close" and clock.state is not ClockState.ENDED:
                    await clocks.stop(session, subject, clock.code, happened.at)
        return kept

    async def clock(
        self, session: AsyncSession, code: str, matter: ComplaintWarning, at: Instant
    ) -> Due | None:
        """By the deadlines in force."""
        rule = await deadlines.in_force(session, code, at=at)
        if rule is None:
            return None
        calendar = WorkCalendar(id="", zone=self.zone, always=True)
        if rule.calendar:
            calendar = await routing.work_calendar(session, rule.calendar, self.zone)
        deadline = Deadline(target=rule.target, unit=rule.unit, calendar=calendar)
        return Due(
            rule=ClockRule(code=code, deadline=deadline, marks=rule.marks), owner=OWNERS[code]
        )

    async def notice(
        self, session: AsyncSession, name: str, matter: ComplaintWarning, happened: Happened
    ) -> Sequence[Message]:
        """One message for each post that has to hear of it."""
        return [
            Message(
                topic="notice",
                subject=f"warning:{matter.id}",
                key=f"warning {matter.id} {matter.revision} {name} {post}",
                body={
                    "name": f"warning.{name}",
                    "to": post,
                    "number": matter.number,
                    "case": matter.case_number,
                    "store": matter.store,
                    "reason": happened.reason,
                    "round": matter.round,
                },
            )
            for post in HEARERS[name]
        ]

    async def settled(self, session: AsyncSession, matter: ComplaintWarning, at: Instant) -> None:
        """The nearest clock is kept for lists."""
        due = [
            clock.due_at
            for clock in await clocks.of(session, f"warning:{matter.id}")
            if clock.state is ClockState.RUNNING and clock.due_at is not None
        ]
        await WarningRepository(session).set_due(matter.id, min(due, default=None))
