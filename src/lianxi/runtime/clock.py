"""The one place where the runtime reads the time."""

import time

from lianxi.kernel.time import Instant


def now() -> Instant:
    """Milliseconds since 1970 by the system's clock."""
    return Instant(time.time_ns() // 1_000_000)
