"""What SIPp plays: sequence numbers and timestamps that run on, keys at their time."""

import struct

import pytest

import lianxi.drills.sipp as sipp
from lianxi.drills.capture import speech
from lianxi.drills.wire import Sound

pytestmark = pytest.mark.unit


def packets(capture: bytes) -> list[bytes]:
    """The RTP packets of a capture file."""
    found, at = [], 24
    while at < len(capture):
        length = struct.unpack_from("<I", capture, at + 8)[0]
        found.append(capture[at + 16 + 14 + 20 + 8 : at + 16 + length])
        at += 16 + length
    return found


def test_numbers_run_on_over_keys_and_repetitions() -> None:
    # Given eight seconds of speech from a sample of six, with two keys in between
    rtp = packets(speech(sipp.SAMPLE, [("2", 1_000), ("2", 3_000)], 8_000))
    numbers = [struct.unpack_from("!H", packet, 2)[0] for packet in rtp]
    assert numbers == list(range(400))
    # Then a listener hears both keys once, and sound until the end
    sound = Sound()
    for index, packet in enumerate(rtp):
        sound.hear(index * 0.02, packet)
    assert "".join(key for _, key in sound.keys) == "22"
    assert [round(at, 2) for at, _ in sound.keys] == [1.0, 3.0]
    assert sound.audible_share(6.0) > 0.3
    assert sound.longest_gap_s(4.0, 8.0) < 0.05
