"""The shape of what is expected."""

from collections.abc import Mapping
from dataclasses import dataclass

from lianxi.reports.questions import Key, Width

Values = Mapping[str, float | None]
"""By formula id; None = nothing to divide by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The figures of one question."""

    name: str
    width: Width
    by: tuple[Key, ...] = ()
    rows: Mapping[tuple[str, ...], Values]
    """By the values of the keys; of days without keys, by the day."""
