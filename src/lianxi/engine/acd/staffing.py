"""Opened, but nobody signed in: callers who wait for nobody are noticed, and moved on by rule."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import overflowing
from lianxi.engine.deciding import deadline
from lianxi.engine.evolving import changes
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import QueueUnstaffed
from lianxi.engine.messages.values import OverflowWhen
from lianxi.engine.state import State
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant, Millis, after

OVERFLOW_WHEN_NO_AGENTS: Final = OverflowWhen.NO_AGENTS

NOTICED_AFTER = Millis(10_000)
"""Without a rule of the queue's own. A sign-in that follows a sign-out is no alarm."""

AGAIN = Millis(600_000)
"""Until it is told again, and the rule is applied to those who have come since, at the latest."""


def watch(queue: QueueId, at: Instant, state: State) -> None:
    """Arm the deadline while somebody waits and nobody is signed in; disarm it otherwise. Called
    by whoever changes one of the two."""
    name = f"unstaffed:{queue}"
    is_alone = bool(state.floor.lines.get(queue)) and not state.floor.staffed.get(queue)
    if is_alone is (state.timers.armed(name) is not None):
        return
    if is_alone:
        state.timers.set(name, after(at, max(Millis(1), allowed(queue, state))))
    else:
        state.timers.clear(name)


def watch_all(at: Instant, state: State) -> None:
    """The same for every queue somebody is in: who serves what has changed."""
    for queue in state.floor.lines:
        watch(queue, at, state)


def allowed(queue: QueueId, state: State) -> Millis:
    """How long callers of the queue may wait for nobody."""
    rule = state.queue(queue)
    for overflow in rule.overflow if rule is not None else ():
        if overflow.when is OVERFLOW_WHEN_NO_AGENTS:
            return Millis(overflow.threshold)
    return NOTICED_AFTER


def _next_look(queue: QueueId, state: State) -> Millis:
    rule = state.queue(queue)
    moves_on = any(o.when is OVERFLOW_WHEN_NO_AGENTS for o in (rule.overflow if rule else ()))
    return max(allowed(queue, state), NOTICED_AFTER) if moves_on else AGAIN


@changes(QueueUnstaffed)
def _(event: QueueUnstaffed, state: State) -> None:
    state.timers.set(f"unstaffed:{event.queue}", event.look_at)


@deadline("unstaffed")
def unstaffed(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Told to the supervisors; then the queue's rule, if it has one."""
    queue = QueueId(key)
    yield QueueUnstaffed(at=at, queue=queue, look_at=after(at, _next_look(queue, state)))
    yield from overflowing.empty_out(queue, state, at)
