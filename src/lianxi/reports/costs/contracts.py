"""What a cost entry is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class CostCategory(StrEnum):
    """What money was spent on."""

    STAFF = "staff"
    LINES = "lines"
    """Numbers, trunks and minutes of carriers."""
    PREMISES = "premises"
    SYSTEMS = "systems"
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A cost that somebody wants to book."""

    category: CostCategory
    first_day: date
    last_day: date
    """The last day of the period; it belongs to it."""
    amount_minor: int
    """In hundredths of the currency: fen, cents. At least 1."""
    currency: str
    """Three capital letters of ISO 4217."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostEntry:
    """A cost that is booked. It is never changed: what was wrong is cancelled and booked anew."""

    id: int
    booking: Booking
    booked_at: Instant
    booked_by: UserId
    booked_by_name: str
    cancelled_at: Instant | None
    cancelled_by_name: str = ""
    cancel_reason: str = ""
