"""Where this centre's database is, for commands that look in from outside."""

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.settings import Settings


def database_url(settings: Settings) -> str:
    """The SQLAlchemy address: the operator's, or that of the embedded PostgreSQL."""
    if settings.database_url is not None:
        return settings.database_url
    settings.paths.make()
    return EmbeddedPostgres(settings.paths).url()
