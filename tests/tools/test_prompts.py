"""The prompts that come along: all there, in both languages, in the format Asterisk plays as is."""

import re
import wave
from math import pi, sin
from pathlib import Path

import pytest

from lianxi.engine.acd.prompting import spoken_number
from tools.prompts import make_tones
from tools.prompts.audio import loudness_dbfs, read_wav, resample, trim
from tools.prompts.make_tones import samples_of
from tools.prompts.workshop import ASSETS, texts

pytestmark = pytest.mark.unit

SOURCES = Path(__file__).parents[2] / "src/lianxi"
LIMIT_BYTES = 6_000_000
EVERY = sorted({**texts("zh"), **texts("en")})
TONES = [Path("tones") / f"{name}.wav" for name in make_tones.TONES]


def test_every_text_has_its_file_and_every_file_its_text() -> None:
    there = {path.relative_to(ASSETS) for path in ASSETS.rglob("*.wav")}
    assert there == {*EVERY, *TONES}


@pytest.mark.parametrize("path", TONES, ids=str)
def test_a_tone_is_what_its_maker_makes(path: Path) -> None:
    samples, rate_hz = read_wav(ASSETS / path)
    assert rate_hz == 8000
    assert samples == pytest.approx(samples_of(make_tones.TONES[path.stem]), abs=1e-4)


@pytest.mark.parametrize("path", EVERY, ids=str)
def test_a_prompt_is_8_khz_mono_and_neither_faint_nor_clipped(path: Path) -> None:
    with wave.open(str(ASSETS / path)) as prompt:
        assert (prompt.getframerate(), prompt.getnchannels(), prompt.getsampwidth()) == (8000, 1, 2)
        assert 0.2 < prompt.getnframes() / 8000 < 10
    samples, _ = read_wav(ASSETS / path)
    assert -25 < loudness_dbfs(samples) < -19
    assert max(abs(sample) for sample in samples) < 0.75


def test_every_prompt_the_engine_names_exists() -> None:
    named = {
        name
        for path in (SOURCES / "engine").rglob("*.py")
        for name in re.findall(r'PromptName\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    named |= {str(word) for number in range(100) for word in spoken_number(number)}
    for language in ("zh", "en"):
        missing = {n for n in named if not (ASSETS / "prompts" / language / f"{n}.wav").is_file()}
        assert missing == set()


def test_all_prompts_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in ASSETS.rglob("*.wav")) < LIMIT_BYTES


def test_resampling_keeps_speech_and_removes_what_would_fold_back() -> None:
    # Given half a second of 1 kHz and of 6 kHz at 24 kHz
    low, high = (_tone(frequency, 24000) for frequency in (1000, 6000))
    # When both are brought to 8 kHz (but for the edges, where the filter swings in)
    kept, removed = resample(low, 24000)[200:-200], resample(high, 24000)[200:-200]
    # Then the first is as loud as before and the second is gone
    assert max(kept) == pytest.approx(0.5, abs=0.01)
    assert max(map(abs, removed)) < 0.005


def test_silence_around_the_words_is_cut_to_a_breath() -> None:
    padded = [0.0] * 8000 + _tone(1000, 8000) + [0.0] * 8000
    assert len(trim(padded)) / 8000 == pytest.approx(0.5 + 0.09, abs=0.02)


def _tone(frequency_hz: int, rate_hz: int) -> list[float]:
    """Half a second of a sine at half of full scale."""
    return [0.5 * sin(2 * pi * frequency_hz * n / rate_hz) for n in range(rate_hz // 2)]
