"""The same figures from Parquet files by DuckDB: closed days, exports, other machines.

Import this module late: it brings DuckDB and Arrow.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import BigInteger, Boolean, Integer, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact, FactContact, FactQueueEntry, FactSegment
from lianxi.reports.figures import Figures, shaped
from lianxi.reports.statement import Dialect, statement
from lianxi.reports.windows import Window

TABLES: tuple[type[Fact], ...] = (FactContact, FactQueueEntry, FactSegment)


async def write_parquet(session: AsyncSession, folder: Path) -> None:
    """Write the fact tables that figures need, one file each, into an existing folder.

    Raises:
        OSError: the folder cannot be written.
    """
    for fact in TABLES:
        found = await session.execute(select(fact.__table__))
        pq.write_table(
            arrow_table(fact, [dict(row) for row in found.mappings()]),
            folder / f"{fact.__tablename__}.parquet",
            compression="zstd",
        )


def arrow_table(fact: type[Fact], rows: list[dict[str, object]]) -> pa.Table:
    """Rows of a fact table by column name, with the table's own types, even without any row."""
    return pa.Table.from_pylist(rows, schema=_schema(fact))


def _schema(fact: type[Fact]) -> pa.Schema:
    def kind(of: object) -> pa.DataType:
        if isinstance(of, BigInteger | Integer):
            return pa.int64()
        return pa.bool_() if isinstance(of, Boolean) else pa.string()

    return pa.schema([(column.name, kind(column.type)) for column in fact.__table__.columns])


def figures_from_parquet(
    folder: Path,
    window: Window,
    *,
    as_of: Instant,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """Compute all metrics of a window from files that `write_parquet` made."""
    with duckdb.connect() as connection:
        for fact in TABLES:
            name = fact.__tablename__
            source = connection.read_parquet(str(folder / f"{name}.parquet"))
            source.create_view(name)
        return figures_from(connection, window, as_of=as_of, queue=queue, formulas=formulas)


def figures_from(
    connection: duckdb.DuckDBPyConnection,
    window: Window,
    *,
    as_of: Instant,
    queue: QueueId | None = None,
    formulas: Mapping[str, str] | None = None,
) -> Figures:
    """Compute all metrics where the fact tables are tables or views of a DuckDB connection."""
    found = connection.execute(
        statement(Dialect.DUCKDB),
        {
            "begins_at": window.begins_at,
            "ends_at": window.ends_at,
            "as_of": as_of,
            "wanted_queue": queue,
        },
    )
    names = [column[0] for column in found.description]
    values = found.fetchone()
    assert values is not None, "the statement gives one row whatever the tables hold"
    row = dict(zip(names, values, strict=True))
    return shaped(row, window, as_of=as_of, queue=queue, formulas=formulas)
