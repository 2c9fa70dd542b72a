"""Make the tones that come along: `python -m tools.prompts.make_tones`."""

from math import pi, sin

from tools.prompts.audio import RATE_HZ, Samples, write_wav
from tools.prompts.workshop import ASSETS

TONES = {
    "beep": ((1000, 0.3),),
    "hold_alarm": ((1000, 0.15), (0, 0.1), (1000, 0.15), (0, 0.1), (1000, 0.15)),
}
"""By name the pips of each: Hz (0 = silence) and seconds."""

LEVEL = 0.2
"""Of full scale."""


def samples_of(pips: tuple[tuple[int, float], ...]) -> Samples:
    """One tone."""
    return [
        LEVEL * sin(2 * pi * frequency_hz * n / RATE_HZ)
        for frequency_hz, length_s in pips
        for n in range(round(length_s * RATE_HZ))
    ]


if __name__ == "__main__":
    for name, pips in TONES.items():
        write_wav(ASSETS / "tones" / f"{name}.wav", samples_of(pips))
