"""Calls out at the switch: those of agents, and those of the dialler.

The leg is made first and dialled when it is in our hands. An agent's stands in one bridge with it
before it is dialled, so that what the network plays (it rings; this number does not exist) is
heard. All legs to customers are called `to-` and their contact, so each name tells whose it is,
also after a restart.
"""

import asyncio
from collections.abc import Callable, Mapping

from lianxi.channels.asterisk.ari import AriAway, AriRefused, Body
from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import (
    CONTACT_VARIABLE,
    ROLE_VARIABLE,
    bridge_of,
    contact_of,
    dial_of,
    is_outward,
)
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.ringing import ENTERS_WITHIN_S, RING_GRACE_S
from lianxi.channels.asterisk.trunk_objects import endpoint_of
from lianxi.channels.asterisk.wire import Said
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.calling import DialOut
from lianxi.engine.messages.campaigns import DialProgress
from lianxi.engine.messages.dialing import CallProgress, DialNumber, DropDial
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, DialId, LegId, TrunkId
from lianxi.kernel.time import Instant, Millis

PLAIN = "alaw"
"""Offered to who is called when there is no other side yet: what the network speaks anyway."""

UNANSWERED = {LegCause.BUSY: DialProgress.BUSY, LegCause.NO_ANSWER: DialProgress.NO_ANSWER}


class Calling:
    """Dials, and tells the dialler how its dials go on.

    Args:
        outward: the switch's address for a number outside, where no trunk is named.
    """

    def __init__(
        self,
        hands: Hands,
        lines: Lines,
        reporter: Reporter,
        *,
        outward: Callable[[str], str],
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._lines = lines
        self._reporter = reporter
        self._outward = outward
        self._now = now
        self._entering: dict[LegId, asyncio.Event] = {}
        self._open: dict[LegId, DialId] = {}
        """Dials whose end was not told yet."""

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {DialOut: self._dial_out, DialNumber: self._dial_number, DropDial: self._drop}

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """It could not be dialled: as a number that cannot be reached."""
        match command:
            case DialOut(leg=leg):
                cause = LegCause.FAILED if fault.temporary else LegCause.UNREACHABLE
                self._reporter.say_ended(LegEnded(at=self._now(), leg=leg, cause=cause))
            case DialNumber(leg=leg) if (dial := self._open.pop(leg, None)) is not None:
                failed = CallProgress(at=self._now(), dial=dial, progress=DialProgress.FAILED)
                self._reporter.say(failed)
            case _:
                pass  # the leg of a dial is over by itself when its ringing time is

    # --- what the switch says

    def hear(self, said: Said) -> None:
        """A leg came to us: now it can be dialled."""
        if said.type == "StasisStart" and said.channel is not None:
            entering = self._entering.get(LegId(said.channel.id))
            if entering is not None:
                entering.set()

    def of_dial(self, given: Input) -> Input:
        """What is said of a dialler's leg, in the dialler's words; everything else as it is."""
        match given:
            case LegRinging(leg=leg):
                progress = DialProgress.RINGING
            case LegAnswered(leg=leg):
                progress = DialProgress.ANSWERED
            case LegEnded(leg=leg):
                progress = UNANSWERED.get(given.cause, DialProgress.FAILED)
            case _:
                return given
        dial = dial_of(leg)
        if dial is None:
            return given
        if progress is not DialProgress.RINGING:
            self._open.pop(leg, None)
        return CallProgress(at=given.at, dial=dial, progress=progress)

    def settle(self, sighting: Sighting) -> None:
        """After a new connection: dials that ended, or were answered, while nobody listened."""
        for leg, dial in list(self._open.items()):
            if leg not in sighting.legs:
                del self._open[leg]
                gone = CallProgress(at=self._now(), dial=dial, progress=DialProgress.FAILED)
                self._reporter.say(gone)
        for leg, seen in sighting.legs.items():
            if seen.role is not LegRole.CUSTOMER or contact_of(leg) != seen.contact or not seen.up:
                continue
            found = dial_of(leg)
            if found is not None:
                answered = CallProgress(at=self._now(), dial=found, progress=DialProgress.ANSWERED)
                self._reporter.say(answered)
            elif is_outward(leg):
                self._reporter.say(LegAnswered(at=self._now(), leg=leg))

    # --- what is wanted of it

    async def _dial_out(self, command: DialOut) -> None:
        body = self._new_leg(command.leg, command.contact, command.caller)
        body["endpoint"] = self._address(command.number, command.trunk)
        body["originator"] = command.agent_leg
        both = (command.agent_leg, command.leg)
        await self._dial(command.leg, body, command.ring, command.contact, both)

    async def _dial_number(self, command: DialNumber) -> None:
        self._open[command.leg] = command.dial
        body = self._new_leg(command.leg, command.contact, command.caller_number)
        body["endpoint"] = self._address(command.number, command.trunk)
        body["formats"] = PLAIN
        await self._dial(command.leg, body, command.ring, command.contact)

    async def _drop(self, command: DropDial) -> None:
        """In the line of its contact, so that it does not overtake the dialling."""
        path = f"channels/{command.leg}"
        self._open.pop(command.leg, None)
        self._lines.put(contact_of(command.leg), lambda: self._hands.quietly("DELETE", path))

    async def _dial(
        self,
        leg: LegId,
        body: Body,
        ring: Millis,
        contact: ContactId,
        together: tuple[LegId, ...] = (),
    ) -> None:
        ari, path = self._hands.ari, f"channels/{leg}"
        entered = self._entering[leg] = asyncio.Event()
        try:
            await ari.call("POST", "channels/create", body=body)
            async with asyncio.timeout(ENTERS_WITHIN_S):
                await entered.wait()
            if together:
                await self._join(contact, together)
            ring_s = -(-ring // 1000) + RING_GRACE_S
            await ari.call("POST", f"{path}/dial", body={"timeout": ring_s})
        except TimeoutError as error:
            await self._hands.surely("DELETE", path)
            raise AriAway(f"leg {leg} did not come to us") from error
        except AriAway:
            self._hands.later(path, lambda: self._hands.surely("DELETE", path))
            raise
        except AriRefused:
            await self._hands.surely("DELETE", path)
            raise
        finally:
            del self._entering[leg]

    async def _join(self, contact: ContactId, together: tuple[LegId, ...]) -> None:
        bridge = bridge_of(contact)
        try:
            made: Body = {"type": "mixing", "bridgeId": bridge}
            await self._hands.ari.call("POST", "bridges", body=made)
        except AriRefused as refused:
            if refused.status not in (409, 500):  # there already, since the agent was rung
                raise
        channels: Body = {"channel": list(together)}
        await self._hands.ari.call("POST", f"bridges/{bridge}/addChannel", body=channels)

    def _address(self, number: str, trunk: TrunkId) -> str:
        return f"PJSIP/{number}@{endpoint_of(trunk)}" if trunk else self._outward(number)

    def _new_leg(self, leg: LegId, contact: ContactId, caller: str) -> dict[str, object]:
        return {
            "app": APPLICATION,
            "appArgs": LegRole.CUSTOMER,
            "channelId": leg,
            "variables": {
                CONTACT_VARIABLE: contact,
                ROLE_VARIABLE: LegRole.CUSTOMER,
                "CALLERID(num)": caller,
            },
        }
