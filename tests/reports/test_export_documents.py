"""What an export says: the digits of the screen, names for ids, and all that explains a figure."""

from datetime import timedelta

import pytest

from lianxi.reports.control.contracts import Goal
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Document, Language
from lianxi.reports.questions import Answer, Key, Width
from tests.builders.answers import AS_OF, DAY, a_day_of, an_answer

pytestmark = pytest.mark.unit

QUEUES = {Key.QUEUE: {"sales": ("售前", "Sales")}}


def made(answer: Answer, language: Language = Language.ZH, **more: object) -> Document:
    making = Making(
        stem="test",
        title="报表",
        language=language,
        asked_by="班长",
        made_at=AS_OF,
        names=QUEUES,
        **more,  # type: ignore[arg-type]
    )
    return document(answer, making)


def texts(document: Document, table: int = 0) -> list[list[str]]:
    shown = document.tables[table]
    return [
        [column.text(cell) for column, cell in zip(shown.columns, row, strict=True)]
        for row in shown.rows
    ]


def notes(document: Document) -> dict[str, str]:
    return {note.label: note.text for note in document.notes}


def test_a_figure_stands_under_its_name_its_unit_and_its_formula() -> None:
    answer = an_answer(
        ({Key.QUEUE: "sales"}, {"asa": 10.25, "service_level": 0.57142857}),
        ({Key.QUEUE: "vip"}, {"asa": None, "service_level": None}),
        metrics=("asa", "service_level"),
        by=(Key.QUEUE,),
    )
    found = made(answer)
    headings = [(column.heading, column.formula) for column in found.tables[0].columns]
    assert headings == [("队列", ""), ("平均应答速度 (秒)", "K09.a"), ("服务水平", "K21.SL4")]
    # Then what nobody was divided by is a dash, never a zero; a queue without a name keeps its id
    assert texts(found) == [["售前", "10.3", "57.14%"], ["vip", "—", "—"]]


def test_every_export_says_what_was_asked_when_and_by_whom() -> None:
    answer = an_answer(({}, {"asa": 1.0}), only={Key.QUEUE: ("sales", "vip")})
    assert notes(made(answer)) == {
        "统计时段": "2026-11-21",
        "时区": "Asia/Shanghai",
        "粒度": "整个时段",
        "筛选": "队列: 售前、vip",
        "数据截至": "2026-11-22 01:00",
        "导出人": "班长",
        "导出时间": "2026-11-22 01:00",
    }
    english = made(answer, Language.EN)
    assert notes(english)["Filter"] == "Queue: Sales, vip"
    assert [one.formula for one in english.definitions] == ["K09.a"]
    assert english.definitions[0].meaning.startswith("Mean wait of answered calls")


def test_figures_that_do_not_add_up_are_printed_with_their_residual() -> None:
    answer = an_answer(({}, {"asa": 1.0}), identities={"I1": 2, "I2": 0})
    assert made(answer).warnings == ("数字不平衡:I1 残差 2",)


def test_a_half_hour_stands_beside_the_same_one_a_week_before() -> None:
    # Given 10 s in the second half-hour, and 16 s in that of a week before
    now = a_day_of(Width.HALF_HOUR, {1: {"asa": 10.0}, 2: {"asa": 5.0}}, metrics=("asa",))
    week = timedelta(days=7)
    before = a_day_of(Width.HALF_HOUR, {1: {"asa": 16.0}}, metrics=("asa",), when=DAY - week)
    found = made(now, before=before, before_title="一周前", shift=week, curve="asa")
    # Then the rows meet by the calendar, and a change needs both sides
    assert texts(found)[1] == ["2026-11-21 00:30–01:00", "10.0", "16.0", "-6.0"]
    assert texts(found)[2] == ["2026-11-21 01:00–01:30", "5.0", "—", "—"]
    assert len(texts(found)) == 48
    # Then both are drawn
    assert found.curve is not None
    assert (found.curve.values[1], found.curve.before[1]) == (10.0, 16.0)
    assert found.curve.labels[1] == "00:30"


def test_a_list_has_one_line_per_metric_with_its_target() -> None:
    answer = an_answer(({}, {"service_level": 0.78, "asa": 12.0}), metrics=("service_level", "asa"))
    before = an_answer(({}, {"service_level": 0.81, "asa": 12.0}), metrics=answer.question.metrics)
    found = made(answer, before=before, before_title="上月", as_list=True)
    assert texts(found)[0] == [
        "服务水平", "78.00%", "80.00%", "未达", "81.00%", "-3.00%", "K21.SL4",
    ]  # fmt: skip
    assert texts(found)[1][1:] == ["12.0 s", "", "", "12.0 s", "0.0 s", "K09.a"]


def test_a_queue_may_have_a_target_of_its_own() -> None:
    answer = an_answer(({}, {"service_level": 0.78}), metrics=("service_level",))
    found = made(answer, as_list=True, goals={"service_level": Goal(target=0.75)})
    assert texts(found)[0][2:4] == ["75.00%", "达标"]
