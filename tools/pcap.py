"""Captures for SIPp: a wav file as RTP a-law, a telephone key as RFC 4733 events.

Usage:
    python -m tools.pcap voice customer.wav voice.pcap
    python -m tools.pcap key 1 key_1.pcap
    python -m tools.pcap all          (everything, from the samples that come along)

SIPp reads Ethernet captures and puts addresses and ports of its own call into each packet, so those
written here mean nothing. One packet each 20 ms.
"""

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from lianxi.channels.fake.sip.alaw import FRAME_SAMPLES
from lianxi.channels.fake.sip.dtmf import key_press
from lianxi.channels.fake.sip.sdp import ALAW, TELEPHONE_EVENT
from lianxi.channels.fake.sip.sound import make_sound
from lianxi.drills.sipp import KEY_NAMES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "src/lianxi/drills/sip"
SAMPLE = ROOT / "src/lianxi/assets/samples/customer_zh.wav"

_FRAME_US = 20_000
_ETHERNET = bytes(12) + b"\x08\x00"
_HOST = bytes((127, 0, 0, 1))
_PORT = 6000
_FILE_HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
_SOURCE = 0x4C58
_KEYS_START = 0x40000000
"""Keys carry timestamps of their own, far from those of the voice."""

Rtp = tuple[int, int, bytes]
"""Marker and payload type, timestamp, payload."""


def voice(wav: Path) -> Iterator[Rtp]:
    """The packets of a wav file."""
    sound = make_sound(wav)
    timestamp = 0
    while (frame := sound.next_frame()) is not None:
        yield (ALAW if timestamp else 0x80 | ALAW, timestamp, frame)
        timestamp += FRAME_SAMPLES


def key(name: str) -> Iterator[Rtp]:
    """The packets of one key press; each key has a timestamp of its own."""
    start = _KEYS_START + ord(name) * 8000
    for index, packet in enumerate(key_press(name)):
        yield (TELEPHONE_EVENT | (0 if index else 0x80), start, packet.render())


def capture(packets: Iterator[Rtp], *, sequence: int = 0) -> bytes:
    """A capture file with these packets, numbered from `sequence` on."""
    records = [_FILE_HEAD]
    for index, (kind, timestamp, payload) in enumerate(packets):
        number = (sequence + index) & 0xFFFF
        rtp = struct.pack("!BBHII", 0x80, kind, number, timestamp, _SOURCE) + payload
        udp = struct.pack("!HHHH", _PORT, _PORT, 8 + len(rtp), 0) + rtp
        packet = _ETHERNET + _ip_head(20 + len(udp)) + udp
        seconds, microseconds = divmod(index * _FRAME_US, 1_000_000)
        records.append(struct.pack("<IIII", seconds, microseconds, len(packet), len(packet)))
        records.append(packet)
    return b"".join(records)


def _ip_head(length: int) -> bytes:
    head = struct.pack("!BBHHHBBH", 0x45, 0, length, 0, 0, 64, 17, 0) + _HOST + _HOST
    total = sum(struct.unpack("!10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    checksum = ~(total + (total >> 16)) & 0xFFFF
    return head[:10] + struct.pack("!H", checksum) + head[12:]


def everything() -> dict[Path, bytes]:
    """What belongs into src/lianxi/drills/sip."""
    files = {FOLDER / "voice.pcap": capture(voice(SAMPLE))}
    for sign, name in KEY_NAMES.items():
        files[FOLDER / f"key_{name}.pcap"] = capture(key(sign))
    return files


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    match arguments:
        case ["voice", source, target]:
            Path(target).write_bytes(capture(voice(Path(source))))
        case ["key", sign, target]:
            Path(target).write_bytes(capture(key(sign)))
        case ["all"]:
            for path, content in everything().items():
                path.write_bytes(content)
                print(f"{path.relative_to(ROOT)}  {len(content)} bytes")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
