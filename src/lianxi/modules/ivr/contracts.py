"""What the rest of the system may know about flows and prompts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow import Flow
from lianxi.kernel.ids import (
    AgentId,
    CalendarId,
    FlowId,
    NodeId,
    PromptName,
    QueueId,
    UserId,
)
from lianxi.kernel.time import Instant


class Flaw(StrEnum):
    """Why a flow cannot be published, or should be looked at."""

    MALFORMED = "malformed"
    NO_NODES = "no_nodes"
    UNKNOWN_START = "unknown_start"
    NO_EXIT = "no_exit"
    """A way out of the node leads nowhere."""
    UNKNOWN_NODE = "unknown_node"
    UNKNOWN_QUEUE = "unknown_queue"
    UNKNOWN_CALENDAR = "unknown_calendar"
    UNKNOWN_AGENT = "unknown_agent"
    UNKNOWN_CONNECTOR = "unknown_connector"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_FLOW = "unknown_flow"
    FLOW_CALLS_ITSELF = "flow_calls_itself"
    """Perhaps through other flows."""
    BREAKS_CALLER = "breaks_caller"
    """A flow in force calls this one and would no longer fit."""
    UNREACHABLE = "unreachable"
    ENDLESS_LOOP = "endless_loop"
    """A caller who does nothing would go round for ever."""
    MISSING_DEFAULT = "missing_default"
    MISSING_ERROR_WAY = "missing_error_way"
    MISSING_PROMPT = "missing_prompt"
    NO_CHOICES = "no_choices"
    NO_BRANCHES = "no_branches"
    NO_QUESTIONS = "no_questions"
    BAD_DIGIT = "bad_digit"
    DUPLICATE_DIGIT = "duplicate_digit"
    BAD_RETRIES = "bad_retries"
    BAD_WAIT = "bad_wait"
    BAD_LENGTH = "bad_length"
    BAD_SHARES = "bad_shares"
    BAD_QUESTION = "bad_question"
    BAD_VARIABLE = "bad_variable"
    """A name that is none, declared twice, or a default of another type."""
    UNKNOWN_VARIABLE = "unknown_variable"
    UNKNOWN_FIELD = "unknown_field"
    """Of a customer."""
    WRONG_TYPE = "wrong_type"
    BAD_CONDITION = "bad_condition"
    """Empty, or nested too deep."""
    QUEUE_UNSTAFFED = "queue_unstaffed"
    """A warning: no agent who can sign in serves the queue, callers would wait for nobody."""
    QUEUE_NEVER_OPEN = "queue_never_open"
    """A warning: the queue's opening hours are empty."""


WARNINGS = frozenset({Flaw.QUEUE_UNSTAFFED, Flaw.QUEUE_NEVER_OPEN})
"""These do not keep a flow from being published."""


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """One thing that is wrong with a flow, and where."""

    node: str
    """The node; empty when it is about the flow as a whole."""
    flaw: Flaw
    what: str = ""
    """The name that is wrong: of a node, queue, prompt, digit."""

    @property
    def is_warning(self) -> bool:
        """Whether the flow may be published all the same."""
        return self.flaw in WARNINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a flow may refer to. `None` = not known here, so not checked."""

    queues: Collection[QueueId]
    calendars: Collection[CalendarId]
    prompts: Collection[PromptName]
    """In the centre's language."""
    spoken: Mapping[str, Collection[PromptName]] = field(default_factory=dict)
    """Prompts by language; languages that are missing cannot be chosen when any is given."""
    flows: Mapping[FlowId, Flow] = field(default_factory=dict)
    """In force; the flow to be checked takes its own place among them."""
    connectors: Collection[str] | None = None
    agents: Collection[AgentId] | None = None
    staffed: Collection[QueueId] | None = None
    """Queues that at least one agent serves who can sign in."""
    opening: Collection[QueueId] | None = None
    """Queues whose hours are not empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeCount:
    """How contacts went through one node of one version."""

    version: int
    node: NodeId
    entered: int
    here: int
    """Contacts in it now."""
    left: Mapping[str, int]
    """By outcome; `caller_gone` is the drop-off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowVersion:
    """One published version of a flow."""

    flow: Flow
    published_at: Instant
    published_by: UserId | None
    note: str = ""
    """Why, in the words of whoever published it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowDraft:
    """What one person is drawing."""

    flow: FlowId
    person: UserId
    body: Mapping[str, Any]
    """As it was drawn: it need not be a flow yet."""
    based_on: int
    """The version it was begun from; 0: a new flow."""
    revision: int
    saved_at: Instant


class PlanState(StrEnum):
    """What became of a version that was to come into force at a set time."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    """When its time came it could not be published; somebody has to see to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPlan:
    """A version that comes into force at a set time."""

    id: int
    flow: Flow
    based_on: int
    due_at: Instant
    note: str
    planned_by: UserId | None
    planned_at: Instant
    state: PlanState
    ended_at: Instant | None = None
    version: int | None = None
    """The version it became."""
    refusal: Mapping[str, Any] | None = None
    """`code` and `facts` of what kept it from being published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """How many contacts a flow had, and how many of them hung up in it."""

    entered: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One prompt in one language."""

    name: PromptName
    language: str
    """`zh` or `en`."""
    duration_ms: int
    is_own: bool
    """The centre's own recording, not the one that came with the product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSummary:
    """A flow in force, what leads to it, what is wrong with it and what went through it."""

    version: FlowVersion
    numbers: list[str]
    called_by: list[FlowId]
    traffic: Traffic
    errors: int
    warnings: int


class MoveKind(StrEnum):
    """What a caller on trial does, or what the world answers."""

    KEY = "key"
    SILENCE = "silence"
    """Nothing is pressed until the node gives up waiting."""
    ANSWER = "answer"
    """What was asked of the world has come: an answer, a message, a document, a colleague."""
    NOT_FOUND = "not_found"
    FAILURE = "failure"
    LATE = "late"
    """No answer in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move of a story."""

    kind: MoveKind
    key: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    """Fields of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A caller on trial: when, from where, and what is done in which order."""

    at: Instant
    caller: str
    dialled: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkStep:
    """One thing that happened on the way."""

    at: Instant
    kind: str
    """began, entered, said, key, wrong, left, set, language, asked, answered, queued, ended …"""
    flow: FlowId | None = None
    """The flow or sub-flow it happened in."""
    node: NodeId | None = None
    what: str = ""
    """The key, the outcome, the queue, the language, the request: by kind."""
    prompts: tuple[PromptName, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What a story comes to, and what is waited for."""

    steps: tuple[WalkStep, ...]
    waits_for: str
    """`key`, `answer`, or empty: the flow is over for this caller."""
    node: NodeId | None
    """Where the caller is."""
    asked: str = ""
    """What was asked of the world, when an answer is awaited."""
    fields: tuple[str, ...] = ()
    """Fields of the answer that the node takes."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """Variables as they are now."""
    unused: int = 0
    """Moves that came after the end, or did not fit what was waited for."""
