"""DuckDB: computes what is asked of its tables, and holds the rows of a played story or journal.

Import this module late: it brings DuckDB and Arrow.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Float, Integer, inspect
from sqlalchemy.dialects.postgresql import JSONB

from lianxi.projections.models import Fact
from lianxi.projections.projector import TABLES
from lianxi.reports.engines import HERE
from lianxi.reports.kept import create_empty
from lianxi.reports.measures import Mart
from lianxi.reports.sheets.reading import Shelf
from lianxi.reports.statement import Dialect, used


class Duck:
    """Tables or views of a DuckDB connection; it computes in a thread."""

    dialect = Dialect.DUCKDB

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        marts: frozenset[Mart] = HERE,
        shelf: Shelf | None = None,
    ) -> None:
        self._connection = connection
        self.marts = marts
        self.shelf = shelf

    async def rows(self, sql: str, given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Run a statement."""
        return await asyncio.to_thread(self.rows_now, sql, given)

    def rows_now(self, sql: str, given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Run a statement, here."""
        found = self._connection.execute(sql, used(sql, given))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def in_memory(rows: Iterable[Fact]) -> duckdb.DuckDBPyConnection:
    """A connection with every fact table, filled with these rows; those that modules keep are
    empty. The caller closes it."""
    kept = list(rows)
    connection = duckdb.connect()
    for fact in TABLES:
        name = fact.__tablename__
        connection.register(
            "given", arrow_table(fact, [of_row(r) for r in kept if type(r) is fact])
        )
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")
    create_empty(connection)
    return connection


def of_row(row: Fact) -> dict[str, object]:
    """One row by column name."""
    mapper = inspect(type(row))
    return {
        attribute.columns[0].name: getattr(row, attribute.key) for attribute in mapper.column_attrs
    }


def arrow_table(fact: type[Fact], rows: list[dict[str, object]]) -> pa.Table:
    """Rows of a fact table by column name, with the table's own types, even without any row."""
    return pa.Table.from_pylist(rows, schema=_schema(fact))


def _schema(fact: type[Fact]) -> pa.Schema:
    def kind(of: object) -> pa.DataType:
        if isinstance(of, BigInteger | Integer):
            return pa.int64()
        if isinstance(of, Float):
            return pa.float64()
        if isinstance(of, JSONB):
            return pa.list_(pa.string())
        return pa.bool_() if isinstance(of, Boolean) else pa.string()

    return pa.schema([(column.name, kind(column.type)) for column in fact.__table__.columns])
