"""Forms, answers, faults and scores as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lianxi.kernel.time import Instant

NOT_APPLICABLE = "n/a"
"""The answer to an item that does not apply here; it leaves the denominator of the score."""

MOST_ITEMS = 200
LONGEST_TEXT = 10_000


class ItemKind(StrEnum):
    """What an answer looks like."""

    TEXT = "text"
    """One line."""
    LONG_TEXT = "long_text"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    """Any number of the options."""
    DATE = "date"
    """`2026-11-23`."""
    MOMENT = "moment"
    """Milliseconds since 1970."""
    PHONE = "phone"
    POINTS = "points"
    """0 to `points`, in steps of a half."""
    FATAL = "fatal"
    """Yes or no; yes ends the score at 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers of a choice."""

    value: str
    zh: str
    en: str = ""
    points: int | None = None
    """For the score; None = this choice is not scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question."""

    name: str
    """Stable: letters, digits and `_`."""
    kind: ItemKind
    zh: str
    en: str = ""
    help_zh: str = ""
    help_en: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    least: float | None = None
    """Of a number; or the fewest choices."""
    most: float | None = None
    longest: int | None = None
    """Characters of a text."""
    shown_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Item -> answers: asked only when each of these items has one of its answers."""
    group: str = ""
    points: int = 0
    """The most this item gives; 0 = it is not scored."""
    weight: float = 0
    may_not_apply: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a form."""

    kind: str
    """Stable name, e.g. `case.complaint` or `warning`."""
    version: int
    items: tuple[Item, ...]
    zh: str = ""
    en: str = ""
    published_at: Instant | None = None
    published_by: str = ""

    def item(self, name: str) -> Item | None:
        """By its name."""
        return next((item for item in self.items if item.name == name), None)


Answers = Mapping[str, Any]
"""By item; plain JSON. A missing item is not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why an answer, or an item of a form, cannot stay."""

    item: str
    code: str
    """Stable: `required`, `unknown`, `not_text`, `too_long`, `not_number`, `below`, `above`,
    `not_yes_no`, `not_option`, `not_date`, `not_moment`, `not_phone`, `not_points`; of a form also
    `bad_name`, `twice`, `no_options`, `no_label`, `later_item`, `no_weight`, `too_many`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a filled form amounts to."""

    percent: Decimal | None
    """0.00 to 100.00, 0 when something was fatal; None = nothing that counts was answered."""
    raw: Decimal | None
    """The same without regard to fatal items."""
    points: Decimal
    most: Decimal
    groups: Mapping[str, Decimal]
    """Percent of each group that was answered."""
    fatal: tuple[str, ...]
    """Items that were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A filled form."""

    id: int
    kind: str
    version: int
    subject: str
    answers: Answers
    filled_at: Instant
    filled_by: str
