"""Heartbeats of desks are told in few words, and each of them arrives."""

import asyncio

import pytest

from lianxi.db.session import Database
from lianxi.journal.heartbeats import AT_MOST, Heartbeats, words
from lianxi.journal.signals import BEATS, Beat, Beats, hear, spoken

pytestmark = pytest.mark.db

LONGEST = 8_000
"""Bytes that PostgreSQL carries in a word."""


def beat(no: int, session: str = "s") -> Beat:
    return Beat(agent=f"agent-{no:05d}", session=session)


def test_a_thousand_desks_are_few_words_that_can_be_carried() -> None:
    """Given the longest names that occur, then no word is longer than PostgreSQL carries."""
    beats = [beat(no, session="f" * 64) for no in range(1_000)]
    told = list(words(beats))
    assert [one for word in told for one in word.beats] == beats
    assert len(told) == -(-1_000 // AT_MOST)
    assert max(len(spoken(word)) for word in told) < LONGEST


async def test_what_was_heard_in_a_moment_is_told_at_once(database: Database) -> None:
    """Given desks that beat one after the other, one of them twice, when the Driver hears of them,
    then each is told once, with the page that was heard last."""
    heartbeats = Heartbeats(database.url)
    for no in (1, 2, 1):
        heartbeats.beat(beat(no, session="old" if no == 1 else "s"))
    heartbeats.beat(beat(1, session="new"))
    async with asyncio.timeout(10):
        first = asyncio.create_task(_first_word(database.url))
        running = asyncio.create_task(heartbeats.run())
        while not first.done():
            await asyncio.wait([first], timeout=0.6)
            heartbeats.beat(beat(1, session="new"))
            heartbeats.beat(beat(2))
        word = await first
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert sorted(word.beats, key=lambda one: one.agent) == [beat(1, session="new"), beat(2)]


async def _first_word(url: str) -> Beats:
    async for word in hear(url, [BEATS]):
        assert isinstance(word, Beats)
        return word
    raise AssertionError("the words ended")
