"""The client of Asterisk's manager interface (AMI), for what ARI cannot do: pause a recording.

Asked over the same HTTP server as ARI. Each action signs in and out: they are rare, and so nothing
has to be kept alive or found again after a restart.
"""

import asyncio
from urllib.parse import urlencode

from lianxi.channels.asterisk.ari import Address, Asking
from lianxi.channels.asterisk.wire import ChannelView
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import LegId

WITHIN_S = 5.0
COOKIE = "mansession_id"


class Ami:
    """Asks for actions.

    Args:
        address: of ARI: the place and the credentials are the same.
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
        await self.act("MixMonitorMute", channel=channel.name, direction="both", state=state)

    async def act(self, action: str, **facts: str) -> None:
        """Do one thing.

        Raises:
            ChannelFault: Asterisk cannot be reached (temporary), or refused.
        """
        try:
            async with asyncio.timeout(WITHIN_S):
                head, body = await self._post(
                    "", action="login", username=self._address.user, secret=self._address.password
                )
                _check("login", body)
                session = _cookie(head)
                try:
                    _check(action, (await self._post(session, action=action, **facts))[1])
                finally:
                    await self._post(session, action="logoff")
        except (OSError, TimeoutError) as error:
            raise ChannelFault(f"manager {action}: {error!r}", temporary=True) from error

    async def _post(self, session: str, **fields: str) -> tuple[str, str]:
        reader, writer = await asyncio.open_connection(self._address.host, self._address.port)
        try:
            body = urlencode(fields)
            known = f'Cookie: {COOKIE}="{session}"\r\n' if session else ""
            writer.write(
                (
                    "POST /rawman HTTP/1.1\r\n"
                    f"Host: {self._address.host}\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\n"
                    f"Content-Length: {len(body)}\r\n"
                    f"{known}Connection: close\r\n\r\n"
                    f"{body}"
                ).encode()
            )
            await writer.drain()
            answer = (await reader.read()).decode(errors="replace")
        finally:
            writer.close()
        head, _, said = answer.partition("\r\n\r\n")
        return head, said


def _check(action: str, said: str) -> None:
    lines = said.strip().splitlines()
    if not lines or lines[0] not in ("Response: Success", "Response: Goodbye"):
        raise ChannelFault(f"manager {action}: {' '.join(lines)[:200]}", temporary=False)


def _cookie(head: str) -> str:
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie" and f"{COOKIE}=" in value:
            return value.split(f"{COOKIE}=")[1].split(";")[0].strip().strip('"')
    raise ChannelFault("manager login: no session", temporary=False)
