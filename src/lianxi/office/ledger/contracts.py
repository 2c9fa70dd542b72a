"""Accounts, vouchers and balances as values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lianxi.kernel.time import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A place where quantities are."""

    book: str
    party: str = ""
    condition: str = ""
    """Legs balance within one condition, e.g. `good` or `bad`."""
    nonneg: bool = False
    """It holds things: it cannot hold less than none. Fixed when the account is first used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One line of a voucher."""

    account: Account
    item: str
    quantity: int
    """In the smallest unit of the item; > 0 arrives, < 0 leaves, never 0."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Serial numbers, price, ...; plain JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVoucher:
    """What is to be posted."""

    series: str
    kind: str
    business_date: dt.date
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """What was posted."""

    id: int
    series: str
    number: int
    """1, 2, 3, ... without gaps."""
    kind: str
    business_date: dt.date
    facts: Mapping[str, Any]
    reverses: int | None
    posted_at: Instant
    posted_by: str
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How much of an item an account holds."""

    account: Account
    item: str
    quantity: int
