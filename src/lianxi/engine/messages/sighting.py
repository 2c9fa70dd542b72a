"""What a switch is seen to hold at one moment; compared with what the engine believes."""

from enum import StrEnum

import msgspec

from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId


class LegRole(StrEnum):
    """Whose side of the conversation a leg is."""

    CUSTOMER = "customer"
    AGENT = "agent"
    PARTY = "party"
    """Somebody outside who was called into a conversation."""
    OUTSIDE = "outside"
    """Somebody outside to whom a flow handed the caller on."""
    MONITOR = "monitor"
    """A supervisor who is in on a conversation."""
    FAX = "fax"
    """A machine outside to which a document is sent."""
    SNOOP = "snoop"
    """What such a supervisor hears an agent's leg through."""


class SeenLeg(msgspec.Struct, frozen=True, kw_only=True):
    """One leg as the switch holds it."""

    contact: ContactId
    role: LegRole
    bridge: str | None
    """Name of the bridge it stands in; None while it hears prompts or music, or rings."""
    up: bool
    """Answered."""
    arrival: ContactArrived | None = None
    """Of a customer: the input that would tell the engine of it, should it not know the contact."""


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of ours that the switch holds."""

    generation: str
    """Changes whenever the switch lost everything it held."""
    legs: dict[LegId, SeenLeg]
    bridges: dict[str, frozenset[LegId]]
    """Name of each bridge and who stands in it; an empty bridge counts too."""
    registered: frozenset[Endpoint]
    """Devices with at least one reachable registration."""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """A device that may register: one per agent who is signed in."""

    agent: AgentId
    endpoint: Endpoint
    kind: DeviceKind
