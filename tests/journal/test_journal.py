"""The journal's contract, on PostgreSQL and in memory, and the durable inbox."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from lianxi.db.base import Table
from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.agent_inputs import AgentLeft
from lianxi.engine.messages.events import OfferRang, SwitchChanged
from lianxi.engine.messages.values import Intent
from lianxi.engine.snapshot import frozen
from lianxi.journal import inbox as inbox_module
from lianxi.journal.contracts import Answer, Asked, Journal, JournalBroken, Recorded, Step
from lianxi.journal.inbox import Inbox
from lianxi.journal.inbox_reading import InboxReader
from lianxi.journal.memory import MemoryJournal
from lianxi.journal.models import JournalRow
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.errors import DatabaseAway
from lianxi.kernel.ids import AgentId, ContactId, OfferId
from lianxi.kernel.time import Instant

pytestmark = pytest.mark.db

READY = AgentIntentChanged(at=Instant(7), agent=AgentId("8001"), intent=Intent.READY)
RANG = OfferRang(at=Instant(8), offer=OfferId("o1"), contact=ContactId("c1"), agent=AgentId("8001"))


@pytest.fixture
async def url(database_url: str) -> str:
    """An empty database with the tables."""
    assert JournalRow.__tablename__ in Table.metadata.tables
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    await engine.dispose()
    return database_url


@pytest.fixture(params=["postgresql", "memory"])
async def journal(request: pytest.FixtureRequest, url: str) -> AsyncIterator[Journal]:
    """Each contract test runs on both."""
    if request.param == "memory":
        yield MemoryJournal()
        return
    store = PostgresJournal(url)
    yield store
    await store.close()


async def test_lines_are_numbered_without_holes_and_read_back_as_written(journal: Journal) -> None:
    await journal.append([Step(events=[READY, RANG]), Step(events=[])])
    await journal.append([Step(events=[SwitchChanged(at=Instant(9), generation="g")], cause=4)])
    lines = await journal.read(after=0)
    assert [line.position for line in lines] == [1, 2, 3]
    assert [line.event for line in lines][:2] == [READY, RANG]
    assert [line.stream for line in lines] == ["agent:8001", "contact:c1", "switch"]
    assert [line.cause for line in lines] == [None, None, 4]
    assert await journal.last_position() == 3
    assert await journal.stream("contact:c1") == [lines[1]]
    assert await journal.read(after=2) == [lines[2]]


async def test_a_follower_sees_what_was_there_and_what_comes(journal: Journal) -> None:
    await journal.append([Step(events=[READY])])
    seen: list[Recorded] = []
    both = asyncio.Event()

    async def follow() -> None:
        async for batch in journal.follow(after=0):
            seen.extend(batch)
            if len(seen) == 2:
                both.set()

    follower = asyncio.create_task(follow())
    await journal.append([Step(events=[RANG])])
    await both.wait()
    follower.cancel()
    assert [line.event for line in seen] == [READY, RANG]


async def test_a_second_writer_is_refused_and_nothing_of_it_is_kept(url: str) -> None:
    first, second = PostgresJournal(url), PostgresJournal(url)
    await first.append([Step(events=[READY])])
    await second.append([Step(events=[READY])])
    with pytest.raises(JournalBroken):
        await first.append([Step(events=[RANG, RANG])])
    assert await second.last_position() == 2
    await first.close()
    await second.close()


async def test_an_asked_input_is_answered_once_for_both_clicks(url: str) -> None:
    given = AgentLeft(at=Instant(5), agent=AgentId("8001"))
    inbox = Inbox(url, now=lambda: Instant(5))
    journal = PostgresJournal(url)
    handed: list[Asked] = []

    async def answer(asked: Asked) -> None:
        handed.append(asked)
        await journal.append(
            [Step(events=[READY], cause=asked.number)], [Answer(number=asked.number, refused=None)]
        )

    async with asyncio.TaskGroup() as group:

        def hand_out(asked: Asked) -> None:
            group.create_task(answer(asked))

        hearing = group.create_task(inbox.run())
        driver = group.create_task(InboxReader(url, lambda: Instant(5)).run(hand_out))
        once, twice = await asyncio.gather(inbox.ask(given, "k1"), inbox.ask(given, "k1"))
        later = await inbox.ask(given, "k1")
        hearing.cancel()
        driver.cancel()
    assert [a.given for a in handed] == [given]
    assert once == twice == later
    assert [line.event for line in once.events] == [READY]
    await inbox.close()
    await journal.close()


async def test_asking_without_a_database_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "WAIT_S", 0.3)
    inbox = Inbox("postgresql+psycopg://nobody@127.0.0.1:1/none", now=lambda: Instant(5))
    inbox._listening.set()
    with pytest.raises(DatabaseAway):
        await inbox.ask(AgentLeft(at=Instant(5), agent=AgentId("8001")))


async def test_a_snapshot_gives_the_state_back_and_old_ones_go(url: str) -> None:
    engine = Engine()
    engine.state.counters["offer"] = 3
    snapshots = Snapshots(url)
    assert await snapshots.newest() is None
    for position in range(1, 6):
        await snapshots.keep(position, frozen(engine.state), Instant(1))
    assert await snapshots.newest() == (5, engine.state)
    async with await psycopg.AsyncConnection.connect(url.replace("+psycopg", "")) as connection:
        found = await (await connection.execute("SELECT count(*) FROM journal_snapshot")).fetchone()
    assert found == (3,)
