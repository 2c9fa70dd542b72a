"""The tables of the ledger, and the guards that the database keeps itself."""

import datetime as dt

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant


class LedgerAccountRow(Table):
    """A place where quantities are."""

    __tablename__ = "ledger_account"
    __table_args__ = (UniqueConstraint("book", "party", "condition"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    book: Mapped[str]
    party: Mapped[str]
    condition: Mapped[str]
    nonneg: Mapped[bool]


class LedgerSeriesRow(Table):
    """The last number of a series; its lock makes numbers without gaps."""

    __tablename__ = "ledger_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class LedgerVoucherRow(Table):
    """What was posted; never changed."""

    __tablename__ = "ledger_voucher"
    __table_args__ = (
        UniqueConstraint("series", "number"),
        UniqueConstraint("reverses"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    series: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    business_date: Mapped[dt.date]
    facts: Mapped[JsonObject]
    reverses: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("ledger_voucher.id"))
    posted_at: Mapped[Instant]
    posted_by: Mapped[str]


class LedgerEntryRow(Table):
    """One line of a voucher; never changed."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("quantity <> 0", name="moves"),
        Index(None, "account", "item", "id"),
        Index(None, "voucher"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    voucher: Mapped[int] = mapped_column(BigInteger, ForeignKey("ledger_voucher.id"))
    account: Mapped[int] = mapped_column(BigInteger, ForeignKey("ledger_account.id"))
    item: Mapped[str]
    quantity: Mapped[int] = mapped_column(BigInteger)
    facts: Mapped[JsonObject]


class LedgerBalanceRow(Table):
    """How much of an item an account holds; its lock puts writers in a row."""

    __tablename__ = "ledger_balance"
    __table_args__ = (CheckConstraint("quantity >= 0 OR NOT nonneg", name="enough"),)

    account: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("ledger_account.id"), primary_key=True
    )
    item: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int] = mapped_column(BigInteger)
    nonneg: Mapped[bool]


GUARD = (
    """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was posted is never changed';
END $$
""",
    """
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()
""",
    """
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_voucher
FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()
""",
    """
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM ledger_entry AS entry JOIN ledger_account AS place ON place.id = entry.account
        WHERE entry.voucher = NEW.voucher
        GROUP BY entry.item, place.condition HAVING sum(entry.quantity) <> 0
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            MESSAGE = 'voucher ' || NEW.voucher || ' does not balance';
    END IF;
    RETURN NULL;
END $$
""",
    """
CREATE CONSTRAINT TRIGGER ledger_balances AFTER INSERT ON ledger_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances()
""",
)
"""Statements that make the database keep the laws; the migration that creates the tables runs them
too."""

_UNGUARD = (
    "DROP FUNCTION IF EXISTS ledger_is_append_only() CASCADE",
    "DROP FUNCTION IF EXISTS ledger_balances() CASCADE",
)

for _statement in (*_UNGUARD, *GUARD):
    event.listen(
        LedgerEntryRow.__table__,
        "after_create",
        DDL(_statement),  # type: ignore[no-untyped-call]
    )
