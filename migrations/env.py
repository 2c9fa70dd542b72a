"""Alembic's environment: every table of the product, on a connection given by the caller.

`lianxi.main.migrate` runs it with a connection; the command line (`alembic ...`) takes the address
from LIANXI_DATABASE_URL.
"""

import os
from importlib import import_module
from pathlib import Path

from alembic import context
from sqlalchemy import Connection, create_engine

import lianxi
from lianxi.db.base import Table

for models in sorted(Path(lianxi.__file__).parent.rglob("*models.py")):
    parts = models.relative_to(Path(lianxi.__file__).parents[1]).with_suffix("").parts
    import_module(".".join(parts))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    address = os.environ.get("LIANXI_DATABASE_URL") or context.config.get_main_option(
        "sqlalchemy.url"
    )
    if not address:
        raise SystemExit("set LIANXI_DATABASE_URL to the database that is to be migrated")
    with create_engine(address).connect() as connection:
        _run(connection)
