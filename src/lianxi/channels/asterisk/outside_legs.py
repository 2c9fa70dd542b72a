"""Callers of a flow handed on to a number outside: the leg there, from dialling to its end."""

from collections.abc import Callable
from dataclasses import dataclass

from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.legs import Legs
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import bridge_of
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.translate import outward_end
from lianxi.channels.asterisk.wire import Said
from lianxi.engine.messages.flow_commands import CancelRequest, TransferOut
from lianxi.engine.messages.flowing import RequestFailed, TransferOutAnswered, TransferOutEnded
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.kernel.ids import ContactId, LegId, RequestId
from lianxi.kernel.time import Instant

OUTSIDE_PREFIX = "out-"


@dataclass(slots=True)
class Outside:
    """Somebody outside."""

    contact: ContactId
    request: RequestId
    is_up: bool = False


def outside_leg(request: RequestId, contact: ContactId) -> LegId:
    """The leg to somebody outside."""
    return LegId(f"{OUTSIDE_PREFIX}{request}.{contact}")


def named_in(name: str, prefix: str) -> tuple[RequestId, ContactId] | None:
    """Whose a name is; None for one that is not of this kind."""
    request, dot, contact = name.removeprefix(prefix).partition(".")
    if not name.startswith(prefix) or not dot:
        return None
    return RequestId(request), ContactId(contact)


class OutsideLegs:
    """Dials, joins, and tells how it ends."""

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
        self._makes = legs
        self._bridges = bridges
        self._now = now
        self._legs: dict[LegId, Outside] = {}

    def settle(self, sighting: Sighting) -> None:
        """After a new connection: who is outside, and who is no more."""
        for leg in list(self._legs):
            if leg not in sighting.legs:
                self._end(leg, "gone")
        for leg, seen in sighting.legs.items():
            named = named_in(leg, OUTSIDE_PREFIX)
            if named is None or seen.role is not LegRole.OUTSIDE:
                continue
            self._legs.setdefault(leg, Outside(named[1], named[0]))
            if seen.up:
                self._answer(leg)

    def leave(self, contact: ContactId) -> None:
        """The caller is gone: nobody stays alone outside."""
        for leg in [leg for leg, outside in self._legs.items() if outside.contact == contact]:
            del self._legs[leg]
            self._hang_up(contact, leg)

    def forget(self, command: TransferOut) -> None:
        """It could not be dialled."""
        leg = outside_leg(command.request, command.contact)
        if self._legs.pop(leg, None) is not None:
            self._hang_up(command.contact, leg)

    def _hang_up(self, contact: ContactId, leg: LegId) -> None:
        self._lines.put(contact, lambda: self._hands.quietly("DELETE", f"channels/{leg}"))

    async def call(self, command: TransferOut) -> None:
        """Dial, with the caller beside: what the network plays is heard.

        Raises:
            AriRefused: the number cannot be dialled, or the caller is gone.
            AriAway: no answer in time.
        """
        contact, leg = command.contact, outside_leg(command.request, command.contact)
        self._legs[leg] = Outside(contact, command.request)
        await self._hands.if_there("DELETE", f"channels/{command.leg}/moh")

        async def together() -> None:
            await self._bridges.put(contact, [command.leg, leg])

        await self._makes.call_outside(
            leg, contact, LegRole.OUTSIDE, number=command.number, trunk=command.trunk,
            caller=command.caller, ring=command.ring, beside=command.leg, before=together,
        )  # fmt: skip

    async def cancel(self, command: CancelRequest) -> None:
        """Nobody wants it any more; nothing is said of it."""
        leg = outside_leg(command.request, command.contact)
        if self._legs.pop(leg, None) is not None:
            await self._hands.surely("DELETE", f"channels/{leg}")
            await self._hands.if_there("DELETE", f"bridges/{bridge_of(command.contact)}")

    def hear(self, said: Said, leg: LegId) -> None:
        """An event about a leg outside."""
        assert said.channel is not None
        match said.type:
            case "ChannelStateChange" if said.channel.state == "Up":
                self._answer(leg)
            case "ChannelDestroyed":
                self._end(leg, outward_end(said, said.channel))
            case _:
                return

    def _answer(self, leg: LegId) -> None:
        outside = self._legs.get(leg)
        if outside is None or outside.is_up:
            return
        outside.is_up = True
        self._reporter.say(
            TransferOutAnswered(at=self._now(), contact=outside.contact, request=outside.request)
        )

    def _end(self, leg: LegId, cause: str) -> None:
        """The caller out of the bridge, then say so: what comes next is a prompt."""
        outside = self._legs.pop(leg, None)
        if outside is None:
            return
        contact, request, is_up = outside.contact, outside.request, outside.is_up

        async def back() -> None:
            await self._hands.quietly("DELETE", f"bridges/{bridge_of(contact)}")
            at, say = self._now(), self._reporter.say
            if is_up:
                say(TransferOutEnded(at=at, contact=contact, request=request))
            else:
                say(RequestFailed(at=at, contact=contact, request=request, cause=cause))

        self._lines.put(contact, back)
