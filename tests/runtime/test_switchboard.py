"""The switchboard outlives itself, its database and its rivals."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from lianxi.db.session import Database
from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_inputs import AgentStateAsked, HoldAsked
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactEnded,
    SwitchChanged,
)
from lianxi.engine.messages.holding import ContactHeld
from lianxi.engine.messages.values import Intent, LegCause
from lianxi.journal.connecting import connect
from lianxi.journal.inbox import CHANNEL
from lianxi.runtime import mending
from lianxi.runtime.clock import now
from lianxi.runtime.leadership import leadership
from tests.builders.centre import ANNA, DIRECT
from tests.runtime.house import FOLLOWS, HOLDS_THE_LOCK, WITHIN_S, House, rows

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reconciler looks more often than in a centre."""
    monkeypatch.setattr(mending, "EVERY_S", 0.1)


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    house = House(database.url)
    yield house
    await house.close()


async def test_a_restart_in_the_middle_of_a_call_takes_it_over(house: House) -> None:
    # Given a conversation
    board, running = house.opens()
    await board.is_leading.wait()
    await house.agent_is_ready()
    contact = await house.call_connected()
    # When the switchboard is started anew
    await house.stop(running)
    assert not board.is_leading.is_set()
    board, _ = house.opens()
    await board.is_leading.wait()
    # Then the agent goes on with it
    assert (await house.ask(HoldAsked(at=now(), agent=ANNA, contact=contact))).refused is None
    await house.written(ContactHeld, contact=contact)
    assert len(await house.written(SwitchChanged)) == 1
    # And what the state says is what the journal says
    state = await house.level(board)
    assert state == Engine(line.event for line in house.lines).state


async def test_a_call_that_ended_while_nobody_led_ends_after_the_start(house: House) -> None:
    board, running = house.opens()
    await board.is_leading.wait()
    await house.agent_is_ready()
    contact = await house.call_connected()
    await house.stop(running)
    house.world.caller_hangs_up(contact)
    house.opens()
    (ended,) = await house.written(ContactEnded, contact=contact)
    assert ended.cause is LegCause.GONE


async def test_what_was_asked_while_nobody_led_is_answered_afterwards(house: House) -> None:
    board, running = house.opens()
    await board.is_leading.wait()
    await house.agent_is_ready()
    await house.stop(running)
    async with await connect(house.url) as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        wish = AgentStateAsked(at=now(), agent=ANNA, to=Intent.NOT_READY, reason="break")
        asking = asyncio.create_task(house.ask(wish, "once"))
        async for _ in connection.notifies(stop_after=1):
            pass
    house.opens()
    outcome = await asking
    assert outcome.refused is None
    assert [line.event.agent for line in outcome.events] == [ANNA]  # type: ignore[attr-defined]


async def test_of_two_switchboards_one_leads_and_the_other_goes_on_when_it_is_lost(
    house: House,
) -> None:
    # Given two, of which one leads
    first, _ = house.opens()
    await first.is_leading.wait()
    await house.agent_is_ready()
    contact = await house.call_connected()
    second, _ = house.opens()
    assert await rows(house.url, f"SELECT pid FROM pg_stat_activity WHERE {HOLDS_THE_LOCK}")
    assert not second.is_leading.is_set()
    # When the leader's connection is lost
    assert await house.terminate(HOLDS_THE_LOCK) == 1
    # Then the other one leads, and goes on with the call
    async with asyncio.timeout(WITHIN_S):
        await second.is_leading.wait()
    assert (await house.ask(HoldAsked(at=now(), agent=ANNA, contact=contact))).refused is None
    await house.written(ContactHeld, contact=contact)
    assert not first.is_leading.is_set()
    assert first.driver is None


async def test_a_leader_that_lost_its_lock_ends_though_nothing_happens(house: House) -> None:
    board, _ = house.opens()
    await board.is_leading.wait()
    former = board.driver
    await house.terminate(HOLDS_THE_LOCK)
    await house.lost_lead(board)
    async with asyncio.timeout(WITHIN_S):
        await board.is_leading.wait()
    assert board.driver is not former


async def test_who_lost_the_lock_cannot_write(house: House) -> None:
    async with leadership(house.url) as former:
        await house.terminate(HOLDS_THE_LOCK)
        async with leadership(house.url):
            with pytest.raises(psycopg.OperationalError):
                await former.tell("any", "")


async def test_a_lost_follower_goes_on_where_it_stopped(house: House) -> None:
    board, _ = house.opens()
    await board.is_leading.wait()
    house.world.caller_arrives(dialled=DIRECT)
    await house.written(ContactBegan)
    assert await house.terminate(FOLLOWS) >= 1
    house.world.caller_arrives(dialled=DIRECT)
    await house.written(ContactBegan, 2)
    positions = [line.position for line in house.lines]
    assert positions == list(range(1, len(positions) + 1))
