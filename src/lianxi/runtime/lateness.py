"""What gives way when there is more to do than can be done: callers who are not in yet.

Inputs are taken in the order in which they came, always: an answer that overtook its call would be
a lie in the journal. And what those who are inside still cause is bounded by how many they are.
Only new callers are not, so when the Driver is behind they hear the apology at once, instead of
silence, and are written down like those who call while it is away. No call in progress notices.
"""

import time

import structlog

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import ContactArrived
from lianxi.runtime.driver import Driver
from lianxi.runtime.ports import Channel

log = structlog.get_logger(__name__)

LATE_S = 3.0
"""So far behind, and nobody new is taken in. What a caller may have to wait on the mean before a
local call rings (ITU-T E.721, table 2)."""

LATE = "switchboard_late"
"""Alarm: callers hear the apology because there is more to do than can be done."""

ALARM_S = 60.0
"""So long after the last of them it is shown."""


class Gate:
    """Hands on what the switch tells.

    Args:
        late_s: how far behind the Driver may be. Seconds.
    """

    def __init__(self, driver: Driver, channel: Channel, *, late_s: float = LATE_S) -> None:
        self._driver = driver
        self._channel = channel
        self._late_s = late_s
        self._last: float | None = None
        self.turned_away = 0
        """Callers so far who were not taken in."""

    @property
    def is_late(self) -> bool:
        """Whether the Driver is behind now."""
        return self._driver.behind_s > self._late_s

    @property
    def alarm(self) -> str:
        """The code, "" when all are taken in."""
        is_recent = self._last is not None and time.monotonic() - self._last < ALARM_S
        return LATE if is_recent or self.is_late else ""

    def tell(self, given: Input) -> None:
        """Something happened at the switch."""
        if isinstance(given, ContactArrived) and self.is_late:
            behind_s = round(self._driver.behind_s, 1)
            log.warning("caller_not_taken_in", contact=given.contact, behind_s=behind_s)
            self.turned_away += 1
            self._last = time.monotonic()
            self._channel.apologise(given.contact, given.leg)
            return
        self._driver.tell(given)
