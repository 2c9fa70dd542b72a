"""What stands in the lists of work orders, and who sees which."""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AreaId, CaseId, ContactId, CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import CaseState, Category
from lianxi.office.clock.contracts import Clock

SEES_ALL = (
    Permission.CASES_DISPATCH,
    Permission.CASES_REVIEW,
    Permission.CASES_SUPERVISE,
)


class CaseList(StrEnum):
    """The lists of the trade; each is a query."""

    ALL = "all"
    OPEN = "open"
    TO_DISPATCH = "to_dispatch"
    """调度."""
    REDISPATCH = "redispatch"
    """重复派单."""
    RETURNED = "returned"
    """反单."""
    TO_ACCEPT = "to_accept"
    """待签收."""
    HANDLING = "handling"
    """待处理."""
    SUSPENDED = "suspended"
    """挂起."""
    TO_CALL_BACK = "to_call_back"
    """待回访."""
    TO_REVIEW = "to_review"
    """待审核."""
    CLOSED = "closed"
    MINE = "mine"
    """Made by the person, or given to them."""


class CaseSort(StrEnum):
    """The order of a list."""

    NEWEST = "newest"
    DUE = "due"
    """What is due first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Whose work orders a person sees."""

    user: UserId
    all: bool
    confidential: bool
    areas: tuple[AreaId, ...] = ()
    colleagues: tuple[UserId, ...] = ()
    """People whose work orders are seen besides one's own."""
    calls_back: bool = False
    """Sees those whose customer is to be called back."""


def sight_of(
    caller: Caller, areas: tuple[AreaId, ...] = (), colleagues: tuple[UserId, ...] = ()
) -> Sight:
    """What a person sees: those who dispatch, review or supervise see all; others what they made,
    what their areas have, what their team made where their role says so, and, where they call
    back, those whose customer waits for it."""
    supervises = caller.may(Permission.CASES_SUPERVISE)
    return Sight(
        user=caller.user,
        all=caller.scope is Scope.ALL or any(caller.may(one) for one in SEES_ALL),
        confidential=supervises,
        areas=areas,
        colleagues=colleagues if caller.scope is Scope.TEAM else (),
        calls_back=caller.may(Permission.CASES_CALL_BACK),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What narrows a list; None narrows nothing."""

    list: CaseList = CaseList.ALL
    kind: str | None = None
    category: Category | None = None
    area: AreaId | None = None
    customer: CustomerId | None = None
    customers: tuple[CustomerId, ...] = ()
    """Of any of these; none narrows nothing."""
    contact: ContactId | None = None
    text: str | None = None
    """Part of the number, the title, the content or the place."""
    phone_tail: str | None = None
    priority: int | None = None
    overdue_at: Instant | None = None
    """Only those whose nearest deadline has passed at this moment."""
    due_before: Instant | None = None
    since: Instant | None = None
    until: Instant | None = None
    supervised: bool | None = None
    warned: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A work order in a list."""

    id: CaseId
    number: str
    kind: str
    category: Category
    title: str
    customer: CustomerId | None
    phone: str
    place: str
    priority: int
    state: CaseState
    round: int
    area: AreaId | None
    opened_at: Instant
    due_at: Instant | None
    suspended: bool
    supervised: bool
    warned: bool
    confidential: bool
    misdispatches: int
    urges: int
    revision: int
    clocks: tuple[Clock, ...] = ()
    """Those that are open."""
