"""What a centre leaves behind: sound in raw files, bytes in any file of its home."""

from array import array
from pathlib import Path

TENTH = 1_600
"""Samples of a tenth of a second, both channels."""


def customer_heard(raw: Path) -> list[bool]:
    """Of each tenth of a second, whether the customer sounds in a raw file."""
    content = raw.read_bytes()
    samples = array("h", content[: len(content) - len(content) % 4])
    tenths = range(0, len(samples) - TENTH, TENTH)
    return [max(samples[at : at + TENTH : 2]) > 500 for at in tenths]


def longest_silence(loud: list[bool]) -> int:
    """Tenths of a second."""
    longest = now = 0
    for sounds in loud:
        now = 0 if sounds else now + 1
        longest = max(longest, now)
    return longest


def files_with(folder: Path, wanted: bytes) -> tuple[int, list[str]]:
    """How many files were read, and the names of those that have these bytes."""
    read, found = 0, []
    for path in folder.rglob("*"):
        try:
            if path.is_file() and not path.is_symlink():
                read += 1
                if wanted in path.read_bytes():
                    found.append(path.name)
        except OSError:
            continue  # gone meanwhile
    return read, found
