"""After-call work of a queue gets another limit for a while, and its own one again."""

from lianxi.engine.messages.base import Event, Input
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant, Millis

# --- what people ask for


class WrapUpLimitAsked(Input, frozen=True, kw_only=True, tag="wrap_up_limit_asked"):
    """A supervisor gives a queue's after-call work another limit, or its own one back."""

    queue: QueueId
    limit: Millis | None
    """Length of the work that begins from now on; None = as the queue has it, at once."""
    lasts: Millis = Millis(0)
    """How long the other limit stands. > 0 where there is one."""
    by: str


# --- facts


class WrapUpLimitChanged(Event, frozen=True, kw_only=True, tag="queue.wrap_up_limited.v1"):
    """After-call work of the queue that begins from now on has this limit, until then."""

    queue: QueueId
    limit: Millis
    until: Instant
    by: str


class WrapUpLimitOver(Event, frozen=True, kw_only=True, tag="queue.wrap_up_limit_over.v1"):
    """The queue's own limit holds again."""

    queue: QueueId
    why: str
    """time, or who asked for it."""


LimitInputs = WrapUpLimitAsked
LimitEvents = WrapUpLimitChanged | WrapUpLimitOver
