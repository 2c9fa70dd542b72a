"""An agent's leg: made first, dialled when it is in our hands, given up when it is silent."""

import asyncio
from collections.abc import Callable

from lianxi.channels.asterisk.ari import AriAway, Asking, Body
from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.naming import CONTACT_VARIABLE, ROLE_VARIABLE
from lianxi.engine.messages.commands import RingAgent
from lianxi.engine.messages.sighting import LegRole
from lianxi.kernel.ids import LegId

RING_GRACE_S = 2
"""The engine ends an offer itself; Asterisk does so only when the engine has gone away."""

ENTERS_WITHIN_S = 5.0
"""From making a leg to having it in our hands: a thread's start, long only on a busy machine."""

OF_TRUNKS = "alaw"
"""The codec of a leg that has no other side yet."""

SIGN_WITHIN_S = 4.0
"""A device that neither rings nor refuses by then is not there: three INVITEs were sent."""


class Ringing:
    """Calls agents' devices.

    Args:
        shown: a caller's number as agents may see it on their devices.
        give_up: called with a leg whose device gave no sign.
    """

    def __init__(
        self, ari: Asking, *, shown: Callable[[str], str], give_up: Callable[[LegId], None]
    ) -> None:
        self._ari = ari
        self._shown = shown
        self._give_up = give_up
        self._entering: dict[LegId, asyncio.Event] = {}
        self._silent: dict[LegId, asyncio.TimerHandle] = {}

    def note_entered(self, leg: LegId) -> None:
        """A leg is in our hands: before that it cannot be dialled."""
        if (entering := self._entering.get(leg)) is not None:
            entering.set()

    def note_sign(self, leg: LegId) -> None:
        """A device rings, answered, refused: it is there."""
        if (waiting := self._silent.pop(leg, None)) is not None:
            waiting.cancel()

    async def ring(self, command: RingAgent) -> None:
        """Make the leg and dial it; returns when the device has been sent an INVITE.

        Raises:
            AriRefused: there is no such device, or it is not registered.
            AriAway: no answer in time; perhaps it rings all the same.
        """
        leg = command.leg
        entered = self._entering[leg] = asyncio.Event()
        try:
            await self._ari.call("POST", "channels/create", body=self._new_leg(command))
            async with asyncio.timeout(ENTERS_WITHIN_S):
                await entered.wait()
            loop = asyncio.get_running_loop()
            self._silent[leg] = loop.call_later(SIGN_WITHIN_S, self._is_silent, leg)
            ring_s = -(-command.ring // 1000) + RING_GRACE_S
            await self._ari.call("POST", f"channels/{leg}/dial", body={"timeout": ring_s})
        except TimeoutError as error:
            raise AriAway(f"leg {leg} did not come to us") from error
        finally:
            del self._entering[leg]

    def _is_silent(self, leg: LegId) -> None:
        del self._silent[leg]
        self._give_up(leg)

    def _new_leg(self, command: RingAgent) -> Body:
        """`originator` keeps the codecs of the customer's leg, so that nothing is transcoded. An
        agent who calls out is rung before there is any other side: what trunks speak is offered."""
        header, value = ("X-Recover", "1") if command.offer is None else ("X-Offer", command.offer)
        if command.is_party:
            header, value = ("X-Party", command.contact)
        codecs = (
            {"originator": command.customer_leg} if command.customer_leg else {"formats": OF_TRUNKS}
        )
        return {
            "endpoint": f"PJSIP/{command.endpoint}",
            "app": APPLICATION,
            "appArgs": LegRole.AGENT,
            "channelId": command.leg,
            **codecs,
            "variables": {
                CONTACT_VARIABLE: command.contact,
                ROLE_VARIABLE: LegRole.AGENT,
                f"PJSIP_HEADER(add,{header})": value,
                "CONNECTEDLINE(num,i)": self._shown(command.caller),
                "CONNECTEDLINE(name,i)": command.caller_name,
            },
        }
