"""Who waits and who is free, kept in order: the indexes of the allocator.

Everything here follows from the rest of the state and is rebuilt from it (`acd/seating.py`); it is
never stored. A shelf holds those who wait in one queue with the same needs, and the free agents who
could serve them. Whoever finds a shelf with both sides has found a pair to serve; while nobody
changes, no shelf has both. So no decision looks through all agents or all who wait.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator
from heapq import merge
from itertools import chain
from typing import Final

from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.routing import (
    AgentSetup,
    Calendar,
    MergeRule,
    NumberRule,
    Queue,
    Reason,
)
from lianxi.engine.messages.values import Channel, RingStrategy
from lianxi.kernel.ids import AgentId, CalendarId, EntryId, QueueId

CHANNEL_VOICE: Final = Channel.VOICE
RING_STRATEGY_MOST_SKILLED: Final = RingStrategy.MOST_SKILLED

Place = tuple[int, int, int, EntryId]
"""Sort key of a waiting entry: recovered first, then where it stands (age moved back by what its
priority is worth), then the order of entering."""

Free = tuple[int, AgentId]
"""Sort key of a free agent within a shelf: what the queue's strategy goes by, then the id."""

Crew = tuple[QueueId, ...]
ShelfKey = tuple[QueueId, Channel, tuple[SkillNeed, ...], AgentId | None]

HIGHEST = 10
"""Levels are 1..10."""


class Shelf:
    """One queue, one kind of work, one set of needs: who waits, and who is free to serve."""

    __slots__ = (
        "by_level", "free", "key", "n_free", "n_waiting", "number", "queue", "strategy", "waiting"
    )  # fmt: skip

    def __init__(self, key: ShelfKey, queue: Queue, number: int) -> None:
        self.key = key
        self.number = number
        self.queue = queue
        self.strategy: RingStrategy = queue.strategy
        self.by_level = self.strategy is RING_STRATEGY_MOST_SKILLED
        self.waiting: dict[int, list[Place]] = {}
        """By the level an agent must have, in the order of the line. Never an empty list."""
        self.free: dict[int, list[Free]] = {}
        """By the level an agent has, in the order of being rung. Never an empty list."""
        self.n_waiting = 0
        self.n_free = 0

    def stand(self, level: int, place: Place) -> None:
        """Somebody waits."""
        line = self.waiting.get(level)
        if line is None:
            self.waiting[level] = [place]
        elif place > line[-1]:
            line.append(place)
        else:
            insort(line, place)
        self.n_waiting += 1

    def step_out(self, level: int, place: Place) -> bool:
        """Somebody waits no more. False: did not stand here."""
        line = self.waiting.get(level)
        if line is None or not _take(line, place):
            return False
        if not line:
            del self.waiting[level]
        self.n_waiting -= 1
        return True

    def put(self, level: int, free: Free) -> None:
        """An agent is free."""
        row = self.free.get(level)
        if row is None:
            self.free[level] = [free]
        elif free > row[-1]:
            row.append(free)
        else:
            insort(row, free)
        self.n_free += 1

    def take(self, level: int, free: Free) -> None:
        """An agent is free no more."""
        row = self.free.get(level)
        if row is not None and _take(row, free):
            self.n_free -= 1
            if not row:
                del self.free[level]

    def first(self, level: int) -> Free | None:
        """Whom to ring for somebody who needs this level."""
        if len(self.free) == 1:
            for only, row in self.free.items():
                return row[0] if only >= level else None
        best: Free | None = None
        for has in sorted(self.free, reverse=True):
            if has < level:
                break
            head = self.free[has][0]
            if best is None or head < best:
                best = head
            if self.by_level:
                break
        return best

    def in_order(self, level: int) -> Iterator[Free]:
        """Everybody who could be rung for somebody who needs this level, one after another."""
        rows = [self.free[has] for has in sorted(self.free, reverse=True) if has >= level]
        return chain.from_iterable(rows) if self.by_level else merge(*rows)


def _take(row: list[Place] | list[Free], item: Place | Free) -> bool:
    if row[0] == item:
        del row[0]
        return True
    at = bisect_left(row, item)
    if at < len(row) and row[at] == item:
        del row[at]
        return True
    return False


class Seat:
    """An agent's place at a shelf."""

    __slots__ = ("free", "kind", "level", "order", "shelf")

    def __init__(self, shelf: Shelf, kind: Channel, level: int, order: int) -> None:
        self.shelf = shelf
        self.kind = kind
        self.level = level
        self.order = order
        self.free: Free | None = None
        """As which the agent stands on the shelf; `None` while not free for it."""


