"""PostgreSQL is killed in the middle of calls and comes back: nothing committed is lost."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lianxi.db.base import Table
from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.session import Database
from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_inputs import AgentStateAsked, HangUpAsked
from lianxi.engine.messages.events import ContactBegan, ContactEnded
from lianxi.engine.messages.values import Intent
from lianxi.journal.store import PostgresJournal
from lianxi.runtime import mending
from lianxi.runtime.clock import now
from lianxi.settings import Home
from tests.builders.centre import ANNA, BEN, DIRECT
from tests.fixtures.tables import load_all_tables
from tests.runtime.house import House

pytestmark = pytest.mark.db


class Server:
    """A PostgreSQL of this test's own, which may be killed."""

    def __init__(self, folder: Path) -> None:
        home = Home(root=folder / "home", cache=folder / "cache")
        home.make()
        self.is_up = asyncio.Event()
        self.postgres = EmbeddedPostgres(home, on_up=self.is_up.set)

    async def dies_and_comes_back(self) -> None:
        """Kill the server as the kernel would; its keeper starts another one."""
        self.is_up.clear()
        assert self.postgres.pid is not None
        os.kill(self.postgres.pid, signal.SIGKILL)
        async with asyncio.timeout(30):
            await self.is_up.wait()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path)
    await server.postgres.start()
    yield server
    await server.postgres.stop()


@pytest.fixture
async def house(server: Server, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.setattr(mending, "EVERY_S", 0.1)
    load_all_tables()
    database = Database(server.postgres.url())
    async with database.engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    await database.close()
    house = House(server.postgres.url())
    yield house
    await house.close()


async def test_acd_52_calls_go_on_when_the_database_is_killed_and_comes_back(
    server: Server, house: House
) -> None:
    """A lock in the database stalled distribution: FS-10299, Issabel changelog."""
    # Given a conversation, and a caller who waits
    board, _ = house.opens()
    await board.is_leading.wait()
    await house.agent_is_ready()
    talking = await house.call_connected()
    waiting = house.world.caller_arrives(dialled=DIRECT)
    await house.written(ContactBegan, contact=waiting)
    journal = PostgresJournal(house.url)
    before = await journal.read(0)
    # When the database dies, and the waiting caller hangs up meanwhile
    dying = asyncio.create_task(server.dies_and_comes_back())
    await house.lost_lead(board)
    house.world.caller_hangs_up(waiting)
    await dying
    await board.is_leading.wait()
    # Then nothing that was committed is lost
    assert (await journal.read(0))[: len(before)] == before
    # And the agent can end the conversation, the first try answered already
    hang_up = HangUpAsked(at=now(), agent=ANNA, contact=talking)
    assert (await house.ask(hang_up)).refused is None
    await house.written(ContactEnded, contact=talking)
    await house.written(ContactEnded, contact=waiting)
    # And a new caller gets another agent
    await house.agent_is_ready(BEN)
    await house.call_connected(BEN)
    state = await house.level(board)
    assert Engine(line.event for line in house.lines).state == state
    await journal.close()


async def test_what_is_asked_while_the_database_restarts_waits_for_it(
    server: Server, house: House
) -> None:
    board, _ = house.opens()
    await board.is_leading.wait()
    await house.agent_is_ready()
    dying = asyncio.create_task(server.dies_and_comes_back())
    await house.lost_lead(board)
    wish = AgentStateAsked(at=now(), agent=ANNA, to=Intent.NOT_READY, reason="break")
    assert (await house.ask(wish)).refused is None
    await dying
