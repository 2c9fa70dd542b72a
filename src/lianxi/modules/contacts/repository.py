"""All SQL about records. Reads projections; returns contracts, never rows."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.permissions import Scope
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.contacts.contracts import (
    AgentName,
    CodeName,
    Former,
    History,
    MissedCall,
    MissedFilter,
    Place,
    QueueName,
    Reach,
    Record,
    RecordFilter,
)
from lianxi.modules.contacts.missed import newest_missed
from lianxi.modules.contacts.narrowing import conditions
from lianxi.modules.customers import facade as customers
from lianxi.modules.recordings import facade as recordings
from lianxi.projections.ladder import Names
from lianxi.projections.models import (
    TALKING,
    DimAgent,
    DimDisposition,
    DimQueue,
    FactContact,
    FactOffer,
    FactQueueEntry,
    FactSegment,
    SegmentKind,
)
from lianxi.projections.outcomes import Direction
from lianxi.projections.visibility import visible


class RecordRepository:
    """Reads contacts and what hangs on them: a handful of questions per page, not per row."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest(
        self, wanted: RecordFilter, reach: Reach, *, before: Place | None, limit: int
    ) -> list[Record]:
        """Contacts by arrival, newest first, behind a place."""
        query = (
            select(FactContact)
            .where(visible(reach.scope, agent=reach.agent, team=reach.team), *conditions(wanted))
            .order_by(FactContact.arrived_at.desc(), FactContact.contact.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(
                tuple_(FactContact.arrived_at, FactContact.contact) < tuple_(*before)
            )
        return await self._records(list(await self._session.scalars(query)))

    async def missed(
        self, wanted: MissedFilter, reach: Reach, *, before: Place | None, limit: int
    ) -> list[MissedCall]:
        """Numbers nobody has spoken to since, newest first, behind a place."""
        found = await newest_missed(self._session, wanted, reach, before=before, limit=limit)
        ids = [contact for contact, _ in found]
        rows = await self._session.scalars(select(FactContact).where(FactContact.contact.in_(ids)))
        records = {record.id: record for record in await self._records(list(rows))}
        return [MissedCall(record=records[contact], times=times) for contact, times in found]

    async def history(
        self, number: str, contact: ContactId, *, since: Instant, limit: int
    ) -> History:
        """What went before with a number, the present contact left out."""
        others = (FactContact.caller == number, FactContact.contact != contact)
        recent = await self._session.scalar(
            select(func.count())
            .select_from(FactContact)
            .where(
                *others,
                FactContact.arrived_at >= since,
                FactContact.direction == Direction.INBOUND,
            )
        )
        found = await self._session.scalars(
            select(FactContact)
            .where(*others)
            .order_by(FactContact.arrived_at.desc(), FactContact.contact.desc())
            .limit(limit)
        )
        rows = list(found)
        records = await self._records(rows)
        return History(
            recent=recent or 0,
            last=tuple(
                Former(
                    id=record.id,
                    arrived_at=record.arrived_at,
                    direction=record.direction,
                    queue=record.queue,
                    agent=record.agent,
                    outcome=record.outcome,
                    talk_ms=record.talk_ms,
                    disposition=record.disposition,
                    note=row.note,
                )
                for row, record in zip(rows, records, strict=True)
            ),
        )

    async def last_of_numbers(self, numbers: Sequence[str], reach: Reach) -> dict[str, Instant]:
        """When the newest contact with each number arrived; numbers without one are left out."""
        found = await self._session.execute(
            select(FactContact.caller, func.max(FactContact.arrived_at))
            .where(
                FactContact.caller.in_(numbers),
                visible(reach.scope, agent=reach.agent, team=reach.team),
            )
            .group_by(FactContact.caller)
        )
        return {number: Instant(at) for number, at in found}

    async def one(self, contact: ContactId, reach: Reach) -> tuple[Record, FactContact] | None:
        """A contact within reach, and its fact row for what the list does not show."""
        row = await self._session.scalar(
            select(FactContact).where(
                FactContact.contact == contact,
                visible(reach.scope, agent=reach.agent, team=reach.team),
            )
        )
        if row is None:
            return None
        (record,) = await self._records([row])
        return record, row

    async def names(self) -> Names:
        """What queues, agents and wrap-up codes are called, for a ladder."""
        queues = await self._session.scalars(select(DimQueue))
        agents = await self._session.scalars(select(DimAgent))
        codes = await self._session.scalars(select(DimDisposition))
        return Names(
            queues={queue.queue: (queue.name, queue.name_en) for queue in queues},
            agents={agent.agent: f"{agent.no} {agent.name}" for agent in agents},
            dispositions={(code.queue, code.code): (code.name, code.name_en) for code in codes},
        )

    async def choices(
        self, reach: Reach
    ) -> tuple[list[QueueName], list[AgentName], list[CodeName]]:
        """Queues, agents within reach and wrap-up codes, by name."""
        agents = select(DimAgent).order_by(DimAgent.no)
        match reach.scope:
            case Scope.SELF:
                agents = agents.where(DimAgent.agent == reach.agent)
            case Scope.TEAM:
                agents = agents.where(DimAgent.team == reach.team)
            case Scope.ALL:
                pass
        codes = {code.code: code for code in (await self._codes()).values()}
        return (
            sorted((await self._queues()).values(), key=lambda queue: queue.name),
            [
                AgentName(id=row.agent, no=row.no, name=row.name)
                for row in await self._session.scalars(agents)
            ],
            sorted(codes.values(), key=lambda code: code.name),
        )

    async def _records(self, rows: Sequence[FactContact]) -> list[Record]:
        ids = [row.contact for row in rows]
        waits, rings, work = await self._waits(ids), await self._rings(ids), await self._work(ids)
        queues, agents, codes = await self._queues(), await self._agents(), await self._codes()
        recorded = await recordings.views(self._session, ids)
        return [
            Record(
                id=row.contact,
                arrived_at=row.arrived_at,
                direction=row.direction,
                channel=row.channel,
                number=mask(row.caller),
                region=customers.region_of(row.caller),
                name=row.caller_name or None,
                queue=queues.get(row.last_queue) if row.last_queue else None,
                agent=agents.get(row.last_agent) if row.last_agent else None,
                outcome=row.outcome,
                waited_ms=waits.get(row.contact),
                ring_ms=rings.get(row.contact),
                talk_ms=_talked(work[row.contact]),
                hold_ms=work[row.contact].get(SegmentKind.HOLD),
                wrap_up_ms=work[row.contact].get(SegmentKind.WRAP_UP),
                disposition=_code(row, codes),
                ended_by=row.ended_by,
                cause=row.cause,
                recording_state=recorded[row.contact].state,
                duration_ms=recorded[row.contact].duration_ms,
                pages=recorded[row.contact].pages,
                voicemail=recorded[row.contact].voicemail,
            )
            for row in rows
        ]

    async def _waits(self, ids: Sequence[ContactId]) -> dict[ContactId, Millis]:
        found = await self._session.execute(
            select(FactQueueEntry.contact, func.sum(FactQueueEntry.waited_ms))
            .where(FactQueueEntry.contact.in_(ids), FactQueueEntry.waited_ms.is_not(None))
            .group_by(FactQueueEntry.contact)
        )
        return {contact: Millis(int(total or 0)) for contact, total in found}

    async def _rings(self, ids: Sequence[ContactId]) -> dict[ContactId, Millis]:
        rang = func.coalesce(FactOffer.accepted_at, FactOffer.ended_at) - FactOffer.rang_at
        found = await self._session.execute(
            select(FactOffer.contact, func.sum(rang))
            .where(FactOffer.contact.in_(ids), rang.is_not(None))
            .group_by(FactOffer.contact)
        )
        return {contact: Millis(int(total or 0)) for contact, total in found}

    async def _work(
        self, ids: Sequence[ContactId]
    ) -> defaultdict[ContactId, dict[SegmentKind, Millis]]:
        found = await self._session.execute(
            select(
                FactSegment.contact,
                FactSegment.kind,
                func.sum(FactSegment.ended_at - FactSegment.began_at),
            )
            .where(FactSegment.contact.in_(ids), FactSegment.ended_at.is_not(None))
            .group_by(FactSegment.contact, FactSegment.kind)
        )
        work: defaultdict[ContactId, dict[SegmentKind, Millis]] = defaultdict(dict)
        for contact, kind, total in found:
            work[contact][kind] = Millis(int(total or 0))
        return work

    async def _queues(self) -> dict[QueueId, QueueName]:
        return {
            row.queue: QueueName(id=row.queue, name=row.name, name_en=row.name_en)
            for row in await self._session.scalars(select(DimQueue))
        }

    async def _agents(self) -> dict[AgentId, AgentName]:
        return {
            row.agent: AgentName(id=row.agent, no=row.no, name=row.name)
            for row in await self._session.scalars(select(DimAgent))
        }

    async def _codes(self) -> dict[tuple[QueueId, str], CodeName]:
        return {
            (row.queue, row.code): CodeName(code=row.code, name=row.name, name_en=row.name_en)
            for row in await self._session.scalars(select(DimDisposition))
        }


def _talked(work: dict[SegmentKind, Millis]) -> Millis | None:
    """Alone with the agent or in a conference."""
    talks = [work[kind] for kind in TALKING if kind in work]
    return Millis(sum(talks)) if talks else None


def _code(row: FactContact, codes: dict[tuple[QueueId, str], CodeName]) -> CodeName | None:
    """The wrap-up code with its name; one without a name (TIMEOUT) stands for itself."""
    if not row.disposition or row.last_queue is None:
        return None
    unnamed = CodeName(code=row.disposition, name=row.disposition, name_en=row.disposition)
    return codes.get((row.last_queue, row.disposition), unnamed)
