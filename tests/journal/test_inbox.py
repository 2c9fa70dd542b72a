"""The inbox: every row is handed out once, answered once, and both sides outlive the database."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.agent_events import AgentIntentChanged
from lianxi.engine.messages.agent_inputs import AgentLeft, WrapUpNoted
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import PlaybackEnded
from lianxi.engine.messages.values import Intent
from lianxi.journal import inbox as inbox_module
from lianxi.journal.codec import decoded_input, encoded
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Answer, Asked, Step
from lianxi.journal.inbox import Inbox, SwitchboardSilent, forget_old
from lianxi.journal.inbox_reading import LATE_MS, InboxReader
from lianxi.journal.signals import BEATS, Beat, Beats, Changed, Life, Speaker, hear
from lianxi.journal.store import ANSWERS, PostgresJournal
from lianxi.kernel.errors import DatabaseAway
from lianxi.kernel.ids import AgentId, ContactId, PlaybackId
from lianxi.kernel.time import Instant
from lianxi.runtime.clock import now
from lianxi.runtime.enduring import endure

pytestmark = pytest.mark.db

LEFT = AgentLeft(at=Instant(5), agent=AgentId("8001"))
NOTED = WrapUpNoted(at=Instant(5), agent=AgentId("8001"), contact=ContactId("c1"), note="n")
READY = AgentIntentChanged(at=Instant(7), agent=AgentId("8001"), intent=Intent.READY)
LISTENS = "query LIKE 'LISTEN lianxi_answers%'"
Connection = psycopg.AsyncConnection[tuple[object, ...]]


class Desk:
    """Somebody who asks, and somebody who reads and answers when told to."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.inbox = Inbox(url, now)
        self.journal = PostgresJournal(url)
        self.handed: asyncio.Queue[Asked] = asyncio.Queue()
        self._tasks = [asyncio.create_task(endure("inbox", self.inbox.run))]
        self._reading: list[asyncio.Task[None]] = []

    def reads(self) -> None:
        """A new reader, as a new Driver has."""
        for task in self._reading:
            task.cancel()
        reader = InboxReader(self.url, now)
        self._reading = [asyncio.create_task(reader.run(self.handed.put_nowait))]

    async def is_handed(self) -> Asked:
        async with asyncio.timeout(10):
            return await self.handed.get()

    async def answers(self, asked: Asked, refused: str | None = None) -> None:
        steps = [] if refused else [Step(events=[READY], cause=asked.number)]
        await self.journal.append(steps, [Answer(number=asked.number, refused=refused)])

    async def close(self) -> None:
        tasks = self._tasks + self._reading
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.inbox.close()
        await self.journal.close()


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    desk = Desk(database.url)
    yield desk
    await desk.close()


async def put(connection: Connection, given: Input, *, asked_at: Instant) -> int:
    """A row as an asker writes it."""
    cursor = await connection.execute(
        "INSERT INTO journal_inbox (asked_at, given) VALUES (%s, %s::jsonb) RETURNING number",
        (asked_at, encoded(given)),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(str(row[0]))


async def test_a_row_committed_after_a_higher_number_is_handed_out_too(desk: Desk) -> None:
    desk.reads()
    async with await connect(desk.url) as slow, await connect(desk.url) as quick:
        # Given a row with a lower number whose transaction takes its time
        async with slow.transaction():
            lower = await put(slow, LEFT, asked_at=now())
            higher = await put(quick, LEFT, asked_at=now())
            await quick.execute(f"NOTIFY {inbox_module.CHANNEL}")
            assert (await desk.is_handed()).number == higher
        # When it is committed after the higher one was read
        await slow.execute(f"NOTIFY {inbox_module.CHANNEL}")
        # Then it is handed out, and the other one not again
        assert (await desk.is_handed()).number == lower
    assert desk.handed.empty()


async def test_a_new_reader_gets_what_is_open_and_nothing_that_was_answered(desk: Desk) -> None:
    desk.reads()
    first = asyncio.create_task(desk.inbox.ask(LEFT))
    await desk.answers(await desk.is_handed())
    await first
    second = asyncio.create_task(desk.inbox.ask(LEFT))
    asked = await desk.is_handed()
    desk.reads()
    assert await desk.is_handed() == asked
    await desk.answers(asked)
    await second
    assert desk.handed.empty()


async def test_an_answer_is_never_overwritten(desk: Desk) -> None:
    desk.reads()
    asking = asyncio.create_task(desk.inbox.ask(LEFT, "k"))
    asked = await desk.is_handed()
    await desk.answers(asked)
    await desk.answers(asked, refused="offer_over")
    assert (await asking).refused is None
    assert (await desk.inbox.ask(LEFT, "k")).refused is None


async def test_a_row_that_cannot_be_read_is_handed_out_to_be_refused(desk: Desk) -> None:
    async with await connect(desk.url) as connection:
        for text in ('{"type": "of_tomorrow"}', '["no object"]', '{"type": "agent_left", "at": 5}'):
            await connection.execute(
                "INSERT INTO journal_inbox (asked_at, given) VALUES (5, %s::jsonb)", (text,)
            )
        await put(connection, LEFT, asked_at=now())
    desk.reads()
    handed = [await desk.is_handed() for _ in range(4)]
    assert [asked.refused for asked in handed] == ["not_understood"] * 3 + [""]
    assert [asked.given for asked in handed] == [None, None, None, LEFT]


async def test_what_a_person_asked_long_before_the_start_is_not_done_any_more(desk: Desk) -> None:
    long_ago = Instant(now() - LATE_MS - 1)
    told = PlaybackEnded(at=Instant(5), contact=ContactId("c1"), playback=PlaybackId("p1"))
    async with await connect(desk.url) as connection:
        await put(connection, NOTED, asked_at=long_ago)
        await put(connection, told, asked_at=long_ago)
        await put(connection, NOTED, asked_at=Instant(now() - 2_000))
        desk.reads()
        handed = [await desk.is_handed() for _ in range(3)]
        assert [asked.refused for asked in handed] == ["asked_too_late", "", ""]
        # While a reader runs, a clock that was set wrong refuses nobody
        await put(connection, NOTED, asked_at=long_ago)
        await connection.execute(f"NOTIFY {inbox_module.CHANNEL}")
    assert (await desk.is_handed()).given == NOTED


async def test_an_answer_given_while_nobody_listened_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "WAIT_S", 60.0)
    # Given somebody who asks and waits
    desk.reads()
    asking = asyncio.create_task(desk.inbox.ask(LEFT))
    asked = await desk.is_handed()
    # When the connection that hears answers is lost, and the answer is given meanwhile
    async with await connect(desk.url) as connection:
        await connection.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {LISTENS}"
        )
    await desk.answers(asked)
    # Then it is found, and well before the time is up
    async with asyncio.timeout(20):
        assert len((await asking).events) == 1


