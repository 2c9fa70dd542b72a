"""Faxes at the switch: legs are handed to the dialplan, which sends or receives by itself.

So a switchboard that dies breaks off no fax. Every result is a line in the switch's own database,
told and then removed; pages on the disk that no result speaks of (the switch died) are told as
what they are: a part. What a leg is doing stands in its own variables.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

import structlog

from lianxi.channels.asterisk import fax_results
from lianxi.channels.asterisk.config.dialplan import (
    FAX_BACK,
    FAX_CONTEXT,
    FAX_KEY,
    FAX_RECEIVE,
    FAX_SEND,
)
from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.control import ControlSocket
from lianxi.channels.asterisk.errors import SwitchSilent
from lianxi.channels.asterisk.fax_results import FaxResult, received_file
from lianxi.channels.asterisk.hands import Doing, Hands
from lianxi.channels.asterisk.legs import Legs, not_dialled
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.outside_legs import named_in
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.session import Asking
from lianxi.channels.asterisk.translate import outward_end
from lianxi.channels.asterisk.wire import ChannelView, Said
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.fax import (
    FaxReceived,
    FaxSendBegan,
    FaxSendEnded,
    ReceiveFax,
    SendFax,
)
from lianxi.engine.messages.flowing import declined
from lianxi.engine.messages.sighting import LegRole
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, FaxId, LegId
from lianxi.kernel.time import Instant, Millis

log = structlog.get_logger(__name__)

SEND_PREFIX = "fax-"
"""Of legs to machines outside; what follows is the sending, a dot and the number of the leg."""

FAX_ASKED = "LX_FAX_ASKED"
"""Variable of a leg to a machine outside: its extension in the dialplan, once it is there."""


def fax_of(leg: str) -> FaxId:
    """The sending that a leg is for."""
    return FaxId(leg.removeprefix(SEND_PREFIX).rpartition(".")[0])


class FaxWork:
    """Has it done, and hears what became of it.

    Args:
        control: where results are read; None = faxes are declined.
        folder: where pages come to lie; None = parts that nobody told of are not looked for.
    """

    def __init__(
        self,
        hands: Hands,
        lines: Lines,
        reporter: Reporter,
        *,
        legs: Legs,
        control: ControlSocket | None,
        folder: Path | None,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._lines = lines
        self._say = reporter.say
        self._legs = legs
        self._control = control
        self._folder = folder
        self._now = now
        self._reading = asyncio.Lock()
        self._ended = self._read = 0
        """How many ends were heard, and of how many of them the results were read."""
        self._away: set[str] = set()
        """Legs that we handed over: that they leave us is no end."""

    @property
    def commands(self) -> Mapping[type[Command], Doing]:
        """What is done here."""
        return {ReceiveFax: self._receive, SendFax: self._send}

    def failed(self, command: Command, fault: ChannelFault) -> None:
        """The flow takes its error branch; the sending is tried again by rule."""
        at = self._now()
        if isinstance(command, SendFax):
            self._say_unsent(command.leg, not_dialled(fault))
        elif (said := declined(command, at=at, cause="refused")) is not None:
            self._say(said)

    async def settle(self, session: Asking) -> None:
        """After a new connection: what ended while nobody listened. Raises ChannelFault."""
        channels = await session.get("channels", list[ChannelView])
        going_on = {channel.channelvars.get(FAX_KEY, "") for channel in channels}
        for channel in channels:
            is_sending = channel.id.startswith(SEND_PREFIX)
            if is_sending and channel.state == "Up" and not channel.channelvars.get(FAX_KEY):
                self._answered(LegId(channel.id))
        told = await self._tell_results()
        if self._folder is not None:
            for part in await fax_results.parts(self._folder, going_on | told):
                self._tell(part)

    async def catch_up(self) -> None:
        """Tell of what has ended, if that could not be done when it was heard. Raises
        ChannelFault."""
        if self._read < self._ended:
            await self._tell_results()

    # --- hearing

    def hear(self, said: Said) -> bool:
        """An event of the switch. Whether nobody else should hear it: a leg that goes to the
        dialplan for its fax is not gone."""
        channel = said.channel
        if channel is None:
            return False
        if said.type == "StasisEnd" and channel.id in self._away:
            return True
        if said.type in ("StasisStart", "ChannelDestroyed"):
            self._away.discard(channel.id)
        key = channel.channelvars.get(FAX_KEY, "")
        is_sending = channel.id.startswith(SEND_PREFIX)
        if is_sending and said.type == "ChannelStateChange" and channel.state == "Up":
            self._answered(LegId(channel.id))
        elif said.type == "ChannelDestroyed" and (key or is_sending):
            self._ended += 1
            unsent = LegId(channel.id) if is_sending and not key else None
            cause = outward_end(said, channel) if unsent else ""
            self._lines.put(key or channel.id, lambda: self._over(channel.id, unsent, cause))
        elif said.type == "StasisStart" and said.args[:1] == (FAX_BACK,):
            self._lines.put(channel.id, lambda: self._over(channel.id, None, ""))
        return False

    def _answered(self, leg: LegId) -> None:
        async def hand_over() -> None:
            at = self._now()
            try:
                asked = await self._hands.variable(leg, FAX_ASKED)
                await self._to_dialplan(leg, asked)
            except ChannelFault as fault:
                log.warning("fax_not_begun", leg=leg, what=fault.what)
                await self._hands.quietly("DELETE", f"channels/{leg}")
            else:
                # Not before: until the switch has it, nobody writes down how it ends.
                self._say(FaxSendBegan(at=at, fax=fax_of(leg), leg=leg))

        self._lines.put(leg, hand_over)

    async def _over(self, leg: str, unsent: LegId | None, cause: str) -> None:
        await self._hands.quietly("DELETE", _subscription(leg))
        if unsent is not None:
            self._say_unsent(unsent, cause)
        try:
            await self._tell_results()
        except ChannelFault as fault:
            log.warning("fax_results_unknown", leg=leg, what=fault.what)  # see `catch_up`

    # --- doing

    async def _receive(self, command: ReceiveFax) -> None:
        self._can()
        key = f"{command.request}.{command.contact}"
        await self._hands.if_there("DELETE", f"channels/{command.leg}/moh")
        limit = _seconds(command.longest)
        await self._hands.ari.call("POST", _subscription(command.leg))
        await self._to_dialplan(command.leg, f"{FAX_RECEIVE}+{limit}+{key}")

    async def _send(self, command: SendFax) -> None:
        self._can()
        leg, limit = command.leg, _seconds(command.longest)
        asked = f"{FAX_SEND}+{limit}+{leg}+{command.document}"

        async def remember() -> None:
            """The leg itself knows what is to be sent: whoever hears its answer asks it."""
            body = {"variable": FAX_ASKED, "value": asked}
            await self._hands.ari.call("POST", f"channels/{leg}/variable", body=body)
            # Of a leg that ends before any answer we are told nothing more once it has left us.
            await self._hands.ari.call("POST", _subscription(leg))

        await self._legs.call_outside(
            leg, ContactId(command.fax), LegRole.FAX, number=command.number, trunk=command.trunk,
            caller=command.caller, ring=command.ring, beside=None, before=remember,
        )  # fmt: skip

    def _can(self) -> None:
        if self._control is None:
            raise ChannelFault("faxes need the switch's control socket", temporary=False)

    async def _to_dialplan(self, leg: LegId, extension: str) -> None:
        """The leg leaves us; of its end we hear, for that was asked for."""
        body = {"context": FAX_CONTEXT, "extension": extension, "priority": 1}
        self._away.add(leg)
        try:
            await self._hands.ari.call("POST", f"channels/{leg}/continue", body=body)
        except ChannelFault:
            self._away.discard(leg)
            raise

    # --- telling

    async def _tell_results(self) -> set[str]:
        """All that is written down; gives their keys. Raises ChannelFault."""
        if self._control is None:
            return set()
        async with self._reading:
            ended = self._ended
            told = await self._read_results(self._control)
            self._read = ended
            return told

    async def _read_results(self, control: ControlSocket) -> set[str]:
        try:
            found = await fax_results.results(control)
            for result in found:
                self._tell(result)
                await fax_results.forget(control, result)
        except SwitchSilent as silent:
            raise ChannelFault(silent.code, temporary=True) from silent
        return {result.key for result in found}

    def _tell(self, result: FaxResult) -> None:
        at = self._now()
        if result.key.startswith(SEND_PREFIX):
            self._say(
                FaxSendEnded(
                    at=at,
                    fax=fax_of(result.key),
                    leg=LegId(result.key),
                    pages=result.pages,
                    is_whole=result.is_whole,
                    cause=result.cause,
                    station=result.station,
                    mode=result.mode,
                )
            )
        elif (named := named_in(result.key, "")) is not None:
            self._say(
                FaxReceived(
                    at=at,
                    contact=named[1],
                    request=named[0],
                    document=received_file(result.key),
                    pages=result.pages,
                    is_whole=result.is_whole,
                    cause=result.cause,
                    station=result.station,
                    mode=result.mode,
                )
            )

    def _say_unsent(self, leg: LegId, cause: str) -> None:
        ended = FaxSendEnded(
            at=self._now(), fax=fax_of(leg), leg=leg, pages=0, is_whole=False, cause=cause
        )
        self._say(ended)


def _subscription(leg: str) -> str:
    source = quote(f"channel:{leg}", safe="")
    return f"applications/{APPLICATION}/subscription?eventSource={source}"


def _seconds(span: Millis) -> int:
    return -(-span // 1000)
