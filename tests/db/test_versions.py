"""A centre of before the reports goes on with its rows on each PostgreSQL that we promise."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.cluster import MAJOR
from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import configuration, migrate
from lianxi.db.session import Database
from lianxi.journal.contracts import Step
from lianxi.journal.store import PostgresJournal
from lianxi.projections.projector import NAME, TABLES, Projector
from tests.builders.declared import check_declared
from tests.builders.filled import contents, fill
from tests.builders.folded import folded, in_hand, in_tables
from tests.builders.fuzzed import EVERYTHING, a_day
from tests.builders.older_postgres import OLDEST, debian_programs, server_of

pytestmark = pytest.mark.db

BEFORE_REPORTS = "0008"
FACTS = {table.__tablename__ for table in TABLES}
Found = TypeVar("Found")


@pytest.fixture(scope="module", params=[OLDEST, MAJOR])
async def server(
    request: pytest.FixtureRequest,
    postgres: EmbeddedPostgres,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[str]:
    """The address of a server of each version."""
    version = request.param
    if version == MAJOR:
        yield postgres.url("postgres")
        return
    if not (debian_programs(version) / "initdb").exists():
        pytest.skip(
            f"PostgreSQL {version} is not on this machine, so nothing was tried on it; "
            f"on Debian: apt-get install postgresql-{version}"
        )
    async with server_of(debian_programs(version), tmp_path_factory.mktemp("older")) as address:
        assert await _within(address, _version) // 10_000 == int(version)
        yield address


def _version(connection: Connection) -> int:
    return int(connection.scalar(text("SHOW server_version_num")) or 0)


async def _within(url: str, work: Callable[[Connection], Found]) -> Found:
    """One transaction."""

    def working() -> Found:
        engine = create_engine(url)
        with engine.begin() as connection:
            found = work(connection)
        engine.dispose()
        return found

    return await asyncio.to_thread(working)


def _to(revision: str) -> Callable[[Connection], None]:
    def upgrade(connection: Connection) -> None:
        wanted = configuration()
        wanted.attributes["connection"] = connection
        command.upgrade(wanted, revision)

    return upgrade


async def _new_database(server: str, name: str) -> str:
    def create() -> None:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()

    await asyncio.to_thread(create)
    return make_url(server).set(database=name).render_as_string(hide_password=False)


async def test_an_old_centre_keeps_what_people_made_and_folds_its_journal_anew(server: str) -> None:
    # Given a centre with a row in every table, that folded its journal before the reports
    url = await _new_database(server, "an_old_centre")
    await _within(url, _to(BEFORE_REPORTS))
    events = [line.event for line in a_day(EVERYTHING, 700)]
    async with _journal(url) as journal:
        await journal.append([Step(events=events)])
    await _within(url, _folded_to_the_end)
    before = await _within(url, fill)
    # When it is upgraded
    assert await migrate(url)
    # Then everything but facts is as it was
    after = await _within(url, contents)
    for table in before.keys() - FACTS - {"alembic_version", "projection_cursor"}:
        was = before[table]
        assert [{name: row[name] for name in was[0]} for row in after[table]] == was, table
    # And the facts are those that a new centre has from this journal
    async with _journal(url) as journal, _sessions(url) as sessions:
        assert await Projector(sessions, journal).catch_up() == len(events)
        assert await in_tables(sessions) == in_hand(folded(events))


@asynccontextmanager
async def _journal(url: str) -> AsyncIterator[PostgresJournal]:
    journal = PostgresJournal(url)
    try:
        yield journal
    finally:
        await journal.close()


@asynccontextmanager
async def _sessions(url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    database = Database(url, pool=1)
    try:
        yield database.sessions
    finally:
        await database.close()


def _folded_to_the_end(connection: Connection) -> None:
    cursor = text(
        "INSERT INTO projection_cursor (name, position) SELECT :name, max(position) FROM journal"
    )
    connection.execute(cursor, {"name": NAME})


async def test_each_step_finds_rows_in_every_table(server: str) -> None:
    """Centres upgrade from any version: no step may want its tables empty."""
    url = await _new_database(server, "step_by_step")
    await _within(url, _to(BEFORE_REPORTS))
    later = ScriptDirectory.from_config(configuration()).iterate_revisions("head", BEFORE_REPORTS)
    for script in reversed(list(later)):
        await _within(url, fill)
        await _within(url, _to(script.revision))
    assert not await migrate(url)
    await asyncio.to_thread(check_declared, url)
