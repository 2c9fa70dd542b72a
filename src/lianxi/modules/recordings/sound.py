"""Sound: the kept part of a raw file as WAV, and its peaks. Blocking; call it in a thread."""

import io
import os
import wave
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from lianxi.modules.recordings.rules import CHANNELS, FRAME, RATE, Cut

POINTS = 2000
"""Peaks per channel at most: more than a screen has pixels for."""
CHUNK = 1 << 18
HEAD_BYTES = 44
"""Of a WAV file of the plain kind."""
FULL_SCALE = 32768


def wav(raw: Path, kept: Cut) -> Iterator[bytes]:
    """The kept part of a raw file as WAV, a stretch at a time.

    Raises:
        OSError: the raw file cannot be read, or ends too early.
    """
    yield head(kept.end - kept.start)
    with raw.open("rb") as source:
        at = kept.start
        while at < kept.end:
            chunk = os.pread(source.fileno(), min(CHUNK, kept.end - at), at)
            if not chunk:
                raise OSError(f"the raw file ends at byte {at}, expected {kept.end}")
            yield _quiet(chunk, at, kept)
            at += len(chunk)


def _quiet(chunk: bytes, at: int, kept: Cut) -> bytes:
    """What is kept of a stretch that begins at this byte of the file."""
    end = at + len(chunk)
    for first, last in kept.silent:
        begin, stop = max(first, at), min(last, end)
        if begin < stop:
            chunk = chunk[: begin - at] + bytes(stop - begin) + chunk[stop - at :]
    return chunk


def wav_size(kept: Cut) -> int:
    """Bytes of the kept part as WAV."""
    return HEAD_BYTES + kept.end - kept.start


def head(length: int, *, after: int = 0) -> bytes:
    """What a WAV file begins with.

    Args:
        length: bytes of sound.
        after: bytes that follow the sound (words about it).
    """
    sink = io.BytesIO()
    with wave.open(sink, "wb") as writer:
        writer.setnchannels(CHANNELS)
        writer.setsampwidth(FRAME // CHANNELS)
        writer.setframerate(RATE)
        writer.setnframes(length // FRAME)
        writer.writeframesraw(b"")
        told = bytearray(sink.getvalue()[:HEAD_BYTES])
    told[4:8] = (HEAD_BYTES - 8 + length + after).to_bytes(4, "little")
    told[40:44] = length.to_bytes(4, "little")
    return bytes(told)


def note(words: str) -> bytes:
    """Words that players show or pass over: a LIST chunk with a comment (ICMT)."""
    said = words.encode() + b"\0"
    said += b"\0" * (len(said) % 2)
    body = b"INFO" + b"ICMT" + len(said).to_bytes(4, "little") + said
    return b"LIST" + len(body).to_bytes(4, "little") + body


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
    sound = np.memmap(raw, dtype="<i2", mode="c", offset=kept.start, shape=(frames, CHANNELS))
    for first, last in kept.silent:
        sound[(first - kept.start) // FRAME : (last - kept.start) // FRAME] = 0  # not in the file
    edges = np.linspace(0, frames, min(points, frames) + 1, dtype=np.int64)
    drawn: list[list[float]] = [[] for _ in range(CHANNELS)]
    for begin, end in pairwise(edges):
        stretch = sound[begin:end]
        loudest = np.maximum(stretch.max(axis=0).astype(int), -stretch.min(axis=0).astype(int))
        for channel, value in enumerate(loudest):
            drawn[channel].append(round(int(value) / FULL_SCALE, 3))
    return drawn
