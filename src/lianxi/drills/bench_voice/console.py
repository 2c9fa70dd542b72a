"""The console of the bench's Asterisk, by its control socket."""

import asyncio
import re
from pathlib import Path

ANSWER_WITHIN_S = 20.0


class Console:
    """Sends commands.

    Args:
        configuration: the switch's `asterisk.conf`, which names the folder of its socket.
    """

    def __init__(self, configuration: Path) -> None:
        self.configuration = configuration

    @property
    def socket(self) -> Path:
        """Where the switch takes commands."""
        found = re.search(r"^astrundir => (.+)$", self.configuration.read_text(), re.MULTILINE)
        if found is None:
            raise ValueError(f"{self.configuration} names no folder of the socket")
        return Path(found.group(1).strip()) / "asterisk.ctl"

    async def ask(self, command: str) -> str:
        """Run one command; returns what it printed.

        Raises:
            OSError: nobody listens.
            TimeoutError: no answer came in time.
        """
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_unix_connection(str(self.socket))
            try:
                await reader.readline()
                writer.write(b"cli quit after " + command.encode() + b"\0")
                await writer.drain()
                output = await reader.read()
            finally:
                writer.close()
        return output.replace(b"\x7f", b"").replace(b"\0", b"").decode(errors="replace")
