"""How a queue has been going, and how long somebody will wait in it.

The estimate is the one by queue length with abandonment: who is `p`-th in line waits for `p` times
"somebody ahead is served or gives up", and that rate falls with every one who has left:

    wait(p) = sum over i = 0 .. p-1 of 1 / (rate of service + i x rate of giving up)

Source: Ibrahim and Whitt (2009), "Real-Time Delay Estimation in Overloaded Multiserver Queues with
Abandonments", Management Science 55(10), the estimator QL_m.

It is made for one line with agents of its own. Here an agent serves several and takes whoever has
stood longest, so before the one who asks those are served, too, who stand earlier in other lines of
the same agents. Whenever an agent is through, the next is one of them, and of which queue is a
matter of how many stand earlier there, and of how many other agents there are for them:

    pressure(q) = callers up to the one who asks in q / ready agents who serve q
    hands(q) = sum over the ready agents who serve q of
        pressure(q) / sum of the pressures of all that the agent serves

and `p` above is callers up to the one who asks in q x ready agents who serve q / hands(q), the rate
of service that of all these agents, by what a contact keeps them busy, of whatever queue it is.
With agents of its own a queue has them whole; where everybody serves everything the one who asks
waits for all who stand earlier, wherever they stand; no agent is counted twice. It is a fluid
approximation of serving by age with skills: see Adan and Weiss (2014), "A Skill Based Parallel
Service System under FCFS-ALIS", Stochastic Systems 4(1). Agents who serve the same queues are one
*crew* and count at once, so the cost is by crews, not by agents. Where there are so many crews that
looking at each would hold up the floor (`LOOKED_AT`), the queue is taken as one with agents of its
own: too hopeful by what they do elsewhere, and as quick as with one crew.
"""

from math import log
from typing import Final

from lianxi.engine.floor import Crew, Place
from lianxi.engine.living import Contact, Entry, Pace
from lianxi.engine.messages.values import EntryOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import EntryId, QueueId
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

LOOKED_AT: Final = 32
"""Queues of crews, counted once for each crew, that an estimate looks at."""

LAST = 2**62
NOBODY = EntryId("")
"""Of the place of somebody who is not in line yet: after all who came before."""

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


def handled(contact: Contact, served: tuple[QueueId, ...], took: Millis, state: State) -> None:
    """An agent is through with a contact: so it goes in all queues the agent serves. What is
    written is done beside other things, and says something about its own queue alone."""
    assert contact.queue is not None
    own = pace_of(contact.queue, state)
    own.is_written = not contact.is_call
    _smooth(own, took)
    if contact.is_call:
        for queue in served:
            if queue != contact.queue:
                pace = pace_of(queue, state)
                if not pace.is_written:
                    _smooth(pace, took)


def _smooth(pace: Pace, took: Millis) -> None:
    former = took if pace.handled is None else pace.handled
    pace.handled = former + WEIGHT * (took - former)


def service_level(queue: QueueId, state: State) -> float | None:
    """Percent of the last contacts that were answered in time; `None` before there were enough."""
    pace = state.pace.get(queue)
    if pace is None or pace.seen < RECENT:
        return None
    return 100 * pace.recent.bit_count() / RECENT


def expected_wait(queue: QueueId, position: int, place: Place, state: State) -> float | None:
    """How long who stands at this position will wait, in milliseconds.

    Args:
        position: in the queue, 1 = next.
        place: where that is in the one order of all: who stands earlier in other queues is served
            earlier by agents who serve both.

    Returns:
        `None` while nothing has been handled yet, or nobody is there to serve.
    """
    pace = state.pace.get(queue)
    if pace is None or pace.handled is None or not state.floor.serving.get(queue):
        return None
    service = state.floor.serving[queue] / max(pace.handled, 1.0)
    if is_beyond_looking(state.floor.crews[queue]):
        return by_length(float(position), service, giving_up(pace))
    ahead = _Ahead(queue, position, place, pace, state)
    return by_length(ahead.count, service, ahead.leaving)


def is_beyond_looking(crews: dict[Crew, int]) -> bool:
    """Whether there are too many crews to look at each."""
    if len(crews) > LOOKED_AT:
        return True
    looks = 0
    for crew in crews:
        looks += len(crew)
    return looks > LOOKED_AT


def wait_on_entering(queue: QueueId, state: State, at: Instant) -> float | None:
    """How long who enters the queue now will wait, in milliseconds; `None` as above."""
    length = state.floor.length(queue)
    rule = state.floor.queues.get(queue)
    if not length and state.floor.free_in(queue):
        return 0.0
    priority = rule.priority if rule is not None else 0
    stood = at - priority * state.routing.age_worth
    return expected_wait(queue, length + 1, (1, stood, LAST, NOBODY), state)


class _Ahead:
    """Who is served before somebody, that one included."""

    def __init__(
        self, queue: QueueId, position: int, place: Place, pace: Pace, state: State
    ) -> None:
        floor = state.floor
        agents = floor.serving[queue]
        own = position / agents
        self._pressures: dict[QueueId, float] = {queue: own}
        self._sum = own
        self._leaving = own * giving_up(pace)
        hands = 0.0
        for crew, count in floor.crews[queue].items():
            total = 0.0
            for other in crew:
                pressure = self._pressures.get(other)
                if pressure is None:
                    pressure = self._look(other, place, pace.is_written, state)
                total += pressure
            hands += count * own / total
        self.count = position * agents / hands
        """As many as if all the agents of the queue served those alone."""
        self.leaving = self._leaving / self._sum
        """Of these who give up, by each millisecond that one waits."""

    def _look(self, queue: QueueId, place: Place, is_written: bool, state: State) -> float:
        """The pressure of another queue. Calls and what is written are not in each other's way."""
        floor = state.floor
        pace = state.pace.get(queue)
        found = 0.0
        if pace is None or pace.is_written is is_written:
            found = (floor.position(queue, place) - 1) / floor.serving[queue]
        self._pressures[queue] = found
        self._sum += found
        if pace is not None and found:
            self._leaving += found * giving_up(pace)
        return found


def giving_up(pace: Pace) -> float:
    """Callers who give up, by each millisecond that one waits."""
    return pace.abandoned / pace.waited if pace.waited > 0 else 0.0


def by_length(ahead: float, service: float, leaving: float) -> float:
    """The wait, in milliseconds.

    Args:
        ahead: callers to be served until one is, that one included.
        service: callers served in a millisecond.
        leaving: of those ahead who give up, by each millisecond that one waits.
    """
    if leaving == 0.0:
        return ahead / service
    whole = min(int(ahead), COUNTED_OUT)
    wait = 0.0
    for before in range(whole):
        wait += 1 / (service + before * leaving)
    rest = ahead - whole
    if rest <= 1.0:
        return wait + rest / (service + whole * leaving)
    first = service + (whole - 0.5) * leaving
    last = service + (ahead - 0.5) * leaving
    return wait + log(last / first) / leaving
