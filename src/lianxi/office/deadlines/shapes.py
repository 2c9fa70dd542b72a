"""What deadlines look like over HTTP, for every router that shows or sets them."""

from typing import Annotated, Self

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.time import Instant, Millis
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.clock.contracts import Mark
from lianxi.office.deadlines.contracts import WARNINGS, DeadlineRule
from lianxi.office.deadlines.errors import DeadlineRefused

Name = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
Read = Annotated[int, Field(ge=0)]
"""The version that was read; 0 = there was none."""
Time = Annotated[int, Field(ge=0, le=10 * 365 * 86_400_000)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class MarkBody(_In):
    """When somebody is told: a share of the target, or a distance from its end."""

    action: Name
    percent: Annotated[int, Field(ge=1, le=1_000)] | None = None
    offset: int | None = None
    """Milliseconds by the wall clock; negative = before the end."""
    repeat: Annotated[int, Field(gt=0)] | None = None

    def made(self) -> Mark:
        """As a deadline keeps it.

        Raises:
            DeadlineRefused: neither a share nor a distance from the end, or both.
        """
        if (self.percent is None) == (self.offset is None):
            raise DeadlineRefused(marks="percent_or_offset")
        offset = None if self.offset is None else Millis(self.offset)
        repeat = None if self.repeat is None else Millis(self.repeat)
        return Mark(action=self.action, percent=self.percent, offset=offset, repeat=repeat)


class DeadlineTime(_In):
    """How long, counted how."""

    target: Time
    """Milliseconds of the unit, a day 86,400,000; 0 = no deadline."""
    unit: TimeUnit
    calendar: Name = ""
    """Id of opening hours; empty = round the clock."""


class DeadlineVersionIn(DeadlineTime):
    """A deadline as it shall be from a moment on, and the version that was read."""

    code: Name
    kind: Name = ""
    area_class: Name = ""
    after: Read
    effective_at: Annotated[int, Field(gt=0)] | None = None
    """Null = from now on."""
    marks: Annotated[list[MarkBody], Field(max_length=20)] | None = None
    """Null = at half and at four fifths."""
    note: Annotated[str, StringConstraints(max_length=500)] = ""

    def made(self, now: Instant) -> DeadlineRule:
        """As the facade takes it."""
        marks = WARNINGS if self.marks is None else tuple(mark.made() for mark in self.marks)
        facts = self.model_dump(include={"code", "kind", "area_class", "target", "unit", "note"})
        effective = now if self.effective_at is None else Instant(self.effective_at)
        return DeadlineRule(effective_at=effective, calendar=self.calendar, marks=marks, **facts)


class DeadlineVersionOut(_Out):
    """One version of a deadline."""

    code: str
    kind: str
    area_class: str
    version: int
    effective_at: int
    target: int
    unit: TimeUnit
    calendar: str
    marks: list[MarkBody]
    note: str
    set_by: str
    set_at: int

    @classmethod
    def of(cls, rule: DeadlineRule) -> Self:
        """A version as it is kept."""
        return cls.model_validate(msgspec.to_builtins(rule))
