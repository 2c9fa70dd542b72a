"""Sound under seal: AES-256-GCM in pieces, so that any part can be read without the rest.

A file is a head (magic, length of a piece, length of the sound) and pieces of 64 KB, each encrypted
by itself. Each file has a key of its own, so the number of the piece serves as its nonce. Head and
number are part of each seal: pieces cannot be changed, left out, swapped or taken from another file
without being noticed. Blocking; call it in a thread.
"""

import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"LXR1"
HEAD: Final = struct.Struct(">4sIQ")
PIECE: Final = 1 << 16
"""Bytes of sound in a piece: two seconds."""
TAG: Final = 16
KEY_BYTES: Final = 32
SUFFIX: Final = ".lxr"
PART: Final = ".part"
"""Suffix of a file that is being written; one left over is worthless."""


class SealBroken(ValueError):
    """The file was altered or cut off, or this is not its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A file that was written."""

    key: bytes
    name: str
    """SHA-256 of the file as it lies on the disk, in hex: the name it has."""
    sha256: str
    """SHA-256 of the sound, in hex: what can be shown to others without the key."""
    size: int
    """Bytes of the sound."""


def seal(sound: Iterator[bytes], size: int, folder: Path) -> Sealed:
    """Write sound under seal; the whole file appears at once or not at all.

    Args:
        sound: its bytes, in order.
        size: how many there are.
        folder: where it shall lie, under its content's name.

    Raises:
        OSError: it cannot be written, or the sound has another length.
    """
    folder.mkdir(parents=True, exist_ok=True)
    key = secrets.token_bytes(KEY_BYTES)
    part = folder / f"{secrets.token_hex(8)}{PART}"
    try:
        with part.open("xb") as sink:
            name, plain = _write(sound, size, AESGCM(key), sink)
            sink.flush()
            os.fsync(sink.fileno())
        target = folder / path_of(name)
        target.parent.mkdir(exist_ok=True)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(target.parent)
    return Sealed(key=key, name=name, sha256=plain, size=size)


def path_of(name: str) -> Path:
    """Where a file of this name lies, under the folder of recordings."""
    return Path(name[:2]) / f"{name}{SUFFIX}"


def _write(sound: Iterator[bytes], size: int, cipher: AESGCM, sink: BinaryIO) -> tuple[str, str]:
    stored, plain = hashlib.sha256(), hashlib.sha256()

    def put(some: bytes) -> None:
        stored.update(some)
        sink.write(some)

    head = HEAD.pack(MAGIC, PIECE, size)
    put(head)
    number, seen, kept = 0, 0, bytearray()
    for some in sound:
        plain.update(some)
        seen += len(some)
        kept += some
        while len(kept) >= PIECE:
            put(cipher.encrypt(_nonce(number), bytes(kept[:PIECE]), head))
            del kept[:PIECE]
            number += 1
    if kept or number == 0:
        put(cipher.encrypt(_nonce(number), bytes(kept), head))
    if seen != size:
        raise OSError(f"{seen} bytes of sound came, {size} were said")
    return stored.hexdigest(), plain.hexdigest()


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class SealedFile:
    """A file under seal, to be read from anywhere.

    Raises:
        OSError: it is not there.
        SealBroken: it is no such file.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._cipher = AESGCM(key)
        with path.open("rb") as source:
            self._head = source.read(HEAD.size)
        if len(self._head) < HEAD.size:
            raise SealBroken(path.name)
        magic, self._piece, self.size = HEAD.unpack(self._head)
        if magic != MAGIC or not 0 < self._piece <= 1 << 24:
            raise SealBroken(path.name)

    def read(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The sound from byte `start` to before byte `end`, a piece at a time.

        Raises:
            SealBroken: the file was altered, or this is not its key.
        """
        stop = self.size if end is None else min(end, self.size)
        stored = self._piece + TAG
        with self._path.open("rb") as source:
            for number in range(start // self._piece, -(-stop // self._piece)):
                source.seek(HEAD.size + number * stored)
                begins = number * self._piece
                piece = self._open(source.read(stored), number)
                if len(piece) != min(self._piece, self.size - begins):
                    raise SealBroken(self._path.name)
                yield piece[max(0, start - begins) : stop - begins]

    def _open(self, stored: bytes, number: int) -> bytes:
        try:
            return self._cipher.decrypt(_nonce(number), stored, self._head)
        except (InvalidTag, ValueError) as error:
            raise SealBroken(self._path.name) from error


def sync_folder(folder: Path) -> None:
    """A new name must survive a power cut before what it was made from may be deleted."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
