"""Calls that no switchboard serves: taken by the dialplan, kept in Asterisk's database.

They came while none ran, or while it was so far behind that it does not take them in.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from lianxi.channels.asterisk.config.dialplan import FALLBACK_CONTEXT, FALLBACK_FAMILY
from lianxi.channels.asterisk.control import ControlSocket
from lianxi.channels.asterisk.errors import SwitchSilent
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import contact_of
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.engine.messages.inputs import FallbackSeen
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

WRITTEN_WITHIN_S = 5.0
"""From handing a leg to the dialplan until it has surely written the call down."""

_ENTRY = re.compile(
    rf"^/{FALLBACK_FAMILY}/(?P<key>[\w.-]+)\s*:\s*(?P<at>\d+)\|(?P<caller>[\d+]*)\|(?P<number>\d*)\s*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class UnservedCall:
    """One call that heard the apology."""

    channel: str
    """Asterisk's unique id of it."""

    at: Instant
    """When; to the second."""

    caller: str
    """The caller's number, empty when withheld."""

    number: str
    """What was dialled."""


async def unserved_calls(control: ControlSocket) -> list[UnservedCall]:
    """All that are not forgotten yet, oldest first.

    Raises:
        SwitchSilent: Asterisk does not answer.
    """
    calls = parse(await control.ask(f"database show {FALLBACK_FAMILY}"))
    return sorted(calls, key=lambda call: call.at)


async def forget(control: ControlSocket, call: UnservedCall) -> None:
    """Remove one, after it has been written down elsewhere.

    Raises:
        SwitchSilent: Asterisk does not answer.
    """
    await control.ask(f"database del {FALLBACK_FAMILY} {call.channel}")


def parse(listing: str) -> list[UnservedCall]:
    """Read the output of the console command "database show"."""
    return [
        UnservedCall(
            channel=found["key"],
            at=Instant(int(found["at"]) * 1000),
            caller=found["caller"],
            number=found["number"],
        )
        for found in _ENTRY.finditer(listing)
    ]


class Unserved:
    """Hands callers to the dialplan, and tells of those it has taken.

    Args:
        control: where the calls are read; None = nothing is known of them.
    """

    def __init__(
        self,
        hands: Hands,
        lines: Lines,
        reporter: Reporter,
        *,
        control: ControlSocket | None,
        now: Callable[[], Instant],
    ) -> None:
        self._hands = hands
        self._lines = lines
        self._reporter = reporter
        self._control = control
        self._now = now
        self._written_by: float | None = None
        """Loop time by which the newest call is surely written down; None = all were told."""

    def apologise(self, contact: ContactId, leg: LegId) -> None:
        """The dialplan takes this caller, as if there were no switchboard. One whom it cannot be
        given is found by the comparison of what is believed with what the switch holds."""
        self._reporter.let_go(contact)
        self._written_by = asyncio.get_running_loop().time() + WRITTEN_WITHIN_S
        body = {"context": FALLBACK_CONTEXT, "extension": "s", "priority": 1}

        async def hand_over() -> None:
            try:
                await self._hands.if_there("POST", f"channels/{leg}/continue", body)
            except ChannelFault as fault:
                log.warning("caller_not_handed_over", contact=contact, what=fault.what)

        self._lines.put(contact, hand_over)

    async def catch_up(self) -> None:
        """Tell of callers who were handed over, if there were any since the last time."""
        if self._written_by is not None:
            is_all = asyncio.get_running_loop().time() > self._written_by
            await self.tell()
            if is_all:
                self._written_by = None

    async def tell(self) -> None:
        """Tell of all that are written down, and forget them there."""
        if self._control is None:
            return
        try:
            for call in await unserved_calls(self._control):
                seen = FallbackSeen(
                    at=self._now(),
                    contact=contact_of(call.channel),
                    dialled=call.number,
                    caller=call.caller,
                    happened_at=call.at,
                )
                self._reporter.say(seen)
                await forget(self._control, call)
        except SwitchSilent as silent:
            log.warning("unserved_calls_unknown", why=silent.code)
