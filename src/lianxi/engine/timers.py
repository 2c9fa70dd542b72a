"""Named deadlines: setting a name again moves it, an old one never fires.

The heap may hold stale rows; the dictionary alone is the truth, so replay compares and snapshots
only that.
"""

from heapq import heapify, heappop, heappush

from lianxi.kernel.time import Instant


class Timers:
    """Deadlines by name."""

    __slots__ = ("_at", "_heap")

    def __init__(self, deadlines: dict[str, Instant] | None = None) -> None:
        self._at = dict(deadlines or {})
        self._heap = [(at, name) for name, at in self._at.items()]
        heapify(self._heap)

    def set(self, name: str, at: Instant) -> None:
        """Arm `name`, or move it."""
        self._at[name] = at
        heappush(self._heap, (at, name))

    def clear(self, name: str) -> None:
        """Disarm; unknown names are fine."""
        self._at.pop(name, None)

    def next(self) -> Instant | None:
        """The earliest deadline, or `None`."""
        while self._heap and self._at.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def due(self, now: Instant) -> str | None:
        """A name whose moment has come, the earliest first. It stays armed: the fact that follows
        from it clears or moves it, so that replay arms and disarms exactly the same."""
        at = self.next()
        return self._heap[0][1] if at is not None and at <= now else None

    def armed(self, name: str) -> Instant | None:
        """When `name` is due, `None` when it is not armed."""
        return self._at.get(name)

    def as_dict(self) -> dict[str, Instant]:
        """What is armed: for snapshots and comparison."""
        return dict(self._at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Timers) and self._at == other._at

    __hash__ = None  # type: ignore[assignment]
