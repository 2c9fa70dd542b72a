"""What flows say and hear: facts, inputs and commands of the node types.

Each thing asked of the world has a request id. Its answer names it; a channel that cannot do it
says `RequestFailed`, and the node's error branch is taken.
"""

from enum import StrEnum

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow_commands import ASKING
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    FlowId,
    LegId,
    NodeId,
    QueueId,
    RequestId,
    TrunkId,
)
from lianxi.kernel.time import Instant, Millis


class RequestOutcome(StrEnum):
    """How something asked of the world ended."""

    DONE = "done"
    UNKNOWN = "unknown"
    """Answered: there is no such customer."""
    FAILED = "failed"
    TIMED_OUT = "timed_out"


# --- facts


class DigitKept(Event, frozen=True, kw_only=True, tag="flow.digit_kept.v1"):
    """A key pressed ahead: it counts at the next node that asks for keys."""

    contact: ContactId
    digit: str


class DigitsTaken(Event, frozen=True, kw_only=True, tag="flow.digits_taken.v1"):
    """A node uses the keys pressed ahead, or they mean nothing any more."""

    contact: ContactId
    count: int


class DigitCollected(Event, frozen=True, kw_only=True, tag="flow.digit_collected.v1"):
    """One more digit of an input; `until` when the next one has to come."""

    contact: ContactId
    node: NodeId
    digit: str
    """"x" when it is secret."""
    until: Instant
    ignored: str = ""
    """The input is full: this end key means nothing until then."""


class DigitsHidden(Event, frozen=True, kw_only=True, tag="flow.digits_hidden.v1"):
    """From here on digits stay at the switch, under the id of this request."""

    contact: ContactId
    leg: LegId
    node: NodeId
    variable: str
    request: RequestId


class DigitsShown(Event, frozen=True, kw_only=True, tag="flow.digits_shown.v1"):
    """The secret input is over: keys are told again as they are."""

    contact: ContactId
    leg: LegId
    request: RequestId


class VariablesSet(Event, frozen=True, kw_only=True, tag="flow.variables_set.v1"):
    """Variables of the flow the contact is in have new values."""

    contact: ContactId
    values: dict[str, Value]


class LanguageChosen(Event, frozen=True, kw_only=True, tag="flow.language_chosen.v1"):
    """Prompts are in this language from now on."""

    contact: ContactId
    language: str


class SubFlowBegan(Event, frozen=True, kw_only=True, tag="flow.sub_flow_began.v1"):
    """The contact entered another flow, on the version pinned when it entered the first."""

    contact: ContactId
    flow: FlowId
    version: int
    values: dict[str, Value]
    back: NodeId
    """Where the calling flow goes on."""
    results: dict[str, str]


class SubFlowEnded(Event, frozen=True, kw_only=True, tag="flow.sub_flow_ended.v1"):
    """The contact is back in the calling flow, with what the sub-flow found out."""

    contact: ContactId
    flow: FlowId
    values: dict[str, Value]


class HttpAsked(Event, frozen=True, kw_only=True, tag="flow.http_asked.v1"):
    """A system outside is asked; no answer by the deadline is one too."""

    contact: ContactId
    request: RequestId
    connector: str
    arguments: dict[str, Value]
    secrets: dict[str, RequestId]
    """Argument -> the secret input that it is."""
    deadline: Instant


class CustomerAsked(Event, frozen=True, kw_only=True, tag="flow.customer_asked.v1"):
    """Our own customers are searched by a number."""

    contact: ContactId
    request: RequestId
    number: str
    deadline: Instant


class IdentityAsked(Event, frozen=True, kw_only=True, tag="flow.identity_asked.v1"):
    """Whether the caller's code is right is asked; no answer by the deadline is one too."""

    contact: ContactId
    request: RequestId
    node: NodeId
    number: str
    secret: RequestId
    """The input of the code."""
    connector: str
    """Who is asked; empty = our own customers."""
    deadline: Instant


class RequestEnded(Event, frozen=True, kw_only=True, tag="flow.request_ended.v1"):
    """What was asked of the world is over."""

    contact: ContactId
    request: RequestId
    outcome: RequestOutcome
    cause: str = ""
    """Stable code of the reason, when it failed."""


