"""One's own list, which is two questions put together; and numbers that are taken at once."""

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.listed import CaseFilter, CaseList, CaseSort, Sight
from lianxi.modules.cases.listing_repository import CaseListRepository, Place
from lianxi.modules.cases.repository import CaseRepository
from tests.builders.cases import MINUTE, Hotline, hotline
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


async def own(line: Hotline, user: str, sort: CaseSort, after: Place | None = None) -> list[str]:
    """The last digits of what somebody's own list shows, two at a time."""
    seen = Sight(user=UserId(user), all=True, confidential=True)
    wanted = CaseFilter(list=CaseList.MINE)
    async with line.database.sessions() as session:
        repository = CaseListRepository(session)
        found = await repository.find(wanted, seen, sort=sort, after=after, limit=2)
    return [one.number[-1] for one in found]


async def test_ones_own_are_those_one_made_and_those_one_was_given_each_once(
    line: Hotline,
) -> None:
    # Given four that the agent made: the second is the worker's, the third the agent's own
    made = []
    for _ in range(4):
        made.append(await line.create())
        line.at = Instant(line.at + MINUTE)
    for case, person in ((made[1], "worker"), (made[2], "agent")):
        await line.happen(case, "dispatch")
        await line.happen(case, "reassign", person=person)
        line.at = Instant(line.at + MINUTE)
    # Then both see theirs, newest first, and page by page nobody sees one twice
    assert await own(line, "agent", CaseSort.NEWEST) == ["4", "3"]
    third = (made[2].opened_at, made[2].id)
    assert await own(line, "agent", CaseSort.NEWEST, third) == ["2", "1"]
    assert await own(line, "worker", CaseSort.NEWEST) == ["2"]
    # And what is due first comes first
    assert await own(line, "agent", CaseSort.DUE) == ["2", "3"]
    # And they are counted once
    async with line.database.sessions() as session:
        seen = Sight(user=UserId("agent"), all=True, confidential=True)
        counted = CaseListRepository(session).count
        assert await counted(CaseFilter(list=CaseList.MINE), seen) == 4
        assert await counted(CaseFilter(list=CaseList.MINE), seen, most=3) == 3


async def test_two_who_take_the_first_numbers_of_a_day_at_once_get_two(database: Database) -> None:
    # Given one who has taken a number and not said yet where the day begins
    async with database.sessions.begin() as first, database.sessions.begin() as second:
        slow = CaseRepository(first)
        taken = await slow._taken()
        # When another takes a later one, is the first of the day, and is done with it
        assert await CaseRepository(second).next_number("20261123") == 1
        await second.commit()
        # Then the number of the slow one, from before the day, is not one of it
        assert taken <= await slow._before("20261123", taken)
        assert await slow.next_number("20261123") == 2
    # And the next day begins with one again
    async with database.sessions.begin() as session:
        assert await CaseRepository(session).next_number("20261124") == 1


async def test_a_number_that_is_not_used_keeps_nobody_waiting(database: Database) -> None:
    async with database.sessions.begin() as first:
        assert await CaseRepository(first).next_number("20261123") == 1
    async with database.sessions() as stays:
        assert await CaseRepository(stays).next_number("20261123") == 2
        async with database.sessions.begin() as passes:
            assert await CaseRepository(passes).next_number("20261123") == 3
