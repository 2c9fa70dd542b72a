"""All SQL about recordings."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import AgentId, ContactId, FaxId, QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import LeftMessage, RecordingState, StoredKey, Stretch
from lianxi.modules.recordings.models import RecordingRow
from lianxi.projections.fax_models import FactFax
from lianxi.projections.models import TALKING, DimQueue, FactContact, FactSegment, SegmentKind

IN_CONVERSATION = (*TALKING, SegmentKind.HOLD, SegmentKind.RECOVERING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A recording that was written."""

    path: str
    sha256: str
    key: StoredKey
    duration_ms: int | None = None
    peaks: list[list[float]] | None = None
    pages: int | None = None
    """Of a fax."""


class RecordingRepository:
    """Recordings and the contacts they belong to."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def with_contacts(
        self, contacts: Sequence[ContactId]
    ) -> list[tuple[FactContact, RecordingRow | None]]:
        """The contacts that exist, each with its recording, if it has one already."""
        found = await self._session.execute(
            select(FactContact, RecordingRow)
            .outerjoin(RecordingRow, RecordingRow.contact == FactContact.contact)
            .where(FactContact.contact.in_(contacts))
        )
        return [(contact, row) for contact, row in found]

    async def held(self, contacts: Sequence[ContactId]) -> list[ContactId]:
        """Those of them whose recording is there and under legal hold, by id."""
        query = select(RecordingRow.contact).where(
            RecordingRow.contact.in_(contacts),
            RecordingRow.held_at.is_not(None),
            RecordingRow.state == RecordingState.READY,
        )
        return list(await self._session.scalars(query.order_by(RecordingRow.contact)))

    async def unfinished(self, *, ended_since: Instant, limit: int) -> list[FactContact]:
        """Contacts that have ended and have no row yet, and messages that were left, oldest first;
        a message is there from the beginning of its contact on."""
        is_message = FactContact.channel.in_((Channel.VOICEMAIL, Channel.FAX))
        is_left = and_(is_message, FactContact.arrived_at >= ended_since)
        found = await self._session.scalars(
            select(FactContact)
            .outerjoin(RecordingRow, RecordingRow.contact == FactContact.contact)
            .where(
                or_(FactContact.ended_at >= ended_since, is_left), RecordingRow.contact.is_(None)
            )
            .order_by(FactContact.ended_at)
            .limit(limit)
        )
        return list(found)

    async def peaks_of(self, contact: ContactId) -> list[list[float]] | None:
        """The peaks of a recording."""
        return await self._session.scalar(
            select(RecordingRow.peaks).where(RecordingRow.contact == contact)
        )

    async def owners(self, raw_names: Sequence[str]) -> dict[str, bool]:
        """By raw name: whether its contact is finished; names of no contact are left out."""
        found = await self._session.execute(
            select(FactContact.recording, RecordingRow.contact.is_not(None))
            .outerjoin(RecordingRow, RecordingRow.contact == FactContact.contact)
            .where(FactContact.recording.in_(raw_names))
        )
        return {name: bool(done) for name, done in found}

    async def row(self, contact: ContactId) -> RecordingRow | None:
        """What is kept under this id."""
        return await self._session.get(RecordingRow, contact)

    async def sent_and_over(self, faxes: Sequence[FaxId]) -> list[FaxId]:
        """Which of these are sent or given up."""
        is_over = FactFax.ended_at.is_not(None)
        found = await self._session.scalars(
            select(FactFax.fax).where(FactFax.fax.in_(faxes), is_over)
        )
        return list(found)

    async def to_change(self, contact: ContactId) -> RecordingRow | None:
        """The row of a contact, locked."""
        found: RecordingRow | None = await self._session.scalar(
            select(RecordingRow).where(RecordingRow.contact == contact).with_for_update()
        )
        return found

    async def is_message(self, contact: ContactId) -> bool:
        """Whether a contact is a message that a caller left."""
        found = await self._session.get(FactContact, contact)
        return found is not None and found.channel is Channel.VOICEMAIL

    async def taken_by(self, contact: ContactId) -> AgentId | None:
        """The agent who has a contact, or had it last."""
        found = await self._session.get(FactContact, contact)
        return None if found is None else found.last_agent

    async def unheard(self, agent: AgentId, *, limit: int) -> list[LeftMessage]:
        """Messages that an agent has and has not heard, oldest first."""
        found = await self._session.execute(
            select(FactContact, RecordingRow)
            .join(RecordingRow, RecordingRow.contact == FactContact.contact)
            .where(
                FactContact.channel == Channel.VOICEMAIL,
                FactContact.last_agent == agent,
                RecordingRow.state == RecordingState.READY,
                RecordingRow.heard_at.is_(None),
            )
            .order_by(FactContact.arrived_at)
            .limit(limit)
        )
        return [
            LeftMessage(
                contact=contact.contact,
                left_at=contact.arrived_at,
                number=mask(contact.caller),
                name=contact.caller_name,
                queue=contact.last_queue,
                duration_ms=row.duration_ms,
                transcript=row.transcript,
            )
            for contact, row in found
        ]

    async def due(self, at: Instant, *, limit: int) -> list[ContactId]:
        """Recordings whose time is over and that are not held, oldest first."""
        found = await self._session.scalars(
            select(RecordingRow.contact)
            .where(
                RecordingRow.keep_until <= at,
                RecordingRow.state == RecordingState.READY,
                RecordingRow.held_at.is_(None),
            )
            .order_by(RecordingRow.keep_until)
            .limit(limit)
        )
        return list(found)

    async def keep_days(self, queue: QueueId | None) -> int:
        """For how many days recordings of a queue are kept; 0 = until somebody deletes them."""
        rule = await self._session.get(DimQueue, queue) if queue is not None else None
        return 0 if rule is None else rule.recording_keep_days

    async def stretches(self, contact: ContactId) -> list[Stretch]:
        """To which queues a conversation belonged, in order, each with its rule as it is now."""
        found = await self._session.execute(
            select(FactSegment.began_at, FactSegment.queue, DimQueue)
            .outerjoin(DimQueue, DimQueue.queue == FactSegment.queue)
            .where(FactSegment.contact == contact, FactSegment.kind.in_(IN_CONVERSATION))
            .order_by(FactSegment.began_at, FactSegment.segment)
        )
        listed: list[Stretch] = []
        for since, queue, joined in found:
            rule: DimQueue | None = joined  # of a queue that is no more
            if listed and listed[-1].queue == queue:
                continue
            listed.append(
                Stretch(since=since, queue=queue)
                if rule is None
                else Stretch(
                    since=since,
                    queue=queue,
                    policy=rule.recording_policy,
                    share=rule.recording_share,
                )
            )
        return listed

    async def files(self, paths: Sequence[str]) -> set[str]:
        """Which of these files belong to a recording."""
        found = await self._session.scalars(
            select(RecordingRow.wav_path).where(RecordingRow.wav_path.in_(paths))
        )
        return {path for path in found if path is not None}

    async def add(
        self,
        *,
        contact: ContactId,
        state: RecordingState,
        raw_name: str,
        made_at: Instant,
        cause: str | None = None,
        made: Made | None = None,
        keep_until: Instant | None = None,
    ) -> None:
        """Write down what became of a recording; the first word stands."""
        await self._session.execute(
            insert(RecordingRow)
            .values(
                contact=contact,
                state=state,
                raw_name=raw_name,
                wav_path=None if made is None else made.path,
                duration_ms=None if made is None else made.duration_ms,
                cause=cause,
                peaks=None if made is None else made.peaks,
                pages=None if made is None else made.pages,
                made_at=made_at,
                sha256=None if made is None else made.sha256,
                key_name=None if made is None else made.key.by,
                sealed_key=None if made is None else made.key.sealed,
                keep_until=keep_until,
            )
            .on_conflict_do_nothing()
        )
