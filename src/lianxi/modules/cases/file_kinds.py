"""Which files a work order takes: told by their name, and by how they begin."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final

LONGEST_NAME = 120
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OFFICE = "application/vnd.openxmlformats-officedocument."


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signs)


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(b"RIFF") and content[8:12] == kind


def _is_film(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


KINDS: Final[Mapping[str, tuple[str, Callable[[bytes], bool]]]] = {
    "pdf": ("application/pdf", _begins(b"%PDF-")),
    "jpg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins(b"\xff\xd8\xff")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "gif": ("image/gif", _begins(b"GIF8")),
    "webp": ("image/webp", _riff(b"WEBP")),
    "docx": (f"{_OFFICE}wordprocessingml.document", _begins(_ZIP)),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", _begins(_ZIP)),
    "pptx": (f"{_OFFICE}presentationml.presentation", _begins(_ZIP)),
    "doc": ("application/msword", _begins(_OLE)),
    "xls": ("application/vnd.ms-excel", _begins(_OLE)),
    "txt": ("text/plain", _is_text),
    "csv": ("text/csv", _is_text),
    "mp3": ("audio/mpeg", _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "wav": ("audio/wav", _riff(b"WAVE")),
    "mp4": ("video/mp4", _is_film),
    "zip": ("application/zip", _begins(_ZIP)),
}
"""By the end of the name: media type, and whether the content begins as such files do."""

SHOWN_IN_PLACE: Final = frozenset(
    {"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"}
)
"""A browser may open these itself; everything else is only downloaded."""


def kind_of(name: str, content: bytes) -> str | None:
    """The media type; None = files of this kind are not taken, or it is not what its name says.

    >>> kind_of("单据.PDF", b"%PDF-1.7 ...")
    'application/pdf'
    >>> kind_of("photo.jpg", b"<html>") is None
    True
    """
    found = KINDS.get(PurePosixPath(name).suffix.removeprefix(".").lower())
    if found is None or not found[1](content):
        return None
    return found[0]


def clean_name(name: str) -> str:
    r"""A name without folders and without signs that nobody sees, its end kept.

    >>> clean_name("C:\\photos\\现场 1.jpg")
    '现场 1.jpg'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in last if sign.isprintable()).strip()
    end = PurePosixPath(seen).suffix
    return seen if len(seen) <= LONGEST_NAME else seen[: LONGEST_NAME - len(end)] + end
