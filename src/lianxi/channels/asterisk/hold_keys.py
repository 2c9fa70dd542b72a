"""The hold keys of telephones, after a time in which nobody listened.

Asterisk knows of a hold as what it told the other side of it, so the customer is asked. One that we
know of already is not seen so: the customer is out of the bridge.
"""

from collections.abc import Callable
from functools import partial

from lianxi.channels.asterisk.ari import Asking
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.wire import Variable
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant

ON_HOLD = "CHANNEL(onhold)"


class HoldKeys:
    """Asks whether devices have begun to hold, and says so."""

    def __init__(
        self,
        ari: Asking,
        lines: Lines,
        tell: Callable[[Input], None],
        *,
        now: Callable[[], Instant],
    ) -> None:
        self._ari = ari
        self._lines = lines
        self._tell = tell
        self._now = now

    def settle(self, sighting: Sighting) -> None:
        """After a new connection: the conversations that are there."""
        agents = {
            seen.bridge: leg
            for leg, seen in sighting.legs.items()
            if seen.role is LegRole.AGENT and seen.bridge is not None
        }
        for leg, seen in sighting.legs.items():
            if seen.role is not LegRole.CUSTOMER or seen.bridge not in agents:
                continue
            agent = agents[seen.bridge]
            if sighting.bridges[seen.bridge] == {leg, agent}:  # among more it could be anybody's
                self._lines.put(seen.contact, partial(self._ask, leg, agent))

    async def _ask(self, customer: LegId, agent: LegId) -> None:
        try:
            path = f"channels/{customer}/variable?variable={ON_HOLD}"
            told = await self._ari.get(path, Variable)
        except ChannelFault:
            return  # over by now, or asked again after the next connection
        if told.value == "1":
            self._tell(LegHoldTold(at=self._now(), leg=agent, held=True))
