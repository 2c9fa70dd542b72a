"""How a queue has been going, and how long somebody will wait in it.

The estimate is the one by queue length with abandonment: who is `p`-th in line waits for `p` times
"somebody ahead is served or gives up", and that rate falls with every one who has left:

    wait(p) = sum over i = 0 .. p-1 of 1 / (agents x rate of service + i x rate of giving up)

Source: Ibrahim and Whitt (2009), "Real-Time Delay Estimation in Overloaded Multiserver Queues with
Abandonments", Management Science 55(10), the estimator QL_m.
"""

from math import log
from typing import Final

from lianxi.engine.living import Entry, Pace
from lianxi.engine.messages.values import EntryOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant, Millis, between

ENTRY_OUTCOME_ABANDONED: Final = EntryOutcome.ABANDONED
ENTRY_OUTCOME_ANSWERED: Final = EntryOutcome.ANSWERED

KEPT = 0.98
"""What an older contact still counts when the next one is over."""

WEIGHT = 0.1
"""Of the newest handling time in the smoothed one."""

RECENT = 50
"""Contacts that the service level of an overflow rule looks back on."""

COUNTED_OUT = 20
"""Those further back in line are summed by the integral, which is right to one part in 10,000."""

_MASK = (1 << RECENT) - 1


def pace_of(queue: QueueId, state: State) -> Pace:
    """The pace of a queue, begun with its first contact."""
    pace = state.pace.get(queue)
    if pace is None:
        pace = state.pace[queue] = Pace()
    return pace


def left(entry: Entry, outcome: EntryOutcome, state: State, at: Instant) -> None:
    """Somebody left the queue."""
    pace = pace_of(entry.queue, state)
    waited = between(entry.entered_at, at)
    pace.waited = pace.waited * KEPT + waited
    pace.abandoned *= KEPT
    if outcome is ENTRY_OUTCOME_ABANDONED:
        pace.abandoned += 1.0
    elif outcome is not ENTRY_OUTCOME_ANSWERED:
        return
    queue = state.floor.queues.get(entry.queue)
    is_in_time = (
        outcome is ENTRY_OUTCOME_ANSWERED and queue is not None and waited <= queue.answer_within
    )
    pace.recent = (pace.recent << 1 | is_in_time) & _MASK
    pace.seen += 1


def handled(queue: QueueId, took: Millis, state: State) -> None:
    """A contact of the queue is through."""
    pace = pace_of(queue, state)
    former = took if pace.handled is None else pace.handled
    pace.handled = former + WEIGHT * (took - former)


def service_level(queue: QueueId, state: State) -> float | None:
    """Percent of the last contacts that were answered in time; `None` before there were enough."""
    pace = state.pace.get(queue)
    if pace is None or pace.seen < RECENT:
        return None
    return 100 * pace.recent.bit_count() / RECENT


def expected_wait(queue: QueueId, position: int, state: State) -> float | None:
    """How long who stands at this position will wait, in milliseconds.

    Returns:
        `None` while nothing has been handled yet, or nobody is there to serve.
    """
    pace = state.pace.get(queue)
    agents = state.floor.serving.get(queue, 0)
    if pace is None or pace.handled is None or not agents:
        return None
    service = agents / max(pace.handled, 1.0)
    leaving = pace.abandoned / pace.waited if pace.waited > 0 else 0.0
    if leaving == 0.0:
        return position / service
    wait = 0.0
    for ahead in range(min(position, COUNTED_OUT)):
        wait += 1 / (service + ahead * leaving)
    if position > COUNTED_OUT:
        first = service + (COUNTED_OUT - 0.5) * leaving
        last = service + (position - 0.5) * leaving
        wait += log(last / first) / leaving
    return wait
