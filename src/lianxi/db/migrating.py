"""Brings a database to the shape this version of the product needs."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

MIGRATION_LOCK = 0x4C_49_41_4F
"""Only one process migrates at a time."""


def configuration() -> Config:
    """Alembic's configuration for the scripts of this checkout."""
    found = Config()
    found.set_main_option("script_location", str(scripts()))
    return found


def scripts() -> Path:
    """Where the migration scripts lie."""
    return Path(__file__).resolve().parents[3] / "migrations"


async def migrate(url: str) -> bool:
    """Run what has not been run.

    Args:
        url: the database's SQLAlchemy address.

    Returns:
        Whether anything had to be done.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refused; nothing of the failed script is kept.
    """
    return await asyncio.to_thread(_migrate, url)


def _migrate(url: str) -> bool:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            connection.commit()
            if _is_current(connection):
                return False
            connection.commit()
            wanted = configuration()
            wanted.attributes["connection"] = connection
            command.upgrade(wanted, "head")
            connection.commit()
            return True
    finally:
        engine.dispose()


def _is_current(connection: Connection) -> bool:
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
