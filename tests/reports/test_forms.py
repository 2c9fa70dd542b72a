"""Fixed forms: what they ask for, of which time, and the sheet of reasons."""

from datetime import date, timedelta

import pytest

from lianxi.reports.catalogue import metric_of
from lianxi.reports.export.document import Language
from lianxi.reports.forms import pareto, peak
from lianxi.reports.forms.catalogue import FORMS, FOUNDING
from lianxi.reports.forms.declaring import Period, before_of, window_of
from lianxi.reports.questions import Answer, Key, Width
from lianxi.reports.windows import Window, day
from tests.builders.answers import ZONE, Values, a_day_of, an_answer

pytestmark = pytest.mark.unit

FORM = {form.id: form for form in FORMS}
REASONS = {Key.DISPOSITION: {"bill": ("账单", "Bill"), "move": ("移机", "Move")}}


def days(first: date, after: date) -> Window:
    return Window(begins_at=day(first, ZONE).begins_at, ends_at=day(after, ZONE).begins_at)


def test_every_form_asks_for_metrics_that_there_are() -> None:
    for form in FORMS:
        ids = [metric_of(name).id for name in form.metrics]
        assert len(ids) == len(set(ids)), form.id
        assert form.curve in {"", *ids}, form.id
        assert form.title_en, form.id
        assert form.about_en, form.id


@pytest.mark.parametrize("form", ["centre-daily", "centre-monthly"])
def test_the_sheets_of_the_centre_hold_all_23_in_order(form: str) -> None:
    numbered = [metric_of(name).no for name in FORM[form].metrics]
    assert [number for number in numbered if number.startswith("K")] == list(FOUNDING)


def test_a_week_begins_on_monday_and_a_month_on_its_first() -> None:
    saturday = date(2026, 11, 21)
    assert window_of(Period.WEEK, saturday, ZONE) == days(date(2026, 11, 16), date(2026, 11, 23))
    assert window_of(Period.MONTH, saturday, ZONE) == days(date(2026, 11, 1), date(2026, 12, 1))
    december = date(2026, 12, 31)
    assert window_of(Period.MONTH, december, ZONE) == days(date(2026, 12, 1), date(2027, 1, 1))


def test_a_day_stands_beside_its_weekday_and_a_month_beside_the_one_before() -> None:
    when = date(2026, 3, 31)
    week = timedelta(days=7)
    assert before_of(FORM["asa-half-hour"], when, ZONE) == (day(when - week, ZONE), week)
    earlier = before_of(FORM["centre-monthly"], when, ZONE)
    assert earlier == (days(date(2026, 2, 1), date(2026, 3, 1)), timedelta())
    assert before_of(FORM["agent-daily"], when, ZONE) is None


def test_the_hour_when_most_calls_were_turned_away_is_named() -> None:
    hours: dict[int, Values] = {
        9: {"blocked_rate": 0.01},
        10: {"blocked_rate": 0.042},
        11: {"blocked_rate": None},
    }
    answer = a_day_of(Width.HOUR, hours, metrics=("blocked_rate",))
    said = peak.remark(answer, "blocked_rate", Language.ZH)
    assert said == "忙音率最高:2026-11-21 10:00–11:00,4.20%"
    # Then a day on which nobody was turned away has no such hour
    quiet = a_day_of(Width.HOUR, {9: {"blocked_rate": 0.0}}, metrics=("blocked_rate",))
    assert peak.remark(quiet, "blocked_rate", Language.ZH) == ""


def of_reasons(**sums: tuple[float, float]) -> Answer:
    """An answer with contacts and minutes of work by reason."""
    return an_answer(
        *(({Key.DISPOSITION: code}, {"aht": None}) for code in sums),
        metrics=("aht",),
        by=(Key.DISPOSITION,),
        sums={
            code: {"handled": contacts, "talk_ms": minutes * 60_000}
            for code, (contacts, minutes) in sums.items()
        },
    )


def test_reasons_stand_by_weight_with_their_share_so_far() -> None:
    # Given 60 calls about bills, 30 about moves, 10 without a code; 300 minutes of work together
    found = pareto.reasons(of_reasons(move=(30, 120), bill=(60, 90), none=(10, 90), rare=(0, 5)))
    table = pareto.table(found, REASONS, Language.ZH)
    shown = [
        [column.text(cell) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    assert shown == [
        ["1", "账单", "60", "60.00%", "60.00%", "1.50", "30.00%", "90.0"],
        ["2", "移机", "30", "30.00%", "90.00%", "2.00", "40.00%", "240.0"],
        ["3", "none", "10", "10.00%", "100.00%", "1.50", "30.00%", "540.0"],
    ]


def test_the_sheet_says_how_many_contacts_can_be_avoided_and_where_to_look() -> None:
    # Given 200 contacts: 10 to 15 % are 20 to 30, and the two heaviest reasons hold as many
    found = pareto.reasons(
        of_reasons(bill=(18, 1), move=(16, 1), **{f"r{n}": (2, 1) for n in range(83)})
    )
    assert "200 通中的 20–30 通。先查:账单、移机" in pareto.remark(found, REASONS, Language.ZH)
    assert "20 to 30 of 200" in pareto.remark(found, REASONS, Language.EN)
    assert pareto.remark([], REASONS, Language.ZH) == ""
