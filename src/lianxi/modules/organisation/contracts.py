"""The organisation as others may hold it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class SetupStep(StrEnum):
    """From installed to the first call, in this order."""

    PREFLIGHT = "preflight"
    ORGANISATION = "organisation"
    ADMINISTRATOR = "administrator"
    QUEUE = "queue"
    AGENT = "agent"
    DEVICE = "device"
    TEST_CALL = "test_call"


class StepState(StrEnum):
    """How far a step is; one that is not listed is open."""

    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """That somebody did or skipped a step."""

    state: StepState
    at: Instant
    by: str
    what: str = ""
    """What it made or found, e.g. the queue or the contact of the test call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """The centre: what it is called, and how far its first set-up has come."""

    name: str
    name_en: str
    language: str
    """Of pages for those who have chosen none: `zh-CN` or `en`."""
    revision: int
    """0 = nobody has named it yet."""
    changed_at: Instant | None
    changed_by: str
    steps: dict[SetupStep, StepDone] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """岗位: whose work something is, whoever holds it today. Deadlines belong to posts."""

    id: str
    """Stable: letters, digits and `_`; owners of deadlines are `post:` and this."""
    zh: str
    en: str = ""
    superior: str | None = None
    """The post that hears when this one is late."""
    fallback_role: str = ""
    """Whoever has this role holds the post while nobody is named for it; empty = nobody."""
    holders: tuple[UserId, ...] = ()
    revision: int = 0
    """0 = as it ships."""


class KnowsPeople(Protocol):
    """Knows who works here; implemented by the identity module."""

    async def closed_or_unknown(
        self, session: AsyncSession, users: Iterable[UserId]
    ) -> list[UserId]:
        """Those of these who have no open account."""
        ...

    async def names_of(self, session: AsyncSession, users: Iterable[UserId]) -> dict[UserId, str]:
        """What they are called; those who are nobody are left out."""
        ...

    async def has_role(self, session: AsyncSession, role: str) -> bool:
        """Whether there is such a role."""
        ...
