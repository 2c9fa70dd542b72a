"""Calls that came while no switchboard ran: taken by the dialplan, kept in Asterisk's database."""

import re
from dataclasses import dataclass

from lianxi.channels.asterisk.config.dialplan import FALLBACK_FAMILY
from lianxi.channels.asterisk.control import ControlSocket
from lianxi.kernel.time import Instant

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
