"""Supervisors in conversations: they listen, whisper, barge in, take over, end it."""

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.helping import HELP_WISHES, HelpEvents, HelpInputs
from lianxi.engine.messages.values import LegCause, Word
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, MonitorId, TeamId
from lianxi.kernel.time import Instant, Millis


class MonitorMode(Word):
    """Who hears the supervisor."""

    LISTEN = "listen"
    """Nobody."""
    WHISPER = "whisper"
    """The agent alone."""
    BARGE = "barge"
    """Everybody."""


class MonitorEnd(Word):
    """Why it ended."""

    ASKED = "asked"
    """The supervisor was through."""
    NOT_ANSWERED = "not_answered"
    """The supervisor's device was not picked up, or could not be reached."""
    HUNG_UP = "hung_up"
    """The supervisor's leg ended."""
    OVER = "over"
    """The contact, or the shift of the agent, who was followed is over."""
    LEFT = "left"
    """The supervisor's desk is gone."""
    SWITCH_LOST = "switch_lost"
    FORBIDDEN = "forbidden"
    """The supervisor may not hear it any more: other rights, or the agent is in another team."""


class MonitorRule(msgspec.Struct, frozen=True, kw_only=True):
    """How supervisors may be in conversations, and what agents see of it."""

    shows_listen: bool = False
    """Agents see who listens."""
    shows_whisper: bool = True
    shows_barge: bool = True
    most: int = 5
    """Supervisors in one conversation at once."""


# --- what people ask for


class MonitorAsked(Input, frozen=True, kw_only=True, tag="monitor_asked"):
    """A supervisor wants to be in on a conversation: exactly one of agent and contact."""

    by: AgentId
    """The desk of the supervisor."""
    agent: AgentId | None = None
    """Follow this agent: this conversation and those after it, in silence between."""
    contact: ContactId | None = None
    """Follow this customer, whoever has the conversation."""
    mode: MonitorMode = MonitorMode.LISTEN
    teams: tuple[TeamId, ...] = ()
    """Whose agents the supervisor may hear; empty = everybody's."""


class MonitorForbidden(Input, frozen=True, kw_only=True, tag="monitor_forbidden"):
    """Who listens from this desk has not the rights any more with which it began."""

    by: AgentId


class MonitorModeAsked(Input, frozen=True, kw_only=True, tag="monitor_mode_asked"):
    """The supervisor wants to be heard by others than until now."""

    by: AgentId
    monitor: MonitorId
    mode: MonitorMode


class MonitorEndAsked(Input, frozen=True, kw_only=True, tag="monitor_end_asked"):
    """The supervisor has heard enough."""

    by: AgentId
    monitor: MonitorId


class TakeOverAsked(Input, frozen=True, kw_only=True, tag="take_over_asked"):
    """The supervisor goes on with the customer, without the agent."""

    by: AgentId
    monitor: MonitorId
    reason: str = ""


class ContactEndAsked(Input, frozen=True, kw_only=True, tag="contact_end_asked"):
    """A supervisor ends a conversation."""

    contact: ContactId
    by: str
    reason: str


# --- facts


class MonitorBegan(Event, frozen=True, kw_only=True, tag="monitor.began.v1"):
    """A supervisor's device is called to be in on a conversation."""

    monitor: MonitorId
    by: AgentId
    endpoint: Endpoint
    leg: LegId
    agent: AgentId | None
    """Who is followed, unless it is the customer."""
    contact: ContactId | None
    mode: MonitorMode
    expires_at: Instant
    teams: tuple[TeamId, ...] = ()
    """Whose agents may be heard; empty = everybody's."""


class MonitorJoined(Event, frozen=True, kw_only=True, tag="monitor.joined.v1"):
    """The supervisor's device is there."""

    monitor: MonitorId
    by: AgentId


class MonitorTuned(Event, frozen=True, kw_only=True, tag="monitor.tuned.v1"):
    """What the supervisor hears from now on, and who hears the supervisor."""

    monitor: MonitorId
    by: AgentId
    leg: LegId
    contact: ContactId | None
    """None = silence."""
    agent: AgentId | None
    agent_leg: LegId | None
    mode: MonitorMode
    """As it can be now: an agent who is aside is not barged in on."""


class MonitorModeChanged(Event, frozen=True, kw_only=True, tag="monitor.mode_changed.v1"):
    """The supervisor wished it so."""

    monitor: MonitorId
    by: AgentId
    mode: MonitorMode


class MonitorEnded(Event, frozen=True, kw_only=True, tag="monitor.ended.v1"):
    """The supervisor is out of it."""

    monitor: MonitorId
    by: AgentId
    leg: LegId
    contact: ContactId | None
    """Whose conversation was heard last; None = silence."""
    agent: AgentId | None
    why: MonitorEnd
    cause: LegCause
    lasted: Millis


class MonitorTakenOver(Event, frozen=True, kw_only=True, tag="monitor.taken_over.v1"):
    """The conversation is the supervisor's; the agent is out of it."""

    monitor: MonitorId
    by: AgentId
    leg: LegId
    """The supervisor's, which is the contact's from now on."""
    contact: ContactId
    customer_leg: LegId
    agent: AgentId
    """Whose it was."""
    agent_leg: LegId
    reason: str
    lasted: Millis
    """Of the listening before."""


class ContactEndForced(Event, frozen=True, kw_only=True, tag="contact.end_forced.v1"):
    """A supervisor ends the conversation; its end follows."""

    contact: ContactId
    agent: AgentId | None
    by: str
    reason: str


# --- commands


class CallMonitor(Command, frozen=True, kw_only=True, tag="call_monitor"):
    """Call the supervisor's device, which answers by itself. Answered = LegAnswered, else
    LegEnded."""

    monitor: MonitorId
    agent: AgentId
    endpoint: Endpoint
    leg: LegId
    ring: Millis


class TuneMonitor(Command, frozen=True, kw_only=True, tag="tune_monitor"):
    """What the supervisor hears, and who hears the supervisor: brought about from whatever there
    is, as often as it is said, without a gap."""

    monitor: MonitorId
    leg: LegId
    contact: ContactId | None
    """None = silence."""
    agent_leg: LegId | None
    mode: MonitorMode


class EndMonitor(Command, frozen=True, kw_only=True, tag="end_monitor"):
    """Free all that the switch holds of it. A leg that is None is kept by the contact that took
    it over."""

    monitor: MonitorId
    leg: LegId | None


class TakeOver(Command, frozen=True, kw_only=True, tag="take_over"):
    """Supervisor and customer hear each other; the agent's leg ends."""

    monitor: MonitorId
    contact: ContactId
    leg: LegId
    customer_leg: LegId
    agent_leg: LegId


MonitorInputs = (
    MonitorAsked | MonitorForbidden | MonitorModeAsked | MonitorEndAsked | TakeOverAsked
    | ContactEndAsked | HelpInputs
)  # fmt: skip
MonitorEvents = (
    MonitorBegan | MonitorJoined | MonitorTuned | MonitorModeChanged | MonitorEnded
    | MonitorTakenOver | ContactEndForced | HelpEvents
)  # fmt: skip
MonitorCommands = CallMonitor | TuneMonitor | EndMonitor | TakeOver
MONITOR_WISHES = (
    MonitorAsked, MonitorModeAsked, MonitorEndAsked, TakeOverAsked, ContactEndAsked, *HELP_WISHES,
)  # fmt: skip
"""What a person asks for: answered with a refusal when impossible."""
