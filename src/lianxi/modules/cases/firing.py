"""Events of work orders: whose they are, and what follows from some beside the flow."""

import hashlib
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AreaId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import (
    AuditMode,
    Case,
    CaseState,
    DispatchOutcome,
    Wanted,
)
from lianxi.modules.cases.errors import AreaNotFound, NotYourArea
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.order import ORDER
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import ClockState
from lianxi.office.flow.contracts import Happened
from lianxi.office.flow.facade import fire

BY_AREA = frozenset(
    {"accept", "reassign", "arrive", "respond", "progress", "misdispatch", "complete"}
)
"""Events of those who have the work order."""

BRINGS = {
    "dispatch": ("area",),
    "assign_more": ("area",),
    "callback": ("result",),
    "ask_time": ("minutes",),
    "attach": ("contact",),
}
"""Facts without which an event means nothing."""


async def fired(
    session: AsyncSession,
    orders: Orders,
    id: str,
    event: str,
    wanted: Wanted,
    by: Caller | None,
    at: Instant,
) -> Case:
    """Let an event of the flow happen, whoever may."""
    happened = Happened(event=event, by=by, at=at, reason=wanted.reason, facts=wanted.facts)
    return await fire(session, ORDER, orders, id, happened)


async def require_area(
    session: AsyncSession, case: Case, wanted: Wanted, by: Caller | None
) -> None:
    """The area exists that it shall go to, and the person belongs to the one that has it."""
    repository = CaseSetupRepository(session)
    if wanted.event in ("dispatch", "assign_more"):
        area = await repository.area(AreaId(str(wanted.facts.get("area", ""))))
        if area is None or not area.is_active:
            raise AreaNotFound(area=str(wanted.facts.get("area", ""))[:60])
    if wanted.event in BY_AREA and by is not None and not by.may(Permission.CASES_SUPERVISE):
        mine = set(await repository.areas_of(by.user))
        having = {
            d.area
            for d in case.dispatches
            if d.round == case.round and d.outcome is DispatchOutcome.ACTIVE
        }
        if case.state is CaseState.HANDLING and mine.isdisjoint(having):
            raise NotYourArea(area=case.area)


async def extend(session: AsyncSession, case: Case, minutes: int, at: Instant) -> None:
    """More time for the whole, in the unit of its clock."""
    subject = ORDER.subject(case.id)
    for clock in await clocks.of(session, subject):
        if clock.code == "wo.resolve" and clock.state is not ClockState.ENDED:
            longer = replace(clock.deadline, target=clock.deadline.target + minutes * 60_000)
            await clocks.retarget(session, subject, clock.code, longer, at)


async def reviewed_by_rule(session: AsyncSession, orders: Orders, case: Case, at: Instant) -> Case:
    """What need not be looked through by a person goes on by itself: 完成 to 归档."""
    type = await CaseSetupRepository(session).type(case.kind)
    share = type.sample_percent if type else 100
    if case.warned or case.audit_mode is AuditMode.EVERY:
        return case
    if case.audit_mode is AuditMode.SAMPLE and is_drawn(case, share):
        return case
    for state, event in ((CaseState.DONE, "submit"), (CaseState.REVIEW, "approve")):
        if case.state is state and not (event == "submit" and case.callback_required):
            case = await fired(session, orders, case.id, event, Wanted(event=event), None, at)
    return case


def is_drawn(case: Case, percent: int) -> bool:
    """Whether a finished work order belongs to the sample that people look through: by a hash of
    its number and round, so that nobody can choose and everybody can check."""
    digest = hashlib.sha256(f"{case.number} {case.round}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < percent
