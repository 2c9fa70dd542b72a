"""Decisions about API keys: what they may do, how long they last, how often they may ask."""

from dataclasses import dataclass, field

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.modules.identity.errors import KeyAllowsTooMuch, KeyExpiryInvalid, TooManyRequests

DAY_MS = 86_400_000
LONGEST_MS = 731 * DAY_MS
"""Two years: whoever keeps a key longer has forgotten it."""
PER_MINUTE = 600
"""Requests of one key at each process of the API."""

NEVER = frozenset(
    {
        Permission.DESK_USE,
        Permission.LIVE_FORCE,
        Permission.USERS_EDIT,
        Permission.TEST_CALL,
    }
)
"""What only people may do: sit at a desk, act upon colleagues, and make accounts and keys."""


def grantable(by: Caller) -> list[Permission]:
    """What a key that this person makes may be allowed: nothing that the person may not do."""
    return [one for one in Permission if one not in NEVER and by.may(one)]


def check(
    permissions: frozenset[Permission], expires_at: Instant, *, by: Caller, at: Instant
) -> None:
    """Let a new key pass.

    Raises:
        KeyAllowsTooMuch, KeyExpiryInvalid.
    """
    beyond = permissions - set(grantable(by))
    if beyond:
        raise KeyAllowsTooMuch(permission=min(beyond).value)
    if not at < expires_at <= at + LONGEST_MS:
        raise KeyExpiryInvalid(days=LONGEST_MS // DAY_MS)


@dataclass(slots=True)
class Pace:
    """How often keys ask: a bucket for each that fills again evenly."""

    per_minute: int = PER_MINUTE
    _left: dict[str, tuple[float, Instant]] = field(default_factory=dict)

    def take(self, key: str, *, at: Instant) -> None:
        """One request.

        Raises:
            TooManyRequests: with `retry_after_s`.
        """
        left, since = self._left.get(key, (float(self.per_minute), at))
        left = min(self.per_minute, left + max(0, at - since) * self.per_minute / 60_000)
        if left < 1:
            self._left[key] = (left, at)
            raise TooManyRequests(per_minute=self.per_minute, retry_after_s=1)
        self._left[key] = (left - 1, at)
