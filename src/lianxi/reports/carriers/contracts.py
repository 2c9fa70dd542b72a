"""What a carrier's report is."""

from dataclasses import dataclass
from datetime import date

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a carrier says of one of our numbers on one day."""

    day: date
    number: str
    """As callers dial it, and as contacts have it."""
    calls: int
    """That its network turned away before they came to us. At least 0."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierReport:
    """A report that is booked. It is never changed: what was wrong is cancelled and booked anew."""

    id: int
    reported: Reported
    booked_at: Instant
    booked_by: UserId
    booked_by_name: str
    cancelled_at: Instant | None
