"""Raw recordings of a living switch, read when it has closed them."""

import asyncio
from array import array
from contextlib import suppress
from pathlib import Path

WITHIN_S = 20.0


async def closed(raw: Path, pid: int | None) -> "array[int]":
    """Wait until the switch has written a raw file and closed it.

    Args:
        raw: a recording whose contact is over.
        pid: of the switch, which lives.

    Returns:
        Its samples, those of both sides in turn.
    """
    async with asyncio.timeout(WITHIN_S):
        while not _is_written(raw, pid):  # noqa: ASYNC110
            # poll: the switch says nothing when it closes a raw file
            await asyncio.sleep(0.05)
    return _samples(raw)


def _is_written(raw: Path, pid: int | None) -> bool:
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed while we looked
            if one.readlink() == raw.resolve():
                return False
    return raw.exists() and raw.stat().st_size > 0


def _samples(raw: Path) -> "array[int]":
    written = raw.read_bytes()
    return array("h", written[: len(written) - len(written) % 4])
