"""Facts of a recording that an agent pauses."""

from enum import StrEnum
from typing import Final

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.recordings import RecordingEvents
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant

PAUSE_FAILED: Final = "pause_failed"
"""A `RecordingProblem`: sound is still kept, whatever the agent asked for."""
START_FAILED: Final = "start_failed"
"""Another: of a call out nothing is kept."""
RESUME_FAILED: Final = "resume_failed"
"""A `RecordingProblem`: the rest of the recording may be silent."""
OF_A_PAUSE: Final = (PAUSE_FAILED, RESUME_FAILED)
"""No news of a contact that is over."""


class PauseCause(StrEnum):
    """What asks for a pause, or for its end."""

    AGENT = "agent"
    """The agent's own hand."""
    PAYMENT_FIELD = "payment_field"
    """A field for a card number has the focus, or lost it."""


class RecordingPaused(Event, frozen=True, kw_only=True, tag="contact.recording_paused.v1"):
    """What is said from now on is not kept: the recording has silence there."""

    contact: ContactId
    leg: LegId
    """The customer's, which is what is recorded."""
    agent: AgentId
    until: Instant
    """When it goes on by itself."""
    cause: PauseCause = PauseCause.AGENT


class RecordingResumed(Event, frozen=True, kw_only=True, tag="contact.recording_resumed.v1"):
    """What is said is kept again."""

    contact: ContactId
    leg: LegId
    agent: AgentId | None = None
    """Who asked for it; None = by itself: the time was over, or the agent is through."""


PauseEvents = RecordingPaused | RecordingResumed | RecordingEvents
