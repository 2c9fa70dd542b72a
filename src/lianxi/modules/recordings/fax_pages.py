"""A document as the pages that a fax machine sends: black and white, 204 x 196 dots to the inch.

Drawn by PDFium, which is made for documents of strangers; no script of a document is run.
"""

from typing import Final

import numpy as np
import pypdfium2

from lianxi.kernel import tiff

WIDTH: Final = 1728
"""Dots of a row, on paper of 215 mm."""
X_DPI, Y_DPI = 204, 196
HEIGHT: Final = 2292
"""Rows of an A4 page."""
MOST_PAGES: Final = 100
DARK: Final = 128
"""Below this a dot is black."""


class NotADocument(ValueError):
    """It is no PDF, needs a password, or has no page or too many."""


def fax_file(document: bytes) -> tuple[bytes, int]:
    """The pages of a PDF as a file ready to be sent, and how many there are. Blocking.

    Raises:
        NotADocument: it cannot be sent.
    """
    try:
        opened = pypdfium2.PdfDocument(document)
    except pypdfium2.PdfiumError as error:
        raise NotADocument(str(error)) from error
    try:
        if not 1 <= len(opened) <= MOST_PAGES:
            raise NotADocument(f"{len(opened)} pages")
        pages = [_rows(opened[number]) for number in range(len(opened))]
    finally:
        opened.close()
    return tiff.written(pages, width=WIDTH, x_dpi=X_DPI, y_dpi=Y_DPI), len(pages)


def _rows(page: pypdfium2.PdfPage) -> list[bytes]:
    """One page, as large as fits on the paper."""
    width, height = page.get_size()
    scale = min(WIDTH / width, HEIGHT / height * X_DPI / Y_DPI)
    drawn = page.render(scale=scale, grayscale=True).to_numpy().reshape(-1)
    bitmap_width = int(np.ceil(width * scale))
    dots = drawn.reshape(-1, bitmap_width) if drawn.size % bitmap_width == 0 else None
    if dots is None:
        raise NotADocument("a page without a size")
    return _on_paper(dots)


def _on_paper(dots: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]") -> list[bytes]:
    """Rows are a little farther apart than dots in a row: some are left out."""
    rows = max(1, round(dots.shape[0] * Y_DPI / X_DPI))
    taken = dots[np.minimum(np.arange(rows) * X_DPI // Y_DPI, dots.shape[0] - 1), :WIDTH]
    paper = np.zeros((rows, WIDTH), dtype=np.uint8)
    paper[:, : taken.shape[1]] = taken < DARK
    packed = np.packbits(paper, axis=1)
    return [row.tobytes() for row in packed]
