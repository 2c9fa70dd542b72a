"""PDF: Chinese that can be read and searched, the digits of the screen, a chart with its gaps."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from lianxi.kernel.time import Instant
from lianxi.reports.export import fonts
from lianxi.reports.export.as_pdf import write
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.curve import svg
from lianxi.reports.export.document import Curve, Document, Language
from lianxi.reports.export.fonts import FontMissing, chinese_family
from lianxi.reports.questions import Key, Width
from lianxi.reports.registry import Unit
from tests.builders.answers import AS_OF, a_day_of, an_answer

pytestmark = [pytest.mark.unit, pytest.mark.timeout(20)]  # fonts are looked for once, pages are set


def a_document(**more: object) -> Document:
    answer = an_answer(
        *(({Key.QUEUE: f"q{n}"}, {"asa": 10.25, "service_level": 0.5}) for n in range(90)),
        metrics=("asa", "service_level"),
        by=(Key.QUEUE,),
        identities={"I1": 2},
    )
    making = Making(
        stem="test",
        title="坐席日报",
        language=Language.ZH,
        asked_by="班长",
        made_at=Instant(AS_OF + 123),  # no clock stands at a whole second
        names={Key.QUEUE: {"q0": ("#strong[售前] $x$", "")}},
        **more,  # type: ignore[arg-type]
    )
    return document(answer, making)


def pages(content: bytes) -> list[str]:
    book = pdfium.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in book]
    finally:
        book.close()


def test_every_page_can_be_read_and_says_whose_it_is() -> None:
    found = pages(write(a_document()))
    assert len(found) >= 2
    assert "坐席日报" in found[0]
    assert "数字不平衡:I1 残差 2" in found[0]
    for page in found:
        assert "班长 · 2026-11-22 01:00" in page
    # Then a heading stands on each page its table goes on, and a name is text, never markup
    assert "K09.a" in found[1]
    assert "#strong[售前] $x$" in found[0]
    assert "50.00%" in found[0]
    assert "Asia/Shanghai" in "".join(found)


def test_the_same_report_is_the_same_file() -> None:
    assert write(a_document()) == write(a_document())


def test_a_half_hourly_sheet_has_its_chart() -> None:
    answer = a_day_of(Width.HALF_HOUR, {20: {"asa": 12.0}, 21: {"asa": 8.0}}, metrics=("asa",))
    making = Making(
        stem="test", title="ASA", language=Language.EN, asked_by="x", made_at=AS_OF, curve="asa"
    )
    assert "Average speed of answer" in pages(write(document(answer, making)))[0]


def test_without_a_font_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "families", lambda folders: ["Libertinus Serif"])
    with pytest.raises(FontMissing) as refused:
        chinese_family((Path("/nowhere"),))
    assert "fonts-noto-cjk" in refused.value.sentence


def test_a_gap_in_a_curve_is_no_zero() -> None:
    curve = Curve(
        title="ASA",
        unit=Unit.SECONDS,
        labels=("a", "b", "c", "d"),
        values=(1.0, 2.0, None, 3.0),
        target=2.0,
    )
    drawn = svg(curve, font="x")
    # Then there is one line of two points, and the point behind the gap stands alone
    assert drawn.count("<polyline") == 1
    assert drawn.count("<circle") == 1
    # Then the axis ends at the next round number
    assert "3.0 s" in drawn
    assert "4.0 s" not in drawn
