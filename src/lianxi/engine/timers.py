"""Named deadlines: setting a name again moves it, an old one never fires.

The heap may hold stale rows; the dictionary alone is the truth, so replay compares and snapshots
only that.
"""

from heapq import heapify, heappop, heappush

from lianxi.kernel.time import Instant


class Timers:
    """Deadlines by name."""

    __slots__ = ("_at", "_heap", "_is_seen", "_soonest")

    def __init__(self, deadlines: dict[str, Instant] | None = None) -> None:
        self._at = dict(deadlines or {})
        self._heap = [(at, name) for name, at in self._at.items()]
        heapify(self._heap)
        self._soonest: Instant | None = None
        """The earliest deadline, as long as `_is_seen`: it is asked for before every input."""
        self._is_seen = False

    def set(self, name: str, at: Instant) -> None:
        """Arm `name`, or move it."""
        self.clear(name)
        self._at[name] = at
        heappush(self._heap, (at, name))
        if self._is_seen and (self._soonest is None or at < self._soonest):
            self._soonest = at

    def clear(self, name: str) -> None:
        """Disarm; unknown names are fine."""
        at = self._at.pop(name, None)
        if at is not None and at == self._soonest:
            self._is_seen = False

    def next(self) -> Instant | None:
        """The earliest deadline, or `None`."""
        if not self._is_seen:
            while self._heap and self._at.get(self._heap[0][1]) != self._heap[0][0]:
                heappop(self._heap)
            self._soonest = self._heap[0][0] if self._heap else None
            self._is_seen = True
        return self._soonest

    def due(self, now: Instant) -> str | None:
        """A name whose moment has come, the earliest first. It stays armed: the fact that follows
        from it clears or moves it, so that replay arms and disarms exactly the same."""
        at = self.next()
        if at is None or at > now:
            return None
        while self._at.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][1]

    def armed(self, name: str) -> Instant | None:
        """When `name` is due, `None` when it is not armed."""
        return self._at.get(name)

    def as_dict(self) -> dict[str, Instant]:
        """What is armed: for snapshots and comparison."""
        return dict(self._at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timers) and self._at == other._at

    __hash__ = None  # type: ignore[assignment]
