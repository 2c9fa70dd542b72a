"""What others may know about webhooks."""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.kernel.time import Instant


class EventKind(StrEnum):
    """What a webhook may want. Wire names: never changed, new ones are added."""

    CONTACT_BEGAN = "contact.began"
    CONTACT_ENDED = "contact.ended"
    WRAP_UP_ENDED = "wrap_up.ended"
    RECORDING_READY = "recording.ready"
    AGENT_STATE = "agent.state"
    ALARM = "alarm"
    TEST = "test"
    """Sent by the button of the page, whatever is chosen."""


class DeliveryState(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Nobody took it for a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that is told what happens."""

    id: str
    name: str
    url: str
    events: tuple[EventKind, ...]
    is_internal: bool
    """May lead to an address of our own network."""
    unmasked: bool
    """Numbers go out in full."""
    is_on: bool
    revision: int
    failures: int
    """In a row; 0 after a success."""
    failing_since: Instant | None
    disabled_at: Instant | None
    """By the system, because nobody took messages for long; None once it is switched on again."""
    changed_at: Instant
    changed_by_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one webhook."""

    id: int
    webhook: str
    kind: EventKind
    body: str
    """What is posted, word for word: it is signed."""
    state: DeliveryState
    attempts: int
    made_at: Instant
    next_try_at: Instant | None
    tried_at: Instant | None
    status: int | None
    """Of the last answer over HTTP."""
    error: str | None
    """Stable code, where there was no answer or a wrong one."""
    took_ms: int | None
