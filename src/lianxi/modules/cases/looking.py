"""Reading work orders: lists, counts, one with its story, and what a person may do with it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller, Forbidden
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import CaseId, ContactId, CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade
from lianxi.modules.cases.contracts import Case, CaseState
from lianxi.modules.cases.errors import CaseClosed, CaseNotFound
from lianxi.modules.cases.firing import BY_AREA
from lianxi.modules.cases.listed import CaseFilter, CaseLine, CaseList, CaseSort, Sight, sight_of
from lianxi.modules.cases.listing_repository import CaseListRepository, Place, with_clocks
from lianxi.modules.cases.order import ORDER
from lianxi.modules.cases.repository import CaseRepository
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.identity import facade as identity
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import AuditRow
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import Clock, ClockState
from lianxi.office.flow.errors import EventNotAllowed

NEEDS: dict[str, Permission] = {
    "dispatch": Permission.CASES_DISPATCH,
    "explain": Permission.CASES_DISPATCH,
    "assign_more": Permission.CASES_DISPATCH,
    "merge": Permission.CASES_DISPATCH,
    **dict.fromkeys(BY_AREA, Permission.CASES_HANDLE),
    "suspend": Permission.CASES_HANDLE,
    "resume": Permission.CASES_HANDLE,
    "ask_time": Permission.CASES_HANDLE,
    "callback": Permission.CASES_CALL_BACK,
    "submit": Permission.CASES_REVIEW,
    "approve": Permission.CASES_REVIEW,
    "reject": Permission.CASES_REVIEW,
    "reopen": Permission.CASES_SUPERVISE,
    "withdraw": Permission.CASES_SUPERVISE,
    "overrule": Permission.CASES_SUPERVISE,
    "supervise": Permission.CASES_SUPERVISE,
    "grant_time": Permission.CASES_SUPERVISE,
    "refuse_time": Permission.CASES_SUPERVISE,
    "urge": Permission.CASES_READ,
    "note": Permission.CASES_READ,
    "attach": Permission.CASES_READ,
}
"""What a person must be allowed for each event; one that is missing is the system's own."""

WORKS = (
    Permission.CASES_CREATE, Permission.CASES_DISPATCH, Permission.CASES_HANDLE,
    Permission.CASES_CALL_BACK, Permission.CASES_REVIEW, Permission.CASES_SUPERVISE,
)  # fmt: skip
"""Who has one of these works on work orders; others read them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A step that the flow allows now, and whether this person may do it."""

    event: str
    allowed: bool
    why_not: str
    """Stable word: empty, `permission`, or `area`."""


async def sight(session: AsyncSession, caller: Caller) -> Sight:
    """Whose work orders a person sees."""
    areas = await CaseSetupRepository(session).areas_of(caller.user)
    team: list[UserId] = []
    if caller.scope is Scope.TEAM and caller.team is not None:
        team = await identity.people_of_team(session, caller.team)
    return sight_of(caller, tuple(areas), tuple(team))


async def find(
    session: AsyncSession,
    wanted: CaseFilter,
    seen: Sight,
    *,
    sort: CaseSort = CaseSort.NEWEST,
    after: Place | None = None,
    limit: int,
) -> list[CaseLine]:
    """A part of a list, each with its open clocks."""
    lines = await CaseListRepository(session).find(
        wanted, seen, sort=sort, after=after, limit=limit
    )
    by_subject: dict[str, list[Any]] = defaultdict(list)
    for clock in await clocks.of(session, *(ORDER.subject(line.id) for line in lines)):
        if clock.state is not ClockState.ENDED:
            by_subject[clock.subject].append(clock)
    return with_clocks(lines, by_subject)


async def counts(session: AsyncSession, wanted: CaseFilter, seen: Sight) -> dict[CaseList, int]:
    """How long each list is."""
    repository = CaseListRepository(session)
    facts = {name: getattr(wanted, name) for name in CaseFilter.__slots__ if name != "list"}
    return {
        which: await repository.count(CaseFilter(list=which, **facts), seen) for which in CaseList
    }


async def count(session: AsyncSession, wanted: CaseFilter, seen: Sight, *, most: int) -> int:
    """How long a list is; `most` at most."""
    return await CaseListRepository(session).count(wanted, seen, most=most)


async def open_of(
    session: AsyncSession, customers: Sequence[CustomerId], seen: Sight, *, at: Instant
) -> dict[CustomerId, tuple[int, int]]:
    """How many work orders of each customer are open, and how many of these are late at this
    moment; customers without one are left out."""
    return await CaseListRepository(session).open_of(customers, seen, at=at) if customers else {}


async def one(session: AsyncSession, id: str, seen: Sight) -> Case:
    """A work order, if the person may see it.

    Raises:
        CaseNotFound.
    """
    case = await facade.case(session, id)
    areas = {dispatch.area for dispatch in case.dispatches}
    own = case.opened_by == seen.user or not areas.isdisjoint(seen.areas)
    waits = seen.calls_back and case.state is CaseState.DONE and case.callback_required
    if not (own or seen.all or case.opened_by in seen.colleagues or waits):
        raise CaseNotFound(case=id[:60])
    if case.confidential and not (own or seen.confidential):
        raise CaseNotFound(case=id[:60])
    return case


async def of_contact(session: AsyncSession, contact: ContactId) -> list[CaseId]:
    """The work orders that a contact was about, whoever sees them."""
    return await CaseRepository(session).of_contact(contact)


async def story(session: AsyncSession, case: Case) -> list[AuditRow]:
    """Everything that happened to it, newest first."""
    return await audit.of_object(session, ORDER.subject(case.id))


async def clocks_of(session: AsyncSession, case: Case) -> list[Clock]:
    """Every clock of it, of all rounds."""
    return await facade.clocks_of(session, case.id)


def require_edit(case: Case, caller: Caller) -> None:
    """Refuse a change of what is written about a work order, to those who only read it, and to
    everybody once it is archived or withdrawn.

    Raises:
        Forbidden, CaseClosed.
    """
    if not any(caller.may(one) for one in WORKS):
        raise Forbidden(permission=Permission.CASES_HANDLE.value)
    if case.state in (CaseState.ARCHIVED, CaseState.WITHDRAWN):
        raise CaseClosed(case=case.number, state=case.state.value)


def possible(case: Case, caller: Caller, seen: Sight) -> list[Possible]:
    """What may happen to it now, in the order of the flow, and what of it this person may do."""
    found: list[Possible] = []
    for event in ORDER.allowed(case.state):
        name = "callback" if event.startswith("callback_") else event
        needed = NEEDS.get(name)
        if needed is None or any(one.event == name for one in found):
            continue
        why_not = ""
        if not caller.may(needed) and not caller.may(Permission.CASES_SUPERVISE):
            why_not = "permission"
        elif event in BY_AREA and not caller.may(Permission.CASES_SUPERVISE):
            active = {d.area for d in case.dispatches if d.round == case.round}
            why_not = "area" if active.isdisjoint(seen.areas) else ""
        found.append(Possible(event=name, allowed=not why_not, why_not=why_not))
    return found


def require(event: str, caller: Caller) -> None:
    """Refuse an event that the person's role does not allow.

    Raises:
        Forbidden.
        EventNotAllowed: no person ever does this.
    """
    needed = NEEDS.get(event)
    if needed is None:
        raise EventNotAllowed(event=event[:40])
    if not caller.may(needed) and not caller.may(Permission.CASES_SUPERVISE):
        raise Forbidden(permission=needed.value)
