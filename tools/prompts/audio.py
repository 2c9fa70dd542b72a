"""From what a voice says to a prompt: 8 kHz, trimmed, of even loudness. Standard library only.

The sample rate changes by a windowed-sinc filter (Smith, "Digital Audio Resampling", CCRMA),
cut off at 3.7 kHz so that nothing folds back; telephones carry no more than 3.4 kHz.
"""

import math
import wave
from array import array
from operator import mul
from pathlib import Path

RATE_HZ = 8000
LOUDNESS_DBFS = -20.0
"""Loudness (RMS) of the parts in which somebody speaks."""

PEAK_DBFS = -3.0
_CUT_OFF_HZ = 3700
_HALF_WIDTH = 16
_FRAME = RATE_HZ // 100
_SPEECH_BELOW_PEAK_DB = 40.0
_KEPT_BEFORE = RATE_HZ * 30 // 1000
_KEPT_AFTER = RATE_HZ * 60 // 1000

Samples = list[float]
"""Samples in -1..1."""


def read_wav(path: Path) -> tuple[Samples, int]:
    """The samples and the rate (Hz) of a 16-bit mono wav file.

    Raises:
        ValueError: the file is of another kind.
    """
    with wave.open(str(path), "rb") as source:
        if source.getsampwidth() != 2 or source.getnchannels() != 1:
            raise ValueError(f"{path} is not 16-bit mono")
        samples = array("h", source.readframes(source.getnframes()))
        return [sample / 32768 for sample in samples], source.getframerate()


def write_wav(path: Path, samples: Samples) -> None:
    """Write 8 kHz mono 16-bit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = array("h", [max(-32768, min(32767, round(sample * 32768))) for sample in samples])
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE_HZ)
        target.writeframes(whole.tobytes())


def resample(samples: Samples, rate_hz: int) -> Samples:
    """From `rate_hz` (at least 8000) down to 8 kHz."""
    if rate_hz == RATE_HZ:
        return samples
    common = math.gcd(rate_hz, RATE_HZ)
    phases, step = RATE_HZ // common, rate_hz // common
    half = math.ceil(_HALF_WIDTH * rate_hz / RATE_HZ)
    kernels = [_kernel(phase / phases, half, rate_hz) for phase in range(phases)]
    padded = [0.0] * half + samples + [0.0] * (half + 1)
    resampled: Samples = []
    for index in range(len(samples) * phases // step):
        position, phase = divmod(index * step, phases)
        resampled.append(sum(map(mul, kernels[phase], padded[position : position + 2 * half + 1])))
    return resampled


def _kernel(offset: float, half: int, rate_hz: int) -> list[float]:
    """Weights of the samples around a point that lies `offset` (0..1) after the middle one."""
    cut_off = _CUT_OFF_HZ / rate_hz
    weights = []
    for index in range(-half, half + 1):
        distance = index - offset
        angle = 2 * math.pi * cut_off * distance
        sinc = 2 * cut_off * (math.sin(angle) / angle if distance else 1.0)
        window = 0.5 + 0.5 * math.cos(math.pi * distance / (half + 1))
        weights.append(sinc * window)
    total = sum(weights)
    return [weight / total for weight in weights]


def _frame_levels_db(samples: Samples) -> list[float]:
    return [
        10 * math.log10(sum(s * s for s in samples[at : at + _FRAME]) / _FRAME + 1e-12)
        for at in range(0, len(samples), _FRAME)
    ]


def trim(samples: Samples) -> Samples:
    """Without the silence before and after, but for a breath: 30 ms and 60 ms."""
    levels = _frame_levels_db(samples)
    threshold = max(levels) - _SPEECH_BELOW_PEAK_DB
    loud = [index for index, level in enumerate(levels) if level > threshold]
    start = max(loud[0] * _FRAME - _KEPT_BEFORE, 0)
    stop = min((loud[-1] + 1) * _FRAME + _KEPT_AFTER, len(samples))
    return samples[start:stop]


def loudness_dbfs(samples: Samples) -> float:
    """Loudness (RMS) of the frames in which somebody speaks."""
    levels = _frame_levels_db(samples)
    threshold = max(levels) - 25
    spoken = [10 ** (level / 10) for level in levels if level > threshold]
    return 10 * math.log10(sum(spoken) / len(spoken))


def level(samples: Samples) -> Samples:
    """Of the loudness all prompts have, unless a peak would come too near to full scale."""
    gain = 10 ** ((LOUDNESS_DBFS - loudness_dbfs(samples)) / 20)
    peak = max(abs(sample) for sample in samples)
    gain = min(gain, 10 ** (PEAK_DBFS / 20) / peak)
    return [sample * gain for sample in samples]


def finish(spoken: Path, prompt: Path) -> float:
    """Make a prompt of what a voice said; returns its length in seconds."""
    samples = level(trim(resample(*read_wav(spoken))))
    write_wav(prompt, samples)
    return len(samples) / RATE_HZ
