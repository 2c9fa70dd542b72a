"""Pages of a fax as a PDF: each is put in as it came, so that not one dot of it changes."""

from typing import Final

from lianxi.kernel.tiff import FaxPage

POINTS: Final = 72
"""Of a PDF to the inch."""

_SWAPPED: Final = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Each byte with its bits the other way round."""

T4, T6 = 3, 4
TWO_DIMENSIONAL, BYTE_ALIGNED = 1, 4
"""Bits of T.4's options: rows that refer to the one before; fill before each end of a row."""


class NotAFax(ValueError):
    """Pages that are compressed as no fax is."""


def pdf(pages: list[FaxPage]) -> bytes:
    """One document of all pages.

    Raises:
        NotAFax: there are none, or they are of another kind.
    """
    if not pages:
        raise NotAFax("no page")
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
    ]
    for number, page in enumerate(pages):
        objects += _page(page, 3 + 3 * number)
    return _file(objects)


def _page(page: FaxPage, first: int) -> list[bytes]:
    """The three objects of a page: itself, what is drawn, and the dots."""
    width = page.width / page.x_dpi * POINTS
    height = page.height / page.y_dpi * POINTS
    drawn = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode()
    dots = b"".join(page.strips)
    if page.fill_order != 1:
        dots = dots.translate(_SWAPPED)
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {page.width} /Height {page.height} "
        f"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode "
        f"/DecodeParms << {_coding(page)} >> /Length {len(dots)} >>"
    )
    return [
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
            f"/Contents {first + 1} 0 R /Resources << /XObject << /I {first + 2} 0 R >> >> >>"
        ).encode(),
        _stream(f"<< /Length {len(drawn)} >>".encode(), drawn),
        _stream(head.encode(), dots),
    ]


def _coding(page: FaxPage) -> str:
    size = f"/Columns {page.width} /Rows {page.height} /EndOfBlock false"
    black = " /BlackIs1 true" if page.photometric == 1 else ""
    if page.compression == T6:
        return f"/K -1 {size}{black}"
    if page.compression != T4:
        raise NotAFax(f"compression {page.compression}")
    kind = 1 if page.t4_options & TWO_DIMENSIONAL else 0
    return f"/K {kind} /EndOfLine true {size}{black}"


def _stream(head: bytes, content: bytes) -> bytes:
    return head + b"\nstream\n" + content + b"\nendstream"


def _file(objects: list[bytes]) -> bytes:
    found = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        found += b"%010d 00000 n \n" % place
    found += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    found += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(found)
