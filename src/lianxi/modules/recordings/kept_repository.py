"""SQL of the overview of what is kept: rules, holds, deletions."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import RecordingState
from lianxi.modules.recordings.models import RecordingRow
from lianxi.projections.models import DimQueue

MOST = 200
"""Of each list; the audit has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRule:
    """What becomes of the recordings of a queue."""

    queue: QueueId
    name: str
    name_en: str
    policy: str
    keep_days: int
    """0 = for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A recording under legal hold."""

    contact: ContactId
    held_at: Instant
    held_by: str
    held_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A recording that was deleted."""

    contact: ContactId
    deleted_at: Instant
    deleted_by: str
    """Empty = its time was over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is kept, and what was deleted."""

    rules: list[KeptRule]
    ready: int
    """Recordings that can be played now."""
    held: list[Held]
    held_count: int
    deleted: list[Deleted]
    deleted_count: int


async def overview(session: AsyncSession) -> Overview:
    """Rules by queue, newest holds and deletions."""
    queues = await session.scalars(select(DimQueue).order_by(DimQueue.name))
    is_held = (RecordingRow.held_at.is_not(None), RecordingRow.state == RecordingState.READY)
    is_deleted = (RecordingRow.state == RecordingState.DELETED,)
    held = await session.execute(
        select(
            RecordingRow.contact, RecordingRow.held_at, RecordingRow.held_by, RecordingRow.held_why
        )
        .where(*is_held)
        .order_by(RecordingRow.held_at.desc())
        .limit(MOST)
    )
    deleted = await session.execute(
        select(RecordingRow.contact, RecordingRow.deleted_at, RecordingRow.deleted_by)
        .where(*is_deleted)
        .order_by(RecordingRow.deleted_at.desc())
        .limit(MOST)
    )
    counts = [
        await session.scalar(select(func.count()).select_from(RecordingRow).where(*condition))
        for condition in ((RecordingRow.state == RecordingState.READY,), is_held, is_deleted)
    ]
    return Overview(
        rules=[
            KeptRule(
                queue=row.queue,
                name=row.name,
                name_en=row.name_en,
                policy=row.recording_policy.value,
                keep_days=row.recording_keep_days,
            )
            for row in queues
        ],
        ready=counts[0] or 0,
        held=[
            Held(contact=contact, held_at=Instant(at), held_by=by or "", held_why=why or "")
            for contact, at, by, why in held
            if at is not None
        ],
        held_count=counts[1] or 0,
        deleted=[
            Deleted(contact=contact, deleted_at=Instant(at), deleted_by=by or "")
            for contact, at, by in deleted
            if at is not None
        ],
        deleted_count=counts[2] or 0,
    )
