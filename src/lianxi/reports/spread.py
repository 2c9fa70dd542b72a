"""Means that know how far the values they are made of lie from each other.

A mean of many values a day is drawn on X̄-S, which needs their standard deviation. With the sum of
the squares beside the sum it follows from sums alone, so it can be computed of any group and time.
"""

from dataclasses import dataclass
from math import sqrt

from lianxi.reports.terms import Both, Number, Sums, Term


@dataclass(frozen=True, slots=True)
class Mean(Term):
    """A sum ÷ how many values there are, with the sum of their squares."""

    total: Term
    """In the figure's unit."""
    squares: Term
    """In that unit squared."""
    count: Term

    @property
    def needs(self) -> frozenset[str]:
        """Of all three."""
        return self.total.needs | self.squares.needs | self.count.needs

    def value(self, sums: Sums) -> float | None:
        """The mean; None of nothing."""
        return (self.total / self.count).value(sums)

    @property
    def sql(self) -> str:
        """The mean."""
        return (self.total / self.count).sql

    def deviation(self, sums: Sums) -> float | None:
        """The standard deviation of the values, in the figure's unit; None of fewer than two.

        Source: sqrt((Σx² - (Σx)²/n) / (n - 1)).
        """
        total, squares, count = (
            term.value(sums) or 0.0 for term in (self.total, self.squares, self.count)
        )
        if count < 2:
            return None
        return sqrt(max(0.0, squares - total * total / count) / (count - 1))


def size_of(term: Term, sums: Sums) -> float | None:
    """What a figure was divided by: the calls of the day, for charts of shares. None: by nothing.

    Of nested divisions the outermost counts; a division by a constant is a change of unit.
    """
    if isinstance(term, Mean):
        return term.count.value(sums)
    if not isinstance(term, Both):
        return None
    if term.sign == "/" and not isinstance(term.right, Number):
        return term.right.value(sums)
    left = size_of(term.left, sums)
    return left if left is not None else size_of(term.right, sums)


def spread_of(term: Term, sums: Sums) -> float | None:
    """The standard deviation of the values a figure is the mean of; None where it is not known."""
    return term.deviation(sums) if isinstance(term, Mean) else None
