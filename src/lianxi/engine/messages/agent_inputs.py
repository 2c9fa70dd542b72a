"""What people ask for: agents, supervisors, who wants to be called back. It may be impossible."""

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.pausing import PauseCause
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    GroupId,
    OfferId,
    QueueId,
)
from lianxi.kernel.time import Instant


class AgentSignedIn(Input, frozen=True, kw_only=True, tag="agent_signed_in"):
    """A person took a desk. A second sign-in takes over from the first."""

    agent: AgentId
    session: str
    device: DeviceKind
    endpoint: Endpoint


class AgentSignedOut(Input, frozen=True, kw_only=True, tag="agent_signed_out"):
    """The agent leaves the desk."""

    agent: AgentId


class AgentStateAsked(Input, frozen=True, kw_only=True, tag="agent_state_asked"):
    """The agent wants to be ready, or not ready with a reason; in a call: for afterwards."""

    agent: AgentId
    to: Intent
    reason: str = ""


class AgentLinkLost(Input, frozen=True, kw_only=True, tag="agent_link_lost"):
    """No heartbeat of the agent's desk for too long."""

    agent: AgentId


class AgentLinkBack(Input, frozen=True, kw_only=True, tag="agent_link_back"):
    """The agent's desk is heard again."""

    agent: AgentId


class AgentLeft(Input, frozen=True, kw_only=True, tag="agent_left"):
    """The desk says it is closing or reloading: its leg ends without meaning the call."""

    agent: AgentId


class OfferTaken(Input, frozen=True, kw_only=True, tag="offer_taken"):
    """The agent accepted a contact without media: chat, e-mail, SMS, fax, task, callback."""

    offer: OfferId
    agent: AgentId


class OfferRefused(Input, frozen=True, kw_only=True, tag="offer_refused"):
    """The agent declined."""

    offer: OfferId
    agent: AgentId


class HoldAsked(Input, frozen=True, kw_only=True, tag="hold_asked"):
    """Customer to music."""

    agent: AgentId
    contact: ContactId


class ResumeAsked(Input, frozen=True, kw_only=True, tag="resume_asked"):
    """Customer back from music."""

    agent: AgentId
    contact: ContactId


class RecordingPauseAsked(Input, frozen=True, kw_only=True, tag="recording_pause_asked"):
    """Something is about to be said that may not be kept."""

    agent: AgentId
    contact: ContactId
    cause: PauseCause = PauseCause.AGENT


class RecordingResumeAsked(Input, frozen=True, kw_only=True, tag="recording_resume_asked"):
    """It has been said. A field ends only the pause that a field began."""

    agent: AgentId
    contact: ContactId
    cause: PauseCause = PauseCause.AGENT


class HangUpAsked(Input, frozen=True, kw_only=True, tag="hang_up_asked"):
    """The agent ends the conversation."""

    agent: AgentId
    contact: ContactId


class LegAsked(Input, frozen=True, kw_only=True, tag="leg_asked"):
    """The desk is back and wants a new leg to the customer it was talking to."""

    agent: AgentId


class WrapUpNoted(Input, frozen=True, kw_only=True, tag="wrap_up_noted"):
    """A draft: code and note so far. May come during the call."""

    agent: AgentId
    contact: ContactId
    disposition: str = ""
    note: str = ""


class WrapUpFinished(Input, frozen=True, kw_only=True, tag="wrap_up_finished"):
    """The agent is done with after-call work."""

    agent: AgentId
    contact: ContactId
    disposition: str
    note: str = ""
    then: Intent | None = None
    """None = what was asked for during the call, else the state before it."""
    reason: str = ""


class WrapUpExtended(Input, frozen=True, kw_only=True, tag="wrap_up_extended"):
    """The agent needs more time."""

    agent: AgentId
    contact: ContactId


class AgentForced(Input, frozen=True, kw_only=True, tag="agent_forced"):
    """A supervisor sets an agent's state."""

    agent: AgentId
    to: Intent | None
    """None = sign out."""
    reason: str
    by: str


class TransferAsked(Input, frozen=True, kw_only=True, tag="transfer_asked"):
    """The agent hands the conversation on: to a queue, an agent, a flow, or outside."""

    agent: AgentId
    contact: ContactId
    to: Destination = Destination()
    reason: str = ""
    number: str = ""
    """Somebody outside, instead of a destination of ours."""


class ContactPulled(Input, frozen=True, kw_only=True, tag="contact_pulled"):
    """A supervisor moves somebody who waits: to an agent, or to another queue."""

    contact: ContactId
    to: Destination
    by: str


class ContactRanked(Input, frozen=True, kw_only=True, tag="contact_ranked"):
    """A supervisor gives somebody who waits another priority."""

    contact: ContactId
    priority: int
    by: str


class MergeAsked(Input, frozen=True, kw_only=True, tag="merge_asked"):
    """A supervisor merges a group of queues, or takes it apart."""

    group: GroupId
    merged: bool
    by: str


class CallbackCancelled(Input, frozen=True, kw_only=True, tag="callback_cancelled"):
    """Somebody need not be called back any more."""

    callback: ContactId
    """The contact that keeps the place in line."""
    by: str


class CallbackAsked(Input, frozen=True, kw_only=True, tag="callback_asked"):
    """Somebody wants to be called back: the caller of a contact, who then need not wait on the
    line, or anybody through another door."""

    contact: ContactId
    """Of the caller who asks; of a new contact when nobody is on the line."""
    number: str
    """Whom to call."""
    queue: QueueId | None = None
    """None = the queue the caller waits in."""
    due: Instant | None = None
    """Not before; None = when it is the caller's turn."""
    until: Instant | None = None
    """By when it was promised; told to who calls, nothing is dropped after it."""
    remark: str = ""
    """What it is about."""
    agent: AgentId | None = None
    """Who promised it."""
