"""Sheets of sums never say anything that the rows do not."""

import asyncio

import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import METRICS
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck
from lianxi.reports.marts.summing import SHAPES
from lianxi.reports.offers import OFFERED_KEYS, STRETCHES, TABLES
from lianxi.reports.questions import Key, Question, Row, Width
from lianxi.reports.registry import Source
from lianxi.reports.sheets.layout import AGENTS, QUEUES, SHEETS, Sheet, split
from lianxi.reports.sheets.reading import Shelf
from lianxi.reports.sheets.summing import fingerprint_of
from lianxi.reports.windows import Window
from tests.builders.summed_days import ZONE, SummedDays

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

OURS = [metric for metric in METRICS if metric.source is Source.HERE]
MOST = max(len(metric.formulas) for metric in OURS)
QUIET = Shelf(leaves_rows=False)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> SummedDays:
    """Given a random day over midnight: calls, holds, transfers, callbacks, agents who come and
    go."""
    return SummedDays(tmp_path_factory.mktemp("days"))


def question(days: SummedDays, width: Width, by: tuple[Key, ...], number: int = 0) -> Question:
    """All metrics by their formulas of that number."""
    formulas = {m.id: m.formulas[number].id for m in OURS if number < len(m.formulas)}
    return Question(
        metrics=tuple(formulas), window=days.window, width=width, by=by, formulas=formulas
    )


def answered(engine: Duck, asked: Question) -> dict[object, Row]:
    answer = asyncio.run(ask(engine, asked, as_of=asked.window.ends_at, zone=ZONE))
    return {(row.begins_at, *sorted(row.keys.items())): row for row in answer.rows}


ASKED = [
    (Width.WHOLE, (), range(MOST)),
    (Width.HALF_HOUR, (Key.QUEUE,), range(1)),
    (Width.DAY, (Key.AGENT,), range(1)),
    (Width.MONTH, (Key.CHANNEL, Key.NUMBER), range(1)),
]


@pytest.mark.parametrize(("width", "by", "numbers"), ASKED)
def test_sheets_say_what_rows_say(
    days: SummedDays, width: Width, by: tuple[Key, ...], numbers: range
) -> None:
    """When all metrics are asked of rows and of sheets, Then each figure is the same."""
    for number in numbers:
        asked = question(days, width, by, number)
        with days.rows() as rows, days.sheets() as sheets:
            of_rows = answered(Duck(rows), asked)
            of_sheets = answered(Duck(sheets, shelf=QUIET), asked)
        assert of_rows.keys() == of_sheets.keys()
        for key, row in of_rows.items():
            assert dict(of_sheets[key].values) == pytest.approx(dict(row.values), nan_ok=True)


def test_a_day_without_sheet_is_read_from_its_rows(days: SummedDays) -> None:
    """When one of two days has no sheet, Then its rows and the other's sheet give the same."""
    asked = question(days, Width.DAY, (Key.QUEUE,))
    with days.rows() as rows, days.sheets(without=days.days[0]) as mixed:
        of_rows = answered(Duck(rows), asked)
        of_both = answered(Duck(mixed, shelf=Shelf(leaves_rows=True)), asked)
    assert of_rows.keys() == of_both.keys()
    for key, row in of_rows.items():
        assert dict(of_both[key].values) == pytest.approx(dict(row.values), nan_ok=True)


def test_only_some_values_are_looked_at(days: SummedDays) -> None:
    for key, of_row in (("queue", Key.QUEUE), ("agent", Key.AGENT)):
        with days.rows() as rows:
            (value,) = rows.execute(f"SELECT max({key}) FROM fact_segment").fetchone() or ("",)
        asked = Question(
            metrics=("handled", "aht"),
            window=days.window,
            width=Width.DAY,
            only={of_row: (str(value),)},
        )
        with days.rows() as rows, days.sheets() as sheets:
            here, there = answered(Duck(rows), asked), answered(Duck(sheets, shelf=QUIET), asked)
        assert [row.values for row in here.values()] == [row.values for row in there.values()]
        assert sum(row.values["handled"] or 0 for row in here.values()) > 0


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheets_of_another_statement_are_not_read(sheet: Sheet) -> None:
    """Who changes what is summed, changes the fingerprint: old sheets are then written anew."""
    assert sheet.fingerprint == fingerprint_of(sheet), "put this fingerprint into sheets/layout.py"


def test_marts_are_known_without_ibis_as_they_are() -> None:
    for mart, shape in SHAPES.items():
        assert OFFERED_KEYS.get(mart, frozenset()) == shape.offers
        assert TABLES.get(mart) in {None, shape.table.get_name()}
        if mart in TABLES:
            assert (mart in STRETCHES) == (not shape.at)


def test_a_bucket_of_a_sheet_never_lies_in_two_of_a_question(days: SummedDays) -> None:
    crooked = Window(begins_at=Instant(days.window.begins_at + 60_000), ends_at=days.window.ends_at)
    asked = Question(metrics=("handled",), window=crooked, width=Width.DAY, by=(Key.QUEUE,))
    assert split(asked, ("handled",), ZONE) == ({}, ("handled",))
    from_noon = Window(
        begins_at=Instant(days.window.begins_at + 43_200_000), ends_at=days.window.ends_at
    )
    asked = Question(metrics=("handled",), window=from_noon, width=Width.DAY, by=(Key.AGENT,))
    assert split(asked, ("handled",), ZONE) == ({}, ("handled",))
    asked = Question(metrics=("handled",), window=from_noon, width=Width.DAY, by=(Key.QUEUE,))
    assert split(asked, ("handled",), ZONE) == ({QUEUES.name: ("handled",)}, ())
    asked = Question(metrics=("handled",), window=days.window, width=Width.DAY, by=(Key.AGENT,))
    assert split(asked, ("handled",), ZONE) == ({AGENTS.name: ("handled",)}, ())
    asked = Question(metrics=("handled",), window=days.window, width=Width.HOUR, by=(Key.AGENT,))
    assert split(asked, ("handled",), ZONE) == ({}, ("handled",))
