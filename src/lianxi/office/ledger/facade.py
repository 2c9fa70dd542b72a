"""What others may ask of the ledger. The caller owns the transaction."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.ledger import rules
from lianxi.office.ledger.contracts import Balance, Leg, NewVoucher, Voucher
from lianxi.office.ledger.errors import NotEnough, ReversedAlready, VoucherNotFound
from lianxi.office.ledger.repository import LedgerRepository


async def post(
    session: AsyncSession, wanted: NewVoucher, legs: Sequence[Leg], *, by: str, at: Instant
) -> Voucher:
    """Post a voucher.

    Raises:
        Unbalanced: its legs do not add up.
        NotEnough: an account would go below zero.
    """
    return await _post(session, wanted, legs, reverses=None, by=by, at=at)


async def reverse(
    session: AsyncSession, voucher: int, wanted: NewVoucher, *, by: str, at: Instant
) -> Voucher:
    """Take a voucher back by another one.

    Raises:
        VoucherNotFound, ReversedAlready.
        NotEnough: what arrived is no longer there.
    """
    repository = LedgerRepository(session)
    found = await repository.find(voucher)
    if found is None:
        raise VoucherNotFound(voucher=voucher)
    if (other := await repository.reversal_of(voucher)) is not None:
        raise ReversedAlready(voucher=voucher, by=other)
    legs = rules.reversed_legs(found.legs)
    return await _post(session, wanted, legs, reverses=voucher, by=by, at=at)


async def balances(session: AsyncSession, book: str, party: str | None = None) -> list[Balance]:
    """What the accounts of a book hold."""
    return await LedgerRepository(session).balances(book, party)


async def voucher(session: AsyncSession, id: int) -> Voucher:
    """One voucher.

    Raises:
        VoucherNotFound.
    """
    found = await LedgerRepository(session).find(id)
    if found is None:
        raise VoucherNotFound(voucher=id)
    return found


async def _post(
    session: AsyncSession,
    wanted: NewVoucher,
    legs: Sequence[Leg],
    *,
    reverses: int | None,
    by: str,
    at: Instant,
) -> Voucher:
    rules.require_balanced(legs)
    repository = LedgerRepository(session)
    try:
        async with session.begin_nested():
            # Others of the series wait here until the end, so that numbers have no gaps.
            number = await repository.next_number(wanted.series)
            id = await repository.add(wanted, legs, number=number, reverses=reverses, by=by, at=at)
    except IntegrityError as error:
        if "ledger_balance_enough_check" in str(error.orig):
            raise NotEnough(series=wanted.series, kind=wanted.kind) from error
        raise
    return replace(await voucher(session, id), legs=tuple(legs))
