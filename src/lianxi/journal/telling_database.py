"""The database, and what its transactions changed told to whoever listens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lianxi.db.session import Database
from lianxi.journal.signals import CHANGES, Changed, spoken
from lianxi.journal.teller import Teller


@asynccontextmanager
async def telling_database(url: str, *, pool: int = 10) -> AsyncIterator[Database]:
    """A pool of connections; closed at the end, when the last words were told.

    Args:
        url: the database's SQLAlchemy address.
        pool: connections kept open.
    """
    teller = Teller(url)

    def tell(subject: str, revision: int) -> None:
        teller.tell(CHANGES, spoken(Changed(subject=subject, revision=revision)))

    database = Database(url, pool=pool, tell=tell)
    try:
        yield database
    finally:
        await teller.close()
        await database.close()
