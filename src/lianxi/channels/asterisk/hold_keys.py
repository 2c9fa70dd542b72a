"""The hold keys of telephones, after a time in which nobody listened.

Asterisk knows of each leg whether its own device holds the media. What it tells the other side of
it does not help: a customer whose agent holds is out of the bridge by then, and told nothing.
"""

from collections.abc import Callable
from functools import partial

from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.session import Asking
from lianxi.channels.asterisk.wire import Variable
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant

HOLDS = "CHANNEL(rtp,hold)"
"""Of a leg: "1" while its device holds by itself."""

ASKED = (LegRole.AGENT, LegRole.MONITOR)
"""Legs of agents, and of supervisors, who may have taken a conversation over."""


class HoldKeys:
    """Asks whether devices hold, and says so: what is known already is no news to the engine."""

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
        """After a new connection: the agents who are there."""
        for leg, seen in sighting.legs.items():
            if seen.role in ASKED and seen.up:
                self._lines.put(seen.contact, partial(self._ask, leg))

    async def _ask(self, leg: LegId) -> None:
        try:
            told = await self._ari.get(f"channels/{leg}/variable?variable={HOLDS}", Variable)
        except ChannelFault:
            return  # over by now, or asked again after the next connection
        self._tell(LegHoldTold(at=self._now(), leg=leg, held=told.value == "1"))
