"""What the rest of the system may know about flows and prompts."""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.engine.messages.flow import Flow
from lianxi.kernel.ids import PromptName, UserId
from lianxi.kernel.time import Instant


class Flaw(StrEnum):
    """Why a flow cannot be published."""

    MALFORMED = "malformed"
    NO_NODES = "no_nodes"
    UNKNOWN_START = "unknown_start"
    UNKNOWN_NODE = "unknown_node"
    UNKNOWN_QUEUE = "unknown_queue"
    UNKNOWN_CALENDAR = "unknown_calendar"
    UNREACHABLE = "unreachable"
    ENDLESS_LOOP = "endless_loop"
    """A caller who does nothing would go round for ever."""
    MISSING_DEFAULT = "missing_default"
    MISSING_PROMPT = "missing_prompt"
    NO_CHOICES = "no_choices"
    BAD_DIGIT = "bad_digit"
    DUPLICATE_DIGIT = "duplicate_digit"
    BAD_RETRIES = "bad_retries"
    BAD_WAIT = "bad_wait"


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """One thing that is wrong with a flow, and where."""

    node: str
    """The node; empty when it is about the flow as a whole."""
    flaw: Flaw
    what: str = ""
    """The name that is wrong: of a node, queue, prompt, digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowVersion:
    """One published version of a flow."""

    flow: Flow
    published_at: Instant
    published_by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt in one language."""

    name: PromptName
    language: str
    """`zh` or `en`."""
    duration_ms: int
    is_own: bool
    """The centre's own recording, not the one that came with the product."""
