"""Space for recordings: asked before a file is written, and shown among the lights at start."""

import shutil
from pathlib import Path

from lianxi.modules.recordings.contracts import Room
from lianxi.modules.recordings.rules import BYTES_PER_MS

RESERVE_BYTES = 512 * 1024 * 1024
"""Kept free for the database and the logs: a full disk would stop more than recordings."""
BYTES_PER_HOUR = 2 * BYTES_PER_MS * 3_600_000
"""Raw file and WAV lie side by side for a moment."""


def room_left(path: Path, *, reserve: int = RESERVE_BYTES) -> Room:
    """The space on the disk of a folder, which need not exist yet.

    Raises:
        OSError: the disk cannot be asked.
    """
    folder = path
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    usable = max(0, free - reserve)
    return Room(free_bytes=free, hours=usable / BYTES_PER_HOUR, is_enough=usable > 0)
