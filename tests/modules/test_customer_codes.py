"""A customer's code on the telephone: right, wrong, locked after too many wrong ones."""

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade, keeping
from lianxi.modules.customers.contracts import NewNumber, Profile
from lianxi.modules.customers.errors import CodeInvalid, CustomerNotFound
from lianxi.modules.customers.rules import LOCKED_MS, MOST_WRONG

pytestmark = pytest.mark.db

NUMBER = "138 0013 8000"


class PlainHashes:
    """Hashes that take no time."""

    async def hash(self, password: str) -> str:
        return f"hash of {password}"

    async def verify(self, stored: str | None, password: str) -> bool:
        return stored == f"hash of {password}"


class Clock:
    now = Instant(1_000)


@pytest.fixture
async def customers(database: Database) -> facade.TelephoneCustomers:
    """One customer with a code."""
    async with database.sessions.begin() as session:
        await facade.add(session, "王先生", [NUMBER], at=Instant(1))
        await facade.set_code(session, NUMBER, "135790", hashes=PlainHashes(), at=Instant(1))
    return facade.TelephoneCustomers(database.sessions, PlainHashes(), lambda: Clock.now)


async def test_a_customer_is_found_however_the_number_is_written(
    customers: facade.TelephoneCustomers,
) -> None:
    found = await customers.find("+8613800138000")
    assert found is not None
    assert found["name"] == "王先生"
    assert await customers.find("139") is None


async def test_a_flow_is_told_by_what_it_may_serve_somebody_in_another_way(
    database: Database, customers: facade.TelephoneCustomers
) -> None:
    profile = Profile(name="李女士", level="金卡", tags=("老客户", "批发"), language="zh")
    async with database.sessions.begin() as session:
        new = [NewNumber(number="13900139000", label="")]
        await keeping.create(session, profile, new, by=None, at=Instant(1))
    found = await customers.find("13900139000")
    assert found is not None
    assert (found["level"], found["tags"], found["language"]) == ("金卡", "老客户,批发", "zh")
    # And nothing else of what is known of the person
    assert set(found) == {"id", "name", "level", "tags", "language"}


async def test_only_the_right_code_is_right(customers: facade.TelephoneCustomers) -> None:
    assert await customers.is_code("13800138000", "135790")
    assert not await customers.is_code("13800138000", "135791")
    assert not await customers.is_code("139", "135790")


async def test_after_too_many_wrong_ones_none_is_right_for_a_while(
    customers: facade.TelephoneCustomers,
) -> None:
    for _ in range(MOST_WRONG):
        assert not await customers.is_code(NUMBER, "000000")
    assert not await customers.is_code(NUMBER, "135790")
    Clock.now = Instant(1_000 + LOCKED_MS)
    try:
        assert await customers.is_code(NUMBER, "135790")
    finally:
        Clock.now = Instant(1_000)


async def test_a_right_one_forgets_the_wrong_ones(customers: facade.TelephoneCustomers) -> None:
    for _ in range(2):
        for _ in range(MOST_WRONG - 1):
            await customers.is_code(NUMBER, "000000")
        assert await customers.is_code(NUMBER, "135790")


async def test_what_is_no_code_is_refused(database: Database) -> None:
    async with database.sessions() as session:
        with pytest.raises(CodeInvalid):
            await facade.set_code(session, NUMBER, "12a4", hashes=PlainHashes(), at=Instant(1))
        with pytest.raises(CustomerNotFound):
            await facade.set_code(session, "139", "1234", hashes=PlainHashes(), at=Instant(1))
