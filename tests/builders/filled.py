"""Rows for tables of which nothing is known but their columns: what a migration may find."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, select

Rows = dict[str, list[dict[str, Any]]]
"""Of each table."""

VALUES: dict[type, Any] = {
    str: "x",
    int: 1,
    float: 1.0,
    bool: True,
    bytes: b"x",
    object: {},  # JSON
    date: date(2026, 1, 1),
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
}
"""One value for each kind, the same everywhere, so that references lead somewhere."""


def fill(connection: Connection) -> Rows:
    """One row into each table that has none, in the order of their references.

    Returns:
        What all tables hold then.
    """
    found = _tables(connection)
    for table in found.sorted_tables:
        if not connection.scalar(select(func.count()).select_from(table)):
            row = {
                one.name: VALUES[one.type.python_type] for one in table.columns if not one.identity
            }
            connection.execute(insert(table).values(row))
    return _rows(connection, found.sorted_tables)


def contents(connection: Connection) -> Rows:
    """What all tables hold at this moment."""
    return _rows(connection, _tables(connection).sorted_tables)


def _tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def _rows(connection: Connection, tables: list[Table]) -> Rows:
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in tables
    }
