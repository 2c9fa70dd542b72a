"""When a message is tried again, and when it is given up."""

from lianxi.kernel.time import Instant

LEASE_MS = 60_000
"""A message that is taken belongs to its worker for so long."""
FIRST_WAIT_MS = 5_000
LONGEST_WAIT_MS = 3_600_000
GIVEN_UP_AFTER_MS = 86_400_000


def next_try(made_at: Instant, attempts: int, now: Instant) -> Instant | None:
    """When a message that was not taken is tried again; None = it is given up.

    Args:
        made_at: when it was written.
        attempts: how often it was tried, this time included.
        now: the time.
    """
    if now - made_at >= GIVEN_UP_AFTER_MS:
        return None
    return Instant(now + min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** min(attempts - 1, 20)))
