"""Files of sound: cut a raw file into a WAV, and draw its peaks. Blocking; call it in a thread."""

import os
import wave
from itertools import pairwise
from pathlib import Path

import numpy as np

from lianxi.modules.recordings.rules import CHANNELS, FRAME, RATE, Cut

POINTS = 2000
"""Peaks per channel at most: more than a screen has pixels for."""
CHUNK = 1 << 20
PART = ".part"
"""Suffix of a file that is being written; one left over is worthless."""
FULL_SCALE = 32768


def write_wav(raw: Path, kept: Cut, target: Path) -> None:
    """Write the kept part of a raw file as WAV: the whole file appears at once or not at all.

    Raises:
        OSError: the raw file cannot be read, the target cannot be written, or the disk is full.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}{PART}")
    try:
        with raw.open("rb") as source, part.open("wb") as sink:
            _copy(source.fileno(), kept, sink)
            sink.flush()
            os.fsync(sink.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _copy(source: int, kept: Cut, sink: object) -> None:
    with wave.open(sink, "wb") as wav:  # type: ignore[call-overload]
        wav.setnchannels(CHANNELS)
        wav.setsampwidth(FRAME // CHANNELS)
        wav.setframerate(RATE)
        wav.setnframes((kept.end - kept.start) // FRAME)
        at = kept.start
        while at < kept.end:
            chunk = os.pread(source, min(CHUNK, kept.end - at), at)
            if not chunk:
                raise OSError(f"the raw file ends at byte {at}, expected {kept.end}")
            wav.writeframesraw(chunk)
            at += len(chunk)


def _sync_folder(folder: Path) -> None:
    # The new name itself must survive a power cut before the raw file may be deleted.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def peaks(raw: Path, kept: Cut, points: int = POINTS) -> list[list[float]]:
    """The loudest sample of each stretch, 0 to 1, one list per channel.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is shorter than the part to keep.
    """
    frames = (kept.end - kept.start) // FRAME
    if frames == 0:
        return [[] for _ in range(CHANNELS)]
    # Mapped, not read: an hour of sound is 115 MB.
    sound = np.memmap(raw, dtype="<i2", mode="r", offset=kept.start, shape=(frames, CHANNELS))
    edges = np.linspace(0, frames, min(points, frames) + 1, dtype=np.int64)
    drawn: list[list[float]] = [[] for _ in range(CHANNELS)]
    for begin, end in pairwise(edges):
        stretch = sound[begin:end]
        loudest = np.maximum(stretch.max(axis=0).astype(int), -stretch.min(axis=0).astype(int))
        for channel, value in enumerate(loudest):
            drawn[channel].append(round(int(value) / FULL_SCALE, 3))
    return drawn
