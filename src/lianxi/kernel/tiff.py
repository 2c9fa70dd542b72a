"""Pages of a fax, as far as a file of them holds whole ones (TIFF 6.0, class F of RFC 2306).

A switch that died leaves a file whose last page is missing or cut: what is before it counts.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 256
HEIGHT: Final = 257
COMPRESSION: Final = 259
PHOTOMETRIC: Final = 262
FILL_ORDER: Final = 266
STRIP_OFFSETS: Final = 273
STRIP_BYTES: Final = 279
X_RESOLUTION: Final = 282
Y_RESOLUTION: Final = 283
T4_OPTIONS: Final = 292
RESOLUTION_UNIT: Final = 296
CENTIMETRES: Final = 3

SHORT, LONG, RATIONAL = 3, 4, 5
SIZES: Final = {SHORT: 2, LONG: 4, RATIONAL: 8}
MOST_PAGES: Final = 2_000
"""More is no fax; a chain that bites its own tail ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaxPage:
    """One page of black and white, compressed as it came."""

    width: int
    height: int
    compression: int
    """2 = modified Huffman, 3 = T.4, 4 = T.6, as in TIFF."""
    photometric: int
    """0 = a zero is white."""
    fill_order: int
    """2 = the lowest bit is the leftmost."""
    t4_options: int
    x_dpi: float
    y_dpi: float
    strips: tuple[bytes, ...]


def pages(content: bytes) -> list[FaxPage]:
    """The whole pages of a file; none of one that is no TIFF."""
    return list(_pages(content))


def _pages(content: bytes) -> Iterator[FaxPage]:
    order = {b"II": "<", b"MM": ">"}.get(content[:2])
    if order is None or len(content) < 8:
        return
    (place,) = struct.unpack_from(order + "I", content, 4)
    for _ in range(MOST_PAGES):
        if not 8 <= place <= len(content) - 2:
            return
        try:
            fields, place = _fields(content, place, order)
            page = _page(content, fields)
        except (struct.error, KeyError, IndexError, ZeroDivisionError):
            return
        if page is None:
            return
        yield page


def _fields(content: bytes, place: int, order: str) -> tuple[dict[int, list[float]], int]:
    (count,) = struct.unpack_from(order + "H", content, place)
    found: dict[int, list[float]] = {}
    for number in range(count):
        at = place + 2 + 12 * number
        tag, kind, length = struct.unpack_from(order + "HHI", content, at)
        size = SIZES.get(kind)
        if size is None or length > len(content):
            continue
        where = at + 8
        if size * length > 4:
            (where,) = struct.unpack_from(order + "I", content, at + 8)
        found[tag] = _values(content, where, kind, length, order)
    (following,) = struct.unpack_from(order + "I", content, place + 2 + 12 * count)
    return found, following


def _values(content: bytes, where: int, kind: int, length: int, order: str) -> list[float]:
    if kind == RATIONAL:
        parts = struct.unpack_from(f"{order}{2 * length}I", content, where)
        return [parts[n] / parts[n + 1] for n in range(0, len(parts), 2)]
    sign = "H" if kind == SHORT else "I"
    return list(struct.unpack_from(f"{order}{length}{sign}", content, where))


def _page(content: bytes, fields: dict[int, list[float]]) -> FaxPage | None:
    def one(tag: int, otherwise: float) -> float:
        return fields.get(tag, [otherwise])[0]

    offsets = [int(value) for value in fields[STRIP_OFFSETS]]
    sizes = [int(value) for value in fields[STRIP_BYTES]]
    ends = [offset + size for offset, size in zip(offsets, sizes, strict=True)]
    if not ends or max(ends) > len(content) or sum(sizes) == 0:
        return None
    per_inch = 2.54 if int(one(RESOLUTION_UNIT, 2)) == CENTIMETRES else 1.0
    return FaxPage(
        width=int(fields[WIDTH][0]),
        height=int(fields[HEIGHT][0]),
        compression=int(one(COMPRESSION, 1)),
        photometric=int(one(PHOTOMETRIC, 0)),
        fill_order=int(one(FILL_ORDER, 1)),
        t4_options=int(one(T4_OPTIONS, 0)),
        x_dpi=one(X_RESOLUTION, 204.0) * per_inch,
        y_dpi=one(Y_RESOLUTION, 98.0) * per_inch,
        strips=tuple(content[a:b] for a, b in zip(offsets, ends, strict=True)),
    )


def written(rows_of: list[list[bytes]], *, width: int, x_dpi: int, y_dpi: int) -> bytes:
    """A file of pages as a fax machine sends them, not compressed.

    Args:
        rows_of: of each page its rows from the top, eight dots a byte from the left; 1 = black.
        width: dots in a row; a multiple of eight.
    """
    parts = [struct.pack("<2sHI", b"II", 42, 8)]
    place = 8
    for number, rows in enumerate(rows_of):
        dots = b"".join(rows)
        is_last = number == len(rows_of) - 1
        entries = _entries(width, len(rows), len(dots))
        head = 2 + 12 * len(entries) + 4
        rationals = place + head
        strip = rationals + 16
        end = strip + len(dots) + len(dots) % 2
        places = {X_RESOLUTION: rationals, Y_RESOLUTION: rationals + 8, STRIP_OFFSETS: strip}
        parts.append(struct.pack("<H", len(entries)))
        for tag, kind, value in entries:
            parts.append(struct.pack("<HHII", tag, kind, 1, places.get(tag, value)))
        parts.append(struct.pack("<I", 0 if is_last else end))
        parts.append(struct.pack("<IIII", x_dpi, 1, y_dpi, 1))
        parts.append(dots + b"\0" * (len(dots) % 2))
        place = end
    return b"".join(parts)


def _entries(width: int, height: int, size: int) -> list[tuple[int, int, int]]:
    """The fields of a page, in their order; places are filled in later."""
    return [
        (254, LONG, 2),  # one page of several
        (WIDTH, LONG, width),
        (HEIGHT, LONG, height),
        (258, SHORT, 1),  # bits of a dot
        (COMPRESSION, SHORT, 1),
        (PHOTOMETRIC, SHORT, 0),  # a zero is white
        (FILL_ORDER, SHORT, 1),
        (STRIP_OFFSETS, LONG, 0),
        (277, SHORT, 1),  # samples of a dot
        (278, LONG, height),  # rows of a strip
        (STRIP_BYTES, LONG, size),
        (X_RESOLUTION, RATIONAL, 0),
        (Y_RESOLUTION, RATIONAL, 0),
        (RESOLUTION_UNIT, SHORT, 2),  # inches
    ]
