"""Rows for tables of which nothing is known but their columns: what a migration may find."""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, text

Rows = dict[str, list[dict[str, Any]]]
"""Of each table."""

VALUES = {
    "text": "'x'",
    "character varying": "'x'",
    "integer": "1",
    "bigint": "1",
    "double precision": "1",
    "boolean": "true",
    "bytea": "'x'",
    "jsonb": "'{}'",
    "tsvector": "'x'",
    "date": "'2026-01-01'",
}
"""One value for each type, the same everywhere, so that references lead somewhere."""

_COLUMNS = text(
    "SELECT table_name, column_name, data_type, is_identity = 'YES' "
    "FROM information_schema.columns WHERE table_schema = 'public'"
)


def fill(connection: Connection) -> Rows:
    """One row into each table that has none.

    Returns:
        What all tables hold then.
    """
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for table, column, kind, is_identity in connection.execute(_COLUMNS):
        if not is_identity:
            values[table][column] = VALUES[kind]
    # A table may come before the one that it refers to.
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table, row in values.items():
        names = ", ".join(f'"{name}"' for name in row)
        connection.execute(
            text(
                f'INSERT INTO "{table}" ({names}) SELECT {", ".join(row.values())} '
                f'WHERE NOT EXISTS (SELECT FROM "{table}")'
            )
        )
    return _rows(connection, set(values))


def contents(connection: Connection) -> Rows:
    """What all tables hold at this moment."""
    return _rows(connection, {table for table, *_ in connection.execute(_COLUMNS)})


def _rows(connection: Connection, tables: set[str]) -> Rows:
    return {
        table: list(connection.scalars(text(f'SELECT to_jsonb(one) FROM "{table}" AS one')))
        for table in sorted(tables)
    }
