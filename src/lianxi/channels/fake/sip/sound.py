"""What a phone says: a wav file or a tone, as a-law frames of 20 ms."""

import math
import wave
from array import array
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from lianxi.channels.fake.sip.alaw import FRAME_SAMPLES, SAMPLE_RATE_HZ, SILENCE, encode


class Sound(Protocol):
    """Something that can be said."""

    def next_frame(self) -> bytes | None:
        """160 bytes of a-law for the next 20 ms, or None when it is over."""


class UnusableWav(ValueError):
    """The wav file is not 16-bit PCM at a whole multiple of 8 kHz."""


class Encoded:
    """A-law audio held in memory, said once or for ever."""

    def __init__(self, audio: bytes, *, is_endless: bool = False) -> None:
        frames = math.ceil(len(audio) / FRAME_SAMPLES)
        self._audio = audio.ljust(frames * FRAME_SAMPLES, SILENCE[:1])
        self._is_endless = is_endless
        self._position = 0

    def next_frame(self) -> bytes | None:
        """The next 20 ms."""
        if self._position >= len(self._audio):
            if not self._is_endless or not self._audio:
                return None
            self._position = 0
        frame = self._audio[self._position : self._position + FRAME_SAMPLES]
        self._position += FRAME_SAMPLES
        return frame


@dataclass(frozen=True, slots=True)
class Tone:
    """An endless sine tone; whole numbers of Hz stay smooth."""

    frequency_hz: int
    """1..3999."""

    level_dbfs: float = -16.0
    """Loudness (RMS) in dB below full scale, at most -3."""


Say = Path | Tone
"""What can be said: a wav file or a tone."""


def make_sound(what: Say, *, is_endless: bool = False) -> Sound:
    """The sound of a tone, or of a wav file: 16-bit PCM, of several channels the first.

    Args:
        what: the tone or the path of the file.
        is_endless: whether a file starts over at its end.

    Raises:
        UnusableWav: another sample format, or a rate that is no multiple of 8 kHz.
        OSError: the file cannot be read.
    """
    if isinstance(what, Tone):
        return Encoded(_tone_as_alaw(what), is_endless=True)
    return Encoded(_wav_as_alaw(what), is_endless=is_endless)


@lru_cache(maxsize=16)
def _tone_as_alaw(tone: Tone) -> bytes:
    peak = 32767 * min(10 ** (tone.level_dbfs / 20) * math.sqrt(2), 1.0)
    turn = 2 * math.pi * tone.frequency_hz / SAMPLE_RATE_HZ
    return encode(
        array("h", [round(peak * math.sin(turn * index)) for index in range(SAMPLE_RATE_HZ)])
    )


@lru_cache(maxsize=64)
def _wav_as_alaw(path: Path) -> bytes:
    with wave.open(str(path), "rb") as source:
        width, rate, channels = (
            source.getsampwidth(),
            source.getframerate(),
            source.getnchannels(),
        )
        if width != 2 or rate % SAMPLE_RATE_HZ:
            raise UnusableWav(f"{path}: {8 * width} bit, {rate} Hz")
        samples = array("h", source.readframes(source.getnframes()))
    step = rate // SAMPLE_RATE_HZ
    first_channel = samples[::channels]
    if step == 1:
        return encode(first_channel)
    # The mean of each group is a crude low-pass; good enough for speech in a test call.
    whole = len(first_channel) // step * step
    return encode(
        array(
            "h",
            [sum(first_channel[at : at + step]) // step for at in range(0, whole, step)],
        )
    )
