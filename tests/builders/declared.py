"""Whether a database has exactly the tables that the code declares."""

import pytest
from alembic import command
from alembic.util.exc import CommandError
from sqlalchemy import create_engine

from lianxi.db.migrating import configuration


def check_declared(url: str) -> None:
    """`alembic check`: a changed model without a migration fails here."""
    engine = create_engine(url)
    wanted = configuration()
    try:
        with engine.connect() as connection:
            wanted.attributes["connection"] = connection
            command.check(wanted)
    except CommandError as error:
        pytest.fail(f"write a migration (alembic revision --autogenerate): {error}")
    finally:
        engine.dispose()
