"""What a contact carries through a flow, beside the node it is in; and what nodes say and hear."""

import msgspec

from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flowing import RequestOutcome
from lianxi.kernel.ids import ContactId, FlowId, NodeId, QueueId, RequestId, TrunkId
from lianxi.kernel.time import Instant


class Frame(msgspec.Struct, kw_only=True):
    """A flow that was left for a sub-flow, to come back to."""

    flow: FlowId
    version: int
    back: NodeId
    values: dict[str, Value]
    results: dict[str, str]
    secrets: dict[str, RequestId]


class Walk(msgspec.Struct, kw_only=True):
    """One contact's way through a flow and its sub-flows."""

    flow: FlowId
    """Where it is now: the flow it began, or a sub-flow."""
    version: int
    pinned: dict[FlowId, int] = {}
    """Versions of the sub-flows, as they were when the contact began."""
    frames: list[Frame] = []
    values: dict[str, Value] = {}
    """Variables of the flow it is in that were set."""
    secrets: dict[str, RequestId] = {}
    """Variables whose digits stayed at the switch."""
    typed: str = ""
    """Keys pressed ahead."""
    ignored: str = ""
    """An end key that may still come after an input that was full."""
    ignored_until: Instant = Instant(0)
    digits: str = ""
    """Input so far at the node."""
    question: int = 0
    """Index of the survey's question."""
    request: RequestId | None = None
    """What the node waits for."""
    is_outside: bool = False
    """Talking with an outside party."""
    trunk: TrunkId = TrunkId("")
    """Where the call outside takes a channel."""
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take that call."""


class Mail(msgspec.Struct, kw_only=True):
    """A message that is being recorded; its caller may be gone before it is told."""

    contact: ContactId
    queue: QueueId
    caller: str


class Go(msgspec.Struct, frozen=True):
    """Said by a node: continue at this one."""

    node: NodeId


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for something the node asked of the world."""

    outcome: RequestOutcome
    values: dict[str, Value]
    cause: str = ""
    """Why it failed."""
    trunk: TrunkId = TrunkId("")
    """Where a call outside had its channel."""
    was_outside: bool = False
    """The caller was talking with an outside party."""
