"""XLSX: figures as numbers with the digits of the screen, text that is never a formula."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from lianxi.reports.export.as_xlsx import write
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Language
from lianxi.reports.questions import Key
from tests.builders.answers import AS_OF, an_answer

pytestmark = pytest.mark.unit


class Book:
    """A workbook as a spreadsheet reads it."""

    def __init__(self, content: bytes) -> None:
        self._files = zipfile.ZipFile(io.BytesIO(content))
        styles = self._xml("xl/styles.xml")
        named = {
            found.attrib["numFmtId"]: found.attrib["formatCode"]
            for found in styles.findall(".//{*}numFmt")
        }
        formats = styles.find("{*}cellXfs")
        assert formats is not None
        self._formats = [
            named.get(one.attrib["numFmtId"], one.attrib["numFmtId"]) for one in formats
        ]

    def _xml(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._files.read(name))

    @property
    def names(self) -> list[str]:
        return [
            found.attrib["name"] for found in self._xml("xl/workbook.xml").findall(".//{*}sheet")
        ]

    def has_formulas(self) -> bool:
        return any(
            b"<f>" in self._files.read(name)
            for name in self._files.namelist()
            if name.startswith("xl/worksheets/")
        )

    def cells(self, sheet: int) -> dict[str, str]:
        return {place: value for place, value, _ in self._cells(sheet)}

    def format(self, sheet: int, place: str) -> str:
        return next(style for found, _, style in self._cells(sheet) if found == place)

    def _cells(self, sheet: int) -> Iterator[tuple[str, str, str]]:
        for cell in self._xml(f"xl/worksheets/sheet{sheet}.xml").findall(".//{*}c"):
            text = "".join(cell.itertext())
            yield cell.attrib["r"], text, self._formats[int(cell.attrib.get("s", "0"))]


def book(*, as_list: bool = False, name: str = "售前") -> Book:
    answer = an_answer(
        ({Key.QUEUE: "q1"}, {"offered": 84, "asa": 10.25, "service_level": 0.12345}),
        ({Key.QUEUE: "q2"}, {"offered": 0, "asa": None, "service_level": None}),
        metrics=("offered", "asa", "service_level"),
        by=(Key.QUEUE,),
    )
    making = Making(
        stem="test",
        title="报表",
        language=Language.ZH,
        asked_by="班长",
        made_at=AS_OF,
        names={Key.QUEUE: {"q1": (name, "")}},
        as_list=as_list,
    )
    return Book(write(document(answer, making)))


def test_figures_are_numbers_rounded_to_what_the_screen_shows() -> None:
    found = book()
    cells = found.cells(1)
    assert [cells[place] for place in ("A5", "B5", "C5", "D5")] == ["售前", "84", "10.3", "0.1235"]
    assert [found.format(1, place) for place in ("C5", "D5")] == ["0.0", "0.00%"]
    assert cells["C6"] == "—"


def test_the_third_sheet_has_them_as_they_were_computed() -> None:
    found = book()
    assert found.names == ["报表", "说明与定义", "原始数值"]
    assert found.cells(3)["D2"] == "0.12345"
    assert "D3" not in found.cells(3)


def test_the_second_sheet_says_what_they_mean_and_who_asked() -> None:
    said = " ".join(book().cells(2).values())
    for words in ("Asia/Shanghai", "导出人 班长", "K21.SL4", "A≤T ÷ (A + B>T)"):
        assert words in said


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    found = book(name="=1+1")
    assert found.cells(1)["A5"] == "=1+1"
    assert not found.has_formulas()


def test_in_a_list_each_figure_shows_its_own_unit() -> None:
    found = book(as_list=True)
    by_name = {
        value: place for place, value in found.cells(1).items() if re.fullmatch(r"A\d+", place)
    }
    place = by_name["平均应答速度"].replace("A", "B")
    assert (found.cells(1)[place], found.format(1, place)) == ("10.3", '0.0" s"')
