"""A queue's after-call work has another limit for a while. It takes itself back: the end is armed
with the change, so it comes once, also when the switchboard was away at that moment."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.deciding import deadline, decides
from lianxi.engine.evolving import changes
from lianxi.engine.limited import TimedLimit
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.limiting import WrapUpLimitAsked, WrapUpLimitChanged, WrapUpLimitOver
from lianxi.engine.messages.values import WrapUpMode
from lianxi.engine.state import State
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant, after

WITH_LIMIT: Final = (WrapUpMode.LIMITED, WrapUpMode.FIXED)
TIME: Final = "time"


def refusal(given: WrapUpLimitAsked, state: State) -> str | None:
    """Why a limit cannot be changed, or `None`."""
    queue = state.queue(given.queue)
    if queue is None:
        return "queue_unknown"
    return None if queue.wrap_up.mode in WITH_LIMIT else "wrap_up_without_limit"


@decides(WrapUpLimitAsked)
def asked(given: WrapUpLimitAsked, state: State) -> Iterator[Event]:
    """A supervisor decides; asked once more, the time begins anew."""
    if given.limit is not None:
        yield WrapUpLimitChanged(
            at=given.at,
            queue=given.queue,
            limit=given.limit,
            until=after(given.at, given.lasts),
            by=given.by,
        )
    elif given.queue in state.wrap_limits:
        yield WrapUpLimitOver(at=given.at, queue=given.queue, why=given.by)


@deadline("wraplimit")
def over(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The time is over."""
    yield WrapUpLimitOver(at=at, queue=QueueId(key), why=TIME)


@changes(WrapUpLimitChanged)
def was_changed(event: WrapUpLimitChanged, state: State) -> None:
    """Stands until its time is over."""
    state.wrap_limits[event.queue] = TimedLimit(limit=event.limit, until=event.until, by=event.by)
    state.timers.set(f"wraplimit:{event.queue}", event.until)


@changes(WrapUpLimitOver)
def was_over(event: WrapUpLimitOver, state: State) -> None:
    """Forgotten."""
    state.wrap_limits.pop(event.queue, None)
    state.timers.clear(f"wraplimit:{event.queue}")
