"""What a database is asked for the sums of a question: statements whose answers are added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from lianxi.reports.buckets import Bucket, Shifts, shifts, turns
from lianxi.reports.questions import Question
from lianxi.reports.sheets.layout import split
from lianxi.reports.sheets.reading import Shelf, sums_of
from lianxi.reports.statement import Dialect, Kind, parameters, statement, wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One statement: bucket, `key_…`, and a column for each of its measures."""

    sql: str
    given: dict[str, Any]
    measures: tuple[str, ...]


def orders(
    dialect: Dialect,
    question: Question,
    measures: tuple[str, ...],
    pieces: Sequence[Bucket],
    *,
    as_of: int,
    zone: ZoneInfo,
    shelf: Shelf | None = None,
) -> list[Order]:
    """Statements for these measures of a question.

    A new kind of question takes some tens of milliseconds to compile, the first one two seconds;
    one that sheets answer alone takes none.

    Args:
        pieces: the buckets of the question's window.
        shelf: the sheets there are, if any.
    """
    if not measures or not pieces:
        return []
    only = wanted(question)
    told: dict[str, tuple[str, ...]] = {}
    of_rows = measures
    if shelf is not None:
        told, of_rows = split(question, measures, zone)
    whole = parameters(question.window, pieces, Shifts(0), only, as_of=as_of)
    found = [
        Order(sql=sums_of(name, question, names), given=whole, measures=names)
        for name, names in told.items()
    ]
    if shelf is None or shelf.leaves_rows:
        of_rows = measures
    if not of_rows:
        return found
    parts = shifts(question.window, zone)
    kind = Kind(
        measures=of_rows,
        width=question.width,
        by=question.by,
        only=frozenset(question.only),
        turns=turns(parts),
    )
    sql = statement(dialect, kind)
    return found + [
        Order(sql=sql, given=parameters(window, pieces, shift, only, as_of=as_of), measures=of_rows)
        for window, shift in parts
    ]
