"""Calls out at the switch: those of agents, and those of the dialler.

The leg is made first and dialled when it is in our hands. An agent's stands in one bridge with it
before it is dialled, so that what the network plays (it rings; this number does not exist) is
heard. All legs to customers are called `to-` and their contact, so each name tells whose it is,
also after a restart.
"""

from collections.abc import Callable, Mapping

from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.legs import Legs, not_dialled
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import (
    contact_of,
    dial_of,
    is_outward,
)
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.calling import DialOut
from lianxi.engine.messages.campaigns import DialProgress
from lianxi.engine.messages.dialing import CallProgress, DialNumber, DropDial
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import DialId, LegId
from lianxi.kernel.time import Instant

UNANSWERED = {
    LegCause.BUSY: DialProgress.BUSY,
    LegCause.NO_ANSWER: DialProgress.NO_ANSWER,
    LegCause.TRUNK_FAILED: DialProgress.TRUNK_FAILED,
}


class Calling:
    """Dials, and tells the dialler how its dials go on."""

    def __init__(
        self,
        hands: Hands,
        lines: Lines,
        reporter: Reporter,
        *,
        legs: Legs,
        bridges: Bridges,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._lines = lines
        self._reporter = reporter
        self._legs = legs
        self._bridges = bridges
        self._now = now
        self._open: dict[LegId, DialId] = {}
        """Dials whose end was not told yet."""

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {DialOut: self._dial_out, DialNumber: self._dial_number, DropDial: self._drop}

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """It could not be dialled: as by a carrier that does not take it."""
        match command:
            case DialOut(leg=leg):
                cause = not_dialled(fault)
                self._reporter.say_ended(LegEnded(at=self._now(), leg=leg, cause=cause))
            case DialNumber(leg=leg) if (dial := self._open.pop(leg, None)) is not None:
                progress = UNANSWERED.get(not_dialled(fault), DialProgress.FAILED)
                self._reporter.say(CallProgress(at=self._now(), dial=dial, progress=progress))
            case _:
                pass  # the leg of a dial is over by itself when its ringing time is

    # --- what the switch says

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
        leg, contact, beside = command.leg, command.contact, command.agent_leg

        async def together() -> None:
            await self._bridges.put(contact, [beside, leg])

        await self._legs.call_outside(
            leg, contact, LegRole.CUSTOMER, number=command.number, trunk=command.trunk,
            caller=command.caller, ring=command.ring, beside=beside, before=together,
        )  # fmt: skip

    async def _dial_number(self, command: DialNumber) -> None:
        self._open[command.leg] = command.dial
        await self._legs.call_outside(
            command.leg, command.contact, LegRole.CUSTOMER, number=command.number,
            trunk=command.trunk, caller=command.caller_number, ring=command.ring, beside=None,
        )  # fmt: skip

    async def _drop(self, command: DropDial) -> None:
        """In the line of its contact, so that it does not overtake the dialling."""
        path = f"channels/{command.leg}"
        self._open.pop(command.leg, None)
        self._lines.put(contact_of(command.leg), lambda: self._hands.quietly("DELETE", path))
