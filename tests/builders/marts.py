"""Stories as fact tables that DuckDB can be asked about, without a database server."""

import duckdb
from sqlalchemy import inspect

from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.models import Fact
from lianxi.reports.duck import TABLES, arrow_table
from lianxi.reports.statement import Dialect, statement
from tests.builders.story import Story


def folded(story: Story) -> Memory:
    """All rows of a story."""
    memory = Memory()
    for line in story.lines:
        fold(line.event, line.position, memory)
    return memory


def columns(row: Fact) -> dict[str, object]:
    """One row by column name."""
    mapper = inspect(type(row))
    return {
        attribute.columns[0].name: getattr(row, attribute.key) for attribute in mapper.column_attrs
    }


def in_duckdb(story: Story) -> duckdb.DuckDBPyConnection:
    """A connection whose tables hold the facts of a story."""
    rows = folded(story).added
    connection = duckdb.connect()
    for fact in TABLES:
        table = arrow_table(fact, [columns(row) for row in rows if type(row) is fact])
        connection.register(f"arrow_{fact.__tablename__}", table)
        connection.execute(
            f"CREATE TABLE {fact.__tablename__} AS SELECT * FROM arrow_{fact.__tablename__}"
        )
    return connection


# Arrow imports pandas at its first table and the statement is compiled once: both would take
# longer than a unit test may, so they happen when the tests are collected.
in_duckdb(Story()).close()
statement(Dialect.DUCKDB)
