"""Recordings as others may hold them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lianxi.kernel.ids import ContactId


class RecordingState(StrEnum):
    """What became of a contact's recording."""

    NONE = "none"
    """There is none and should be none."""
    PENDING = "pending"
    """The call goes on, or its recording is being made."""
    READY = "ready"
    MISSING = "missing"
    """There should be one; the cause says why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingView:
    """The recording of one contact."""

    contact: ContactId
    state: RecordingState
    cause: str | None = None
    """Stable code: why there is none, or why it is not whole."""
    duration_ms: int | None = None
    channels: int | None = None
    path: Path | None = None
    """Of the WAV file, under the folder of recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFolders:
    """Where the switch writes raw files and where recordings are kept."""

    raw: Path
    wav: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Space left where recordings are kept."""

    free_bytes: int
    hours: float
    """Of recording that fit, all calls together, raw file and WAV at once."""
    is_enough: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The picture of a recording: loudest samples, 0 to 1, at most 2000 per channel."""

    duration_ms: int
    channels: list[list[float]]
