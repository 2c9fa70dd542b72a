"""What a phone hears: loudness of every 20 ms, tones, and the audio itself when it is recorded."""

import asyncio
import math
import wave
from array import array
from collections import deque
from pathlib import Path

from lianxi.channels.fake.sip.alaw import (
    FRAME_S,
    LINEAR,
    QUIETEST_DBFS,
    SAMPLE_RATE_HZ,
    decode,
    level_dbfs,
)

AUDIBLE_DBFS = -50.0
"""Louder than this is sound; comfort noise and coded silence stay below -60."""

_REMEMBERED_FRAMES = 500


class Hearing:
    """The audio received on one call."""

    def __init__(self, *, is_recording: bool = False) -> None:
        self.levels_dbfs: array[float] = array("f")
        """Loudness of each received packet (20 ms), in the order received."""

        self._recent: deque[bytes] = deque(maxlen=_REMEMBERED_FRAMES)
        self._audible_frames = 0
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._recorded: bytearray | None = bytearray() if is_recording else None

    def hear(self, payload: bytes) -> float:
        """Take in the audio of one packet and return its loudness in dBFS."""
        level = level_dbfs(payload)
        self.levels_dbfs.append(level)
        self._recent.append(payload)
        if self._recorded is not None:
            self._recorded += payload
        if level > AUDIBLE_DBFS:
            self._audible_frames += 1
            for frames, waiting in self._waiting:
                if self._audible_frames >= frames and not waiting.done():
                    waiting.set_result(None)
        return level

    async def wait_for_audible(self, seconds: float, *, timeout_s: float = 10.0) -> None:
        """Wait until so many more seconds of sound were heard (pauses do not count).

        Raises:
            TimeoutError: they were not heard within `timeout_s` seconds.
        """
        frames = self._audible_frames + math.ceil(seconds / FRAME_S)
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (frames, waiting)
        self._waiting.append(entry)
        try:
            async with asyncio.timeout(timeout_s):
                await waiting
        finally:
            self._waiting.remove(entry)

    @property
    def audible_s(self) -> float:
        """Seconds of sound heard so far."""
        return self._audible_frames * FRAME_S

    def loudness_dbfs(self, *, last_s: float = 1.0) -> float:
        """Mean loudness of the last seconds (at most 10); -90 when nothing came."""
        return level_dbfs(b"".join(self._last(last_s)))

    def tone_share(self, frequency_hz: float, *, last_s: float = 0.5) -> float:
        """Which part (0..1) of the energy of the last seconds lies at one frequency.

        A pure tone gives nearly 1, speech or music seldom more than 0.3. The band is about
        1 / `last_s` wide. Source: Goertzel (1958), Amer. Math. Monthly 65(1).
        """
        samples = [LINEAR[code] for code in b"".join(self._last(last_s))]
        energy = sum(sample * sample for sample in samples)
        if not samples or level_dbfs(b"".join(self._last(last_s))) <= QUIETEST_DBFS + 20:
            return 0.0
        turn = 2 * math.pi * frequency_hz / SAMPLE_RATE_HZ
        factor = 2 * math.cos(turn)
        before, last = 0.0, 0.0
        for sample in samples:
            before, last = last, sample + factor * last - before
        power = before * before + last * last - factor * before * last
        return min(2 * power / (len(samples) * energy), 1.0)

    def save(self, path: Path) -> None:
        """Write what was recorded as 8 kHz mono 16-bit wav, packet after packet.

        Raises:
            ValueError: the call was not recorded.
        """
        if self._recorded is None:
            raise ValueError("this call is not recorded: give `record=` when it is placed")
        with wave.open(str(path), "wb") as target:
            target.setnchannels(1)
            target.setsampwidth(2)
            target.setframerate(SAMPLE_RATE_HZ)
            target.writeframes(decode(bytes(self._recorded)).tobytes())

    def _last(self, seconds: float) -> list[bytes]:
        count = max(round(seconds / FRAME_S), 1)
        return list(self._recent)[-count:]
