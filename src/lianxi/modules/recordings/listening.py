"""Tells a new listening from the many range requests of one player."""

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant

ONE_LISTENING_MS = 10 * 60_000
"""Requests of one session for one recording within this time are one listening."""
REMEMBERED = 10_000


class Listening:
    """Who has been listening to what, in this process; forgets the oldest first."""

    def __init__(self) -> None:
        self._since: dict[tuple[str, ContactId], Instant] = {}

    def is_new(self, session: str, contact: ContactId, at: Instant) -> bool:
        """Whether this request begins a listening; remembers it if so."""
        key = (session, contact)
        since = self._since.get(key)
        if since is not None and at - since < ONE_LISTENING_MS:
            return False
        self._since.pop(key, None)
        self._since[key] = at
        if len(self._since) > REMEMBERED:
            self._since.pop(next(iter(self._since)))
        return True
