"""Short-lived words between processes: heartbeats of desks, signs of life of the Driver, what was
changed.

They go by NOTIFY and are stored nowhere: a lost one is followed by the next a second later, and
who waits for changes looks for himself now and then.
"""

from collections.abc import AsyncIterator, Callable, Sequence

import msgspec
import psycopg
import structlog

from lianxi.journal.connecting import connect

log = structlog.get_logger(__name__)

BEATS = "lianxi_beats"
LIFE = "lianxi_life"
CHANGES = "lianxi_changes"


class Beat(msgspec.Struct, frozen=True):
    """A desk is alive."""

    agent: str
    session: str


class Beats(msgspec.Struct, frozen=True):
    """Desks that were heard within a moment."""

    beats: tuple[Beat, ...]


class Life(msgspec.Struct, frozen=True):
    """The Driver is alive, once a second."""

    switch: bool
    """The switch is heard."""
    position: int
    """Where the journal ended."""
    alarm: str = ""
    """Code of what is wrong, empty when nothing is."""


class Changed(msgspec.Struct, frozen=True):
    """Something was changed, and that is committed."""

    subject: str
    """`kind:id`."""
    revision: int


def spoken(word: Beats | Life | Changed) -> str:
    """A word as it goes over the wire."""
    return msgspec.json.encode(word).decode()


class Speaker:
    """Sends. One connection, opened when first needed.

    Args:
        url: the database's SQLAlchemy address.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection[tuple[object, ...]] | None = None

    async def say(self, channel: str, word: Beats | Life) -> None:
        """Send one word.

        Raises:
            psycopg.OperationalError: the database cannot be reached; the word is lost.
        """
        if self._connection is None or self._connection.closed:
            self._connection = await connect(self._url)
        await self._connection.execute("SELECT pg_notify(%s, %s)", (channel, spoken(word)))

    async def close(self) -> None:
        """Close what is open."""
        if self._connection is not None:
            await self._connection.close()


async def hear(
    url: str, channels: Sequence[str], *, listening: Callable[[], None] = lambda: None
) -> AsyncIterator[Beats | Life | Changed]:
    """Words on these channels, for ever; one that cannot be read is left out.

    Args:
        url: the database's SQLAlchemy address.
        channels: which.
        listening: told once every word from now on is heard.

    Raises:
        psycopg.OperationalError: the database went away.
    """
    kinds: dict[str, type[Beats] | type[Life] | type[Changed]]
    kinds = {BEATS: Beats, LIFE: Life, CHANGES: Changed}
    async with await connect(url) as connection:
        for channel in channels:
            await connection.execute(f"LISTEN {channel}")
        listening()
        async for told in connection.notifies():
            try:
                word = msgspec.json.decode(told.payload, type=kinds[told.channel])
            except msgspec.DecodeError as error:
                # Of another version of ours: the next word may be readable.
                log.warning("signal.not_understood", channel=told.channel, error=str(error))
            else:
                yield word
