"""What is decided is told: after the commit, once, again when nobody took it, never for ever."""

import asyncio

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.outbox import facade
from lianxi.office.outbox.contracts import Message, OutboxState, Posted, TellingFailed
from lianxi.office.outbox.jobs import Postman
from lianxi.office.outbox.rules import GIVEN_UP_AFTER_MS, LEASE_MS, next_try

pytestmark = pytest.mark.db

HELLO = Message(topic="mail", subject="case:1", body={"text": "hello"})


class World:
    """Takes messages, or does not."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.at = Instant(1_000_000)
        self.told: list[str] = []
        self.refuses: TellingFailed | None = None
        self.postman = Postman(database.sessions, {"mail": self.tell}, lambda: self.at)

    async def tell(self, message: Posted) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.told.append(message.body["text"])

    async def put(self, *messages: Message, after: Instant | None = None) -> None:
        async with self.database.sessions.begin() as session:
            await facade.put(session, messages, self.at, after=after)

    async def seen(self) -> Posted:
        async with self.database.sessions() as session:
            return (await facade.of(session, "case:1"))[-1]


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


async def test_a_message_is_told_once(world: World) -> None:
    await world.put(HELLO)
    assert [await world.postman.round() for _ in range(2)] == [1, 0]
    assert world.told == ["hello"]
    assert (await world.seen()).state is OutboxState.TOLD


async def test_what_was_rolled_back_is_never_told(world: World) -> None:
    async with world.database.sessions() as session:
        await facade.put(session, HELLO, world.at)
    assert await world.postman.round() == 0


async def test_a_message_waits_for_its_time_and_for_its_teller(world: World) -> None:
    later = Instant(world.at + 10)
    await world.put(HELLO, after=later)
    await world.put(Message(topic="pigeon", subject="case:2", body={}))
    assert await world.postman.round() == 0
    world.at = later
    assert await world.postman.round() == 1


async def test_the_same_key_is_the_same_message(world: World) -> None:
    once = Message(topic="mail", subject="case:1", body={"text": "due"}, key="case:1 due")
    await world.put(once, once)
    await world.put(once)
    await world.postman.round()
    assert world.told == ["due"]


async def test_two_postmen_tell_a_message_once(world: World) -> None:
    await world.put(*[HELLO] * 120)
    other = Postman(world.database.sessions, {"mail": world.tell}, lambda: world.at)
    while sum(await asyncio.gather(world.postman.round(), other.round())):
        pass
    assert len(world.told) == 120


async def test_what_is_not_taken_is_tried_again_later_and_later(world: World) -> None:
    await world.put(HELLO)
    world.refuses = TellingFailed("the mail server is away")
    await world.postman.round()
    seen = await world.seen()
    assert (seen.attempts, seen.next_at, seen.error) == (
        1,
        world.at + 5_000,
        "the mail server is away",
    )
    world.at, world.refuses = Instant(world.at + 5_000), None
    await world.postman.round()
    assert world.told == ["hello"]


async def test_what_never_can_be_taken_is_given_up_with_its_reason(world: World) -> None:
    await world.put(HELLO)
    world.refuses = TellingFailed("no such mailbox", temporary=False)
    await world.postman.round()
    seen = await world.seen()
    assert (seen.state, seen.error) == (OutboxState.GIVEN_UP, "no such mailbox")


async def test_a_postman_that_dies_leaves_its_messages_to_the_next(world: World) -> None:
    # Given a postman that dies while telling
    async def dies(message: Posted) -> None:
        raise RuntimeError

    await world.put(HELLO)
    with pytest.raises(RuntimeError):
        await Postman(world.database.sessions, {"mail": dies}, lambda: world.at).round()
    # Then nobody has it for the time of a lease, and the next one tells it
    assert await world.postman.round() == 0
    world.at = Instant(world.at + LEASE_MS)
    assert await world.postman.round() == 1
    assert world.told == ["hello"]


def test_waits_grow_to_an_hour_and_end_after_a_day() -> None:
    made = Instant(0)
    waits = [next_try(made, attempts, made) for attempts in (1, 2, 3, 12, 40)]
    assert waits == [5_000, 10_000, 20_000, 3_600_000, 3_600_000]
    assert next_try(made, 3, Instant(GIVEN_UP_AFTER_MS)) is None
