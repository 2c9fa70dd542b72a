"""Which devices are registered: one truth, asked of Asterisk itself.

Asterisk announces every step (a new contact, an old one removed, a qualify that failed), sometimes
in an order that would make a reloaded browser look gone. So an announcement is only a reason to
ask, and only a different answer is told.
"""

from collections.abc import Callable

import structlog

from lianxi.channels.asterisk.ari import AriRefused, Asking
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.wire import EndpointView, Said
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import DeviceChanged
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import Endpoint
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

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
        """Ask how it stands, soon."""
        if endpoint in self._told:
            self._lines.put(f"registration {endpoint}", lambda: self._look(endpoint))

    def see_all(self, registered: frozenset[Endpoint]) -> None:
        """After a new connection: tell how every device stands."""
        for endpoint in self._told:
            self._told[endpoint] = None
            self._see(endpoint, endpoint in registered)

    async def _look(self, endpoint: Endpoint) -> None:
        try:
            view = await self._ari.get(f"endpoints/PJSIP/{endpoint}", EndpointView)
        except AriRefused:
            self._see(endpoint, False)
        except ChannelFault:
            log.info("registration_unknown", endpoint=endpoint)  # a new connection asks again
        else:
            self._see(endpoint, view.state == ONLINE)

    def _see(self, endpoint: Endpoint, registered: bool) -> None:
        if endpoint in self._told and self._told[endpoint] is not registered:
            self._told[endpoint] = registered
            self._tell(DeviceChanged(at=self._now(), endpoint=endpoint, registered=registered))
