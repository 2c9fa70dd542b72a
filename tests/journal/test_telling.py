"""Words about what was stored: carried along, lost, or too long, nobody waits in vain."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.agent_inputs import AgentLeft, WrapUpNoted
from lianxi.engine.messages.values import Intent
from lianxi.journal import inbox
from lianxi.journal.codec import encoded
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Answer, Asked, Step
from lianxi.journal.inbox import CHANNEL, Inbox
from lianxi.journal.inbox_reading import InboxReader
from lianxi.journal.store import PostgresJournal
from lianxi.journal.teller import Teller
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant
from lianxi.runtime.clock import now

pytestmark = pytest.mark.db

LEFT = AgentLeft(at=Instant(5), agent=AgentId("8001"))
READY = AgentIntentChanged(at=Instant(7), agent=AgentId("8001"), intent=Intent.READY)
NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:1/none"


class Readers:
    """A reader of the inbox, and what it handed out."""

    def __init__(self, url: str) -> None:
        self.handed: asyncio.Queue[Asked] = asyncio.Queue()
        self.inbox = Inbox(url, now)
        self.tasks = [
            asyncio.create_task(InboxReader(url, now).run(self.handed.put_nowait)),
            asyncio.create_task(self.inbox.run()),
        ]

    async def next(self) -> Asked:
        async with asyncio.timeout(10):
            return await self.handed.get()


@pytest.fixture
async def readers(database: Database) -> AsyncIterator[Readers]:
    readers = Readers(database.url)
    yield readers
    for task in readers.tasks:
        task.cancel()
    await asyncio.gather(*readers.tasks, return_exceptions=True)
    await readers.inbox.close()


async def answer(url: str, asked: Asked) -> None:
    journal = PostgresJournal(url)
    step = Step(events=[READY], cause=asked.number)
    await journal.append([step], [Answer(number=asked.number, refused=None)])
    await journal.close()


async def test_a_row_too_long_for_a_word_is_read_from_the_table(
    readers: Readers, database: Database
) -> None:
    note = WrapUpNoted(at=Instant(5), agent=AgentId("1"), contact=ContactId("c"), note="注" * 9_000)
    asking = asyncio.create_task(readers.inbox.ask(note))
    asked = await readers.next()
    assert asked.given == note
    await answer(database.url, asked)
    assert (await asking).refused is None


async def test_a_row_told_of_twice_is_handed_out_once(readers: Readers, database: Database) -> None:
    asking = asyncio.create_task(readers.inbox.ask(LEFT, "k"))
    first = await readers.next()
    async with await connect(database.url) as connection:
        word = f"{first.number} 5 {encoded(LEFT)}"
        await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, word))
        await connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
    again = asyncio.create_task(readers.inbox.ask(LEFT, "k"))
    other = asyncio.create_task(readers.inbox.ask(LEFT, "l"))
    second = await readers.next()
    assert second.number != first.number
    for asked in (first, second):
        await answer(database.url, asked)
    assert (await asking).events == (await again).events
    assert (await other).events != (await asking).events
    assert readers.handed.empty()


async def test_an_answer_that_nobody_told_of_is_found(
    readers: Readers, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "WAIT_S", 60.0)
    asking = asyncio.create_task(readers.inbox.ask(LEFT))
    asked = await readers.next()
    async with await connect(database.url) as connection:
        await connection.execute(
            "UPDATE journal_inbox SET answered_at = 5, refused = 'offer_over' WHERE number = %s",
            (asked.number,),
        )
    async with asyncio.timeout(20):
        assert (await asking).refused == "offer_over"


async def test_a_commit_that_does_not_wait_for_the_disk_is_still_a_commit(
    database: Database,
) -> None:
    async with await connect(database.url, waits_for_disk=False) as quick:
        cursor = await quick.execute("SHOW synchronous_commit")
        assert await cursor.fetchone() == ("off",)
    async with await connect(database.url) as usual:
        cursor = await usual.execute("SHOW synchronous_commit")
        assert await cursor.fetchone() == ("on",)


async def test_a_teller_whose_connection_broke_tells_by_another_one(database: Database) -> None:
    teller = Teller(database.url)
    async with await connect(database.url) as hearing:
        await hearing.execute("LISTEN words")

        async def heard() -> str:
            async with asyncio.timeout(10):
                told = [told.payload async for told in hearing.notifies(stop_after=1)]
            return told[0]

        teller.tell("words", "one")
        assert await heard() == "one"
        await hearing.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE '%unnest%' "
            "AND pid <> pg_backend_pid()"
        )
        teller.tell("words", "two")
        assert await heard() == "two"
    await teller.close()


async def test_a_teller_without_a_database_harms_nobody() -> None:
    teller = Teller(NOWHERE)
    teller.tell("words", "one")
    await teller.close()
    teller.tell("words", "two")
    await teller.close()


async def test_of_words_that_follow_fast_the_newest_is_told(database: Database) -> None:
    teller = Teller(database.url)
    async with await connect(database.url) as hearing:
        await hearing.execute("LISTEN places")
        for place in range(500):
            teller.tell_newest("places", str(place))
            await asyncio.sleep(0)
        heard: list[int] = []
        async with asyncio.timeout(10):
            while 499 not in heard:
                heard += [int(told.payload) async for told in hearing.notifies(stop_after=1)]
    assert heard == sorted(heard)
    assert len(heard) < 250
    await teller.close()


async def test_the_newest_word_is_told_before_closing(database: Database) -> None:
    teller = Teller(database.url)
    async with await connect(database.url) as hearing:
        await hearing.execute("LISTEN places")
        teller.tell_newest("places", "1")
        teller.tell_newest("places", "2")
        teller.tell_newest("places", "3")
        await teller.close()
        async with asyncio.timeout(10):
            told = ""
            while told != "3":
                async for word in hearing.notifies(stop_after=1):
                    told = word.payload
