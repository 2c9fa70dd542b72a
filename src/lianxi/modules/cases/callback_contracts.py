"""Callbacks (回访) as others may hold them: who is to call whom back, and how it went."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import CallbackResult
from lianxi.modules.cases.listed import CaseLine


class CallbackList(StrEnum):
    """Parts of 待回访; each is a query."""

    MINE = "mine"
    ALL = "all"
    NOBODYS = "nobodys"
    """Given to nobody yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackTask:
    """That a person is to call a customer back about a round of a work order."""

    case: CaseId
    round: int
    person: UserId
    given_by: UserId | None
    """None = by the rule."""
    given_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRule:
    """Who gets what is to be called back without a supervisor's hand: each in turn, evenly."""

    is_on: bool = False
    people: tuple[UserId, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackFilter:
    """What narrows a list of callbacks; None narrows nothing."""

    list: CallbackList = CallbackList.ALL
    person: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackLine:
    """A work order whose customer is to be called back."""

    case: CaseLine
    person: UserId | None
    given_by: UserId | None
    given_at: Instant | None
    attempts: int
    """In this round, without reaching the customer."""
    last_at: Instant | None
    """Of the last attempt in this round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A work order that is to be given to somebody, and who had to do with its work."""

    case: CaseId
    round: int
    number: str
    title: str = ""
    phone: str = ""
    due_at: Instant | None = None
    involved: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often something happened for a person on a day, as the tables have it."""

    person: UserId | None
    day: dt.date
    given: int = 0
    result: CallbackResult | None = None
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackFigures:
    """How callbacks went."""

    given: int = 0
    """Work orders given to be called back."""
    results: Mapping[CallbackResult, int] = field(default_factory=dict)
    """Attempts by what came of them."""

    @property
    def attempts(self) -> int:
        """However they ended."""
        return sum(self.results.values())

    @property
    def reached(self) -> int:
        """Attempts at which the customer was heard, also one who did not want to say."""
        return self.attempts - self.results.get(CallbackResult.UNREACHABLE, 0)

    @property
    def satisfied_share(self) -> float | None:
        """Satisfied among those who said, 0 to 1; None when nobody said."""
        satisfied = self.results.get(CallbackResult.SATISFIED, 0)
        said = satisfied + self.results.get(CallbackResult.UNSATISFIED, 0)
        return satisfied / said if said else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackSummary:
    """汇总: how callbacks of some days went, in all, by person and by day."""

    whole: CallbackFigures
    people: Mapping[UserId | None, CallbackFigures]
    """None = nobody: the answer to a survey."""
    days: Mapping[dt.date, CallbackFigures]


class LastSpoken(Protocol):
    """When a customer was last spoken to, and what about; topics may be empty."""

    @property
    def at(self) -> Instant:
        """When it began."""
        ...

    @property
    def topic(self) -> str:
        """By its wrap-up."""
        ...

    @property
    def topic_en(self) -> str:
        """The same in English."""
        ...


class FindsLastSpoken(Protocol):
    """Knows when customers were last spoken to; implemented by the contacts module."""

    async def __call__(
        self, session: AsyncSession, numbers: Sequence[str]
    ) -> Mapping[str, LastSpoken]:
        """By the number as it was given; those without a contact are left out."""
        ...
