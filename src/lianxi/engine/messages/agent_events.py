"""Facts about agents: at the desk, in their three layers, and writing down what was said."""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import (
    DeviceKind,
    Intent,
    WrapUpEnd,
    WrapUpMode,
)
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    QueueId,
    TeamId,
)
from lianxi.kernel.time import Instant


class AgentCame(Event, frozen=True, kw_only=True, tag="agent.signed_in.v1"):
    """A person took a desk."""

    agent: AgentId
    no: str
    name: str
    team: TeamId
    session: str
    device: DeviceKind
    endpoint: Endpoint


class AgentMoved(Event, frozen=True, kw_only=True, tag="agent.moved.v1"):
    """The same agent took another desk; the former one is read-only now."""

    agent: AgentId
    session: str
    device: DeviceKind
    endpoint: Endpoint
    former_endpoint: Endpoint


class AgentWent(Event, frozen=True, kw_only=True, tag="agent.signed_out.v1"):
    """The agent left the desk."""

    agent: AgentId
    endpoint: Endpoint
    by: str = ""
    """Empty = the agent; else who forced it, or "link_lost"."""


class AgentIntentChanged(Event, frozen=True, kw_only=True, tag="agent.intent_changed.v1"):
    """First layer: what the agent chose, or was set to."""

    agent: AgentId
    intent: Intent
    reason: str = ""
    by: str = ""
    """Empty = the agent; else who forced it."""
    overstays_at: Instant | None = None
    """When the allowance of the reason is used up."""
    returns_at: Instant | None = None
    """When the agent is ready again by itself."""


class AgentNextAsked(Event, frozen=True, kw_only=True, tag="agent.next_asked.v1"):
    """Third layer: what shall hold after this contact."""

    agent: AgentId
    intent: Intent
    reason: str = ""


class AgentDeviceChanged(Event, frozen=True, kw_only=True, tag="agent.device_changed.v1"):
    """The agent's device registered or went away."""

    agent: AgentId
    registered: bool


class AgentLinkChanged(Event, frozen=True, kw_only=True, tag="agent.link_changed.v1"):
    """The agent's desk is heard, or not."""

    agent: AgentId
    linked: bool
    sign_out_at: Instant | None = None


class WrapUpBegan(Event, frozen=True, kw_only=True, tag="agent.wrap_up_began.v1"):
    """After-call work: same instant and same transaction as the release of the call."""

    agent: AgentId
    contact: ContactId
    queue: QueueId
    mode: WrapUpMode
    until: Instant | None


class AgentReleased(Event, frozen=True, kw_only=True, tag="agent.released.v1"):
    """The agent is through with a contact without after-call work."""

    agent: AgentId
    contact: ContactId


class WrapUpLengthened(Event, frozen=True, kw_only=True, tag="agent.wrap_up_extended.v1"):
    """More time was granted."""

    agent: AgentId
    contact: ContactId
    until: Instant


class WrapUpDrafted(Event, frozen=True, kw_only=True, tag="contact.wrap_up_drafted.v1"):
    """Code and note so far."""

    agent: AgentId
    contact: ContactId
    disposition: str
    note: str


class WrapUpEnded(Event, frozen=True, kw_only=True, tag="agent.wrap_up_ended.v1"):
    """After-call work is over."""

    agent: AgentId
    contact: ContactId
    disposition: str
    """TIMEOUT when the limit passed without a code; empty when none was due."""
    note: str
    how: WrapUpEnd
