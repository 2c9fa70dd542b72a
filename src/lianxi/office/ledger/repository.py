"""All SQL about the ledger."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.office.ledger.contracts import Account, Balance, Leg, NewVoucher, Voucher
from lianxi.office.ledger.models import (
    LedgerAccountRow,
    LedgerBalanceRow,
    LedgerEntryRow,
    LedgerSeriesRow,
    LedgerVoucherRow,
)


class LedgerRepository:
    """Posts and reads."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def next_number(self, series: str) -> int:
        """The next of a series; others wait until this transaction ends."""
        first = insert(LedgerSeriesRow).values(series=series, last=1)
        number = await self._session.scalar(
            first.on_conflict_do_update(
                index_elements=["series"], set_={"last": LedgerSeriesRow.last + 1}
            ).returning(LedgerSeriesRow.last)
        )
        assert number is not None
        return int(number)

    async def account(self, account: Account) -> LedgerAccountRow:
        """Its row, made when it is first used."""
        query = select(LedgerAccountRow).where(
            LedgerAccountRow.book == account.book,
            LedgerAccountRow.party == account.party,
            LedgerAccountRow.condition == account.condition,
        )
        row = await self._session.scalar(query)
        if row is None:
            made = insert(LedgerAccountRow).values(
                book=account.book,
                party=account.party,
                condition=account.condition,
                nonneg=account.nonneg,
            )
            await self._session.execute(made.on_conflict_do_nothing())
            row = await self._session.scalar(query)
        assert row is not None
        return row

    async def add(
        self,
        wanted: NewVoucher,
        legs: Sequence[Leg],
        *,
        number: int,
        reverses: int | None,
        by: str,
        at: Instant,
    ) -> int:
        """Write a voucher, its entries and the balances; its id."""
        voucher = LedgerVoucherRow(
            series=wanted.series, number=number, kind=wanted.kind,
            business_date=wanted.business_date, facts=dict(wanted.facts), reverses=reverses,
            posted_at=at, posted_by=by,
        )  # fmt: skip
        self._session.add(voucher)
        await self._session.flush()
        sums: Counter[tuple[int, str]] = Counter()
        nonneg: dict[int, bool] = {}
        for leg in legs:
            place = await self.account(leg.account)
            nonneg[place.id] = place.nonneg
            sums[place.id, leg.item] += leg.quantity
            self._session.add(
                LedgerEntryRow(
                    voucher=voucher.id, account=place.id, item=leg.item, quantity=leg.quantity,
                    facts=dict(leg.facts),
                )
            )  # fmt: skip
        await self._session.flush()
        for (place_id, item), quantity in sorted(sums.items()):  # in one order: no deadlock
            await self._move(place_id, item, quantity, nonneg=nonneg[place_id])
        return voucher.id

    async def _move(self, place: int, item: str, quantity: int, *, nonneg: bool) -> None:
        # Zero first: the check is made on the row that would be inserted, not on the sum.
        none = insert(LedgerBalanceRow).values(account=place, item=item, quantity=0, nonneg=nonneg)
        await self._session.execute(none.on_conflict_do_nothing())
        row = await self._session.get(
            LedgerBalanceRow, (place, item), with_for_update=True, populate_existing=True
        )
        assert row is not None
        row.quantity += quantity
        await self._session.flush()

    async def find(self, voucher: int) -> Voucher | None:
        """One voucher with its legs."""
        row = await self._session.get(LedgerVoucherRow, voucher)
        if row is None:
            return None
        query = (
            select(LedgerEntryRow, LedgerAccountRow)
            .join(LedgerAccountRow, LedgerAccountRow.id == LedgerEntryRow.account)
            .where(LedgerEntryRow.voucher == voucher)
            .order_by(LedgerEntryRow.id)
        )
        legs = tuple(
            Leg(
                account=_account(place),
                item=entry.item,
                quantity=entry.quantity,
                facts=entry.facts,
            )
            for entry, place in await self._session.execute(query)
        )
        facts = {n: getattr(row, n) for n in Voucher.__slots__ if n != "legs"}
        return Voucher(legs=legs, **facts)

    async def reversal_of(self, voucher: int) -> int | None:
        """The voucher that reversed this one."""
        return await self._session.scalar(
            select(LedgerVoucherRow.id).where(LedgerVoucherRow.reverses == voucher)
        )

    async def balances(self, book: str, party: str | None = None) -> list[Balance]:
        """Of the accounts of a book, by party, condition and item."""
        query = (
            select(LedgerBalanceRow, LedgerAccountRow)
            .join(LedgerAccountRow, LedgerAccountRow.id == LedgerBalanceRow.account)
            .where(LedgerAccountRow.book == book)
            .order_by(LedgerAccountRow.party, LedgerAccountRow.condition, LedgerBalanceRow.item)
            .execution_options(populate_existing=True)
        )
        if party is not None:
            query = query.where(LedgerAccountRow.party == party)
        return [
            Balance(account=_account(place), item=row.item, quantity=row.quantity)
            for row, place in await self._session.execute(query)
        ]


def _account(row: LedgerAccountRow) -> Account:
    return Account(book=row.book, party=row.party, condition=row.condition, nonneg=row.nonneg)
