"""WAV files as people send them become 8 kHz, mono, 16 bit: what the telephone line carries.

Resampling is a windowed-sinc low pass (Smith, "Digital Audio Resampling") evaluated only at the
output's instants; prompts are short, so clarity comes before speed.
"""

import io
import wave
from math import gcd

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lianxi.modules.ivr.errors import PromptLengthInvalid, PromptSilent, PromptUnreadable

LINE_RATE = 8_000
SHORTEST_S, LONGEST_S = 0.1, 300.0
_ZERO_CROSSINGS = 24
_AT_ONCE = 20_000
"""Samples of the output: a long file does not take the memory."""
_SILENCE = 0.001
"""Peak below -60 dBFS."""

Samples = NDArray[np.float64]


def line_wav(content: bytes) -> tuple[bytes, int]:
    """The same sound for the line, and its length in milliseconds.

    Args:
        content: a RIFF/WAVE file with PCM of 8, 16, 24 or 32 bits, 4 to 192 kHz.

    Raises:
        PromptUnreadable, PromptLengthInvalid, PromptSilent.
    """
    samples, rate = _read(content)
    length_s = len(samples) / rate
    if not SHORTEST_S <= length_s <= LONGEST_S:
        raise PromptLengthInvalid(length_ms=round(length_s * 1000))
    if float(np.max(np.abs(samples))) < _SILENCE:
        raise PromptSilent
    line = samples if rate == LINE_RATE else _resampled(samples, rate)
    whole = np.clip(np.round(line * 32767), -32768, 32767).astype("<i2")
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(LINE_RATE)
        file.writeframes(whole.tobytes())
    return written.getvalue(), round(len(whole) / LINE_RATE * 1000)


def _read(content: bytes) -> tuple[Samples, int]:
    try:
        with wave.open(io.BytesIO(content)) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError, ValueError) as error:
        raise PromptUnreadable(why=str(error)) from error
    if channels not in {1, 2} or width not in {1, 2, 3, 4} or not 4_000 <= rate <= 192_000:
        raise PromptUnreadable(why=f"{channels} channels, {8 * width} bit, {rate} Hz")
    raw = raw[: len(raw) // (channels * width) * channels * width]
    if not raw:
        raise PromptLengthInvalid(length_ms=0)
    return _decoded(raw, width).reshape(-1, channels).mean(axis=1), rate


def _decoded(raw: bytes, width: int) -> Samples:
    """Samples in -1..1."""
    if width == 1:  # unsigned, by the format's rule
        return (np.frombuffer(raw, np.uint8).astype(np.float64) - 128) / 128
    if width == 3:
        parts = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(parts), 4), np.uint8)
        padded[:, 1:] = parts
        return padded.reshape(-1).view("<i4").astype(np.float64) / 2**31
    return np.frombuffer(raw, f"<i{width}").astype(np.float64) / float(2 ** (8 * width - 1))


def _resampled(samples: Samples, rate: int) -> Samples:
    cutoff = min(1.0, LINE_RATE / rate) * 0.95
    half = int(np.ceil(_ZERO_CROSSINGS / cutoff))
    offsets = np.arange(-half + 1, half + 1)
    padded = np.concatenate([np.zeros(half), samples, np.zeros(half + 1)])
    result = np.zeros(int(len(samples) * LINE_RATE / rate))
    # The output's instants fall between the input's samples in ways that repeat: each way has its
    # own filter, made once.
    common = gcd(LINE_RATE, rate)
    every, step = LINE_RATE // common, rate // common
    for first in range(min(every, len(result))):
        nearest, rest = divmod(first * step, every)
        distance = offsets - rest / every
        window = 0.5 + 0.5 * np.cos(np.pi * np.clip(distance / half, -1, 1))
        filtering = np.sinc(distance * cutoff) * cutoff * window
        wanted = result[first::every]
        heard = sliding_window_view(padded[nearest + 1 :], 2 * half)[::step]
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            part[:] = heard[at : at + len(part)] @ filtering
    return result
