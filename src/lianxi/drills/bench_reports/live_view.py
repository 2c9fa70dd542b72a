"""A board in a browser, without the browser: it holds the snapshot and all patches since."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

WITHIN_S = 180.0
"""The day's journal is read before the first rows are told."""


@dataclass(slots=True)
class Board:
    """Rows by topic, as the server told them."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    patches: int = 0
    snapshots: int = 0
    _socket: ClientConnection | None = None
    _heard: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def subscribe(self, *topics: str) -> None:
        """Look at these topics, and wait until each has rows."""
        assert self._socket is not None, "the board is closed"
        wanted = {topic: self.numbers.get(topic) for topic in topics}
        await self._socket.send(json.dumps({"op": "sub", "topics": wanted}))
        async with asyncio.timeout(WITHIN_S), self._heard:
            await self._heard.wait_for(lambda: set(topics) <= set(self.rows))

    async def run(self, socket: ClientConnection) -> None:
        """Take what comes, until cancelled."""
        self._socket = socket
        async for text in socket:
            said = json.loads(text)
            if said.get("k") in {"snap", "delta"}:
                async with self._heard:
                    self.take(said)
                    self._heard.notify_all()

    def take(self, said: dict[str, Any]) -> None:
        """One message of a feed."""
        topic, change = said["t"], said["d"]
        self.numbers[topic] = said["s"]
        if said["k"] == "snap":
            self.snapshots += 1
            self.rows[topic] = dict(change["rows"])
            return
        self.patches += 1
        rows = self.rows.setdefault(topic, {})
        rows |= change["set"]
        for key in change["del"]:
            rows.pop(key, None)


@asynccontextmanager
async def board(url: str, cookies: str) -> AsyncIterator[Board]:
    """A board that is connected."""
    address = url.replace("http", "ws", 1) + "/api/live"
    async with connect(
        address,
        additional_headers={"Cookie": cookies},
        proxy=None,
        max_size=None,
        open_timeout=WITHIN_S,
        ping_timeout=None,
    ) as socket:
        found = Board()
        running = asyncio.create_task(found.run(socket))
        await asyncio.sleep(0)
        try:
            yield found
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
