"""Migrations lead to exactly the tables the code declares, once and again, on any database."""

import asyncio

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from lianxi.db.base import Table
from lianxi.db.migrating import migrate
from lianxi.modules.cases import models as case_models
from lianxi.modules.warnings import models as warning_models
from lianxi.office.clock import models as clock_models
from lianxi.reports.kept import KEPT
from tests.builders.declared import check_declared
from tests.fixtures.tables import load_all_tables

pytestmark = pytest.mark.db


async def test_an_empty_database_gets_every_declared_table(database_url: str) -> None:
    load_all_tables()
    assert await migrate(database_url)
    engine = create_engine(database_url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    assert found == {*Table.metadata.tables, "alembic_version"}


async def test_a_second_run_has_nothing_to_do(database_url: str) -> None:
    assert await migrate(database_url)
    assert not await migrate(database_url)


async def test_two_processes_that_start_at_once_migrate_once(database_url: str) -> None:
    done = await asyncio.gather(migrate(database_url), migrate(database_url))
    assert sorted(done) == [False, True]


async def test_models_and_migrations_say_the_same(database_url: str) -> None:
    await migrate(database_url)
    await asyncio.to_thread(check_declared, database_url)


async def test_views_of_facts_are_those_that_models_and_reports_know(database_url: str) -> None:
    await migrate(database_url)
    engine = create_engine(database_url)
    asked = text(
        "SELECT viewname, definition FROM pg_views WHERE viewname LIKE 'fact!_%' ESCAPE '!'"
    )
    with engine.begin() as connection:
        migrated = {str(name): str(definition) for name, definition in connection.execute(asked)}
        for statement in (*clock_models.AS_FACTS, *case_models.AS_FACTS, *warning_models.AS_FACTS):
            connection.execute(text(statement))
        again = {str(name): str(definition) for name, definition in connection.execute(asked)}
        assert again == migrated
        for name, table in KEPT.items():
            columns = {column["name"] for column in inspect(connection).get_columns(name)}
            assert {column.name for column in table.columns} <= columns
    assert set(migrated) == {*KEPT} - {"fact_cost"}
    engine.dispose()


async def test_nobody_changes_a_row_of_the_audit(database_url: str) -> None:
    await migrate(database_url)
    engine = create_engine(database_url)
    row = (
        "INSERT INTO audit (at, who_name, act, object, facts, reason, address) "
        "VALUES (1, 'somebody', 'sign_in', 'user:1', '{}', '', '')"
    )
    with engine.begin() as connection:
        connection.execute(text(row))
    for change in ("UPDATE audit SET who_name = 'nobody'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="never changed"), engine.begin() as connection:
            connection.execute(text(change))
    engine.dispose()
