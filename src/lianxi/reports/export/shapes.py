"""A document as JSON: each cell with its number and with the text that every format shows."""

from pydantic import BaseModel

from lianxi.reports.export.document import Cell, Column, Document, Figure, Table
from lianxi.reports.registry import Unit


class CellOut(BaseModel):
    """A cell: the number as it was computed (none for words), and what people read."""

    value: float | int | None
    text: str


class ColumnOut(BaseModel):
    """A column. A column of words has no unit."""

    heading: str
    unit: Unit | None
    formula: str


class TableOut(BaseModel):
    """A table of the sheet."""

    title: str
    columns: list[ColumnOut]
    rows: list[list[CellOut]]


class NoteOut(BaseModel):
    """A filter, the time zone, who asked."""

    label: str
    text: str


class DefinitionOut(BaseModel):
    """What a figure means."""

    name: str
    formula: str
    formula_text: str
    meaning: str
    population: str
    clock: str
    target: str


class CurveOut(BaseModel):
    """One figure over time; null where there is none."""

    title: str
    unit: Unit
    labels: list[str]
    values: list[float | None]
    before: list[float | None]
    before_title: str
    target: float | None


class DocumentOut(BaseModel):
    """A sheet, the same in every format."""

    title: str
    subtitle: str
    tables: list[TableOut]
    notes: list[NoteOut]
    definitions: list[DefinitionOut]
    warnings: list[str]
    curve: CurveOut | None


def shaped(document: Document) -> DocumentOut:
    """A document as it goes out."""
    curve = document.curve
    return DocumentOut(
        title=document.title,
        subtitle=document.subtitle,
        tables=[_table(table) for table in document.tables],
        notes=[NoteOut(label=note.label, text=note.text) for note in document.notes],
        definitions=[
            DefinitionOut(
                name=one.name,
                formula=one.formula,
                formula_text=one.formula_text,
                meaning=one.meaning,
                population=one.population,
                clock=one.clock,
                target=one.target,
            )
            for one in document.definitions
        ],
        warnings=list(document.warnings),
        curve=None
        if curve is None
        else CurveOut(
            title=curve.title,
            unit=curve.unit,
            labels=list(curve.labels),
            values=list(curve.values),
            before=list(curve.before),
            before_title=curve.before_title,
            target=curve.target,
        ),
    )


def _table(table: Table) -> TableOut:
    return TableOut(
        title=table.title,
        columns=[
            ColumnOut(heading=column.heading, unit=column.unit, formula=column.formula)
            for column in table.columns
        ],
        rows=[
            [_cell(column, cell) for column, cell in zip(table.columns, row, strict=True)]
            for row in table.rows
        ],
    )


def _cell(column: Column, cell: Cell) -> CellOut:
    value = cell.value if isinstance(cell, Figure) else cell
    return CellOut(value=None if isinstance(value, str) else value, text=column.text(cell))
