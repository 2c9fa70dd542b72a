"""Where this centre's database is, for commands that look in from outside."""

from collections.abc import Coroutine

import psycopg
from sqlalchemy.exc import DBAPIError

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.session import is_away
from lianxi.kernel.errors import Rejection
from lianxi.settings import Settings


class CentreNotRunning(Rejection):
    """The database cannot be reached: start the centre first (lianxi up), or set LIANXI_HOME or
    LIANXI_DATABASE_URL to the one you mean."""

    code = "centre_not_running"


def database_url(settings: Settings) -> str:
    """The SQLAlchemy address: the operator's, or that of the embedded PostgreSQL."""
    if settings.database_url is not None:
        return settings.database_url
    settings.paths.make()
    return EmbeddedPostgres(settings.paths).url()


async def reaching(work: Coroutine[object, object, None]) -> None:
    """Do work that needs the database.

    Raises:
        CentreNotRunning: it cannot be reached.
    """
    try:
        await work
    except (psycopg.OperationalError, DBAPIError, OSError) as error:
        if not is_away(error):
            raise
        raise CentreNotRunning from error
