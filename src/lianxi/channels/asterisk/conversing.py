"""More than two at the switch: parties outside are called, and who hears whom is brought about.

Two bridges of a contact at most: the one in which its customer is, and one aside. Where somebody
stands already nothing is asked, so that nobody's sound is interrupted.
"""

from collections.abc import Callable, Mapping

from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.legs import Legs, not_dialled
from lianxi.channels.asterisk.naming import (
    ALERT_PREFIX,
    aside_of,
    bridge_of,
)
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.session import Body
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.inputs import LegEnded
from lianxi.engine.messages.parties import Arrange, CallParty
from lianxi.engine.messages.sighting import LegRole
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant

IT_RINGS = "tone:ring"
"""What an agent hears who is alone aside: as at any telephone."""


class Conversing:
    """Calls parties and arranges them."""

    def __init__(
        self,
        hands: Hands,
        reporter: Reporter,
        *,
        legs: Legs,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._reporter = reporter
        self._legs = legs
        self._now = now
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
            ended = LegEnded(at=self._now(), leg=command.leg, cause=not_dialled(fault))
            self._reporter.say_ended(ended)

    # --- a party outside

    async def _call(self, command: CallParty) -> None:
        await self._legs.call_outside(
            command.leg, command.contact, LegRole.PARTY, number=command.number,
            trunk=command.trunk, caller=command.caller, ring=command.ring,
            beside=command.customer_leg,
        )  # fmt: skip

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
        await self._hands.put(bridge, [leg])

    async def _let_ring(self, contact: ContactId, aside: str, *, is_alone: bool) -> None:
        tone = f"{ALERT_PREFIX}ring-{contact}"
        if is_alone:
            self._ringing.add(contact)
            body: Body = {"media": [IT_RINGS]}
            await self._hands.if_there("POST", f"bridges/{aside}/play/{tone}", body)
        elif contact in self._ringing:
            self._ringing.discard(contact)
            await self._hands.if_there("DELETE", f"playbacks/{tone}")
