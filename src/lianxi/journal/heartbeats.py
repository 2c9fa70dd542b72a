"""Heartbeats of desks on their way to the Driver: gathered, then told in few words.

A thousand desks beat three hundred times a second; each word of its own would wake the Driver. Half
a second later is early enough for somebody who is missed after ten.
"""

import asyncio
from collections.abc import Iterable, Iterator

import psycopg
import structlog

from lianxi.journal.signals import BEATS, Beat, Beats, Speaker

log = structlog.get_logger(__name__)

GATHER_S = 0.5
AT_MOST = 32
"""Beats in one word: PostgreSQL carries up to 8,000 bytes."""


def words(beats: Iterable[Beat]) -> Iterator[Beats]:
    """Beats in words that PostgreSQL carries."""
    left = tuple(beats)
    for start in range(0, len(left), AT_MOST):
        yield Beats(beats=left[start : start + AT_MOST])


class Heartbeats:
    """Gathers and sends.

    Args:
        url: the database's SQLAlchemy address.
    """

    def __init__(self, url: str) -> None:
        self._speaker = Speaker(url)
        self._gathered: dict[str, Beat] = {}

    def beat(self, beat: Beat) -> None:
        """A desk was heard; the newest word of an agent counts."""
        self._gathered[beat.agent] = beat

    async def run(self) -> None:
        """Send what was gathered until cancelled; what cannot be sent is followed by the next."""
        try:
            while True:
                await asyncio.sleep(GATHER_S)  # pace: half a second of beats in one word
                await self._send()
        finally:
            await self._speaker.close()

    async def _send(self) -> None:
        gathered, self._gathered = self._gathered, {}
        try:
            for word in words(gathered.values()):
                await self._speaker.say(BEATS, word)
        except (psycopg.Error, OSError) as error:
            log.info("heartbeats.lost", desks=len(gathered), error=repr(error))
