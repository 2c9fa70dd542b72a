"""Formulas as small trees over sums.

`(TALK + ACW) / HANDLED` is such a tree. It says which sums it needs, computes itself from them, and
becomes a column where a database computes it. Because everything below the last division is a sum,
a rate of a group is computed from the group's sums and is never a mean of rates.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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

    @property
    @abstractmethod
    def sql(self) -> str:
        """The same over columns that are called like its measures; null where zero divides."""

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

    @property
    def sql(self) -> str:
        """Itself."""
        return repr(self.number)


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

    @property
    def sql(self) -> str:
        """Its column; nothing to add is zero."""
        return f'coalesce("{self.id}", 0)'


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

    @property
    def sql(self) -> str:
        """Computed by the database."""
        if self.sign == "/":
            return f"({self.left.sql} / nullif({self.right.sql}, 0))"
        return f"({self.left.sql} {self.sign} {self.right.sql})"


THOUSAND: Final = Number(1000.0)


def seconds(milliseconds: Term, over: Term) -> Term:
    """A mean in seconds of a sum in milliseconds."""
    return milliseconds / THOUSAND / over
