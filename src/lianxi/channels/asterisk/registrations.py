"""Which devices are registered: one truth, asked of Asterisk itself.

Asterisk announces every step (a new contact, an old one removed, a qualify that failed). A device
that takes its own place is offline for half a millisecond then, and the answer to a question may
be as much behind the announcements (both measured). So an announcement is only a reason to ask:
"there" is believed at once, "gone" only when things have been quiet for a moment. Only changes are
told.
"""

import asyncio
from collections.abc import Callable

import structlog

from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.session import AriRefused, Asking
from lianxi.channels.asterisk.wire import EndpointView, Said
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import DeviceChanged
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import Endpoint
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

QUIET_S = 0.1
"""Without a further announcement for this long, an answer is the truth."""

ONLINE = "online"
"""A device with at least one reachable contact."""


class Registrations:
    """Watches devices and tells when one registered or went away."""

    def __init__(
        self,
        ari: Asking,
        lines: Lines,
        tell: Callable[[Input], None],
        now: Callable[[], Instant],
    ) -> None:
        self._ari = ari
        self._lines = lines
        self._tell = tell
        self._now = now
        self._told: dict[Endpoint, bool | None] = {}
        self._quiet: dict[Endpoint, asyncio.TimerHandle] = {}

    def watch(self, endpoint: Endpoint) -> None:
        """This device is ours."""
        self._told.setdefault(endpoint, None)

    def forget(self, endpoint: Endpoint) -> None:
        """This device is ours no more: it cannot be reached."""
        if self._told.pop(endpoint, None):
            self._tell(DeviceChanged(at=self._now(), endpoint=endpoint, registered=False))

    def hear(self, said: Said) -> None:
        """Something about a device was announced."""
        if said.endpoint is not None:
            self.look(Endpoint(said.endpoint.resource))

    def look(self, endpoint: Endpoint) -> None:
        """Ask how it stands: now, and when things are quiet."""
        if endpoint not in self._told:
            return
        self._ask(endpoint, is_final=False)
        if (waiting := self._quiet.pop(endpoint, None)) is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self._quiet[endpoint] = loop.call_later(QUIET_S, self._ask_finally, endpoint)

    def _ask_finally(self, endpoint: Endpoint) -> None:
        self._quiet.pop(endpoint, None)
        self._ask(endpoint, is_final=True)

    def _ask(self, endpoint: Endpoint, *, is_final: bool) -> None:
        line = f"registration {endpoint}"
        self._lines.put(line, lambda: self._look(endpoint, is_final=is_final))

    def see_all(self, registered: frozenset[Endpoint]) -> None:
        """After a new connection: tell how every device stands."""
        for endpoint in self._told:
            self._told[endpoint] = None
            self._see(endpoint, endpoint in registered)

    async def _look(self, endpoint: Endpoint, *, is_final: bool) -> None:
        try:
            view = await self._ari.get(f"endpoints/PJSIP/{endpoint}", EndpointView)
            registered = view.state == ONLINE
        except AriRefused:
            registered = False
        except ChannelFault:
            log.info("registration_unknown", endpoint=endpoint)  # a new connection asks again
            return
        if registered or is_final:
            self._see(endpoint, registered)

    def _see(self, endpoint: Endpoint, registered: bool) -> None:
        if endpoint in self._told and self._told[endpoint] is not registered:
            self._told[endpoint] = registered
            self._tell(DeviceChanged(at=self._now(), endpoint=endpoint, registered=registered))
