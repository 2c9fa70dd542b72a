"""A customer on hold: the rule, what a device says of its own hold key, and the facts: held,
forgotten, brought back."""

import msgspec

from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.pausing import PauseEvents
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant, Millis


class HoldRule(msgspec.Struct, frozen=True, kw_only=True):
    """How long a customer may be kept on hold before somebody remembers."""

    alarm: Millis = Millis(60_000)
    """So long on hold, and agent and team lead are told; 0 = never."""
    recall: Millis = Millis(180_000)
    """So long on hold, and the customer is brought back into the conversation; 0 = never. A hold by
    the key of a telephone is not ended so: only that key ends it."""


class LegHoldTold(Input, frozen=True, kw_only=True, tag="leg_hold_told"):
    """The device of a leg holds the call with its own key, or takes it back."""

    leg: LegId
    held: bool


class LegHoldChanged(Event, frozen=True, kw_only=True, tag="leg.hold_changed.v1"):
    """An agent's device holds by itself, or no more. What it means for the customer is told
    apart."""

    contact: ContactId
    leg: LegId
    agent: AgentId
    held: bool


class ContactHeld(Event, frozen=True, kw_only=True, tag="contact.held.v1"):
    """The customer hears music."""

    contact: ContactId
    leg: LegId
    agent: AgentId
    alarm_at: Instant | None = None
    """When agent and team lead are told that the customer still waits; None = never."""
    recall_at: Instant | None = None
    """When the customer is brought back whatever the agent does; None = never."""
    by_device: bool = False
    """Pressed at the device, and ended there."""


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


HoldInputs = LegHoldTold
HoldEvents = LegHoldChanged | ContactHeld | HoldAlarmed | ContactResumed | PauseEvents
