"""The topic `cases`: which work orders and warnings were changed of late. Names and revisions, no
content: what a person may see of them is asked for by HTTP.

Another process may have changed them, so everything is heard by NOTIFY. Words may have been lost
while nothing was heard: the row `*` says since when that is over, and who sees it change looks at
everything anew.
"""

import asyncio
from collections.abc import Callable

from lianxi.api.live.hub import Hub
from lianxi.journal.signals import CHANGES, Changed, hear
from lianxi.kernel.time import Instant

TOPIC = "cases"
EVERYTHING = "*"
KEPT = 300
"""More than a browser can miss and still resume by sequence."""
FLUSH_EVERY_S = 0.2


class LiveChanges:
    """Hears what was changed and keeps the newest of it for the hub.

    Args:
        hub: gets the rows.
        url: the database's SQLAlchemy address.
        now: the clock.
    """

    def __init__(self, hub: Hub, url: str, *, now: Callable[[], Instant]) -> None:
        self._hub = hub
        self._url = url
        self._now = now
        self._heard = asyncio.Event()

    async def run(self) -> None:
        """Hear and flush until cancelled.

        Raises:
            psycopg.OperationalError: the database went away; run again when it is back.
        """
        async with asyncio.TaskGroup() as group:
            group.create_task(self._hear())
            group.create_task(self._flush())

    async def _hear(self) -> None:
        async for word in hear(self._url, [CHANGES], listening=self._listening):
            if isinstance(word, Changed):
                self.take(word)

    def _listening(self) -> None:
        self.take(Changed(subject=EVERYTHING, revision=0))

    def take(self, word: Changed) -> None:
        """Keep a word; the oldest gives way."""
        rows = self._hub.cases
        rows.pop(word.subject, None)
        rows[word.subject] = {"revision": word.revision, "at": self._now()}
        if len(rows) > KEPT:
            del rows[next(key for key in rows if key != EVERYTHING)]
        self._heard.set()

    async def _flush(self) -> None:
        while True:
            await self._heard.wait()
            self._heard.clear()
            self._hub.flush(TOPIC)
            await asyncio.sleep(FLUSH_EVERY_S)  # pace: what comes together is told together
