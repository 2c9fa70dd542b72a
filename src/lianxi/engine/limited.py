"""What the engine remembers of limits that stand for a while."""

from lianxi.engine.plain import Values
from lianxi.kernel.time import Instant, Millis


class TimedLimit(Values):
    """Another limit of a queue's after-call work."""

    limit: Millis
    until: Instant
    by: str

    def __init__(self, *, limit: Millis, until: Instant, by: str) -> None:
        self.limit = limit
        self.until = until
        self.by = by
