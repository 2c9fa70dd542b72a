"""Pages of a fax as pictures, for reading in a browser that shows no documents of strangers."""

import struct
import zlib
from typing import Final

import pypdfium2

DPI: Final = 110
"""An A4 page becomes some 910 x 1290 dots: read without zooming on a screen of 1080 rows."""
POINTS: Final = 72


class NoSuchPage(ValueError):
    """The document has fewer pages."""


def page_as_png(document: bytes, number: int) -> bytes:
    """One page, drawn by PDFium in shades of grey. Blocking.

    Args:
        document: a PDF of ours.
        number: from 1.

    Raises:
        NoSuchPage.
    """
    opened = pypdfium2.PdfDocument(document)
    try:
        if not 1 <= number <= len(opened):
            raise NoSuchPage(f"{number} of {len(opened)}")
        drawn = opened[number - 1].render(scale=DPI / POINTS, grayscale=True).to_numpy()
        height, width = drawn.shape[:2]
        rows = drawn.reshape(height, -1)[:, :width]
        return _png(width, [row.tobytes() for row in rows])
    finally:
        opened.close()


def _png(width: int, rows: list[bytes]) -> bytes:
    """A grey picture, eight bits a dot (PNG specification, 3rd edition, 5.2 and 11.2)."""
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    dots = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    parts = (_part(b"IHDR", head), _part(b"IDAT", dots), _part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _part(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
