"""How well legs are heard, by what Asterisk counts: over the last seconds while a leg lasts, and as
a whole at its end.

Lost packets are counted in both directions: what did not come to us, and what the other end says
(RTCP) did not come to it. The worse of the two counts.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.session import AriAway, AriRefused, Asking
from lianxi.channels.asterisk.translate import contact_for, role_of
from lianxi.channels.asterisk.wire import RtpStatistics, Said
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import CloseContact, DropLeg
from lianxi.engine.messages.recordings import LegQualityMeasured
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

EVERY_S = 10.0
AT_THE_END = "RTPAUDIOQOS"
"""The variable that Asterisk sets on a channel whose other end hangs up."""
LASTED_S = 2.0
"""A leg that we end is asked about once more, when it was there for so long."""
MEASURED = frozenset({LegRole.CUSTOMER, LegRole.AGENT, LegRole.PARTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted of a leg, since its beginning."""

    came: int = 0
    lost: int = 0
    sent: int = 0
    lost_there: int = 0
    jitter_ms: float = 0.0
    round_trip_ms: float = 0.0

    def since(self, former: "Counted") -> "Counted":
        """The same since an earlier count."""
        return Counted(
            came=max(0, self.came - former.came),
            lost=max(0, self.lost - former.lost),
            sent=max(0, self.sent - former.sent),
            lost_there=max(0, self.lost_there - former.lost_there),
            jitter_ms=self.jitter_ms,
            round_trip_ms=self.round_trip_ms,
        )

    @property
    def loss(self) -> float:
        """Share of packets lost in the worse direction, 0 to 1."""
        here = self.lost / (self.lost + self.came) if self.lost else 0.0
        there = self.lost_there / max(self.sent, self.lost_there) if self.lost_there else 0.0
        return max(here, there)


def counted(told: RtpStatistics) -> Counted:
    """What `rtp_statistics` tells; times come in seconds."""
    return Counted(
        came=told.rxcount,
        lost=max(0, told.rxploss),
        sent=told.txcount,
        lost_there=max(0, told.txploss),
        jitter_ms=1000 * max(told.rxjitter, told.txjitter),
        round_trip_ms=1000 * told.rtt,
    )


def counted_at_end(words: str) -> Counted | None:
    """What the variable at the end tells: `ssrc=1;lp=0;rxjitter=0.0;rxcount=100;...`."""
    facts = dict(pair.split("=", 1) for pair in words.split(";") if "=" in pair)
    try:
        return Counted(
            came=int(facts["rxcount"]),
            lost=max(0, int(facts["lp"])),
            sent=int(facts["txcount"]),
            lost_there=max(0, int(facts["rlp"])),
            jitter_ms=1000 * max(float(facts["rxjitter"]), float(facts["txjitter"])),
            round_trip_ms=1000 * float(facts["rtt"]),
        )
    except (KeyError, ValueError):
        return None


class Quality:
    """Asks about every leg now and then, and listens for the ends.

    Args:
        lines: where work is done in the order of its contact.
        tell: where measurements go.
        every_s: from one round to the next.
    """

    def __init__(
        self,
        ari: Asking,
        lines: Lines,
        tell: Callable[[Input], None],
        *,
        now: Callable[[], Instant],
        every_s: float = EVERY_S,
    ) -> None:
        self._ari = ari
        self._lines = lines
        self._tell = tell
        self._now = now
        self._every_s = every_s
        self._contacts: dict[LegId, ContactId] = {}
        self._counts: dict[LegId, Counted] = {}
        self._since: dict[LegId, float] = {}

    def hear(self, said: Said) -> None:
        """An event of the switch, before it is told: at the end of a leg its contact is still
        known."""
        channel = said.channel
        if channel is None:
            return
        leg = LegId(channel.id)
        if said.type == "StasisStart" and role_of(channel) in MEASURED:
            self._contacts[leg] = contact_for(channel)
            self._since[leg] = time.monotonic()
        elif said.type == "ChannelDestroyed" and leg in self._contacts:
            count = counted_at_end(channel.channelvars.get(AT_THE_END, ""))
            self._over(leg, count)

    def before(self, command: Command) -> None:
        """A command that may end a leg: what was counted is gone with it, so ask first."""
        if not isinstance(command, DropLeg | CloseContact):
            return
        leg = command.leg
        contact = self._contacts.get(leg)
        if contact is None or time.monotonic() - self._since.get(leg, 0.0) < LASTED_S:
            return

        async def ask() -> None:
            try:
                told = await self._ari.get(f"channels/{leg}/rtp_statistics", RtpStatistics)
            except ChannelFault:
                return  # over already
            self._counts[leg] = counted(told)

        self._lines.put(contact, ask)

    def forget(self, leg: LegId) -> None:
        """It leaves us."""
        self._contacts.pop(leg, None)
        self._since.pop(leg, None)

    def settle(self, sighting: Sighting) -> None:
        """After a new connection: the legs that are there."""
        self._since.clear()
        self._contacts = {
            leg: seen.contact for leg, seen in sighting.legs.items() if seen.role in MEASURED
        }
        self._counts = {leg: one for leg, one in self._counts.items() if leg in self._contacts}

    async def watch(self) -> None:
        """Ask about each leg in rounds, until cancelled."""
        while True:
            await asyncio.sleep(self._every_s)  # pace: the rounds
            for leg in list(self._contacts):
                try:
                    await self.look(leg)
                except AriAway:
                    break
                except AriRefused:
                    pass  # no media yet, or over: its end is told

    async def look(self, leg: LegId) -> None:
        """Ask about one leg.

        Raises:
            AriRefused: it has no media.
            AriAway: nobody can be asked.
        """
        told = await self._ari.get(f"channels/{leg}/rtp_statistics", RtpStatistics)
        contact = self._contacts.get(leg)
        if contact is None:
            return
        now = counted(told)
        former = self._counts.get(leg, Counted())
        self._counts[leg] = now
        self._say(contact, leg, now.since(former), is_last=False)

    def _over(self, leg: LegId, count: Counted | None) -> None:
        contact = self._contacts.pop(leg)
        count = count or self._counts.pop(leg, None)
        self._counts.pop(leg, None)
        self._since.pop(leg, None)
        if count is not None and (count.came or count.sent):
            self._say(contact, leg, count, is_last=True)

    def _say(self, contact: ContactId, leg: LegId, count: Counted, *, is_last: bool) -> None:
        self._tell(
            LegQualityMeasured(
                at=self._now(),
                contact=contact,
                leg=leg,
                loss=round(count.loss, 4),
                jitter_ms=round(count.jitter_ms, 1),
                round_trip_ms=round(count.round_trip_ms, 1),
                packets=count.came,
                is_last=is_last,
            )
        )
