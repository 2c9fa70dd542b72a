"""The ledger: nothing appears, nothing is lost, and no account holds less than none."""

import asyncio
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.ledger import facade
from lianxi.office.ledger.contracts import Account, Leg, NewVoucher, Voucher
from lianxi.office.ledger.errors import NotEnough, ReversedAlready, Unbalanced
from lianxi.office.ledger.rules import require_balanced, reversed_legs

STOCK = Account(book="stock", condition="good", nonneg=True)
STATION = Account(book="station", party="A", condition="good")
POOL = Account(book="pool", condition="good")
NOW = Instant(1)


def a_voucher(series: str = "out") -> NewVoucher:
    return NewVoucher(series=series, kind="issue", business_date=dt.date(2026, 11, 23))


def moving(quantity: int, *, to: Account = STATION, of: Account = STOCK) -> list[Leg]:
    return [
        Leg(account=of, item="P1", quantity=-quantity),
        Leg(account=to, item="P1", quantity=quantity),
    ]


async def posted(database: Database, legs: list[Leg], series: str = "out") -> Voucher:
    async with database.sessions.begin() as session:
        return await facade.post(session, a_voucher(series), legs, by="u1", at=NOW)


async def held(database: Database, book: str) -> int:
    async with database.sessions() as session:
        return sum(balance.quantity for balance in await facade.balances(session, book))


@pytest.mark.db
async def test_what_leaves_one_account_arrives_in_the_other(database: Database) -> None:
    await posted(database, moving(10, of=POOL, to=STOCK), "in")
    voucher = await posted(database, moving(3))
    assert (voucher.number, voucher.series) == (1, "out")
    assert [await held(database, book) for book in ("pool", "stock", "station")] == [-10, 7, 3]


@pytest.mark.db
async def test_more_than_there_is_cannot_be_issued_and_takes_no_number(database: Database) -> None:
    await posted(database, moving(2, of=POOL, to=STOCK), "in")
    async with database.sessions.begin() as session:
        with pytest.raises(NotEnough):
            await facade.post(session, a_voucher(), moving(3), by="u1", at=NOW)
        fine = await facade.post(session, a_voucher(), moving(2), by="u1", at=NOW)
    assert fine.number == 1
    assert await held(database, "stock") == 0


@pytest.mark.db
async def test_two_who_issue_the_last_piece_at_once_do_not_both_get_it(database: Database) -> None:
    await posted(database, moving(1, of=POOL, to=STOCK), "in")
    # Two series, so that the numbers do not put them in a row
    found = await asyncio.gather(
        posted(database, moving(1), "east"),
        posted(database, moving(1), "west"),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in found) == ["NotEnough", "Voucher"]
    assert await held(database, "stock") == 0


@pytest.mark.db
async def test_numbers_of_a_series_have_no_gaps_under_twenty_writers(database: Database) -> None:
    await posted(database, moving(15, of=POOL, to=STOCK), "in")
    found = await asyncio.gather(
        *(posted(database, moving(1)) for _ in range(20)), return_exceptions=True
    )
    numbers = sorted(one.number for one in found if isinstance(one, Voucher))
    assert numbers == list(range(1, 16))
    assert sum(isinstance(one, NotEnough) for one in found) == 5


@pytest.mark.db
async def test_a_mistake_is_reversed_once_and_stays_readable(database: Database) -> None:
    await posted(database, moving(5, of=POOL, to=STOCK), "in")
    wrong = await posted(database, moving(5))
    async with database.sessions.begin() as session:
        back = await facade.reverse(session, wrong.id, a_voucher(), by="u1", at=NOW)
        with pytest.raises(ReversedAlready):
            await facade.reverse(session, wrong.id, a_voucher(), by="u1", at=NOW)
        assert await facade.voucher(session, wrong.id) == wrong
    assert back.reverses == wrong.id
    assert [await held(database, book) for book in ("stock", "station")] == [5, 0]


@pytest.mark.db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET quantity = 9",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_voucher SET kind = 'other'",
        "INSERT INTO ledger_entry (voucher, account, item, quantity, facts) "
        "SELECT voucher, account, item, 1, '{}' FROM ledger_entry LIMIT 1",
    ],
)
async def test_the_database_itself_keeps_the_laws(database: Database, statement: str) -> None:
    await posted(database, moving(5, of=POOL, to=STOCK), "in")

    async def force() -> None:
        async with database.sessions.begin() as session:
            await session.execute(text(statement))

    with pytest.raises(DBAPIError, match=r"never changed|does not balance"):
        await force()


@pytest.mark.unit
@pytest.mark.parametrize("legs", [[], moving(0), moving(3)[:1]])
def test_what_does_not_add_up_is_refused(legs: list[Leg]) -> None:
    with pytest.raises(Unbalanced):
        require_balanced(legs)


@pytest.mark.unit
def test_good_and_bad_pieces_do_not_make_up_for_each_other() -> None:
    good, bad = (
        moving(1)[0],
        Leg(account=Account(book="station", condition="bad"), item="P1", quantity=1),
    )
    with pytest.raises(Unbalanced):
        require_balanced([good, bad])


@pytest.mark.unit
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8))
def test_what_balances_balances_reversed(quantities: list[int]) -> None:
    legs = [leg for quantity in quantities for leg in moving(quantity)]
    require_balanced(legs)
    back = reversed_legs(legs)
    require_balanced(back)
    assert reversed_legs(back) == legs
