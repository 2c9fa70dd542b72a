"""Closed sets used by inputs, events, commands and state."""

from enum import StrEnum


class Channel(StrEnum):
    """The way a contact came in."""

    VOICE = "voice"
    OUTBOUND = "outbound"


class DeviceKind(StrEnum):
    """What rings on the agent's desk."""

    BROWSER = "browser"
    PHONE = "phone"


class Intent(StrEnum):
    """What the agent chose. First of the three layers of agent state."""

    READY = "ready"
    NOT_READY = "not_ready"
    NOT_RESPONDING = "not_responding"
    """Missed an offer; gets nothing until the agent says ready again."""


class Activity(StrEnum):
    """What the system is doing with the agent. Second layer."""

    IDLE = "idle"
    OFFERED = "offered"
    TALKING = "talking"
    WRAPPING = "wrapping"


class OfferOutcome(StrEnum):
    """How an offer ended. Each is counted apart (rejected is not unanswered)."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    CALLER_GONE = "caller_gone"
    """The caller hung up while the agent rang: ring-cancelled, not a miss."""
    UNREACHABLE = "unreachable"
    """The device did not ring: busy, offline, forwarded."""
    JOIN_FAILED = "join_failed"
    """Answered, but the two sides could not be connected."""
    AGENT_LEFT = "agent_left"
    SWITCH_LOST = "switch_lost"


class EntryOutcome(StrEnum):
    """How a stay in a queue ended."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    FLOW_OUT = "flow_out"
    ENDED = "ended"
    """Ended by us or by a fault, not by the caller."""


class Party(StrEnum):
    """Who ended it."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class LegCause(StrEnum):
    """Why a leg ended, as far as the engine cares."""

    NORMAL = "normal"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    GONE = "gone"
    """Found missing by the reconciler; nobody told us when it ended."""


class Phase(StrEnum):
    """Where a contact is."""

    FLOW = "flow"
    WAITING = "waiting"
    OFFERED = "offered"
    JOINING = "joining"
    TALKING = "talking"
    HELD = "held"
    RECOVERING = "recovering"
    """The agent's leg vanished; the customer is kept for a short while."""
    ENDED = "ended"
    """The conversation is over; wrap-up may still be open."""


class WrapUpMode(StrEnum):
    """The four ways a queue may treat after-call work."""

    NONE = "none"
    FREE = "free"
    LIMITED = "limited"
    """A time limit; the agent may finish early."""
    FIXED = "fixed"
    """A time limit; not before it is over."""


class WrapUpEnd(StrEnum):
    """How after-call work ended."""

    COMPLETED = "completed"
    TIMED_OUT = "timed_out"
    SIGNED_OUT = "signed_out"


class RecordingPolicy(StrEnum):
    """Which contacts of a queue are recorded."""

    ALL = "all"
    OFF = "off"


class StepOutcome(StrEnum):
    """How a flow node was left."""

    DONE = "done"
    CHOSEN = "chosen"
    DEFAULTED = "defaulted"
    OPEN = "open"
    CLOSED = "closed"
    BRANCHED = "branched"
    """A condition or a share decided."""
    UNKNOWN = "unknown"
    """There is no such customer."""
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    CALLER_GONE = "caller_gone"
    ENDED = "ended"


class FlowEnd(StrEnum):
    """Why a contact ended without a queue."""

    HANG_UP_NODE = "hang_up_node"
    NUMBER_UNKNOWN = "number_unknown"
    TRANSFERRED = "transferred"
    """The conversation with an outside party is over."""
    RETURNED = "returned"
    """The flow came to its end without another word."""
