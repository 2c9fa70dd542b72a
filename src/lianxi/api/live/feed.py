"""A feed: the rows of one topic for people of one sight, with a sequence of changes.

People who see the same share a feed, so a change is derived and encoded once and the same text is
sent to all of them. A client that lost its connection names the last number it saw and gets what
it missed from the ring, or a snapshot when that is too long ago.
"""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from lianxi.kernel.time import Instant

RING = 256
"""Changes kept for resuming: some ten seconds of a busy floor."""

Rows = Mapping[str, object]
_ENCODER = msgspec.json.Encoder()


class Subscriber(Protocol):
    """Whoever wants the changes of a feed."""

    def put(self, feed: "Feed", text: str) -> None:
        """Take one message. Must not block."""
        ...


class Feed:
    """Rows, their sequence, and who wants them.

    Args:
        topic: as it is called on the wire.
        rows: derives the rows as they are now.
        at: now. Numbers start from the time, so that no two lives of a feed share one.
    """

    def __init__(self, topic: str, rows: Callable[[], Rows], *, at: Instant) -> None:
        self.topic = topic
        self._derive = rows
        self._rows: dict[str, object] = dict(rows())
        self.sequence: int = at
        self._ring: deque[tuple[int, str]] = deque(maxlen=RING)
        self.subscribers: set[Subscriber] = set()
        self.left_at: Instant | None = None
        """When the last subscriber left."""

    def flush(self) -> bool:
        """Derive the rows anew and tell the subscribers what changed; whether anything did."""
        now = self._derive()
        changed = {
            key: row for key, row in now.items() if key not in self._rows or self._rows[key] != row
        }
        gone = [key for key in self._rows if key not in now]
        if not changed and not gone:
            return False
        self._rows = dict(now)
        self.sequence += 1
        text = self._message("delta", {"set": changed, "del": gone})
        self._ring.append((self.sequence, text))
        for subscriber in self.subscribers:
            subscriber.put(self, text)
        return True

    def snapshot(self) -> str:
        """All rows, under the number of the last change."""
        return self._message("snap", {"rows": self._rows})

    def since(self, sequence: int | None) -> list[str]:
        """What brings a client up to date that has seen everything up to a number."""
        if sequence == self.sequence:
            return []
        first = self._ring[0][0] if self._ring else None
        if sequence is None or first is None or not first - 1 <= sequence < self.sequence:
            return [self.snapshot()]
        return [text for number, text in self._ring if number > sequence]

    def _message(self, kind: str, change: object) -> str:
        return _ENCODER.encode(
            {"t": self.topic, "s": self.sequence, "k": kind, "d": change}
        ).decode()
