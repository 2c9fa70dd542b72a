"""Pages of a fax as pictures."""

import io
import struct
import zlib

import pypdfium2
import pytest

from lianxi.modules.recordings.fax_pictures import NoSuchPage, page_as_png

pytestmark = pytest.mark.unit


def a_document(pages: int) -> bytes:
    made = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        made.new_page(144, 72)
    kept = io.BytesIO()
    made.save(kept)
    made.close()
    return kept.getvalue()


def test_a_page_becomes_a_grey_picture_of_its_size() -> None:
    # Given a page of two inches by one / When it is drawn with 110 dots to the inch
    picture = page_as_png(a_document(2), 2)
    # Then it is a PNG of 220 by 110 dots, white all over
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (220, 110)
    length = struct.unpack(">I", picture[33:37])[0]
    rows = zlib.decompress(picture[41 : 41 + length])
    assert rows == (b"\0" + b"\xff" * 220) * 110


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchPage):
        page_as_png(a_document(1), 2)
