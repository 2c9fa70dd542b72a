"""The organisation as others may hold it."""

from dataclasses import dataclass, field
from enum import StrEnum

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
