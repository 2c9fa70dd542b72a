"""CSV that spreadsheets read in Chinese and do not run."""

import csv
import io

import pytest

from lianxi.reports.export import formats
from lianxi.reports.export.as_csv import defused, write
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Column, Document, Language, Table
from lianxi.reports.export.formats import MOST_ROWS, ExportTooLarge, Format
from lianxi.reports.questions import Key
from tests.builders.answers import AS_OF, an_answer

pytestmark = pytest.mark.unit


def lines(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def written(name: str) -> bytes:
    answer = an_answer(
        ({Key.QUEUE: "q1"}, {"asa": 10.25, "service_level": -0.02}),
        metrics=("asa", "service_level"),
        by=(Key.QUEUE,),
    )
    making = Making(
        stem="test",
        title="报表",
        language=Language.ZH,
        asked_by="班长",
        made_at=AS_OF,
        names={Key.QUEUE: {"q1": (name, "")}},
    )
    return write(document(answer, making))


def test_the_file_begins_with_the_mark_that_spreadsheets_need() -> None:
    content = written("售前")
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")


def test_programs_find_the_headings_first_and_readers_the_definitions_below() -> None:
    found = lines(written("售前"))
    assert found[0] == ["队列", "平均应答速度 (秒) [K09.a]", "服务水平 [K21.SL4]"]
    assert found[1] == ["售前", "10.3", "-2.00%"]
    below = {line[0]: line[1:] for line in found[3:]}
    assert below["时区"] == ["Asia/Shanghai"]
    assert below["导出人"] == ["班长"]
    definitions = [line for line in found if line[:1] == ["定义"]]
    assert [line[2] for line in definitions] == ["K09.a", "K21.SL4"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"])
def test_a_text_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == "'" + text


def test_the_name_of_a_queue_is_no_formula() -> None:
    name = '=HYPERLINK("http://a.example","x")'
    assert lines(written(name))[1][0] == "'" + name


@pytest.mark.parametrize("digits", ["057188886666", "13800000000"])
def test_a_telephone_number_stays_a_text(digits: str) -> None:
    assert defused(digits) == digits + "\t"


def test_a_negative_figure_stays_a_number() -> None:
    assert lines(written("售前"))[1][2] == "-2.00%"


async def test_a_file_with_too_many_rows_is_refused_before_it_is_written() -> None:
    rows = tuple((f"q{number}", 1.0) for number in range(MOST_ROWS[Format.PDF] + 1))
    table = Table(title="", columns=(Column(heading="a"), Column(heading="b")), rows=rows)
    large = Document(
        stem="x",
        title="x",
        subtitle="x",
        language=Language.ZH,
        tables=(table,),
        notes=(),
        definitions=(),
    )
    with pytest.raises(ExportTooLarge):
        await formats.written(large, Format.PDF)
    assert await formats.written(large, Format.CSV)
