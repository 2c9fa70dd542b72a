"""The Driver's side of the durable inbox."""

import asyncio
from collections.abc import Callable

import msgspec
import psycopg
import structlog

from lianxi.engine.messages.inputs import PEOPLE
from lianxi.journal.codec import decoded_input
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Asked
from lianxi.journal.inbox import CHANNEL
from lianxi.kernel.time import Instant

log = structlog.get_logger(__name__)

QUIET_S = 5.0
"""The Driver's side looks for itself when it heard nothing for so long."""

LATE_MS = 60_000
"""What a person asked while no Driver ran is not done any more when one runs after so long."""

HANDED_OUT_KEPT = 50_000
"""More rows than can ever be open at once: who waits for an answer gives up after seconds."""


class InboxReader:
    """The Driver's side: rows nobody has answered yet, in order.

    Args:
        url: the database's SQLAlchemy address.
        now: the askers' clock, the system's.
    """

    def __init__(self, url: str, now: Callable[[], Instant]) -> None:
        self._url = url
        self._now = now
        self._handed_out: dict[int, None] = {}
        self._has_looked = False

    async def run(self, tell: Callable[[Asked], None]) -> None:
        """Hand out each open row once, the old ones first, until cancelled.

        Numbers are no cursor: they are drawn before they are committed, so a lower one may appear
        after a higher one. Rows are open until the Driver answers them in the transaction of their
        events; a reader begins with its Driver, so nothing that was answered comes again.

        Raises:
            psycopg.OperationalError: the database went away.
        """
        loop = asyncio.get_running_loop()
        async with await connect(self._url) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            looks_at = loop.time()
            while True:
                if loop.time() >= looks_at:
                    await self._look(connection, tell)
                    looks_at = loop.time() + QUIET_S
                async for told in connection.notifies(
                    timeout=max(looks_at - loop.time(), 0), stop_after=1
                ):
                    if not self._hand_out_told(told.payload, tell):
                        looks_at = loop.time()

    async def _look(
        self,
        connection: psycopg.AsyncConnection[tuple[object, ...]],
        tell: Callable[[Asked], None],
    ) -> None:
        cursor = await connection.execute(
            "SELECT number, asked_at, given::text FROM journal_inbox "
            "WHERE answered_at IS NULL ORDER BY number"
        )
        for number, asked_at, given in await cursor.fetchall():
            self._hand_out(int(str(number)), int(str(asked_at)), str(given), tell)
        self._has_looked = True

    def _hand_out_told(self, word: str, tell: Callable[[Asked], None]) -> bool:
        """Hand out the new row that a word carries; False when it carries none."""
        number, _, rest = word.partition(" ")
        asked_at, _, given = rest.partition(" ")
        if not (number.isdecimal() and asked_at.isdecimal() and given):
            return False
        self._hand_out(int(number), int(asked_at), given, tell)
        return True

    def _hand_out(
        self, number: int, asked_at: int, given: str, tell: Callable[[Asked], None]
    ) -> None:
        """Once: a row may be seen open and told of, in either order."""
        if number in self._handed_out:
            return
        tell(self._read(number, asked_at, given))
        self._handed_out[number] = None
        if len(self._handed_out) > HANDED_OUT_KEPT:
            del self._handed_out[next(iter(self._handed_out))]

    def _read(self, number: int, asked_at: int, text: str) -> Asked:
        try:
            given = decoded_input(text)
        except msgspec.DecodeError as error:
            log.error("inbox.not_understood", number=number, error=str(error))
            return Asked(number=number, given=None, refused="not_understood")
        # Only what was there before this Driver may be late: clocks of two processes may disagree.
        waited = self._now() - asked_at
        if not self._has_looked and isinstance(given, PEOPLE) and waited > LATE_MS:
            kind = type(given).__name__
            log.warning("inbox.too_late", number=number, asked=kind, waited_ms=waited)
            return Asked(number=number, given=None, refused="asked_too_late")
        return Asked(number=number, given=given)
