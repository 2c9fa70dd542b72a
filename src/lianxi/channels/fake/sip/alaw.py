"""G.711 a-law (ITU-T G.711): tables from 16-bit samples to bytes and back.

A byte holds a sign, a segment of three bits and a step of four; every other bit is turned
over on the line (0x55). Decoding and loudness are table look-ups on the bytes themselves, so
measuring what is heard costs microseconds per 20 ms.
"""

import math
from array import array

SAMPLE_RATE_HZ = 8000
FRAME_SAMPLES = 160
"""Samples, and a-law bytes, in 20 ms."""

FRAME_S = 0.020
SILENCE = b"\xd5" * FRAME_SAMPLES
QUIETEST_DBFS = -90.0


def _decoded(code: int) -> int:
    code ^= 0x55
    step = (code & 0x0F) << 4
    segment = (code & 0x70) >> 4
    magnitude = step + 8 if segment == 0 else (step + 0x108) << (segment - 1)
    return magnitude if code & 0x80 else -magnitude


def _encoded(sample_13_bit: int) -> int:
    is_positive = sample_13_bit >= 0
    magnitude = sample_13_bit if is_positive else -sample_13_bit - 1
    segment = max(magnitude.bit_length() - 5, 0)
    step = magnitude >> 1 if segment < 2 else magnitude >> segment
    code = min(segment, 7) << 4 | step & 0x0F
    return code ^ (0xD5 if is_positive else 0x55)


LINEAR: tuple[int, ...] = tuple(_decoded(code) for code in range(256))
"""The 16-bit sample of every a-law byte."""

_SQUARES: tuple[int, ...] = tuple(sample * sample for sample in LINEAR)
_CODES = bytes(_encoded(sample) for sample in range(-4096, 4096))


def encode(samples: "array[int]") -> bytes:
    """16-bit samples to a-law."""
    codes = _CODES
    return bytes([codes[(sample >> 3) + 4096] for sample in samples])


def decode(payload: bytes) -> "array[int]":
    """A-law to 16-bit samples."""
    return array("h", [LINEAR[code] for code in payload])


def level_dbfs(payload: bytes) -> float:
    """Loudness of a-law audio in dB below full scale: 0 is the loudest, -90 silence or nothing."""
    energy = sum(map(_SQUARES.__getitem__, payload))
    if not payload or energy == 0:
        return QUIETEST_DBFS
    return max(10.0 * math.log10(energy / len(payload) / 32768.0**2), QUIETEST_DBFS)
