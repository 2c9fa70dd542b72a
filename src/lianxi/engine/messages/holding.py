"""Facts of a customer on hold: held, forgotten, brought back."""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.pausing import PauseEvents
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant, Millis


class ContactHeld(Event, frozen=True, kw_only=True, tag="contact.held.v1"):
    """The customer hears music."""

    contact: ContactId
    leg: LegId
    agent: AgentId
    alarm_at: Instant | None = None
    """When agent and team lead are told that the customer still waits; None = never."""
    recall_at: Instant | None = None
    """When the customer is brought back whatever the agent does; None = never."""


class HoldAlarmed(Event, frozen=True, kw_only=True, tag="contact.hold_alarmed.v1"):
    """The customer has been on hold for as long as the rule allows: agent and team lead are told,
    once per hold."""

    contact: ContactId
    agent: AgentId
    agent_leg: LegId | None
    """Hears a tone."""
    held: Millis
    """How long by now."""


class ContactResumed(Event, frozen=True, kw_only=True, tag="contact.resumed.v1"):
    """The customer is back in the conversation."""

    contact: ContactId
    leg: LegId
    agent: AgentId
    recalled: bool = False
    """Nobody asked for it: the hold had lasted too long."""
    agent_leg: LegId | None = None
    """Of an agent who is told by a tone, since the customer comes unasked; else None."""


HoldEvents = ContactHeld | HoldAlarmed | ContactResumed | PauseEvents
