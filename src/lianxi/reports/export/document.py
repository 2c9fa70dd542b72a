"""What an export says, before it becomes a file. Every format writes the same document.

A cell is text or a number. Numbers stay as they were computed; the unit of their column says how
they are written (`text.printed`), so that a file never differs from the screen in a digit.
"""

from dataclasses import dataclass
from enum import StrEnum

from lianxi.reports.registry import Unit
from lianxi.reports.text import NOTHING, plain, printed


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with a unit of its own, in a column where units differ."""

    value: float | int | None
    unit: Unit
    is_change: bool = False
    """A rise is written with its sign."""

    @property
    def text(self) -> str:
        """As people read it."""
        text = printed(self.value, self.unit)
        return f"+{text}" if self.is_change and (self.value or 0) > 0 else text


Cell = str | int | float | Figure | None
"""Text, a number, or None: nothing to divide by."""


class Language(StrEnum):
    """Of the words around the figures."""

    ZH = "zh"
    EN = "en"

    def of(self, zh: str, en: str) -> str:
        """One of two texts; the Chinese one where there is no other."""
        return en if self is Language.EN and en else zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    heading: str
    unit: Unit | None = None
    """Of its numbers; None = a column of text."""
    formula: str = ""
    """Id of the formula that its figures were computed by."""
    has_figures: bool = False
    """Of several units: set to the right like numbers."""

    @property
    def is_right(self) -> bool:
        """Whether its cells are set to the right."""
        return self.unit is not None or self.has_figures

    def text(self, cell: Cell) -> str:
        """What stands in a cell of this column, as people read it."""
        if cell is None:
            return NOTHING
        if isinstance(cell, str):
            return cell
        if isinstance(cell, Figure):
            return cell.text
        return plain(cell, self.unit) if self.unit is not None else str(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of figures; each row has one cell per column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One column of the first table over time, drawn."""

    title: str
    unit: Unit
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    """One per label; None leaves a gap, it is not zero."""
    before: tuple[float | None, ...] = ()
    """The same of the time it is compared with; empty when there is none."""
    before_title: str = ""
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One fact about the export: its time zone, a filter, when it was made."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a figure means, and the formula that it was computed by."""

    name: str
    formula: str
    formula_text: str
    meaning: str
    population: str
    clock: str
    target: str
    """As printed; empty when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An export, ready to be written."""

    stem: str
    """Of the file's name: small ASCII letters, digits and hyphens."""
    title: str
    subtitle: str
    language: Language
    tables: tuple[Table, ...]
    notes: tuple[Note, ...]
    definitions: tuple[Definition, ...]
    warnings: tuple[str, ...] = ()
    """Why the figures are to be read with care: they do not add up, facts are missing."""
    curve: Curve | None = None
    watermark: str = ""
    made_at: int = 0
    """UTC milliseconds."""

    @property
    def rows(self) -> int:
        """How many rows all tables have together."""
        return sum(len(table.rows) for table in self.tables)
