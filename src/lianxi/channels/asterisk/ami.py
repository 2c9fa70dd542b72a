"""The client of Asterisk's manager interface (AMI), for what ARI cannot: silence in a recording,
and the security events of the SIP stack.

A message is lines up to an empty one. Whoever has something done signs in and out for it: that is
rare, and so nothing has to be kept alive or found again after a restart. Whoever listens stays.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.session import Asking
from lianxi.channels.asterisk.wire import ChannelView
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import LegId

HOST: Final = "127.0.0.2"
"""Where the manager interface is; see `config/core.py`."""
WITHIN_S = 5.0
NO_EVENTS: Final = "off"
ENDED_WELL: Final = ("Success", "Goodbye")


class Signed:
    """A connection on which we are signed in. Made with `signed_in`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, action: str, facts: Mapping[str, str]) -> None:
        """Have one thing done. Events that come before the answer are passed over.

        Raises:
            ChannelFault: the switch refused.
            OSError, EOFError: the connection is gone.
        """
        lines = [f"Action: {action}", *(f"{name}: {value}" for name, value in facts.items())]
        assert not any("\r" in line or "\n" in line for line in lines)
        self._writer.write("\r\n".join([*lines, "", ""]).encode())
        await self._writer.drain()
        said: dict[str, str] = {}
        while "Response" not in said:
            said = await self.heard()
        if said["Response"] not in ENDED_WELL:
            why = said.get("Message", said["Response"])
            raise ChannelFault(f"manager {action}: {why[:200]}", temporary=False)

    async def heard(self, *, before: float | None = None) -> dict[str, str]:
        """The next message; empty when none begins before that time of the event loop's clock.

        Raises:
            OSError, EOFError: the connection is gone.
        """
        try:
            async with asyncio.timeout_at(before):
                # Only until it begins: none is cut in two by the deadline.
                line = await self._reader.readline()
        except TimeoutError:
            return {}
        found: dict[str, str] = {}
        while line.strip():
            name, _, value = line.decode(errors="replace").partition(":")
            found[name.strip()] = value.strip()
            line = await self._reader.readline()
        if not line:
            raise EOFError
        return found


@asynccontextmanager
async def signed_in(address: Address, *, events: str = NO_EVENTS) -> AsyncIterator[Signed]:
    """Sign in, and hear of these events from then on.

    Args:
        address: of ARI; user and password are the same here.
        events: classes of events, "off" for none.

    Raises:
        ChannelFault: the switch refuses us.
        OSError, EOFError: it cannot be reached, or the connection is gone.
    """
    reader, writer = await asyncio.open_connection(HOST, address.ami_port or address.port)
    try:
        await reader.readline()  # its name and version
        signed = Signed(reader, writer)
        facts = {"Username": address.user, "Secret": address.password, "Events": events}
        await signed.ask("Login", facts)
        yield signed
    finally:
        writer.close()


class Ami:
    """Has things done.

    Args:
        address: of ARI: the credentials are the same.
    """

    def __init__(self, address: Address) -> None:
        self._address = address

    async def silence(self, ari: Asking, leg: LegId, *, is_silent: bool) -> None:
        """Silence in the recording of a leg, or sound again. The file keeps the time of the call.

        Raises:
            ChannelFault: as `act`; the leg is gone.
        """
        channel = await ari.get(f"channels/{leg}", ChannelView)
        state = "1" if is_silent else "0"
        facts = {"Channel": channel.name, "Direction": "both", "State": state}
        await self.act("MixMonitorMute", facts)

    async def act(self, action: str, facts: Mapping[str, str]) -> None:
        """Do one thing.

        Raises:
            ChannelFault: Asterisk cannot be reached (temporary), or refused.
        """
        try:
            async with asyncio.timeout(WITHIN_S), signed_in(self._address) as signed:
                await signed.ask(action, facts)
        except (OSError, EOFError) as error:  # a time-out is an OSError
            raise ChannelFault(f"manager {action}: {error!r}", temporary=True) from error
