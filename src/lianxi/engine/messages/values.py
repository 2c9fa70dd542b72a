"""Closed sets used by inputs, events, commands and state."""

from enum import StrEnum


class Word(StrEnum):
    """One of a closed set of words. Hashed like the text it is: an enumeration's own hash is not
    compiled, and these are keys of dictionaries that are asked all the time."""

    __hash__ = str.__hash__


class Channel(Word):
    """The way a contact came in."""

    VOICE = "voice"
    CHAT = "chat"
    EMAIL = "email"
    SMS = "sms"
    FAX = "fax"
    CALLBACK = "callback"
    """A place in line kept for somebody who is called back."""
    OUTBOUND = "outbound"
    """A call that we placed."""
    INTERNAL = "internal"
    """A call from agent to agent."""
    VOICEMAIL = "voicemail"
    """A message that somebody is to hear."""
    TASK = "task"


WITH_MEDIA = frozenset((Channel.VOICE, Channel.OUTBOUND, Channel.INTERNAL))
"""Channels whose contacts have a leg at the switch: they are answered by joining media."""

LINE_OF = {
    channel: Channel.VOICE
    if channel
    in (
        Channel.VOICE,
        Channel.OUTBOUND,
        Channel.INTERNAL,
        Channel.CALLBACK,
        Channel.VOICEMAIL,
    )
    else channel
    for channel in Channel
}
"""The kind of work a channel is for an agent: every call, in or out, takes the one voice line;
who hears a message out cannot talk."""


class DeviceKind(Word):
    """What rings on the agent's desk."""

    BROWSER = "browser"
    PHONE = "phone"


class Intent(Word):
    """What the agent chose. First of the three layers of agent state."""

    READY = "ready"
    NOT_READY = "not_ready"
    NOT_RESPONDING = "not_responding"
    """Missed an offer; gets nothing until the agent says ready again."""


class Activity(Word):
    """What the system is doing with the agent. Second layer."""

    IDLE = "idle"
    OFFERED = "offered"
    TALKING = "talking"
    WRAPPING = "wrapping"


class OfferOutcome(Word):
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
    TAKEN = "taken"
    """Another agent was quicker; no miss."""
    MOVED = "moved"
    """The contact was taken elsewhere while it rang; no miss."""


class EntryOutcome(Word):
    """How a stay in a queue ended."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    FLOW_OUT = "flow_out"
    OVERFLOWED = "overflowed"
    """Moved on by a rule of the queue."""
    MOVED = "moved"
    """Moved by a person, or because the queue is no more."""
    CALLBACK = "callback"
    """Hung up on purpose: will be called back, with the place kept."""
    ENDED = "ended"
    """Ended by us or by a fault, not by the caller."""


class Party(Word):
    """Who ended it."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class LegCause(Word):
    """Why a leg ended, as far as the engine cares."""

    NORMAL = "normal"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    TRUNK_FAILED = "trunk_failed"
    """Of a call out: the carrier did not take it, and who was called knows nothing of it. Another
    trunk may be tried."""
    GONE = "gone"
    """Found missing by the reconciler; nobody told us when it ended."""


class Phase(Word):
    """Where a contact is."""

    FLOW = "flow"
    WAITING = "waiting"
    OFFERED = "offered"
    JOINING = "joining"
    DIALLING = "dialling"
    """An agent calls; nobody has answered yet."""
    TALKING = "talking"
    HELD = "held"
    RECOVERING = "recovering"
    """The agent's leg vanished; the customer is kept for a short while."""
    OUTSIDE = "outside"
    """Handed on to somebody outside, who is called or talks with the customer: no agent of ours."""
    ENDED = "ended"
    """The conversation is over; wrap-up may still be open."""


class Talk(Word):
    """Who hears whom in a conversation."""

    PLAIN = "plain"
    """Customer and agent."""
    ASIDE = "aside"
    """The agent with the party asked; the customer hears music."""
    WITH_CUSTOMER = "with_customer"
    """The agent with the customer; the party asked hears music."""
    TOGETHER = "together"
    """All of them: a conference."""


class PartyPhase(Word):
    """How far a party has come."""

    RINGING = "ringing"
    TALKING = "talking"


class WrapUpMode(Word):
    """The four ways a queue may treat after-call work."""

    NONE = "none"
    FREE = "free"
    LIMITED = "limited"
    """A time limit; the agent may finish early."""
    FIXED = "fixed"
    """A time limit; not before it is over."""


class WrapUpTime(Word):
    """What a person is given of the limits that queues set to after-call work."""

    QUEUE = "queue"
    """The limit as the queue has it."""
    TENFOLD = "tenfold"
    """Ten times as long, and never longer than the person wants."""
    UNLIMITED = "unlimited"
    """No limit: the work ends when the person says so."""


class WrapUpEnd(Word):
    """How after-call work ended."""

    COMPLETED = "completed"
    TIMED_OUT = "timed_out"
    SIGNED_OUT = "signed_out"


class RecordingPolicy(Word):
    """Which contacts of a queue are recorded."""

    ALL = "all"
    OFF = "off"
    SHARE = "share"
    """So many of a hundred, chosen by the contact's id."""
    ON_DEMAND = "on_demand"
    """From when the agent says so."""


class RingStrategy(Word):
    """Whom of the free agents a queue rings."""

    LONGEST_IDLE = "longest_idle"
    """Who has had no work for the longest time, counted from the end of after-call work."""
    LEAST_OCCUPIED = "least_occupied"
    """Who has spent the smallest share of the time at the desk on contacts."""
    ROUND_ROBIN = "round_robin"
    """In turn: whose last offer is the oldest."""
    TOP_DOWN = "top_down"
    """In the order the agents are listed."""
    MOST_SKILLED = "most_skilled"
    """The highest level first, the longest idle within it."""
    RING_ALL = "ring_all"
    """Several at once; the first to answer has it."""


class Policy(Word):
    """Which queue a free agent serves first when several wait."""

    OLDEST = "oldest"
    """One order over all queues: priority with ageing, then age."""
    FIXED_RATIO = "fixed_ratio"
    """The queue whose line most exceeds its share of all who wait."""


class OverflowWhen(Word):
    """What a rule of a queue watches."""

    WAITED = "waited"
    """The caller's own wait. Threshold: milliseconds."""
    ESTIMATED_WAIT = "estimated_wait"
    """The wait to be expected, when entering. Threshold: milliseconds."""
    LENGTH = "length"
    """Callers already waiting, when entering. Threshold: how many are the most."""
    SERVICE_LEVEL = "service_level"
    """Share of the last contacts answered in time, when entering. Threshold: percent."""
    NO_AGENTS = "no_agents"
    """Nobody of the queue is signed in, for so long. Threshold: milliseconds."""
    CLOSED = "closed"
    """Outside the queue's opening hours, when entering."""


class StepOutcome(Word):
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


class FlowEnd(Word):
    """Why a contact ended without a queue."""

    HANG_UP_NODE = "hang_up_node"
    NUMBER_UNKNOWN = "number_unknown"
    TURNED_AWAY = "turned_away"
    """A rule of a queue said goodbye."""
    CALLBACK = "callback"
    """Will be called back."""
    TRANSFERRED = "transferred"
    """The conversation with an outside party is over."""
    RETURNED = "returned"
    """The flow came to its end without another word."""
