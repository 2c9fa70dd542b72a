"""A PostgreSQL of its own for a drill or a bench, with every table and nothing in them."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import migrate
from lianxi.db.session import Database
from lianxi.settings import Home


@asynccontextmanager
async def own_database(*, pool: int) -> AsyncIterator[tuple[Database, str]]:
    """The database and its address; gone at the end.

    Args:
        pool: connections at most.
    """
    with tempfile.TemporaryDirectory(prefix="lianxi-drill-") as folder:
        home = Home(root=Path(folder) / "home", cache=Path(folder) / "cache")
        home.make()
        postgres = EmbeddedPostgres(home)
        await postgres.start()
        try:
            await migrate(postgres.url())
            database = Database(postgres.url(), pool=pool)
            try:
                yield database, postgres.url()
            finally:
                await database.close()
        finally:
            await postgres.stop()
