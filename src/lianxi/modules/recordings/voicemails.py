"""Messages that callers left (留言): one voice, recorded by the switch as WAV.

They are kept like the recordings of calls, under seal and by the same rules, with silence for the
other side."""

from pathlib import Path

import numpy as np

from lianxi.modules.recordings.rules import CHANNELS

HEADER = 44
"""Bytes before the sound. What they say of its length is wrong in the file of a switch that died,
so it is not asked."""


def spread(message: Path) -> Path:
    """Write a message as the raw file of a call; returns that file. Blocking.

    Raises:
        OSError: the message cannot be read, or the file cannot be written.
    """
    content = message.read_bytes()[HEADER:]
    voice = np.frombuffer(content[: len(content) - len(content) % 2], dtype="<i2")
    both = np.zeros((len(voice), CHANNELS), dtype="<i2")
    both[:, 0] = voice
    raw = message.with_suffix(".raw")
    raw.write_bytes(both.tobytes())
    return raw
