"""Keeps the wallboards that the hub shows, and closes the screens whose links were revoked.

Another process may change a board: while anybody looks at one, the tables are asked again and
again. Of the own process's changes it is told at once (`look`).
"""

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.api.live.client import WallClient
from lianxi.api.live.feed import Rows
from lianxi.api.live.hub import CLOSE_SIGNED_OUT, Hub
from lianxi.api.live.topics import WALL
from lianxi.api.live.wall_rows import wall_rows
from lianxi.kernel.time import Instant
from lianxi.modules.wallboards import facade as wallboards
from lianxi.modules.wallboards.contracts import Wallboard

LOOK_EVERY_S = 5.0
SEEN_EVERY_MS = 60_000
"""How often it is written down that a screen shows its board."""

CLOSE_BOARD_GONE = 4404


class Walls:
    """Looks at the tables while anybody looks at a board.

    Args:
        hub: shows the boards.
        sessions: the database.
        now: the clock.
        zone: name of the centre's, for the clock on the board.
        build: of the pages; a screen with an older one loads itself anew.
    """

    def __init__(
        self,
        hub: Hub,
        sessions: async_sessionmaker[AsyncSession],
        *,
        now: Callable[[], Instant],
        zone: str,
        build: str,
    ) -> None:
        self._hub = hub
        self._sessions = sessions
        self._now = now
        self._zone = zone
        self._build = build
        self._boards: dict[str, Wallboard] = {}
        self._seen: dict[str, Instant] = {}
        hub.wall = self.rows

    def rows(self, board: str) -> Rows:
        """What a board shows now."""
        hub, found = self._hub, self._boards.get(board)
        return wall_rows(found, hub.centre, hub.metrics, zone=self._zone, build=self._build)

    def clients(self) -> list[WallClient]:
        """The pages that show boards now."""
        return [client for client in self._hub.clients if isinstance(client, WallClient)]

    async def run(self) -> None:
        """Until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        while True:
            if self.clients():
                await self.look()
            await asyncio.sleep(LOOK_EVERY_S)  # poll: tables change without a word

    async def look(self) -> None:
        """Take the boards as they are now, and end what may not be shown any more."""
        async with self._sessions() as session:
            boards = await wallboards.boards(session)
            good = {screen.id for screen in await wallboards.screens(session)}
        self._boards = {board.id: board for board in boards}
        for client in self.clients():
            if client.screen is not None and client.screen not in good:
                client.close(CLOSE_SIGNED_OUT)
            elif client.board not in self._boards:
                client.close(CLOSE_BOARD_GONE)
        self._hub.flush(WALL)
        await self._note()

    async def _note(self) -> None:
        at = self._now()
        shown = {client.screen for client in self.clients() if client.screen is not None}
        due = [one for one in shown if at - self._seen.get(one, 0) >= SEEN_EVERY_MS]
        self._seen = {one: when for one, when in self._seen.items() if one in shown}
        if due:
            async with self._sessions.begin() as session:
                await wallboards.seen(session, due, at=at)
            self._seen.update(dict.fromkeys(due, at))
