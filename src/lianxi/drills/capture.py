"""What one customer says and presses, as a capture file that SIPp plays.

One capture holds the whole call, so that sequence numbers and timestamps run on as those of a real
telephone do: a capture played a second time would jump back, and what listens (a recorder, a jitter
buffer) may take that for old sound. SIPp reads Ethernet captures and puts addresses and ports of
its own call into each packet, so those written here mean nothing. One packet each 20 ms.
"""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from lianxi.channels.fake.sip.alaw import FRAME_SAMPLES
from lianxi.channels.fake.sip.dtmf import key_press
from lianxi.channels.fake.sip.sdp import ALAW, TELEPHONE_EVENT
from lianxi.channels.fake.sip.sound import make_sound

FRAME_MS = 20
_MARKER = 0x80
_ETHERNET = bytes(12) + b"\x08\x00"
_HOST = bytes((127, 0, 0, 1))
_PORT = 6000
_FILE_HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
_SOURCE = 0x4C58

Rtp = tuple[int, int, bytes]
"""Marker and payload type, timestamp, payload."""


def speech(wav: Path, press: Sequence[tuple[str, int]], length_ms: int) -> bytes:
    """A customer who speaks all the time, again from the start when the wav is over.

    Args:
        wav: 8 kHz mono, 16 bit.
        press: keys, each with its time after the beginning in milliseconds, in their order.
        length_ms: of the whole capture.

    Raises:
        ValueError: a key that no telephone has.
    """
    return _capture(_packets(wav, list(press), length_ms // FRAME_MS))


def _packets(wav: Path, press: list[tuple[str, int]], frames: int) -> Iterator[Rtp]:
    said = _frames(wav)
    frame = 0
    while frame < frames:
        if press and frame * FRAME_MS >= press[0][1]:
            key, _ = press.pop(0)
            began = frame * FRAME_SAMPLES
            for index, packet in enumerate(key_press(key)):
                yield (TELEPHONE_EVENT | (0 if index else _MARKER), began, packet.render())
                frame += 1
        yield (ALAW if frame else ALAW | _MARKER, frame * FRAME_SAMPLES, next(said))
        frame += 1


def _frames(wav: Path) -> Iterator[bytes]:
    while True:
        sound = make_sound(wav)
        while (frame := sound.next_frame()) is not None:
            yield frame


def _capture(packets: Iterator[Rtp]) -> bytes:
    records = [_FILE_HEAD]
    for index, (kind, timestamp, payload) in enumerate(packets):
        rtp = struct.pack("!BBHII", 0x80, kind, index & 0xFFFF, timestamp, _SOURCE) + payload
        udp = struct.pack("!HHHH", _PORT, _PORT, 8 + len(rtp), 0) + rtp
        packet = _ETHERNET + _ip_head(20 + len(udp)) + udp
        seconds, microseconds = divmod(index * FRAME_MS * 1000, 1_000_000)
        records.append(struct.pack("<IIII", seconds, microseconds, len(packet), len(packet)))
        records.append(packet)
    return b"".join(records)


def _ip_head(length: int) -> bytes:
    head = struct.pack("!BBHHHBBH", 0x45, 0, length, 0, 0, 64, 17, 0) + _HOST + _HOST
    total = sum(struct.unpack("!10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    checksum = ~(total + (total >> 16)) & 0xFFFF
    return head[:10] + struct.pack("!H", checksum) + head[12:]
