"""Legs that we make: each comes to us first, and is dialled then. One whose carrier gives no sign
is given up, so that another may be tried."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import CONTACT_VARIABLE, ROLE_VARIABLE
from lianxi.channels.asterisk.session import AriAway, Body
from lianxi.channels.asterisk.trunk_objects import endpoint_of
from lianxi.channels.asterisk.wire import Variable
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId, TrunkId
from lianxi.kernel.time import Millis

log = structlog.get_logger(__name__)

ENTERS_WITHIN_S = 5.0
"""From making a leg to having it in our hands: a thread's start, long only on a busy machine."""

RING_GRACE_S = 2
"""The engine ends a ringing itself; Asterisk does so only when the engine has gone away."""

SIGN_WITHIN_S = 12.0
"""A network that is there says by then that it rings, or lets its own sound be heard. SIP alone
would wait 32 s for a server that is gone."""

NETWORK_OUT_OF_ORDER = 38
"""Q.850 cause that the end of such a leg is given."""

REMOTE_TAG = "CHANNEL(pjsip,remote_tag)"
"""Given by the other end with its first word beyond "trying"."""

OF_TRUNKS = "alaw"
"""The codec of a leg that has no other side yet: what the network speaks anyway."""


def not_dialled(fault: ChannelFault) -> LegCause:
    """Why a leg to a number outside could not be dialled: a switch that refuses knows no living
    address of the trunk."""
    return LegCause.FAILED if fault.temporary else LegCause.TRUNK_FAILED


class Legs:
    """Makes and dials them.

    Args:
        lines: keep the order of what is done for one contact.
        outward: the switch's address for a number outside, where no trunk is named.
    """

    def __init__(self, hands: Hands, lines: Lines, *, outward: Callable[[str], str]) -> None:
        self._hands = hands
        self._lines = lines
        self._outward = outward
        self._entering: dict[str, asyncio.Event] = {}
        self._silent: dict[str, asyncio.TimerHandle] = {}
        """Dialled outside, and nothing was heard of them."""

    def note_entered(self, channel: str) -> None:
        """A channel is in our hands: before that it cannot be dialled."""
        if (entering := self._entering.get(channel)) is not None:
            entering.set()

    def note_sign(self, channel: str) -> None:
        """A leg rings, was answered or is over."""
        if (silent := self._silent.pop(channel, None)) is not None:
            silent.cancel()

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

    async def call_outside(
        self,
        leg: LegId,
        contact: ContactId,
        role: LegRole,
        *,
        number: str,
        trunk: TrunkId,
        caller: str,
        ring: Millis,
        beside: LegId | None,
        before: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Make a leg to a number outside and dial it.

        Args:
            beside: the leg whose codecs it keeps, so that nothing is transcoded; None = there is
                no other side yet.
            before: done when the leg is in our hands and not dialled yet.

        Raises:
            AriRefused, AriAway: as `call`.
        """
        body = self._to_outside(
            leg, contact, role, number=number, trunk=trunk, caller=caller, beside=beside
        )
        loop = asyncio.get_running_loop()
        self._silent[leg] = loop.call_later(SIGN_WITHIN_S, self._is_silent, leg, contact)
        try:
            await self.call(leg, body, ring, before=before)
        except ChannelFault:
            self.note_sign(leg)
            raise

    def _is_silent(self, leg: LegId, contact: ContactId) -> None:
        async def give_up() -> None:
            if self._silent.pop(leg, None) is None:
                return
            try:
                path = f"channels/{leg}/variable?variable={REMOTE_TAG}"
                if not (await self._hands.ari.get(path, Variable)).value:
                    log.info("carrier_gave_no_sign", leg=leg)
                    body = {"reason_code": str(NETWORK_OUT_OF_ORDER)}
                    await self._hands.if_there("DELETE", f"channels/{leg}", body)
            except ChannelFault as fault:
                log.warning("sign_unknown", leg=leg, what=fault.what)  # its dialling ends too

        self._lines.put(contact, give_up)

    def _to_outside(
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
