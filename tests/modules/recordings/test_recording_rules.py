"""What is kept of a raw file, and how it looks."""

import io
import wave
from pathlib import Path

import numpy as np
import pytest

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.listening import ONE_LISTENING_MS, Listening
from lianxi.modules.recordings.room import room_left
from lianxi.modules.recordings.rules import BYTES_PER_MS, Cut, cut
from lianxi.modules.recordings.sealing import seal
from lianxi.modules.recordings.sound import peaks, wav, wav_size

pytestmark = pytest.mark.unit

BEGAN = Instant(1_000_000)
CONNECTED = Instant(1_020_000)
ENDED = Instant(1_080_000)


def kept(raw_ms: int) -> tuple[int, int, str | None]:
    found = cut(raw_ms * BYTES_PER_MS, began=BEGAN, connected=CONNECTED, ended=ENDED)
    return found.start // BYTES_PER_MS, found.duration_ms, found.cause


def test_a_file_as_long_as_the_contact_is_cut_where_the_two_were_connected() -> None:
    assert kept(80_000) == (20_000, 60_000, None)


def test_a_file_that_began_late_is_measured_from_its_end() -> None:
    assert kept(75_000) == (15_000, 60_000, None)


def test_a_file_that_outlived_the_contact_is_measured_from_its_start() -> None:
    assert kept(80_400) == (20_000, 60_400, None)


def test_a_file_shorter_than_the_conversation_is_kept_whole_and_marked() -> None:
    assert kept(40_000) == (0, 40_000, "incomplete")


def test_a_file_with_hardly_any_sound_is_no_recording() -> None:
    assert kept(500) == (0, 0, "too_short")


@pytest.mark.parametrize("size", [0, 44])
def test_acd_57_a_header_alone_is_no_recording(size: int) -> None:
    """https://github.com/asterisk/asterisk/issues/455
    https://github.com/sipwise/rtpengine/issues/2136
    """
    found = cut(size, began=BEGAN, connected=CONNECTED, ended=ENDED)
    assert (found.duration_ms, found.cause) == (0, "file_empty")


def test_a_call_of_half_a_second_is_a_recording_all_the_same() -> None:
    found = cut(
        3_500 * BYTES_PER_MS,
        began=Instant(0),
        connected=Instant(3_000),
        ended=Instant(3_500),
    )
    assert (found.duration_ms, found.cause) == (500, None)


def a_raw_file(folder: Path, seconds: int, customer: int, agent: int) -> Path:
    sound = np.zeros((8000 * seconds, 2), dtype="<i2")
    sound[:, 0], sound[:, 1] = customer, agent
    path = folder / "call.raw"
    sound.tofile(path)
    return path


def test_the_wav_holds_the_kept_part_in_two_channels(tmp_path: Path) -> None:
    raw = a_raw_file(tmp_path, 3, customer=100, agent=-200)
    kept = Cut(start=32_000, end=96_000)
    made = b"".join(wav(raw, kept))
    assert len(made) == wav_size(kept)
    with wave.open(io.BytesIO(made)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 8000, 16_000)
        assert np.frombuffer(file.readframes(1), dtype="<i2").tolist() == [100, -200]


def test_a_file_that_cannot_be_made_whole_leaves_nothing_behind(tmp_path: Path) -> None:
    raw = a_raw_file(tmp_path, 1, customer=1, agent=1)
    kept = Cut(start=0, end=64_000)
    with pytest.raises(OSError, match="ends at byte 32000"):
        seal(wav(raw, kept), wav_size(kept), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_peaks_are_the_loudest_samples_of_each_channel(tmp_path: Path) -> None:
    raw = a_raw_file(tmp_path, 2, customer=-32768, agent=16384)
    customer, agent = peaks(raw, Cut(start=0, end=64_000))
    assert (len(customer), len(agent)) == (2000, 2000)
    assert (set(customer), set(agent)) == ({1.0}, {0.5})


def test_a_short_sound_has_no_more_peaks_than_samples(tmp_path: Path) -> None:
    raw = a_raw_file(tmp_path, 1, customer=0, agent=0)
    assert [len(channel) for channel in peaks(raw, Cut(start=0, end=40))] == [10, 10]


def test_room_is_asked_of_the_disk_even_before_the_folder_exists(tmp_path: Path) -> None:
    found = room_left(tmp_path / "not" / "yet", reserve=0)
    assert found.is_enough
    assert found.hours == pytest.approx(found.free_bytes / (2 * 32_000 * 3600))
    assert not room_left(tmp_path, reserve=1 << 60).is_enough


def test_the_ranges_of_one_player_are_one_listening() -> None:
    listening, contact = Listening(), ContactId("c1")
    assert listening.is_new("s1", contact, Instant(0))
    assert not listening.is_new("s1", contact, Instant(5_000))
    assert listening.is_new("s2", contact, Instant(5_000))
    assert listening.is_new("s1", contact, Instant(ONE_LISTENING_MS))
