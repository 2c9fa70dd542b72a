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


class CentreNotSetUp(Rejection):
    """This database holds no centre of this version: start the centre on it once (lianxi up, or
    lianxi serve --role driver), or set LIANXI_DATABASE_URL to the one you mean."""

    code = "centre_not_set_up"


class DatabaseForbids(Rejection):
    """The database refuses this account to read the centre's tables: take the account that the
    centre itself uses, or let this one read them."""

    code = "database_forbids"


def database_url(settings: Settings) -> str:
    """The SQLAlchemy address: the operator's, or that of the embedded PostgreSQL.

    Raises:
        CentreNotRunning: there never was a centre in this home. Looking makes none.
    """
    if settings.database_url is not None:
        return settings.database_url
    if not settings.paths.run.is_dir():
        raise CentreNotRunning(what=f"nothing in {settings.home}")
    return EmbeddedPostgres(settings.paths).url()


async def reaching(work: Coroutine[object, object, None]) -> None:
    """Do work that needs the database.

    Raises:
        CentreNotRunning: it cannot be reached.
        CentreNotSetUp: it has not the tables of this version.
        DatabaseForbids: it does not let this account read them.
    """
    try:
        await work
    except (psycopg.Error, DBAPIError, OSError) as error:
        refused = _refusal(error)
        if refused is None:
            raise
        raise refused from error


def _refusal(error: psycopg.Error | DBAPIError | OSError) -> Rejection | None:
    """What a person can mend, in a sentence; None for everything else."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = str(cause).partition("\n")[0][:200]
    match cause:
        case psycopg.errors.UndefinedTable() | psycopg.errors.UndefinedColumn():
            return CentreNotSetUp(what=words)
        case psycopg.errors.InsufficientPrivilege():
            return DatabaseForbids(what=words)
    if is_away(error) or isinstance(error, OSError):
        return CentreNotRunning(what=words)
    return None
