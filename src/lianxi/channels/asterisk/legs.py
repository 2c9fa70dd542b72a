"""Legs that we make: each comes to us first, and is dialled then."""

import asyncio
from collections.abc import Awaitable, Callable

from lianxi.channels.asterisk.ari import AriAway, Body
from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.naming import CONTACT_VARIABLE, ROLE_VARIABLE
from lianxi.channels.asterisk.trunk_objects import endpoint_of
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId, TrunkId
from lianxi.kernel.time import Millis

ENTERS_WITHIN_S = 5.0
"""From making a leg to having it in our hands: a thread's start, long only on a busy machine."""

RING_GRACE_S = 2
"""The engine ends a ringing itself; Asterisk does so only when the engine has gone away."""

OF_TRUNKS = "alaw"
"""The codec of a leg that has no other side yet: what the network speaks anyway."""


def not_dialled(fault: ChannelFault) -> LegCause:
    """Why a leg to a number outside could not be dialled: a switch that refuses knows no living
    address of the trunk."""
    return LegCause.FAILED if fault.temporary else LegCause.TRUNK_FAILED


class Legs:
    """Makes and dials them.

    Args:
        outward: the switch's address for a number outside, where no trunk is named.
    """

    def __init__(self, hands: Hands, *, outward: Callable[[str], str]) -> None:
        self._hands = hands
        self._outward = outward
        self._entering: dict[str, asyncio.Event] = {}

    def note_entered(self, channel: str) -> None:
        """A channel is in our hands: before that it cannot be dialled."""
        if (entering := self._entering.get(channel)) is not None:
            entering.set()

    async def enter(self, channel: str, path: str, body: Body) -> None:
        """Make a channel and wait until it is in our hands.

        Raises:
            AriRefused: it cannot be made.
            AriAway: no answer, or it did not come in time.
        """
        entered = self._entering[channel] = asyncio.Event()
        try:
            await self._hands.ari.call("POST", path, body=body)
            async with asyncio.timeout(ENTERS_WITHIN_S):
                await entered.wait()
        except TimeoutError as error:
            raise AriAway(f"{channel} did not come to us") from error
        finally:
            del self._entering[channel]

    async def dial(self, leg: LegId, ring: Millis) -> None:
        """Let it ring. Raises AriRefused, AriAway."""
        ring_s = -(-ring // 1000) + RING_GRACE_S
        await self._hands.ari.call("POST", f"channels/{leg}/dial", body={"timeout": ring_s})

    async def call(
        self,
        leg: LegId,
        body: Body,
        ring: Millis,
        *,
        before: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Make a leg and dial it; one that comes to nothing is ended.

        Args:
            before: done when the leg is in our hands and not dialled yet.

        Raises:
            AriRefused: it cannot be made or dialled.
            AriAway: no answer in time; perhaps it rings all the same.
        """
        try:
            await self.enter(leg, "channels/create", body)
            if before is not None:
                await before()
            await self.dial(leg, ring)
        except ChannelFault:
            await self._hands.quietly("DELETE", f"channels/{leg}")
            raise

    def outside(
        self,
        leg: LegId,
        contact: ContactId,
        role: LegRole,
        *,
        number: str,
        trunk: TrunkId,
        caller: str,
        beside: LegId | None,
    ) -> dict[str, object]:
        """The body of a leg to a number outside.

        Args:
            beside: the leg whose codecs it keeps, so that nothing is transcoded; None = there is
                no other side yet.
        """
        address = f"PJSIP/{number}@{endpoint_of(trunk)}" if trunk else self._outward(number)
        codecs = {"formats": OF_TRUNKS} if beside is None else {"originator": beside}
        return {
            "endpoint": address,
            "app": APPLICATION,
            "appArgs": role,
            "channelId": leg,
            **codecs,
            "variables": {
                CONTACT_VARIABLE: contact,
                ROLE_VARIABLE: role,
                "CALLERID(num)": caller,
            },
        }
