"""Asterisk's control socket: the same commands as its console, without starting a program.

Its language is simple: a line of greeting, then "cli quit after COMMAND" and a zero byte from us,
then the output until Asterisk closes.
"""

import asyncio
from pathlib import Path

from lianxi.channels.asterisk.errors import SwitchSilent
from lianxi.parts.sockets import listener_pid


class ControlSocket:
    """Sends commands to one running Asterisk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def pid(self) -> int | None:
        """The process that listens, None when there is none."""
        return await listener_pid(self.path)

    async def ask(self, command: str, *, within_s: float = 10.0) -> str:
        """Run one console command.

        Returns:
            What it printed.

        Raises:
            SwitchSilent: nobody listens, or there was no answer in time.
        """
        try:
            async with asyncio.timeout(within_s):
                reader, writer = await asyncio.open_unix_connection(str(self.path))
                try:
                    await reader.readline()  # host/pid/version
                    writer.write(b"cli quit after " + command.encode() + b"\0")
                    await writer.drain()
                    output = await reader.read()
                finally:
                    writer.close()
        except (OSError, TimeoutError) as error:
            raise SwitchSilent(path=str(self.path)) from error
        # Lines may carry a byte that tells a console how to colour them.
        return output.replace(b"\x7f", b"").replace(b"\0", b"").decode(errors="replace")
