"""Where work orders are, and what the declarations of their flow mean for one: `Keeps`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Case, CaseState, DispatchRole
from lianxi.modules.cases.errors import CaseNotFound
from lianxi.modules.cases.repository import CaseRepository
from lianxi.modules.cases.rules import ESCALATED_AT
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.routing import facade as routing
from lianxi.office.calendar.contracts import Deadline, WorkCalendar
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockRule, ClockState
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.flow.contracts import Due, Happened
from lianxi.office.outbox.contracts import Message
from lianxi.office.signoff.contracts import content_hash

DISPATCHERS = "post:dispatch"
CALLERS_BACK = "post:callback"
REVIEWERS = "post:review"
SUPERVISORS = "post:supervisor"

_POSTS = {
    "wo.dispatch": DISPATCHERS,
    "wo.explain": DISPATCHERS,
    "wo.callback": CALLERS_BACK,
    "wo.audit": REVIEWERS,
}


def owner_of(code: str, case: Case) -> str:
    """The post that a clock of a work order belongs to."""
    if code in _POSTS:
        return _POSTS[code]
    return f"area:{case.area}" if case.area else DISPATCHERS


class WhenGone(Protocol):
    """Hears, in the same transaction, that a work order was withdrawn or merged into another."""

    async def __call__(self, session: AsyncSession, case: Case, happened: Happened) -> None:
        """End what hangs on it."""
        ...


class Orders:
    """Work orders as the flow asks for them.

    Args:
        zone: name of the centre's IANA time zone, for deadlines without a calendar.
        gone: hears that one was withdrawn or merged; None = nothing hangs on work orders.
    """

    def __init__(self, zone: str, gone: WhenGone | None = None) -> None:
        self.zone = zone
        self._gone = gone

    async def locked(self, session: AsyncSession, id: str) -> Case:
        """The work order, locked.

        Raises:
            CaseNotFound.
        """
        found = await CaseRepository(session).find(id, lock=True)
        if found is None:
            raise CaseNotFound(case=id[:60])
        return found

    async def save(
        self, session: AsyncSession, before: Case, after: Case, happened: Happened
    ) -> Case:
        """Write what changed; an archived one is frozen by the hash of its content."""
        kept = replace(after, revision=before.revision + 1)
        if kept.state is CaseState.ARCHIVED:
            kept = replace(kept, hash=content_of(kept))
        await CaseRepository(session).save(before, kept)
        if kept.state is CaseState.WITHDRAWN and self._gone is not None:
            await self._gone(session, kept, happened)
        return kept

    async def clock(
        self, session: AsyncSession, code: str, matter: Case, at: Instant
    ) -> Due | None:
        """By the deadlines in force for its type and the class of its area."""
        if code == "wo.callback" and not matter.callback_required:
            return None
        area = await CaseSetupRepository(session).area(matter.area) if matter.area else None
        area_class = area.area_class if area else ""
        rule = await deadlines.in_force(
            session, code, kind=matter.kind, area_class=area_class, at=at
        )
        if rule is None:
            return None
        calendar = await self.calendar(session, rule.calendar)
        deadline = Deadline(target=rule.target, unit=rule.unit, calendar=calendar)
        return Due(
            rule=ClockRule(code=code, deadline=deadline, marks=rule.marks),
            owner=owner_of(code, matter),
        )

    async def calendar(self, session: AsyncSession, id: str) -> WorkCalendar:
        """The opening hours that a deadline is counted by; round the clock for an empty id.

        Raises:
            CalendarNotFound.
        """
        if not id:
            return WorkCalendar(id="", zone=self.zone, always=True)
        return await routing.work_calendar(session, id, self.zone)

    async def notice(
        self, session: AsyncSession, name: str, matter: Case, happened: Happened
    ) -> Sequence[Message]:
        """Who has to hear of it: one message for each post, and for the customer where the event
        concerns one."""
        to = _hearers(name, matter)
        return [
            Message(
                topic="notice",
                subject=f"case:{matter.id}",
                key=f"case {matter.id} {matter.revision} {name} {post}",
                body={
                    "name": f"case.{name}",
                    "to": post,
                    "number": matter.number,
                    "title": matter.title,
                    "reason": happened.reason,
                    "round": matter.round,
                },
            )
            for post in to
        ]

    async def settled(self, session: AsyncSession, matter: Case, at: Instant) -> None:
        """The time in all belongs to who has it; the nearest clock is kept for lists."""
        subject = f"case:{matter.id}"
        await clocks.hand_over(session, subject, "wo.resolve", owner_of("wo.resolve", matter))
        due = [
            clock.due_at
            for clock in await clocks.of(session, subject)
            if clock.state is ClockState.RUNNING and clock.due_at is not None
        ]
        await CaseRepository(session).set_due(matter.id, min(due, default=None))


def content_of(case: Case) -> str:
    """Hash of what an archived work order says."""
    return content_hash(
        {
            "number": case.number,
            "kind": case.kind,
            "title": case.title,
            "content": case.content,
            "answers": dict(case.answers),
            "handlings": [[*h.workers, h.text, h.completed] for h in case.handlings],
            "callbacks": [[c.result.value, c.note] for c in case.callbacks],
        }
    )


def _hearers(name: str, case: Case) -> list[str]:
    area = f"area:{case.area}" if case.area else ""
    match name:
        case "created" | "unsatisfied" | "rejected" | "reopened":
            return [DISPATCHERS]
        case "returned":
            escalated = case.misdispatches >= ESCALATED_AT
            return [DISPATCHERS, *([SUPERVISORS] if escalated else [])]
        case "dispatched":
            if not case.dispatches:
                return [area]
            given = case.dispatches[-1]
            is_lead = given.role is DispatchRole.LEAD
            return [f"area:{given.area}", *(["customer"] if is_lead else [])]
        case "time_asked":
            return [SUPERVISORS]
        case "completed":
            return [CALLERS_BACK if case.callback_required else REVIEWERS, "customer"]
        case "time_granted" | "time_refused" | "withdrawn" | "supervised" | "urged" | "overruled":
            return [post for post in (area or DISPATCHERS,) if post] + (
                ["customer"] if name == "time_granted" else []
            )
        case _:
            return []