class Floor:
    """All shelves, all lines, and the configuration by id."""

    def __init__(self) -> None:
        self.queues: dict[QueueId, Queue] = {}
        self.setups: dict[AgentId, AgentSetup] = {}
        self.orders: dict[AgentId, int] = {}
        """Where an agent stands in the list of all."""
        self.calendars: dict[CalendarId, Calendar] = {}
        self.numbers: dict[str, NumberRule] = {}
        self.reasons: dict[str, Reason] = {}
        self.groups: dict[QueueId, list[MergeRule]] = {}
        """The groups a queue may be merged in."""
        self.has_reserved = False
        """Some queue keeps free agents to itself."""
        self.is_one_by_one = True
        """Whom a free agent serves is decided by who waits alone."""
        self.shelves: dict[ShelfKey, Shelf] = {}
        self.shelves_of: dict[QueueId, list[Shelf]] = {}
        self.seats: dict[AgentId, list[Seat]] = {}
        """Of signed-in agents."""
        self.staffed: dict[QueueId, int] = {}
        """Signed-in agents by queue."""
        self.serving: dict[QueueId, int] = {}
        """Of the signed-in agents those who chose to be ready, in work or not."""
        self.crews: dict[QueueId, dict[Crew, int]] = {}
        """The same by everything they serve, sorted."""
        self.counted: set[AgentId] = set()
        """Who is counted there."""
        self.lines: dict[QueueId, list[Place]] = {}
        """Everybody who is in a queue, also while an agent is rung for them."""
        self.n_standing = 0
        """How many are in any queue."""
        self.at: dict[EntryId, Shelf] = {}
        """Where each one who waits stands."""
        self.meeting: dict[int, Shelf] = {}
        """Shelves, by number, on which somebody waits and somebody is free."""
        self.for_calls: dict[QueueId, Shelf] = {}
        """Where those wait who want a call and nothing more."""
        self.n_shelves = 0
        """Made so far."""
        self.coming: AgentId | None = None
        """Free since a moment ago, and put on no shelf yet: see `seating.come`."""

    # --- lines

    def enter(self, queue: QueueId, place: Place) -> None:
        """Into a queue."""
        line = self.lines.get(queue)
        if line is None:
            self.lines[queue] = [place]
        elif not line or place > line[-1]:
            line.append(place)
        else:
            insort(line, place)
        self.n_standing += 1

    def leave(self, queue: QueueId, place: Place) -> None:
        """Out of a queue."""
        line = self.lines.get(queue)
        if line and _take(line, place):
            self.n_standing -= 1

    def position(self, queue: QueueId, place: Place) -> int:
        """1 = next."""
        return 1 + bisect_left(self.lines.get(queue, []), place)

    def length(self, queue: QueueId) -> int:
        """How many are in the queue."""
        return len(self.lines.get(queue, ()))

    # --- shelves

    def stand(self, shelf: Shelf, level: int, place: Place) -> None:
        """Somebody waits at a shelf."""
        shelf.stand(level, place)
        self.at[place[3]] = shelf
        if shelf.n_free:
            self.meeting[shelf.number] = shelf

    def step_out(self, level: int, place: Place) -> Shelf | None:
        """Somebody waits no more; the shelf it was."""
        shelf = self.at.pop(place[3], None)
        if shelf is not None and shelf.step_out(level, place) and not shelf.n_waiting:
            self.meeting.pop(shelf.number, None)
        return shelf

    def put(self, seat: Seat, free: Free) -> None:
        """An agent is free for a shelf."""
        seat.free = free
        shelf = seat.shelf
        shelf.put(seat.level, free)
        if shelf.n_waiting:
            self.meeting[shelf.number] = shelf

    def take(self, seat: Seat) -> None:
        """An agent is free for a shelf no more."""
        if seat.free is None:
            return
        shelf = seat.shelf
        shelf.take(seat.level, seat.free)
        seat.free = None
        if not shelf.n_free:
            self.meeting.pop(shelf.number, None)

    def is_free(self, agent: AgentId) -> bool:
        """Whether the agent stands on a shelf for calls."""
        return agent == self.coming or any(
            seat.free is not None and seat.kind is CHANNEL_VOICE
            for seat in self.seats.get(agent, ())
        )

    def free_in(self, queue: QueueId) -> int:
        """Agents who could take a call of this queue now."""
        shelf = self.for_calls.get(queue)
        if shelf is None:
            return 0
        is_coming = self.coming is not None and any(
            seat.shelf is shelf for seat in self.seats.get(self.coming, ())
        )
        return shelf.n_free + is_coming

    # --- looking at it as a whole

    def plain(self) -> dict[str, object]:
        """What it says, for comparison: shelves that were made for one who waited, and lines
        that are empty, say nothing."""
        return {
            "waiting": {key: s.waiting for key, s in self.shelves.items() if s.waiting},
            "free": {
                key: shelf.free
                for key, shelf in self.shelves.items()
                if shelf.free and (shelf.waiting or self._is_lasting(key))
            },
            "lines": {queue: line for queue, line in self.lines.items() if line},
            "staffed": {queue: n for queue, n in self.staffed.items() if n},
            "serving": {queue: n for queue, n in self.serving.items() if n},
            "crews": {queue: crews for queue, crews in self.crews.items() if crews},
            "meeting": {shelf.key for shelf in self.meeting.values()},
            "coming": self.coming,
            "queues": self.queues,
        }

    def _is_lasting(self, key: ShelfKey) -> bool:
        return key[0] in self.queues and key[1:] == (CHANNEL_VOICE, (), None)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Floor) and self.plain() == other.plain()

    __hash__ = None  # type: ignore[assignment]
