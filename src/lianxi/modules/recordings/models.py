"""The table of recordings."""

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import RecordingState


class RecordingRow(Table):
    """What became of the recording of a contact that has ended."""

    __tablename__ = "recording"

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    state: Mapped[RecordingState]
    raw_name: Mapped[str]
    wav_path: Mapped[str | None]
    """Relative to the folder of recordings."""
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    cause: Mapped[str | None]
    peaks: Mapped[list[list[float]] | None] = mapped_column(JSONB(none_as_null=True), deferred=True)
    made_at: Mapped[Instant]
