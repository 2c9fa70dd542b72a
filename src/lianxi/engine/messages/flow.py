"""A flow (IVR 流程) as data: nodes and where each leads. Validated before it is published."""

import msgspec

from lianxi.engine.messages.expressions import AnyOperand, Variable
from lianxi.engine.messages.flow_values import (
    Assignment,
    Branch,
    Choice,
    Question,
    Saying,
    Share,
    SkillNeed,
    ToAgent,
    ToNumber,
    ToQueue,
)
from lianxi.engine.messages.node import Node
from lianxi.kernel.ids import CalendarId, FlowId, NodeId, PromptName, QueueId
from lianxi.kernel.time import Millis

INVALID = (PromptName("invalid_choice"),)
SILENT = (PromptName("no_input"),)


class PlayNode(Node, frozen=True, kw_only=True, tag="play"):
    """Play prompts to the end, then go on."""

    prompts: tuple[PromptName, ...]
    next: NodeId
    barge_in: bool = False
    """A key cuts the prompts short and counts at the next node that asks for keys."""


class SayNode(Node, frozen=True, kw_only=True, tag="say"):
    """Say a value: digits, a number, an amount, a date, a time; then go on."""

    value: AnyOperand
    how: Saying
    prompts: tuple[PromptName, ...] = ()
    """Before it."""
    after: tuple[PromptName, ...] = ()
    next: NodeId
    barge_in: bool = False
    language: str = ""
    """In which the number is put together where the caller has chosen none; empty = Mandarin."""
    offset_min: int = 480
    """Minutes east of UTC, for moments: China's by default."""


class MenuNode(Node, frozen=True, kw_only=True, tag="menu"):
    """Play prompts and wait for one key; wrong or silent input is asked again, then the default."""

    prompts: tuple[PromptName, ...]
    choices: tuple[Choice, ...]
    default: NodeId
    invalid: tuple[PromptName, ...] = INVALID
    silent: tuple[PromptName, ...] = SILENT
    retries: int = 2
    wait: Millis = Millis(5_000)
    """Silence after the prompts that counts as no input."""
    barge_in: bool = True
    """Keys count during the prompts; else they are kept until the prompts are over."""


class CollectNode(Node, frozen=True, kw_only=True, tag="collect"):
    """Play prompts and take digits into a variable; too few are asked again, then the default."""

    prompts: tuple[PromptName, ...]
    variable: str
    next: NodeId
    default: NodeId
    """Taken after `retries` wrong or silent tries, and when digits cannot be kept secret."""
    shortest: int = 1
    longest: int = 20
    """The digit that fills this length ends the input."""
    terminator: str = "#"
    """The key that ends the input early; empty = none."""
    secret: bool = False
    """The digits stay at the switch: the engine and the journal only see how many there were."""
    invalid: tuple[PromptName, ...] = INVALID
    silent: tuple[PromptName, ...] = SILENT
    retries: int = 2
    wait: Millis = Millis(5_000)
    """From the end of the prompts to the first digit."""
    between: Millis = Millis(3_000)
    """From digit to digit; then what was typed counts as it is."""
    barge_in: bool = True


class IdentityNode(CollectNode, frozen=True, kw_only=True, tag="identity"):
    """Ask for a code that nobody reads, and have it checked. `next` = it is right; `default` = it
    was wrong, or not given, in every try. The variable holds its mask."""

    number: AnyOperand
    """Whose code it is to be: a customer's number."""
    connector: str = ""
    """Who is asked; empty = our own customers."""
    limit: Millis = Millis(2_000)
    error: NodeId
    """Nobody can say, or digits cannot be kept secret."""
    secret: bool = True
    invalid: tuple[PromptName, ...] = (PromptName("identity_wrong"),)


class HoursNode(Node, frozen=True, kw_only=True, tag="hours"):
    """Branch on opening hours."""

    calendar: CalendarId
    open: NodeId
    closed: NodeId


class ConditionNode(Node, frozen=True, kw_only=True, tag="condition"):
    """Take the first branch whose condition holds, else the other way."""

    branches: tuple[Branch, ...]
    otherwise: NodeId


class SetNode(Node, frozen=True, kw_only=True, tag="set"):
    """Give variables a value, in the order written."""

    assignments: tuple[Assignment, ...]
    next: NodeId


class HttpNode(Node, frozen=True, kw_only=True, tag="http"):
    """Ask a system outside, over a connector that was set up by name."""

    connector: str
    arguments: dict[str, AnyOperand] = msgspec.field(default_factory=dict)
    results: dict[str, str] = msgspec.field(default_factory=dict)
    """Own variable -> field of the answer."""
    limit: Millis = Millis(2_000)
    next: NodeId
    error: NodeId
    """The connector failed or answered with something of another type."""
    timeout: NodeId | None = None
    """Too late; None = the same as `error`."""


class CustomerNode(Node, frozen=True, kw_only=True, tag="customer"):
    """Look for the customer in our own records by a number."""

    number: AnyOperand
    results: dict[str, str] = msgspec.field(default_factory=dict)
    """Own variable -> one of `flow_values.CUSTOMER_FIELDS`."""
    limit: Millis = Millis(2_000)
    found: NodeId
    unknown: NodeId
    error: NodeId