class VoicemailBegan(Event, frozen=True, kw_only=True, tag="voicemail.began.v1"):
    """The caller may speak."""

    contact: ContactId
    leg: LegId
    request: RequestId
    queue: QueueId
    longest: Millis
    silence: Millis
    key: str
    deadline: Instant


class VoicemailLeft(Event, frozen=True, kw_only=True, tag="voicemail.left.v1"):
    """There is a message for the queue; it may come after the caller hung up."""

    contact: ContactId
    request: RequestId
    queue: QueueId
    recording: str
    length: Millis
    caller: str


class TransferOutAsked(Event, frozen=True, kw_only=True, tag="flow.transfer_asked.v1"):
    """A number outside is called for the caller."""

    contact: ContactId
    leg: LegId
    request: RequestId
    number: str
    caller: str
    ring: Millis
    deadline: Instant
    trunk: TrunkId = TrunkId("")
    """Empty = the centre's only one."""
    tried: tuple[TrunkId, ...] = ()
    """Trunks whose carriers did not take this call before."""


class TransferOutConnected(Event, frozen=True, kw_only=True, tag="flow.transfer_connected.v1"):
    """Caller and outside party talk, until `until` at the latest."""

    contact: ContactId
    request: RequestId
    until: Instant


class RequestCancelled(Event, frozen=True, kw_only=True, tag="flow.request_cancelled.v1"):
    """The time for it is over, or it is not wanted any more: whoever does it stops."""

    contact: ContactId
    leg: LegId
    request: RequestId


class SurveyAnswered(Event, frozen=True, kw_only=True, tag="survey.answered.v1"):
    """One question of a survey: the key pressed, or nothing."""

    contact: ContactId
    node: NodeId
    question: str
    answer: int | None
    queue: QueueId | None
    agent: AgentId | None


# --- inputs


class RequestAnswered(Input, frozen=True, kw_only=True, tag="request_answered"):
    """A connector or the customer search has an answer."""

    contact: ContactId
    request: RequestId
    values: dict[str, Value] = msgspec.field(default_factory=dict)
    is_found: bool = True
    """False: there is no such customer."""


class RequestFailed(Input, frozen=True, kw_only=True, tag="request_failed"):
    """Something asked for cannot be done; also said by a channel that does not know how."""

    contact: ContactId
    request: RequestId
    cause: str


class VoicemailRecorded(Input, frozen=True, kw_only=True, tag="voicemail_recorded"):
    """The message is over: by key, silence, limit, or because the caller hung up."""

    contact: ContactId
    request: RequestId
    recording: str
    length: Millis


class TransferOutAnswered(Input, frozen=True, kw_only=True, tag="transfer_out_answered"):
    """The outside party picked up and is joined with the caller."""

    contact: ContactId
    request: RequestId


class TransferOutEnded(Input, frozen=True, kw_only=True, tag="transfer_out_ended"):
    """The outside party left; the caller is still there."""

    contact: ContactId
    request: RequestId


FlowEvents = (
    DigitKept | DigitsTaken | DigitCollected | DigitsHidden | DigitsShown | VariablesSet
    | LanguageChosen | SubFlowBegan | SubFlowEnded | HttpAsked | CustomerAsked | IdentityAsked
    | RequestEnded | VoicemailBegan | VoicemailLeft | TransferOutAsked | TransferOutConnected
    | RequestCancelled | SurveyAnswered
)  # fmt: skip
FlowInputs = (
    RequestAnswered | RequestFailed | VoicemailRecorded | TransferOutAnswered | TransferOutEnded
)


def declined(command: Command, *, at: Instant, cause: str) -> RequestFailed | None:
    """What a channel says that cannot do what a flow asks for, so that the flow goes on.

    Args:
        command: any command.
        at: now.
        cause: stable code of the reason.

    Returns:
        `None` when no flow waits for this command.
    """
    if isinstance(command, ASKING):
        return RequestFailed(at=at, contact=command.contact, request=command.request, cause=cause)
    return None
