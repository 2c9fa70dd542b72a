"""Telephone events in RTP (RFC 4733): keys as packets, not as tones.

One key press is a run of packets with the same timestamp and a growing duration; the last one
is sent three times with the end bit set, because packets get lost.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from lianxi.channels.fake.sip.alaw import FRAME_SAMPLES

KEYS = "0123456789*#ABCD"
_VOLUME_DBM0 = 10
_FORMAT = struct.Struct("!BBH")
_FRAMES_PER_KEY = 8
_END_PACKETS = 3


@dataclass(frozen=True, slots=True)
class KeyPacket:
    """One packet of a key press."""

    key: str
    is_end: bool
    duration: int
    """Samples of 1/8000 s since the key went down."""

    def render(self) -> bytes:
        """The RTP payload."""
        end_and_volume = (0x80 if self.is_end else 0) | _VOLUME_DBM0
        return _FORMAT.pack(KEYS.index(self.key), end_and_volume, self.duration)


def parse_key(payload: bytes) -> KeyPacket | None:
    """Read a telephone-event payload; None for events that are no keys (flash, fax tones)."""
    if len(payload) < _FORMAT.size:
        return None
    event, end_and_volume, duration = _FORMAT.unpack_from(payload)
    if event >= len(KEYS):
        return None
    return KeyPacket(key=KEYS[event], is_end=bool(end_and_volume & 0x80), duration=duration)


def key_press(key: str) -> Iterator[KeyPacket]:
    """The packets of one press of 160 ms, one for every 20 ms, and the repeated ends.

    Raises:
        ValueError: `key` is none of 0-9 * # A-D.
    """
    if len(key) != 1 or key not in KEYS:
        raise ValueError(f"not a telephone key: {key!r}")
    for frame in range(1, _FRAMES_PER_KEY):
        yield KeyPacket(key=key, is_end=False, duration=frame * FRAME_SAMPLES)
    for _ in range(_END_PACKETS):
        yield KeyPacket(key=key, is_end=True, duration=_FRAMES_PER_KEY * FRAME_SAMPLES)


class KeyListener:
    """Turns received packets into key presses: one per timestamp, however often repeated."""

    def __init__(self) -> None:
        self._last_timestamp: int | None = None

    def hear(self, payload: bytes, timestamp: int) -> str | None:
        """The key that just went down, or None for a repeat or a stray packet."""
        packet = parse_key(payload)
        if packet is None or timestamp == self._last_timestamp:
            return None
        self._last_timestamp = timestamp
        return packet.key
