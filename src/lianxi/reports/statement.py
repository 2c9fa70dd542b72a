"""The one query of a report, compiled for the database that runs it. Compiled once per process."""

import asyncio
import importlib
from enum import StrEnum
from functools import cache


class Dialect(StrEnum):
    """Where figures are computed."""

    POSTGRES = "postgres"
    DUCKDB = "duckdb"


PARAMETER = {Dialect.POSTGRES: ":{}", Dialect.DUCKDB: "${}"}


@cache
def statement(dialect: Dialect) -> str:
    """SQL with the parameters begins_at, ends_at, as_of and wanted_queue; it gives one row.

    The first call takes about two seconds (ibis is imported and compiles); `warm` does it ahead.
    """
    # Late on purpose: whoever prints no figures (the command line's help) does not pay for ibis.
    ibis = importlib.import_module("ibis")
    marts = importlib.import_module("lianxi.reports.marts")
    body = str(ibis.to_sql(marts.all_figures(), dialect=dialect.value))
    if dialect is Dialect.POSTGRES:
        body = body.replace(":", r"\:")
    given = PARAMETER[dialect]
    return (
        "WITH report_window AS (SELECT"
        f" CAST({given.format('begins_at')} AS BIGINT) AS begins_at,"
        f" CAST({given.format('ends_at')} AS BIGINT) AS ends_at,"
        f" CAST({given.format('as_of')} AS BIGINT) AS as_of,"
        f" CAST({given.format('wanted_queue')} AS TEXT) AS wanted_queue)"
        f" SELECT * FROM ({body}) AS figures"
    )


async def compiled(dialect: Dialect) -> str:
    """The statement; where it must be compiled first, a thread does so and calls go on."""
    if statement.cache_info().currsize == 0:
        return await asyncio.to_thread(statement, dialect)
    return statement(dialect)


def warm() -> None:
    """Compile now; call it in a thread at start, so that the first report does not wait."""
    statement(Dialect.POSTGRES)
