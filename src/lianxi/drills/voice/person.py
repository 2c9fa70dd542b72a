"""A person at a computer: a session of the web desktop, over HTTP as the pages use it."""

import asyncio
import json
from typing import Any

import httpx2
from websockets.asyncio.client import connect

BEAT_EVERY_S = 3.0
ANSWER_WITHIN_S = 15.0


class AskRefused(AssertionError):
    """The server refused what an item asked for; `code` is the sentence's stable code."""

    def __init__(self, what: str, status: int, text: str) -> None:
        self.status = status
        try:
            told = json.loads(text)
        except ValueError:
            told = {}
        self.code: str = str(told.get("code", "")) if isinstance(told, dict) else ""
        super().__init__(f"{what} was answered {status}: {text[:300]}")


class Person:
    """Somebody who is signed in at the web desktop.

    Args:
        url: of the centre.
        username: who.
        password: of the account.
    """

    def __init__(self, url: str, username: str, password: str) -> None:
        self.username = username
        self._url = url
        self._password = password
        self._http = httpx2.AsyncClient(base_url=url, timeout=ANSWER_WITHIN_S, trust_env=False)
        self._csrf = ""

    async def sign_in(self) -> None:
        """Open the session.

        Raises:
            AskRefused: wrong name or password.
        """
        body = {"username": self.username, "password": self._password}
        told = await self.change("POST", "/api/session", body)
        self._csrf = told["csrf"]

    async def get(self, path: str, **query: str) -> Any:
        """Ask for JSON.

        Raises:
            AskRefused: the server said no.
        """
        return self._taken(f"GET {path}", await self._http.get(path, params=query))

    async def read_bytes(self, path: str) -> bytes:
        """Ask for a file.

        Raises:
            AskRefused: the server said no.
        """
        answer = await self._http.get(path)
        if answer.status_code >= 400:
            raise AskRefused(f"GET {path}", answer.status_code, answer.text)
        return bytes(answer.content)

    async def change(self, method: str, path: str, body: object = None) -> Any:
        """Ask for a change; returns what the answer holds, None when it is empty.

        Raises:
            AskRefused: the server said no.
        """
        headers = {"X-CSRF-Token": self._csrf} if self._csrf else {}
        answer = await self._http.request(method, path, json=body, headers=headers)
        return self._taken(f"{method} {path}", answer)

    async def hand_in(self, path: str, content: bytes, kind: str) -> Any:
        """Send a file; returns what the answer holds.

        Raises:
            AskRefused: the server said no.
        """
        headers = {"X-CSRF-Token": self._csrf} if self._csrf else {}
        headers["Content-Type"] = kind
        answer = await self._http.post(path, content=content, headers=headers)
        return self._taken(f"POST {path}", answer)

    def _taken(self, what: str, answer: httpx2.Response) -> Any:
        if answer.status_code >= 400:
            raise AskRefused(what, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    @property
    def cookies(self) -> str:
        """Of the session, as a header holds them."""
        return "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())

    async def beat(self, tab: str) -> None:
        """Be heard as the page that holds a desk, until cancelled."""
        address = self._url.replace("http", "ws", 1) + "/api/live"
        headers = {"Cookie": self.cookies}
        async with connect(address, additional_headers=headers, proxy=None) as socket:
            draining = asyncio.create_task(_drain(socket))
            try:
                while True:
                    await socket.send(json.dumps({"op": "beat", "session": tab}))
                    await asyncio.sleep(BEAT_EVERY_S)  # pace: as a page does
            finally:
                draining.cancel()
                await asyncio.gather(draining, return_exceptions=True)

    async def close(self) -> None:
        """Close what is open; the session lives on at the server."""
        await self._http.aclose()


async def _drain(socket: Any) -> None:
    async for _ in socket:
        continue
