"""Who called whom, and how it went: words of the fact tables."""

from enum import StrEnum

from lianxi.engine.messages.values import Channel, LegCause, Party


class Direction(StrEnum):
    """Who called whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"
    """An agent called a colleague: no customer, counted nowhere among contacts with customers."""


class ContactOutcome(StrEnum):
    """How a contact went, in one word."""

    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    FLOW_ENDED = "flow_ended"
    """Ended in the flow, before any queue."""
    SYSTEM = "system"
    """Ended by us or by a fault."""
    BUSY = "busy"
    """Of a call that an agent made, like all that follow: who was called was busy."""
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    FAILED = "failed"
    """The number does not exist or cannot be reached, or the network failed."""
    CANCELLED = "cancelled"
    """The agent hung up before anybody answered."""


FOLLOWING = (Channel.CALLBACK, Channel.VOICEMAIL)
"""Contacts that another contact left behind: a place in line that is called back, a message that
somebody is to hear. They come in, and are work; but nobody arrived, or was offered, twice."""

DIRECTION_OF = {Channel.OUTBOUND: Direction.OUTBOUND, Channel.INTERNAL: Direction.INTERNAL}
"""By the channel; everything else came in."""

UNANSWERED = {
    LegCause.BUSY: ContactOutcome.BUSY,
    LegCause.NO_ANSWER: ContactOutcome.NO_ANSWER,
    LegCause.REJECTED: ContactOutcome.REFUSED,
}


def outcome_of_call(by: Party | None, cause: LegCause | None) -> ContactOutcome:
    """The outcome of a call that an agent made and nobody answered."""
    if by is Party.AGENT:
        return ContactOutcome.CANCELLED
    return ContactOutcome.FAILED if cause is None else UNANSWERED.get(cause, ContactOutcome.FAILED)
