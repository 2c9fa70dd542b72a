"""Keeps a phone registered: REGISTER with digest, refreshed in time, retried while it fails."""

import asyncio
import secrets

from lianxi.channels.fake.sip.address import Address, parse_name_address
from lianxi.channels.fake.sip.dialog import new_tag
from lianxi.channels.fake.sip.digest import Credentials, authorization, challenge_in
from lianxi.channels.fake.sip.message import Headers, Request, Response
from lianxi.channels.fake.sip.timeline import Step, Timeline
from lianxi.channels.fake.sip.wire import Wire

_ROUNDS = 3
"""Unsigned, signed, and signed again when the nonce had grown stale."""


class Registration:
    """One binding of a phone at its registrar.

    The outside world gives no event when a server comes back or forgets a phone, so both the
    refresh and the retry are timed.
    """

    def __init__(
        self,
        wire: Wire,
        *,
        registrar: Address,
        credentials: Credentials,
        expires_s: int,
        refresh_s: float | None,
        retry_s: float,
        timeline: Timeline,
    ) -> None:
        host, port = registrar
        self._wire = wire
        self._registrar = registrar
        self._credentials = credentials
        self._expires_s = expires_s
        self._refresh_s = refresh_s
        self._retry_s = retry_s
        self._timeline = timeline
        self._uri = f"sip:{host}:{port}"
        self._own = f"<sip:{credentials.username}@{host}:{port}>"
        self._call_id = secrets.token_hex(12)
        self._tag = new_tag()
        self._number = 0
        self._asked: tuple[str, dict[str, str]] | None = None
        self.is_registered = False

    async def keep(self) -> None:
        """Register and stay registered until cancelled."""
        while True:
            granted_s = await self._register(self._expires_s)
            if granted_s is None:
                # back-off: a server that comes back tells nobody
                await asyncio.sleep(self._retry_s)
            else:
                # pace: a binding lives for a time the server grants
                await asyncio.sleep(min(self._refresh_s or granted_s / 2, granted_s / 2))

    async def remove(self) -> None:
        """Take the binding away."""
        await self._register(0)

    async def _register(self, expires_s: int) -> float | None:
        """One round of REGISTER; returns the seconds granted, None when it was refused."""
        response: Response | None = None
        for _ in range(_ROUNDS):
            transaction = self._wire.request(self._request(expires_s), self._registrar)
            response = await transaction.answer(within_s=self._wire.timers.short_wait)
            asked = challenge_in(response) if response is not None else None
            if asked is None:
                break
            self._asked = asked
        if response is None or response.status >= 300:
            self._asked = None
            self.is_registered = False
            status = response.status if response is not None else 408
            self._timeline.add(Step.REGISTRATION_FAILED, {"status": status})
            return None
        self.is_registered = expires_s > 0
        self._timeline.add(Step.REGISTERED if expires_s else Step.UNREGISTERED)
        return float(self._granted_s(response))

    def _request(self, expires_s: int) -> Request:
        self._number += 1
        host, port = self._wire.address
        headers = Headers(
            [
                ("Max-Forwards", "70"),
                ("From", f"{self._own};tag={self._tag}"),
                ("To", self._own),
                ("Call-ID", self._call_id),
                ("CSeq", f"{self._number} REGISTER"),
                ("Contact", f"<sip:{self._credentials.username}@{host}:{port}>"),
                ("Expires", str(expires_s)),
            ]
        )
        if self._asked is not None:
            name, challenge = self._asked
            headers.add(name, authorization(self._credentials, "REGISTER", self._uri, challenge))
        return Request(method="REGISTER", uri=self._uri, headers=headers)

    def _granted_s(self, response: Response) -> int:
        host, port = self._wire.address
        for value in response.headers.every("Contact"):
            contact = parse_name_address(value)
            if f"{host}:{port}" in contact.uri and contact.expires_s is not None:
                return max(contact.expires_s, 1)
        expires = response.headers.get("Expires")
        return max(int(expires), 1) if expires.isdigit() else max(self._expires_s, 1)
