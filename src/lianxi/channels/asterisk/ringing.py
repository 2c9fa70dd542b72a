"""An agent's leg: made first, dialled when it is in our hands, given up when it is silent."""

import asyncio
from collections.abc import Callable

from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.legs import OF_TRUNKS, Legs
from lianxi.channels.asterisk.naming import CONTACT_VARIABLE, ROLE_VARIABLE
from lianxi.channels.asterisk.session import Body
from lianxi.engine.messages.commands import RingAgent
from lianxi.engine.messages.sighting import LegRole
from lianxi.kernel.ids import LegId

SIGN_WITHIN_S = 4.0
"""A device that neither rings nor refuses by then is not there: three INVITEs were sent."""


class Ringing:
    """Calls agents' devices.

    Args:
        shown: a caller's number as agents may see it on their devices.
        give_up: called with a leg whose device gave no sign.
    """

    def __init__(
        self, legs: Legs, *, shown: Callable[[str], str], give_up: Callable[[LegId], None]
    ) -> None:
        self._legs = legs
        self._shown = shown
        self._give_up = give_up
        self._silent: dict[LegId, asyncio.TimerHandle] = {}

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
        await self._legs.enter(leg, "channels/create", self._new_leg(command))
        loop = asyncio.get_running_loop()
        self._silent[leg] = loop.call_later(SIGN_WITHIN_S, self._is_silent, leg)
        await self._legs.dial(leg, command.ring)

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
