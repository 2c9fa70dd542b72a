"""Pure: which rule is in force, and whether one may be set."""

from collections.abc import Iterable

from lianxi.kernel.time import Instant
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.deadlines.contracts import DeadlineRule
from lianxi.office.deadlines.errors import DeadlineRefused

LONGEST_MS = 10 * 365 * 86_400_000
_COUNTS_OPEN = (TimeUnit.WORK_TIME, TimeUnit.WORK_DAYS)


def in_force(
    rules: Iterable[DeadlineRule], *, kind: str, area_class: str, at: Instant
) -> DeadlineRule | None:
    """The most particular rule of one code whose time has come; None = there is none, or it says
    that there is no deadline."""
    fits = [
        rule
        for rule in rules
        if rule.kind in ("", kind) and rule.area_class in ("", area_class)
        and rule.effective_at <= at
    ]  # fmt: skip
    if not fits:
        return None
    best = max(fits, key=lambda r: (r.kind != "", r.area_class != "", r.effective_at, r.version))
    return best if best.target else None


def require_sound(rule: DeadlineRule) -> None:
    """Refuse what cannot be kept.

    Raises:
        DeadlineRefused.
    """
    if not 0 <= rule.target <= LONGEST_MS:
        raise DeadlineRefused(clock=rule.code, target=rule.target)
    if rule.unit in _COUNTS_OPEN and not rule.calendar:
        raise DeadlineRefused(clock=rule.code, unit=rule.unit.value)