async def test_asking_goes_on_over_a_connection_that_broke_meanwhile(desk: Desk) -> None:
    desk.reads()

    async def ask() -> None:
        asking = asyncio.create_task(desk.inbox.ask(LEFT))
        await desk.answers(await desk.is_handed())
        await asking

    await ask()
    async with await connect(desk.url) as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
            f"query LIKE '%FROM journal%' AND NOT {LISTENS} AND pid <> pg_backend_pid() "
            "AND datname = current_database() AND query NOT LIKE '%answered_at IS NULL%'"
        )
    await ask()


async def test_no_answer_in_time_says_so_and_the_same_key_gets_it_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "WAIT_S", 0.3)
    with pytest.raises(SwitchboardSilent):
        await desk.inbox.ask(LEFT, "k")
    assert desk.inbox._waiting == {}
    desk.reads()
    await desk.answers(await desk.is_handed())
    monkeypatch.setattr(inbox_module, "WAIT_S", 5.0)
    assert len((await desk.inbox.ask(LEFT, "k")).events) == 1


async def test_asking_while_nobody_hears_answers_is_refused_and_writes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "WAIT_S", 0.2)
    inbox = Inbox(database.url, now)
    with pytest.raises(DatabaseAway):
        await inbox.ask(LEFT)
    async with await connect(database.url) as connection:
        cursor = await connection.execute("SELECT 1 FROM journal_inbox")
        assert await cursor.fetchall() == []
    await inbox.close()


async def test_a_stray_word_on_the_channel_of_answers_harms_nobody(desk: Desk) -> None:
    desk.reads()
    asking = asyncio.create_task(desk.inbox.ask(LEFT))
    asked = await desk.is_handed()
    async with await connect(desk.url) as connection:
        await connection.execute(f"NOTIFY {ANSWERS}, 'nonsense'")
        await connection.execute(f"NOTIFY {ANSWERS}, '{asked.number}'")
    await desk.answers(asked)
    assert len((await asking).events) == 1


async def test_rows_answered_long_ago_are_forgotten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox_module, "FORGET_AT_ONCE", 2)
    async with await connect(desk.url) as connection:
        for answered_at in (1, 2, 3, now(), None):
            await connection.execute(
                "INSERT INTO journal_inbox (asked_at, given, answered_at) VALUES (1, '{}', %s)",
                (answered_at,),
            )
        assert await forget_old(desk.url) == 3
        cursor = await connection.execute("SELECT answered_at IS NULL FROM journal_inbox")
        assert await cursor.fetchall() == [(False,), (True,)]


async def test_a_note_with_a_character_the_database_has_no_place_for_is_kept(desk: Desk) -> None:
    given = WrapUpNoted(
        at=Instant(5), agent=AgentId("1"), contact=ContactId("c"), note="a\0\0b \\u0000 \\\0"
    )
    assert decoded_input(encoded(given)).note == "a\ufffd\ufffdb \\u0000 \\\ufffd"  # type: ignore[attr-defined]
    async with await connect(desk.url) as connection:
        await put(connection, given, asked_at=now())
    desk.reads()
    assert (await desk.is_handed()).refused == ""


async def test_words_that_cannot_be_read_are_left_out(database: Database) -> None:
    first, last = (Beats(beats=(Beat(agent=who, session="s"),)) for who in ("first", "last"))
    heard: list[Beats | Life | Changed] = []
    listening = asyncio.Event()

    async def listen() -> None:
        async for word in hear(database.url, [BEATS]):
            heard.append(word)
            listening.set()
            if word == last:
                return

    task = asyncio.create_task(listen())
    speaker = Speaker(database.url)
    async with asyncio.timeout(10), await connect(database.url) as connection:
        while not listening.is_set():
            await speaker.say(BEATS, first)
            await asyncio.wait([asyncio.create_task(listening.wait())], timeout=0.05)
        await connection.execute(f"NOTIFY {BEATS}, 'nonsense'")
        await speaker.say(BEATS, last)
        await task
    await speaker.close()
    assert heard[-1] == last
