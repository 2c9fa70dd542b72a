"""The sound of a recording as an answer over HTTP: whole, or the part a player asks for, opened
piece by piece as it goes out. No plain copy is ever on the disk."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fastapi.responses import Response, StreamingResponse

from lianxi.modules.recordings import sound
from lianxi.modules.recordings.contracts import RecordingFolders, RecordingView
from lianxi.modules.recordings.errors import RecordingLost, RecordingUnreadable
from lianxi.modules.recordings.keys import Keyring
from lianxi.modules.recordings.sealing import SealBroken, SealedFile

CHUNK = 1 << 16
WAV = "audio/wav"


class Readable(Protocol):
    """Sound that can be read from anywhere."""

    size: int

    def read(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """From byte `start` to before byte `end`."""
        ...


class PlainFile:
    """A recording from before there were seals. Raises OSError when it is not there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = path.stat().st_size

    def read(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """From byte `start` to before byte `end`."""
        left = (self.size if end is None else min(end, self.size)) - start
        with self._path.open("rb") as source:
            source.seek(start)
            while left > 0 and (some := source.read(min(CHUNK, left))):
                left -= len(some)
                yield some


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a file, the last one included, as HTTP counts."""

    first: int
    last: int


class NoSuchPart(ValueError):
    """The part lies beyond the end."""


async def opened(view: RecordingView, folders: RecordingFolders) -> Readable:
    """The sound of a recording.

    Raises:
        RecordingLost: its file is gone.
        RecordingUnreadable: the file was altered, or its key is gone.
    """
    try:
        return await asyncio.to_thread(_open, view, folders)
    except FileNotFoundError as error:
        raise RecordingLost(contact=view.contact) from error
    except (SealBroken, OSError, ValueError) as error:
        raise RecordingUnreadable(contact=view.contact) from error


def _open(view: RecordingView, folders: RecordingFolders) -> Readable:
    assert view.path is not None
    path = folders.wav / view.path
    path.stat()
    if view.key is None:
        return PlainFile(path)
    ring = Keyring.load(folders.keys)
    key = ring.open(view.key.sealed, owner=view.contact, by=view.key.by)
    found = SealedFile(path, key)
    for _ in found.read(0, 1):
        pass  # a broken seal is said before the answer begins
    return found


def asked_part(header: str, size: int) -> Part | None:
    """The part that a `Range` header asks for; None = the whole.

    What is no single range of bytes may be passed over (RFC 9110, 14.2).

    Raises:
        NoSuchPart: there is nothing in it.
    """
    unit, _, spec = header.strip().partition("=")
    first, dash, last = (word.strip() for word in spec.partition("-"))
    if unit.strip().lower() != "bytes" or not dash or "," in spec:
        return None
    if not all(word == "" or (word.isascii() and word.isdigit()) for word in (first, last)):
        return None
    if first == "":
        if last == "":
            return None
        length = min(int(last), size)
        part = Part(size - length, size - 1)
    else:
        part = Part(int(first), min(int(last), size - 1) if last else size - 1)
        if last and int(last) < int(first):
            return None
    if part.first > part.last or part.first >= size:
        raise NoSuchPart(header)
    return part


def answer(found: Readable, *, asked: str, only_if: str, mark: str) -> Response:
    """The whole sound, or the part that was asked for.

    Args:
        asked: the `Range` header, "" when there is none.
        only_if: the `If-Range` header.
        mark: names the content: a part is given only of what the player has the rest of.
    """
    etag = f'"{mark}"'
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, no-store", "ETag": etag}
    try:
        part = asked_part(asked, found.size) if asked and only_if in ("", etag) else None
    except NoSuchPart:
        headers["Content-Range"] = f"bytes */{found.size}"
        return Response(status_code=416, headers=headers)
    if part is None:
        headers["Content-Length"] = str(found.size)
        return StreamingResponse(found.read(), media_type=WAV, headers=headers)
    headers["Content-Range"] = f"bytes {part.first}-{part.last}/{found.size}"
    headers["Content-Length"] = str(part.last - part.first + 1)
    some = found.read(part.first, part.last + 1)
    return StreamingResponse(some, status_code=206, media_type=WAV, headers=headers)


def copy(found: Readable, *, name: str, words: str) -> Response:
    """The whole sound to keep, with words in it about who took it.

    Args:
        name: of the file.
        words: who, when and why.
    """
    note = sound.note(words)
    length = found.size - sound.HEAD_BYTES

    def whole() -> Iterator[bytes]:
        yield sound.head(length, after=len(note))
        yield from found.read(sound.HEAD_BYTES)
        yield note

    headers = {
        "Cache-Control": "private, no-store",
        "Content-Length": str(found.size + len(note)),
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return StreamingResponse(whole(), media_type=WAV, headers=headers)
