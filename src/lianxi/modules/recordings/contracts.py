"""Recordings as others may hold them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lianxi.engine.messages.values import RecordingPolicy
from lianxi.kernel.ids import ContactId, QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.parts.fax_folder import faxes_folder


class RecordingState(StrEnum):
    """What became of a contact's recording."""

    NONE = "none"
    """There is none and should be none."""
    PENDING = "pending"
    """The call goes on, or its recording is being made."""
    READY = "ready"
    MISSING = "missing"
    """There should be one; the cause says why not."""
    DELETED = "deleted"
    """Its time was over, or somebody deleted it; what it was and who did it is still known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKey:
    """The key of one recording, itself under seal."""

    by: str
    """Name of the key in the key file that seals it."""
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long a recording is kept."""

    until: Instant | None = None
    """`None` = until somebody deletes it."""
    held_at: Instant | None = None
    """Since when it must not be deleted, whatever its time; `None` = it may."""
    held_by: str = ""
    held_why: str = ""
    deleted_at: Instant | None = None
    deleted_by: str = ""
    """Who deleted it; empty = its time was over."""


class TranscriptState(StrEnum):
    """Whether what is said in a message is there in writing."""

    NONE = "none"
    PENDING = "pending"
    """Somebody is at it."""
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What is said in a message, in writing."""

    state: TranscriptState = TranscriptState.NONE
    text: str | None = None
    source: str = ""
    """Who wrote it: a person, or a program and its version."""
    at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail:
    """What else is known of a message that a caller left."""

    transcript: Transcript
    heard_at: Instant | None = None
    """`None` = the agent who has it has not listened: it is unread."""
    heard_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftMessage:
    """A message that waits to be heard by the agent who has it."""

    contact: ContactId
    left_at: Instant
    number: str
    """Masked."""
    name: str
    queue: QueueId | None
    duration_ms: int | None
    transcript: str | None


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
    """Of the file, under the folder of recordings."""
    key: StoredKey | None = None
    """What opens the file; `None` = it is from before recordings were sealed, a plain WAV."""
    sha256: str | None = None
    """Of the sound as WAV, in hex."""
    keep: Keeping | None = None
    pages: int | None = None
    """Of a fax: the file is a PDF. `None` = it is sound."""
    voicemail: Voicemail | None = None
    """Of messages alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFolders:
    """Where the switch writes raw files and where recordings are kept."""

    raw: Path
    wav: Path
    """The name is from when recordings were plain; those made since lie here under seal."""
    keys: Path
    """The key file, outside the home."""
    home: Path | None = None
    """Of the centre, where the switch may run under another account; `None` = under ours."""

    @property
    def to_send(self) -> Path:
        """Where pages of faxes to be sent lie. Raises OSError, PartRefusal: it cannot be made."""
        return self.raw if self.home is None else faxes_folder(self.home, self.raw)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment in a recording that others should hear."""

    id: str
    contact: ContactId
    offset_ms: int
    """From the beginning of the recording."""
    text: str
    by: str
    by_id: UserId
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From here on the conversation belonged to this queue, until the next stretch began."""

    since: Instant
    queue: QueueId
    policy: RecordingPolicy = RecordingPolicy.ALL
    share: float = 1.0
