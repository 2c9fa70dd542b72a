"""Formulas as small trees over sums.

`(TALK + ACW) / HANDLED` is such a tree. It says which sums it needs, computes itself from them, and
becomes a column where a database computes it. Because everything below the last division is a sum,
a rate of a group is computed from the group's sums and is never a mean of rates.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

Sums = Mapping[str, float | None]
"""What a group of rows came to, by measure id. None counts as zero: no row, nothing to add."""


class Term(ABC):
    """A part of a formula."""

    __slots__ = ()

    @property
    @abstractmethod
    def needs(self) -> frozenset[str]:
        """The ids of the measures it is made of."""

    @abstractmethod
    def value(self, sums: Sums) -> float | None:
        """What it comes to; None where something is divided by zero."""

    @abstractmethod
    def over(self, table: Any) -> Any:
        """The same as a column of a table (Ibis) with one column per measure."""

    def __add__(self, other: Term) -> Term:
        return Both("+", self, other)

    def __sub__(self, other: Term) -> Term:
        return Both("-", self, other)

    def __mul__(self, other: Term | float) -> Term:
        return Both("*", self, other if isinstance(other, Term) else Number(other))

    def __truediv__(self, other: Term | float) -> Term:
        return Both("/", self, other if isinstance(other, Term) else Number(other))


@dataclass(frozen=True, slots=True)
class Number(Term):
    """A constant."""

    number: float

    @property
    def needs(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def value(self, sums: Sums) -> float | None:
        """Itself."""
        return self.number

    def over(self, table: Any) -> Any:
        """Itself: Ibis takes numbers."""
        return self.number


@dataclass(frozen=True, slots=True)
class Sum(Term):
    """A measure by its id."""

    id: str

    @property
    def needs(self) -> frozenset[str]:
        """The measure."""
        return frozenset({self.id})

    def value(self, sums: Sums) -> float | None:
        """Its sum."""
        return float(sums.get(self.id) or 0.0)

    def over(self, table: Any) -> Any:
        """Its column."""
        return table[self.id].fill_null(0).cast("float64")


@dataclass(frozen=True, slots=True)
class Both(Term):
    """Two terms and what is done with them."""

    sign: str
    left: Term
    right: Term

    @property
    def needs(self) -> frozenset[str]:
        """Of both."""
        return self.left.needs | self.right.needs

    def value(self, sums: Sums) -> float | None:
        """Computed; None where either is None, or the divisor is zero."""
        left, right = self.left.value(sums), self.right.value(sums)
        if left is None or right is None:
            return None
        match self.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        return left / right if right else None

    def over(self, table: Any) -> Any:
        """Computed by the database."""
        left, right = self.left.over(table), self.right.over(table)
        match self.sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        return left / (right if isinstance(right, float | int) else right.nullif(0))


THOUSAND: Final = Number(1000.0)


def seconds(milliseconds: Term, over: Term) -> Term:
    """A mean in seconds of a sum in milliseconds."""
    return milliseconds / THOUSAND / over
