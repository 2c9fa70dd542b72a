"""Recordings under seal: any part can be read; whatever is altered is noticed."""

import hashlib
import itertools
import os
import stat
from pathlib import Path

import pytest

from lianxi.modules.recordings.keys import Keyring, KeysMissing
from lianxi.modules.recordings.sealing import (
    HEAD,
    PIECE,
    TAG,
    SealBroken,
    SealedFile,
    path_of,
    seal,
)

pytestmark = pytest.mark.unit

SOUND = bytes(itertools.islice(itertools.cycle(range(251)), 2 * PIECE + 77))


def pieces(sound: bytes, length: int = 10_000) -> list[bytes]:
    return [sound[at : at + length] for at in range(0, len(sound), length)]


def read(path: Path, key: bytes, start: int = 0, end: int | None = None) -> bytes:
    return b"".join(SealedFile(path, key).read(start, end))


def test_what_was_sealed_is_read_again_and_named_by_its_content(tmp_path: Path) -> None:
    made = seal(iter(pieces(SOUND)), len(SOUND), tmp_path)
    path = tmp_path / path_of(made.name)
    assert read(path, made.key) == SOUND
    assert made.sha256 == hashlib.sha256(SOUND).hexdigest()
    assert made.name == hashlib.sha256(path.read_bytes()).hexdigest()
    assert SOUND[1000:1064] not in path.read_bytes()
    assert [one.name for one in tmp_path.rglob("*.part")] == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 1),
        (44, 45),
        (PIECE - 1, PIECE + 1),
        (PIECE, 2 * PIECE),
        (5, 2 * PIECE + 50),
        (2 * PIECE + 76, None),
        (10, 10),
    ],
)
def test_any_part_is_read_without_the_rest(tmp_path: Path, start: int, end: int | None) -> None:
    made = seal(iter(pieces(SOUND)), len(SOUND), tmp_path)
    assert read(tmp_path / path_of(made.name), made.key, start, end) == SOUND[start:end]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1])
def test_every_length_has_its_seal(tmp_path: Path, size: int) -> None:
    made = seal(iter(pieces(SOUND[:size])), size, tmp_path)
    assert read(tmp_path / path_of(made.name), made.key) == SOUND[:size]


@pytest.mark.parametrize("how", ["flipped", "cut", "swapped", "head", "another key", "empty"])
def test_what_was_altered_is_noticed(tmp_path: Path, how: str) -> None:
    made = seal(iter(pieces(SOUND)), len(SOUND), tmp_path)
    path, key = tmp_path / path_of(made.name), made.key
    stored = bytearray(path.read_bytes())
    first, second = HEAD.size, HEAD.size + PIECE + TAG
    match how:
        case "flipped":
            stored[second + 5] ^= 1
        case "cut":
            del stored[second:]
        case "swapped":
            one, two = stored[first:second], stored[second : second + PIECE + TAG]
            stored[first:second], stored[second : second + PIECE + TAG] = two, one
        case "head":
            stored[HEAD.size - 1] ^= 1
        case "another key":
            key = bytes(32)
        case _:
            stored.clear()
    path.write_bytes(stored)
    with pytest.raises(SealBroken):
        read(path, key)


def test_sound_of_another_length_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="were said"):
        seal(iter(pieces(SOUND)), len(SOUND) + 1, tmp_path)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_the_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "recordings.json"
    first = Keyring.load(path, may_make=True)
    second = Keyring.load(path)
    sealed = first.seal(b"k" * 32, owner="c1")
    assert second.open(sealed, owner="c1", by=first.newest) == b"k" * 32
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(path.parent).st_mode) == 0o700


def test_a_key_file_that_is_gone_is_not_made_anew_over_sealed_recordings(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing):
        Keyring.load(tmp_path / "recordings.json")
    assert list(tmp_path.iterdir()) == []


def test_a_key_belongs_to_its_contact(tmp_path: Path) -> None:
    ring = Keyring.load(tmp_path / "recordings.json", may_make=True)
    sealed = ring.seal(b"k" * 32, owner="c1")
    with pytest.raises(SealBroken):
        ring.open(sealed, owner="c2", by=ring.newest)
    with pytest.raises(SealBroken):
        ring.open(sealed, owner="c1", by="k9")
