"""The one place where the runtime reads the time.

Deadlines are moments of the wall clock, and somebody may set that clock. Set forward, deadlines
come early once. Set back, they must not come an hour late, and the journal must not run backwards:
then the time goes on from where it was, a little slower than real time, until the wall clock has
caught up. Only a day or more ahead counts as a wrong clock mended: then the wall clock is followed.
"""

import time
from collections.abc import Callable

from lianxi.kernel.time import Instant

NS_PER_MS = 1_000_000

SLOW_NUM, SLOW_DEN = 19, 20
"""How fast the time goes while it is ahead of the wall clock: 20 seconds take 21."""

TOO_FAR_MS = 86_400_000
"""So far ahead of the wall clock the time never is."""


def _wall() -> Instant:
    return Instant(time.time_ns() // NS_PER_MS)


class SteadyClock:
    """Wall time that does not go back.

    Args:
        wall: the clock to follow.
        monotonic_ns: nanoseconds of a clock that nobody can set.
        not_before: where the time begins at the least, e.g. the last line of the journal.
    """

    def __init__(
        self,
        wall: Callable[[], Instant] = _wall,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
        not_before: Instant = Instant(0),
    ) -> None:
        self._wall = wall
        self._monotonic_ns = monotonic_ns
        self._ticked_ns = monotonic_ns()
        self._at_ns = not_before * NS_PER_MS

    def __call__(self) -> Instant:
        """Milliseconds since 1970."""
        ticked_ns = self._monotonic_ns()
        elapsed_ns, self._ticked_ns = ticked_ns - self._ticked_ns, ticked_ns
        steady_ns = self._at_ns + elapsed_ns * SLOW_NUM // SLOW_DEN
        wall_ns = self._wall() * NS_PER_MS
        is_wrong = steady_ns - wall_ns > TOO_FAR_MS * NS_PER_MS
        self._at_ns = wall_ns if is_wrong else max(wall_ns, steady_ns)
        return Instant(self._at_ns // NS_PER_MS)


_steady = SteadyClock()


def now() -> Instant:
    """Milliseconds since 1970 by the system's clock; steady."""
    return _steady()
