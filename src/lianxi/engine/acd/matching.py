"""Who gets whom: the next pair to be served, found without looking through anybody.

One order over all queues: who came back from a lost agent, then where the entry stands (its age,
moved back by what its priority is worth). A pair that may not be (an agent kept for another queue)
is skipped, never waited for.
"""

from itertools import islice
from typing import Final

from lianxi.engine.floor import Place, Shelf
from lianxi.engine.living import Entry
from lianxi.engine.messages.values import Policy, RingStrategy
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId

POLICY_FIXED_RATIO: Final = Policy.FIXED_RATIO
RING_STRATEGY_RING_ALL: Final = RingStrategy.RING_ALL


def next_pair(state: State) -> tuple[Entry, list[AgentId]] | None:
    """The entry to be served now and the agents to be rung for it, or `None`."""
    floor = state.floor
    best: Place | None = None
    chosen: Shelf | None = None
    ranked: tuple[int, float] = (0, 0.0)
    by_ratio = state.routing.policy is POLICY_FIXED_RATIO
    for shelf in floor.meeting.values():
        place = _first_place(shelf, state)
        if place is None:
            continue
        if by_ratio:
            rank = (place[0], -_surplus(shelf.key[0], state))
            if best is None or (rank, place) < (ranked, best):
                best, chosen, ranked = place, shelf, rank
        elif best is None or place < best:
            best, chosen = place, shelf
    if best is None or chosen is None:
        return None
    entry = state.entries[best[3]]
    return entry, _whom(chosen, entry.level, state)


def for_coming(state: State) -> tuple[Entry, AgentId] | None:
    """The entry to be served by the agent who has just become free, or `None`: the same choice as
    that of `next_pair`, made before the agent takes place anywhere."""
    floor = state.floor
    best: Place | None = None
    agent = floor.coming
    if agent is None:
        return None
    for seat in floor.seats[agent]:
        if seat.shelf.n_waiting:
            for level, line in seat.shelf.waiting.items():
                if level <= seat.level and (best is None or line[0] < best):
                    best = line[0]
    return None if best is None else (state.entries[best[3]], agent)


def _first_place(shelf: Shelf, state: State) -> Place | None:
    best: Place | None = None
    for level, line in shelf.waiting.items():
        place = line[0]
        if (best is None or place < best) and _whom(shelf, level, state):
            best = place
    return best


def _whom(shelf: Shelf, level: int, state: State) -> list[AgentId]:
    if shelf.strategy is RING_STRATEGY_RING_ALL:
        able = (a for _, a in shelf.in_order(level) if not _is_kept(a, shelf, state))
        return list(islice(able, max(1, shelf.queue.ring_most)))
    first = shelf.first(level)
    if first is None:
        return []
    if not state.floor.has_reserved or not _is_kept(first[1], shelf, state):
        return [first[1]]
    # Those who are kept are few: as many as are reserved.
    for _, agent in shelf.in_order(level):
        if not _is_kept(agent, shelf, state):
            return [agent]
    return []


def _is_kept(agent: AgentId, shelf: Shelf, state: State) -> bool:
    """Whether the agent is one of the last free ones kept for a queue of higher priority."""
    floor = state.floor
    if not floor.has_reserved:
        return False
    for seat in floor.seats[agent]:
        other = seat.shelf.queue
        if (
            other.reserved
            and seat.shelf.key[3] is None  # who is only wanted there does not serve that queue
            and other.id != shelf.queue.id
            and other.priority > shelf.queue.priority
            and floor.free_in(other.id) <= other.reserved
        ):
            return True
    return False


def _surplus(queue: QueueId, state: State) -> float:
    """By how much the queue's part of all who wait exceeds the part it is to have."""
    floor = state.floor
    weights = sum(rule.share for rule in floor.queues.values()) or 1.0
    rule = floor.queues.get(queue)
    share = rule.share / weights if rule is not None else 0.0
    return floor.length(queue) - share * floor.n_standing
