"""What happens to a switchboard when a part of it has a fault, and at the edges of a crash."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from lianxi.channels.fake.switch import FakeSwitch
from lianxi.db.session import Database
from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_events import AgentCame
from lianxi.engine.messages.agent_inputs import HangUpAsked
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.inputs import DigitPressed
from lianxi.engine.messages.sighting import Sighting
from lianxi.engine.snapshot import frozen
from lianxi.journal.contracts import Step
from lianxi.journal.signals import LIFE, Life, hear
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant
from lianxi.runtime import mending, switchboard, watchdog
from lianxi.runtime.clock import now
from lianxi.runtime.leadership import leadership
from lianxi.runtime.quarantine import ALARM
from lianxi.runtime.rebuilding import last_moment, rebuild
from tests.builders.centre import ANNA, BEN, DIRECT, Centre
from tests.runtime.house import WITHIN_S, House, rows

pytestmark = pytest.mark.db


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    house = House(database.url)
    yield house
    await house.close()


async def alarm_heard(url: str, wanted: str) -> None:
    """Wait for a sign of life with an alarm."""
    async for word in hear(url, [LIFE]):
        if isinstance(word, Life) and word.alarm == wanted:
            return


async def test_a_fault_of_the_channel_starts_a_new_driver_and_not_the_process(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a switch whose first sighting makes it stumble
    monkeypatch.setattr(mending, "EVERY_S", 0.05)
    stumbles = [True]
    belief = FakeSwitch.belief

    async def stumbling(switch: FakeSwitch) -> Sighting:
        if stumbles and house.lines:
            stumbles.clear()
            raise KeyError("a fault of ours")
        return await belief(switch)

    monkeypatch.setattr(FakeSwitch, "belief", stumbling)
    board, running = house.opens()
    await house.lost_lead(board)
    # Then another Driver goes on
    async with asyncio.timeout(WITHIN_S):
        await board.is_leading.wait()
    house.world.caller_arrives(dialled=DIRECT)
    await house.written(ContactBegan)
    assert not running.done()


async def test_an_asked_input_that_the_engine_cannot_digest_is_refused_and_alarms(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a fault in the engine, and a conversation
    step = Engine.step

    def clumsy(engine: Engine, given: Input) -> list[Event]:
        if isinstance(given, DigitPressed):
            engine.state.contacts.clear()
            raise ZeroDivisionError
        return step(engine, given)

    monkeypatch.setattr(Engine, "step", clumsy)
    board, _ = house.opens()
    await board.is_leading.wait()
    await house.agent_is_ready()
    contact = await house.call_connected()
    driver = board.driver
    # When the fault is asked for
    alarm = asyncio.create_task(alarm_heard(house.url, ALARM))
    asked = await house.ask(DigitPressed(at=now(), contact=contact, digit="1"))
    # Then it is refused, everything else goes on, and the alarm is heard
    assert asked.refused == "internal_fault"
    hang_up = HangUpAsked(at=now(), agent=ANNA, contact=contact)
    assert (await house.ask(hang_up)).refused is None
    async with asyncio.timeout(WITHIN_S):
        await alarm
    # And it was one Driver all the time
    state = await house.level(board)
    assert state == Engine(line.event for line in house.lines).state
    assert board.driver is driver
    assert len(await rows(house.url, "SELECT 1 FROM journal_inbox WHERE refused IS NOT NULL")) == 1


async def test_a_pair_that_a_new_start_does_not_help_becomes_an_alarm(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given an engine that forgets to make offers
    monkeypatch.setattr(watchdog, "TOO_LONG_MS", 50)
    monkeypatch.setattr(watchdog, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(switchboard, "START_AGAIN_S", 0.05)
    monkeypatch.setattr("lianxi.engine.acd.offering.next_offers", lambda state, at: [])
    alarm = asyncio.create_task(alarm_heard(house.url, switchboard.STANDS_STILL))
    board, _ = house.opens()
    await board.is_leading.wait()
    house.world.caller_arrives(dialled=DIRECT)
    await house.agent_is_ready()
    # Then the Driver starts anew, and having seen that this is no help, goes on with an alarm
    async with asyncio.timeout(WITHIN_S):
        await alarm
        await board.is_leading.wait()
    assert board.driver is not None


async def test_the_next_leader_begins_after_the_last_transaction_of_the_one_before(
    database: Database,
) -> None:
    # Given a leader that vanishes while its last transaction is under way
    async with leadership(database.url) as former:
        await former.append([Step(events=[AgentCame(**CAME)])])  # type: ignore[arg-type]
        connection = former._writing
        assert connection is not None
        slow = (
            "BEGIN; INSERT INTO journal (position, at, stream, type, payload) "
            "SELECT 2, at, stream, type, payload FROM journal; SELECT pg_sleep(0.7); COMMIT"
        )
        connection.pgconn.send_query(slow.encode())
        connection.pgconn.finish()
    # When another one leads, Then that transaction is over: committed, in this case
    async with leadership(database.url) as journal:
        assert await journal.last_position() == 2
        (line,) = await journal.append([Step(events=[AgentCame(**CAME)])])  # type: ignore[arg-type]
        assert line.position == 3


CAME = {
    "at": Instant(5),
    "agent": ANNA,
    "no": "8001",
    "name": "Anna",
    "team": "t1",
    "session": "tab",
    "device": "browser",
    "endpoint": "ag-8001",
}


async def test_a_start_reads_only_what_came_after_the_newest_snapshot(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a day in the journal, with a snapshot in the middle of it
    centre = Centre()
    centre.talk(ANNA, "c1")
    middle = len(centre.journal)
    state = frozen(centre.state)
    centre.ends(ANNA, "c1")
    centre.calls("c2")
    journal, snapshots = PostgresJournal(database.url), Snapshots(database.url)
    await journal.append([Step(events=centre.journal)])
    await snapshots.keep(middle, state, Instant(9))
    asked: list[int] = []
    read = journal.read

    async def reading(after: int, limit: int = 1000) -> object:
        asked.append(after)
        return await read(after, limit)

    monkeypatch.setattr(journal, "read", reading)
    engine, position = await rebuild(journal, snapshots)
    assert asked[0] == middle
    assert (engine.state, position) == (centre.state, len(centre.journal))
    assert await last_moment(journal, position) == centre.journal[-1].at
    await journal.close()


async def test_a_snapshot_that_cannot_be_read_means_replaying_all(database: Database) -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    journal, snapshots = PostgresJournal(database.url), Snapshots(database.url)
    await journal.append([Step(events=centre.journal)])
    await snapshots.keep(5, b"\xc1 no state", Instant(9))
    engine, _ = await rebuild(journal, snapshots)
    assert engine.state == centre.state
    await journal.close()


async def sessions(url: str) -> int:
    """How many sessions the database has besides the one that asks."""
    found = await rows(url, "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()")
    return len(found) - 1


async def test_nothing_stays_open_after_a_stop(house: House) -> None:
    async def a_day(agent: AgentId) -> int:
        board, running = house.opens()
        await board.is_leading.wait()
        await house.agent_is_ready(agent)
        await house.call_connected(agent)
        await house.stop(running)
        return len(asyncio.all_tasks())

    tasks = await a_day(ANNA)
    first = await sessions(house.url)
    assert await a_day(BEN) == tasks
    async with asyncio.timeout(WITHIN_S):
        # poll: a session ends a moment after its socket was closed, and tells nobody
        while await sessions(house.url) > first:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
