"""Rows of a Parquet file into a table of PostgreSQL."""

import tempfile
from pathlib import Path

import duckdb
import psycopg


def copy_file(connection: psycopg.Connection[tuple[object, ...]], table: str, file: Path) -> None:
    """All rows of one file, as CSV that DuckDB makes of it."""
    source = f"read_parquet('{file}', hive_partitioning = false)"
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as duck:
        between = Path(folder) / "rows.csv"
        described = duck.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        columns = ", ".join(f'"{row[0]}"' for row in described)
        duck.execute(f"COPY (FROM {source}) TO '{between}' (FORMAT csv, HEADER false)")
        order = f'COPY "{table}" ({columns}) FROM STDIN (FORMAT csv)'
        with (
            between.open("rb") as rows,
            connection.cursor() as cursor,
            cursor.copy(order) as copy,
        ):
            while piece := rows.read(1 << 20):
                copy.write(piece)
