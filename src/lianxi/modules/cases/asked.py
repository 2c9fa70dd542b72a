"""What people ask of work orders over HTTP."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.ids import ContactId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_kinds import CallbackKind
from lianxi.modules.cases.contracts import CallbackResult, NewCase

Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=5_000, strip_whitespace=True)]


class CaseIn(BaseModel):
    """A form as an agent fills it in."""

    model_config = ConfigDict(extra="forbid")

    kind: Line
    title: Line
    content: Words
    customer: Line | None = None
    contact: Line | None = None
    phone: Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)] = ""
    place: Line = ""
    device_type: Line = ""
    demand_type: Line = ""
    appointment_at: Annotated[int, Field(gt=0)] | None = None
    answers: dict[str, Any] = {}
    priority: Annotated[int, Field(ge=1, le=4)] | None = None
    confidential: bool = False

    def wanted(self) -> NewCase:
        """As the facade takes it."""
        facts = self.model_dump(exclude={"customer", "contact", "appointment_at"})
        at = self.appointment_at
        return NewCase(
            customer=CustomerId(self.customer) if self.customer else None,
            contact=ContactId(self.contact) if self.contact else None,
            appointment_at=None if at is None else Instant(at),
            **facts,
        )


class EventFacts(BaseModel):
    """What an event brings; each event takes its own of these."""

    model_config = ConfigDict(extra="forbid")

    area: Line | None = None
    person: Line | None = None
    workers: Annotated[list[Line], Field(max_length=20)] | None = None
    text: Words | None = None
    note: Words | None = None
    visited: bool | None = None
    result: CallbackResult | None = None
    kind: CallbackKind | None = None
    """By what way the customer was called back; a call when left out."""
    contact: Line | None = None
    minutes: Annotated[int, Field(gt=0, le=525_600)] | None = None
    on: bool | None = None


class EventIn(BaseModel):
    """An event that a person wants to happen, and the revision that was read."""

    model_config = ConfigDict(extra="forbid")

    event: Line
    reason: Words = ""
    facts: EventFacts = EventFacts()
    revision: int | None = None


class CaseMergeIn(BaseModel):
    """Into which work order, and why."""

    model_config = ConfigDict(extra="forbid")

    into: Line
    reason: Words