class AnnouncementNode(Node, frozen=True, kw_only=True, tag="announcement"):
    """Play what is announced for where the caller is, then go on; nothing where there is none."""

    limit: Millis = Millis(1_500)
    """Nobody waits longer to hear whether there is something."""
    barge_in: bool = False
    next: NodeId


class QueueNode(Node, frozen=True, kw_only=True, tag="queue"):
    """Put the contact into a queue; the flow ends here."""

    queue: QueueId
    prompts: tuple[PromptName, ...] = (PromptName("please_hold"),)
    priority: int = 0
    """Added to the queue's own."""
    needs: tuple[SkillNeed, ...] = ()
    wanted: AnyOperand | None = None
    """Id of an agent to be preferred; empty or unknown = nobody in particular."""


class TransferNode(Node, frozen=True, kw_only=True, tag="transfer"):
    """Hand the caller on: to a queue or an agent of ours (the flow ends), or outside."""

    to: ToQueue | ToAgent | ToNumber
    prompts: tuple[PromptName, ...] = (PromptName("please_hold"),)
    ring: Millis = Millis(30_000)
    """How long an outside number may ring."""
    longest: Millis = Millis(7_200_000)
    """An outside conversation ends after this long at the latest."""
    failed: NodeId | None = None
    """The outside number was not reached. Must be given for one."""
    next: NodeId | None = None
    """The outside party left first; None = the contact ends."""


class VoicemailNode(Node, frozen=True, kw_only=True, tag="voicemail"):
    """Record a message for a queue, until a key, silence or the limit."""

    queue: QueueId
    prompts: tuple[PromptName, ...] = ()
    longest: Millis = Millis(120_000)
    silence: Millis = Millis(5_000)
    key: str = "#"
    next: NodeId
    error: NodeId


class FaxNode(Node, frozen=True, kw_only=True, tag="fax"):
    """Take a document from the caller's fax machine, for a queue."""

    queue: QueueId
    prompts: tuple[PromptName, ...] = ()
    """Before the tones."""
    longest: Millis = Millis(1_800_000)
    next: NodeId
    """Pages are there; most machines have hung up by then."""
    error: NodeId
    """Not one page came."""


class CallbackNode(Node, frozen=True, kw_only=True, tag="callback"):
    """Read the number back, have it confirmed by key and register a callback."""

    queue: QueueId
    number: AnyOperand
    prompts: tuple[PromptName, ...]
    """Before the number is read out."""
    ask: tuple[PromptName, ...] = ()
    """After it: which key means what."""
    confirm: str = "1"
    change: str = "2"
    other: NodeId | None = None
    """Where another number is asked for: after the key `change`, or when there is none."""
    next: NodeId
    """Registered."""
    declined: NodeId
    """Not confirmed after `retries` tries, or no number to call."""
    invalid: tuple[PromptName, ...] = INVALID
    silent: tuple[PromptName, ...] = SILENT
    retries: int = 2
    wait: Millis = Millis(5_000)


class SurveyNode(Node, frozen=True, kw_only=True, tag="survey"):
    """Ask for satisfaction, question by question; one without an answer is left open."""

    questions: tuple[Question, ...]
    next: NodeId
    invalid: tuple[PromptName, ...] = INVALID
    silent: tuple[PromptName, ...] = SILENT
    retries: int = 1
    wait: Millis = Millis(5_000)


class SubFlowNode(Node, frozen=True, kw_only=True, tag="sub_flow"):
    """Walk through another flow and come back. Its variables are its own."""

    flow: FlowId
    arguments: dict[str, AnyOperand] = msgspec.field(default_factory=dict)
    """Variable of the sub-flow -> what it begins with."""
    results: dict[str, str] = msgspec.field(default_factory=dict)
    """Own variable -> variable of the sub-flow, when it returns."""
    next: NodeId


class ReturnNode(Node, frozen=True, kw_only=True, tag="return"):
    """Back to the flow that called this one; where none did, the contact ends."""


class SplitNode(Node, frozen=True, kw_only=True, tag="split"):
    """Send shares of the contacts different ways; the same contact always goes the same."""

    shares: tuple[Share, ...]


class LanguageNode(Node, frozen=True, kw_only=True, tag="language"):
    """Prompts are in this language from now on."""

    language: str
    next: NodeId


class HangUpNode(Node, frozen=True, kw_only=True, tag="hang_up"):
    """Say something last and end the contact."""

    prompts: tuple[PromptName, ...] = (PromptName("goodbye"),)


AnyNode = (
    PlayNode | SayNode | MenuNode | CollectNode | IdentityNode | HoursNode | ConditionNode | SetNode
    | HttpNode | CustomerNode | QueueNode | TransferNode | VoicemailNode | CallbackNode | SurveyNode
    | FaxNode | SubFlowNode | ReturnNode | SplitNode | LanguageNode | HangUpNode | AnnouncementNode
)  # fmt: skip


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a flow. A contact finishes on the version it began."""

    id: FlowId
    version: int
    name: str
    start: NodeId
    nodes: dict[NodeId, AnyNode]
    variables: tuple[Variable, ...] = ()
