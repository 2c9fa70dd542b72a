"""Medians from sums.

A median cannot be added up, but counts can: how many values lie in each class of a scale that never
changes. The median is read from these counts, within a class in proportion. So it is off by less
than the class is wide, and it can be computed of any group and time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lianxi.reports.terms import Sums, Term


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the scale: from a value on, up to another one that is no longer in it."""

    least: float
    below: float | None
    """None: whatever is more."""
    count: Term


@dataclass(frozen=True, slots=True)
class Median(Term):
    """The value that half of all lie below."""

    classes: Sequence[Class]
    """From the lowest to the highest, without gaps."""

    @property
    def needs(self) -> frozenset[str]:
        """Of all classes."""
        return frozenset[str]().union(*(one.count.needs for one in self.classes))

    def value(self, sums: Sums) -> float | None:
        """Read from the counts; None of nothing. In the last class: its beginning."""
        counts = [one.count.value(sums) or 0.0 for one in self.classes]
        half, before = sum(counts) / 2, 0.0
        for one, count in zip(self.classes, counts, strict=True):
            if count and before + count >= half:
                width = 0.0 if one.below is None else one.below - one.least
                return one.least + width * (half - before) / count
            before += count
        return None

    @property
    def sql(self) -> str:
        """The same as one expression."""
        counts = [one.count.sql for one in self.classes]
        half = f"(({' + '.join(counts)}) / 2.0)"
        cases, before = [], "0"
        for one, count in zip(self.classes, counts, strict=True):
            width = 0.0 if one.below is None else one.below - one.least
            cases.append(
                f"WHEN {count} > 0 AND {before} + {count} >= {half}"
                f" THEN {one.least!r} + {width!r} * ({half} - ({before})) / {count}"
            )
            before = f"{before} + {count}"
        return f"(CASE {' '.join(cases)} END)"
