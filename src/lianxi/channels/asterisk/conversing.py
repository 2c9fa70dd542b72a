"""More than two at the switch: parties outside are called, and who hears whom is brought about.

Two bridges of a contact at most: the one in which its customer is, and one aside. Where somebody
stands already nothing is asked, so that nobody's sound is interrupted.
"""

import asyncio
from collections.abc import Callable, Mapping

from lianxi.channels.asterisk.ari import AriAway, AriRefused, Body
from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.naming import (
    ALERT_PREFIX,
    CONTACT_VARIABLE,
    ROLE_VARIABLE,
    aside_of,
    bridge_of,
)
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.ringing import ENTERS_WITHIN_S, RING_GRACE_S
from lianxi.channels.asterisk.trunk_objects import endpoint_of
from lianxi.channels.asterisk.wire import Said
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.inputs import LegEnded
from lianxi.engine.messages.parties import Arrange, CallParty
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant

IT_RINGS = "tone:ring"
"""What an agent hears who is alone aside: as at any telephone."""


class Conversing:
    """Calls parties and arranges them.

    Args:
        outward: the switch's address for a number outside.
    """

    def __init__(
        self,
        hands: Hands,
        reporter: Reporter,
        *,
        outward: Callable[[str], str],
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._reporter = reporter
        self._outward = outward
        self._now = now
        self._entering: dict[LegId, asyncio.Event] = {}
        self._ringing: set[ContactId] = set()
        """Where the agent hears that it rings."""

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {CallParty: self._call, Arrange: self._arrange}

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """A party that cannot be called is as one that does not come; how they stand is compared
        with what is believed every few seconds."""
        if isinstance(command, CallParty):
            cause = LegCause.FAILED if fault.temporary else LegCause.UNREACHABLE
            ended = LegEnded(at=self._now(), leg=command.leg, cause=cause)
            self._reporter.say_ended(ended)

    def hear(self, said: Said) -> None:
        """A leg came to us: now it can be dialled."""
        if said.type == "StasisStart" and said.channel is not None:
            entering = self._entering.get(LegId(said.channel.id))
            if entering is not None:
                entering.set()

    # --- a party outside

    async def _call(self, command: CallParty) -> None:
        leg = command.leg
        ari = self._hands.ari
        entered = self._entering[leg] = asyncio.Event()
        try:
            await ari.call("POST", "channels/create", body=self._new_leg(command))
            async with asyncio.timeout(ENTERS_WITHIN_S):
                await entered.wait()
            ring_s = -(-command.ring // 1000) + RING_GRACE_S
            await ari.call("POST", f"channels/{leg}/dial", body={"timeout": ring_s})
        except TimeoutError as error:
            await self._hands.surely("DELETE", f"channels/{leg}")
            raise AriAway(f"leg {leg} did not come to us") from error
        except AriAway:
            path = f"channels/{leg}"
            self._hands.later(path, lambda: self._hands.surely("DELETE", path))
            raise
        except AriRefused:
            await self._hands.surely("DELETE", f"channels/{leg}")
            raise
        finally:
            del self._entering[leg]

    def _address(self, command: CallParty) -> str:
        if command.trunk:
            return f"PJSIP/{command.number}@{endpoint_of(command.trunk)}"
        return self._outward(command.number)

    def _new_leg(self, command: CallParty) -> Body:
        """`originator` keeps the codecs of the customer's leg, so that nothing is transcoded."""
        return {
            "endpoint": self._address(command),
            "app": APPLICATION,
            "appArgs": LegRole.PARTY,
            "channelId": command.leg,
            "originator": command.customer_leg,
            "variables": {
                CONTACT_VARIABLE: command.contact,
                ROLE_VARIABLE: LegRole.PARTY,
                "CALLERID(num)": command.caller,
            },
        }

    # --- who hears whom

    async def _arrange(self, command: Arrange) -> None:
        contact = command.contact
        main, aside = bridge_of(contact), aside_of(contact)
        await self._let_ring(contact, aside, is_alone=False)
        for leg in command.music:
            await self._to_music(leg, main, aside)
        for leg in command.main:
            await self._into(main, leg)
        if not command.aside:
            await self._hands.surely("DELETE", f"bridges/{aside}")
            return
        for leg in command.aside:
            await self._into(aside, leg)
        await self._let_ring(contact, aside, is_alone=len(command.aside) == 1)

    async def _to_music(self, leg: LegId, *bridges: str) -> None:
        for bridge in bridges:
            if self._reporter.stands(bridge, leg):
                out: Body = {"channel": [leg]}
                await self._hands.if_there("POST", f"bridges/{bridge}/removeChannel", out)
        await self._hands.if_there("POST", f"channels/{leg}/moh")

    async def _into(self, bridge: str, leg: LegId) -> None:
        if self._reporter.stands(bridge, leg):
            return
        await self._hands.if_there("DELETE", f"channels/{leg}/moh")
        body: Body = {"channel": [leg]}
        try:
            await self._hands.ari.call("POST", f"bridges/{bridge}/addChannel", body=body)
        except AriRefused as refused:
            if refused.status != 404:
                return  # the leg is going
            await self._make(bridge)
            await self._hands.if_there("POST", f"bridges/{bridge}/addChannel", body)

    async def _make(self, bridge: str) -> None:
        try:
            body: Body = {"type": "mixing", "bridgeId": bridge}
            await self._hands.ari.call("POST", "bridges", body=body)
        except AriRefused as refused:
            if refused.status not in (409, 500):  # there already
                raise

    async def _let_ring(self, contact: ContactId, aside: str, *, is_alone: bool) -> None:
        tone = f"{ALERT_PREFIX}ring-{contact}"
        if is_alone:
            self._ringing.add(contact)
            body: Body = {"media": [IT_RINGS]}
            await self._hands.if_there("POST", f"bridges/{aside}/play/{tone}", body)
        elif contact in self._ringing:
            self._ringing.discard(contact)
            await self._hands.if_there("DELETE", f"playbacks/{tone}")
