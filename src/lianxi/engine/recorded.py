"""What is special about the recording of a contact, while the contact is open."""

from lianxi.engine.plain import Values
from lianxi.kernel.ids import AgentId, PlaybackId, PromptName, QueueId
from lianxi.kernel.time import Instant


class Recorded(Values):
    """Kept for contacts with a notice, with a recording that the agent began, or with a pause for a
    payment."""

    queue: QueueId | None = None
    """While the notice is said: where the wait begins after it."""
    since: Instant | None = None
    agent: AgentId | None = None
    prompts: tuple[PromptName, ...] = ()
    playback: PlaybackId | None = None
    """While who was called is told: the notice."""
    heard: bool | None = None
    """Whether the caller heard the notice; `None` = it was not owed."""
    started_at: Instant | None = None
    """When the agent began to record."""
    is_field: bool = False
    """The pause under way, or the last one, was asked for by a payment field."""
