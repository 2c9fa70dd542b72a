"""The tables of recordings and of the marks in them."""

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import RecordingState, TranscriptState


class RecordingRow(Table):
    """What became of the recording of a contact that has ended."""

    __tablename__ = "recording"

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    state: Mapped[RecordingState]
    raw_name: Mapped[str]
    wav_path: Mapped[str | None]
    """Relative to the folder of recordings, of the file of whatever kind."""
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    cause: Mapped[str | None]
    pages: Mapped[int | None]
    """Of a fax, which is kept as a PDF; `None` = it is sound."""
    peaks: Mapped[list[list[float]] | None] = mapped_column(JSONB(none_as_null=True), deferred=True)
    made_at: Mapped[Instant]
    sha256: Mapped[str | None]
    key_name: Mapped[str | None]
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Gone with the recording: a copy of the file that is left somewhere stays closed."""
    keep_until: Mapped[Instant | None] = mapped_column(BigInteger, index=True)
    held_at: Mapped[Instant | None]
    held_by: Mapped[str | None]
    held_why: Mapped[str | None]
    deleted_at: Mapped[Instant | None]
    deleted_by: Mapped[str | None]
    transcript_state: Mapped[TranscriptState] = mapped_column(server_default="none")
    transcript: Mapped[str | None]
    transcript_source: Mapped[str | None]
    transcript_at: Mapped[Instant | None]
    heard_at: Mapped[Instant | None]
    """Of a message: when the agent who has it listened; `None` = unread."""
    heard_by: Mapped[str | None]


class MarkRow(Table):
    """A moment in a recording that others should hear."""

    __tablename__ = "recording_mark"
    __table_args__ = (Index(None, "contact", "offset_ms"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[ContactId]
    offset_ms: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str]
    by: Mapped[str]
    by_id: Mapped[UserId]
    at: Mapped[Instant]
