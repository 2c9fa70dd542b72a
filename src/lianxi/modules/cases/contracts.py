"""Work orders as others may hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lianxi.kernel.ids import AreaId, CaseId, ContactId, CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_kinds import CallbackKind


class CaseState(StrEnum):
    """Where a work order is. Wire names: never changed."""

    DISPATCHING = "dispatching"
    """调度: the form is made; nobody has it yet."""
    HANDLING = "handling"
    """处理: an area has it."""
    RETURNED = "returned"
    """反单: the area says that it is not theirs."""
    REDISPATCHING = "redispatching"
    """重复派单: to be dispatched again."""
    DONE = "done"
    """完成: handled; the customer is called back where the type asks for it."""
    REVIEW = "review"
    """审核: closed for the customer; the record is looked through."""
    ARCHIVED = "archived"
    """归档."""
    WITHDRAWN = "withdrawn"
    """已撤销."""


OPEN_STATES = (CaseState.DISPATCHING, CaseState.HANDLING, CaseState.RETURNED,
               CaseState.REDISPATCHING)  # fmt: skip


class Category(StrEnum):
    """The three services of a hotline."""

    QUERY = "query"
    BUSINESS = "business"
    COMPLAINT = "complaint"


class AuditMode(StrEnum):
    """Which finished work orders are looked through."""

    EVERY = "every"
    SAMPLE = "sample"
    AUTOMATIC = "automatic"


class DispatchRole(StrEnum):
    """What an area is asked for."""

    LEAD = "lead"
    ASSIST = "assist"


class DispatchOutcome(StrEnum):
    """What became of a dispatch."""

    ACTIVE = "active"
    DONE = "done"
    RETURNED = "returned"


class CallbackResult(StrEnum):
    """What the customer said when called back."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A work order given to an area; if wrongly, `explanation` is the dispatcher's."""

    number: int
    round: int
    area: AreaId
    role: DispatchRole
    by: UserId | None
    at: Instant
    note: str = ""
    person: UserId | None = None
    accepted_at: Instant | None = None
    outcome: DispatchOutcome = DispatchOutcome.ACTIVE
    return_reason: str = ""
    explanation: str = ""
    explained_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What an area did."""

    number: int
    round: int
    dispatch: int
    workers: tuple[str, ...]
    text: str
    completed: bool
    visited: bool
    by: UserId | None
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """An attempt to hear from the customer whether it is well."""

    number: int
    round: int
    by: UserId | None
    at: Instant
    result: CallbackResult
    note: str = ""
    contact: ContactId | None = None
    kind: CallbackKind = CallbackKind.CALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """That a finished work order was looked through."""

    number: int
    round: int
    by: UserId | None
    """None = by the rules of its type."""
    at: Instant
    mode: AuditMode
    passed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One way through the flow; never written over by the next."""

    number: int
    opened_at: Instant
    resolved_at: Instant | None = None
    closed_at: Instant | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time that somebody asked for."""

    minutes: int
    reason: str
    by: UserId | None
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A work order, with everything that belongs to it."""

    id: CaseId
    number: str
    """As people say it: `GD-20261123-0001`."""
    kind: str
    category: Category
    title: str
    content: str
    customer: CustomerId | None
    contact: ContactId | None
    phone: str
    place: str
    device_type: str = ""
    demand_type: str = ""
    appointment_at: Instant | None = None
    form_version: int = 0
    """0 = its type has no form."""
    answers: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 3
    state: CaseState
    round: int = 1
    callback_required: bool = True
    audit_mode: AuditMode = AuditMode.EVERY
    visited: bool = False
    confidential: bool = False
    suspended: bool = False
    """挂起: it waits for the customer; clocks rest."""
    supervised: bool = False
    warned: bool = False
    """A complaint warning about it is open."""
    misdispatches: int = 0
    urges: int = 0
    extension: Extension | None = None
    merged_into: CaseId | None = None
    opened_at: Instant
    opened_by: UserId | None
    revision: int = 1
    hash: str = ""
    rounds: tuple[Round, ...] = ()
    dispatches: tuple[Dispatch, ...] = ()
    handlings: tuple[Handling, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def lead(self) -> Dispatch | None:
        """The dispatch in force of this round."""
        for dispatch in reversed(self.dispatches):
            if dispatch.role is DispatchRole.LEAD and dispatch.round == self.round:
                return dispatch if dispatch.outcome is DispatchOutcome.ACTIVE else None
        return None

    @property
    def area(self) -> AreaId | None:
        """Who has it."""
        return self.lead.area if self.lead else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseType:
    """What kinds of work orders there are."""

    kind: str
    category: Category
    zh: str
    en: str = ""
    form: str = ""
    """Kind of its form; empty = none."""
    callback_required: bool = True
    audit_mode: AuditMode = AuditMode.EVERY
    sample_percent: int = 10
    priority: int = 3
    is_active: bool = True
    position: int = 0
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """工区: who handles work orders of a place or a trade."""

    id: AreaId
    zh: str
    en: str = ""
    area_class: str = ""
    """For deadlines, e.g. `city`, `rural`, `remote`."""
    workers: tuple[str, ...] = ()
    """Names of those who go out; they need no account."""
    staff: tuple[UserId, ...] = ()
    is_active: bool = True
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What an agent fills in."""

    kind: str
    title: str
    content: str
    customer: CustomerId | None = None
    contact: ContactId | None = None
    phone: str = ""
    place: str = ""
    device_type: str = ""
    demand_type: str = ""
    appointment_at: Instant | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    priority: int | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An event that a person wants to happen to a work order."""

    event: str
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    revision: int | None = None
    """That was read; None = whatever it is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The newest round of a work order, which came to its end."""

    case: CaseId
    number: str
    title: str
    kind: str
    round: int
    at: Instant
    customer: CustomerId | None
    phone: str
