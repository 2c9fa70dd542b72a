"""How a cost is spread over the days of its period."""

from datetime import date, timedelta

LONGEST_DAYS = 5 * 366
"""Of a period: the longest time over which things are written off here."""


def days_of(first: date, last: date) -> list[date]:
    """The days of a period, the last one included; none when it ends before it begins."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def spread(amount_minor: int, days: int) -> list[int]:
    """An amount in equal parts, in whole hundredths: what cannot be divided goes to the first days,
    so that the parts are the amount again.

    Args:
        amount_minor: in hundredths of a currency, at least 0.
        days: at least 1.

    >>> spread(1000, 3)
    [334, 333, 333]
    """
    share, rest = divmod(amount_minor, days)
    return [share + 1] * rest + [share] * (days - rest)
