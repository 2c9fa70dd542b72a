"""Migrations lead to exactly the tables the code declares, once and again, on any database."""

import asyncio

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from lianxi.db.base import Table
from lianxi.db.migrating import migrate
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
