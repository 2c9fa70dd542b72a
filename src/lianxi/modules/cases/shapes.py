"""What work orders look like over HTTP."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from lianxi.kernel.ids import AreaId, ContactId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_kinds import CallbackKind
from lianxi.modules.cases.clock_shapes import ClockOut
from lianxi.modules.cases.contracts import (
    AuditMode,
    CallbackResult,
    Case,
    CaseState,
    Category,
    DispatchOutcome,
    DispatchRole,
)
from lianxi.modules.cases.listed import CaseLine, CaseList
from lianxi.modules.cases.looking import Possible
from lianxi.modules.identity.contracts import User
from lianxi.office.audit.contracts import AuditRow
from lianxi.office.clock.contracts import Clock


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CaseLineOut(_Out):
    """A work order in a list; its number of the customer is masked."""

    id: str
    number: str
    kind: str
    category: Category
    title: str
    customer: str | None
    customer_name: str = ""
    """Empty where nobody is known, or the person may not see who."""
    phone: str
    place: str
    priority: int
    state: CaseState
    round: int
    area: str | None
    opened_at: int
    due_at: int | None
    suspended: bool
    supervised: bool
    warned: bool
    confidential: bool
    misdispatches: int
    urges: int
    revision: int
    clocks: list[ClockOut]

    @classmethod
    def of(cls, line: CaseLine, now: Instant, customer_name: str = "") -> "CaseLineOut":
        """A line as it stands now."""
        facts = {n: getattr(line, n) for n in CaseLine.__slots__ if n != "clocks"}
        facts |= {"phone": mask(line.phone), "customer_name": customer_name}
        return cls(clocks=[ClockOut.of(clock, now) for clock in line.clocks], **facts)


class RoundOut(_Out):
    """One way through the flow."""

    number: int
    opened_at: int
    resolved_at: int | None
    closed_at: int | None
    outcome: str


class DispatchOut(_Out):
    """A work order given to an area."""

    number: int
    round: int
    area: AreaId
    role: DispatchRole
    by: str | None
    at: int
    note: str
    person: str | None
    accepted_at: int | None
    outcome: DispatchOutcome
    return_reason: str
    explanation: str
    explained_at: int | None


class HandlingOut(_Out):
    """What an area did."""

    number: int
    round: int
    dispatch: int
    workers: list[str]
    text: str
    completed: bool
    visited: bool
    by: str | None
    at: int


class CallbackOut(_Out):
    """An attempt to call back."""

    number: int
    round: int
    by: str | None
    at: int
    result: CallbackResult
    note: str
    contact: str | None
    kind: CallbackKind


class ReviewOut(_Out):
    """That it was looked through."""

    number: int
    round: int
    by: str | None
    at: int
    mode: AuditMode
    passed: bool
    reason: str


class ExtensionOut(_Out):
    """More time that somebody asked for."""

    minutes: int
    reason: str
    by: str | None
    at: int


class StoryOut(_Out):
    """Something that happened to a work order."""

    id: int
    at: int
    who: str | None
    who_name: str
    act: str
    event: str
    before: str
    after: str
    reason: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, row: AuditRow) -> "StoryOut":
        """A line of the audit as people read it."""
        return cls(
            id=row.id,
            at=row.at,
            who=row.who,
            who_name=row.who_name,
            act=row.act.value,
            event=str(row.facts.get("event", "")),
            before=str((row.before or {}).get("state", "")),
            after=str((row.after or {}).get("state", "")),
            reason=row.reason,
            facts=row.facts,
        )


class CasePersonOut(_Out):
    """Somebody whom a work order names, or who may be given it."""

    id: str
    name: str


class PossibleOut(_Out):
    """A step that the flow allows now."""

    event: str
    allowed: bool
    why_not: str


class CaseOut(_Out):
    """A work order, whole."""

    id: str
    number: str
    kind: str
    category: Category
    title: str
    content: str
    customer: str | None
    contact: str | None
    phone: str
    place: str
    device_type: str
    demand_type: str
    appointment_at: int | None
    form_version: int
    answers: dict[str, Any]
    priority: int
    state: CaseState
    round: int
    area: str | None
    callback_required: bool
    visited: bool
    confidential: bool
    suspended: bool
    supervised: bool
    warned: bool
    misdispatches: int
    urges: int
    extension: ExtensionOut | None
    merged_into: str | None
    opened_at: int
    opened_by: str | None
    revision: int
    hash: str
    rounds: list[RoundOut]
    dispatches: list[DispatchOut]
    handlings: list[HandlingOut]
    callbacks: list[CallbackOut]
    reviews: list[ReviewOut]
    contacts: list[str]
    clocks: list[ClockOut]
    possible: list[PossibleOut]
    people: list[CasePersonOut]
    """Whom it names by id, by name."""
    staff: list[CasePersonOut]
    """Of the area that has it: who may be given it."""

    @classmethod
    def of(
        cls,
        case: Case,
        *,
        contacts: list[ContactId],
        clocks: list[Clock],
        possible: list[Possible],
        people: list[User],
        staff: list[User],
        now: Instant,
    ) -> "CaseOut":
        """A work order as it stands now."""
        own = set(cls.model_fields) - {"contacts", "clocks", "possible", "people", "staff"}
        facts = {name: getattr(case, name) for name in own}
        facts |= {"phone": mask(case.phone), "answers": dict(case.answers)}
        return cls.model_validate(
            facts
            | {
                "contacts": contacts,
                "clocks": [ClockOut.of(clock, now) for clock in clocks],
                "possible": possible,
                "people": people,
                "staff": staff,
            }
        )


class CountsOut(BaseModel):
    """How long each list is; ten thousand means at least so many."""

    counts: dict[CaseList, int]


class SuggestedOut(BaseModel):
    """The area that the catalogue names; null = none."""

    area: str | None
