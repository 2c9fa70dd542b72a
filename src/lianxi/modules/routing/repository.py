"""All SQL about routing. Returns the engine's values and contracts, never rows."""

import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Reason, Routing
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.modules.routing.contracts import Hours, OpeningHours
from lianxi.modules.routing.errors import AgentNotFound, QueueNotFound
from lianxi.modules.routing.models import (
    AgentQueueRow,
    AgentSetupRow,
    DialledNumberRow,
    FlowInForceRow,
    NotReadyReasonRow,
    OpeningHoursRow,
    QueueRow,
    RoutingVersionRow,
)

_ONE = 1


class RoutingRepository:
    """Everything the snapshot is made of."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def version(self) -> int:
        """The number of the snapshot now in the tables; 0 before the first change."""
        query = select(RoutingVersionRow.version).where(RoutingVersionRow.id == _ONE)
        return await self._session.scalar(query) or 0

    async def raise_version(self) -> int:
        """Count a change. Changes at the same time queue up here."""
        default = Routing()
        query = (
            upsert(RoutingVersionRow)
            .values(
                id=_ONE, version=1, lost_after=default.lost_after, recover_for=default.recover_for
            )
            .on_conflict_do_update(
                index_elements=[RoutingVersionRow.id],
                set_={"version": RoutingVersionRow.version + 1},
            )
            .returning(RoutingVersionRow.version)
        )
        return (await self._session.scalars(query)).one()

    async def snapshot(self) -> Routing:
        """Everything but the calendars, which need the time and the zone."""
        row = await self._session.get(RoutingVersionRow, _ONE)
        default = Routing()
        return Routing(
            version=row.version if row else 0,
            queues=tuple(await self.queues()),
            agents=tuple(await self.agents()),
            flows=tuple(await self.flows()),
            numbers=tuple(await self.numbers()),
            reasons=tuple(await self.reasons()),
            lost_after=row.lost_after if row else default.lost_after,
            recover_for=row.recover_for if row else default.recover_for,
        )

    # --- queues

    async def queues(self) -> list[Queue]:
        """Every queue, in the order of lists."""
        rows = await self._session.scalars(select(QueueRow).order_by(QueueRow.position))
        return [msgspec.convert(row.rule, Queue) for row in rows]

    async def queue(self, queue: QueueId, *, lock: bool = False) -> Queue:
        """Return the queue.

        Raises:
            QueueNotFound.
        """
        row = await self._session.get(QueueRow, queue, with_for_update=lock or None)
        if row is None:
            raise QueueNotFound(queue=queue)
        return msgspec.convert(row.rule, Queue)

    async def put_queue(self, queue: Queue, *, position: int | None = None) -> None:
        """Store a queue; an existing one keeps its place in lists."""
        rule = msgspec.to_builtins(queue)
        if position is None:
            await self._session.execute(
                update(QueueRow).where(QueueRow.id == queue.id).values(rule=rule)
            )
        else:
            await self._session.execute(
                insert(QueueRow).values(id=queue.id, position=position, rule=rule)
            )

    # --- agents

    async def agents(self) -> list[AgentSetup]:
        """Every agent with its queues, by number."""
        served: dict[AgentId, list[QueueId]] = {}
        pairs = await self._session.execute(
            select(AgentQueueRow.agent, AgentQueueRow.queue)
            .join(QueueRow, QueueRow.id == AgentQueueRow.queue)
            .order_by(QueueRow.position)
        )
        for agent, queue in pairs:
            served.setdefault(agent, []).append(queue)
        rows = await self._session.scalars(select(AgentSetupRow).order_by(AgentSetupRow.no))
        return [_agent(row, tuple(served.get(row.id, ()))) for row in rows]

    async def agent(self, agent: AgentId) -> AgentSetup:
        """Return the agent.

        Raises:
            AgentNotFound.
        """
        row = await self._session.get(AgentSetupRow, agent)
        if row is None:
            raise AgentNotFound(agent=agent)
        queues = await self._session.scalars(
            select(AgentQueueRow.queue)
            .join(QueueRow, QueueRow.id == AgentQueueRow.queue)
            .where(AgentQueueRow.agent == agent)
            .order_by(QueueRow.position)
        )
        return _agent(row, tuple(queues))

    async def has_agent(self, agent: AgentId) -> bool:
        """Whether there is such an agent."""
        return await self._session.get(AgentSetupRow, agent) is not None

    async def put_agent(self, agent: AgentSetup) -> None:
        """Store an agent and the queues it serves."""
        fields = {"no": agent.no, "name": agent.name, "team": agent.team}
        await self._session.execute(
            upsert(AgentSetupRow)
            .values(id=agent.id, **fields)
            .on_conflict_do_update(index_elements=[AgentSetupRow.id], set_=fields)
        )
        await self._session.execute(delete(AgentQueueRow).where(AgentQueueRow.agent == agent.id))
        if agent.queues:
            pairs = [{"agent": agent.id, "queue": queue} for queue in agent.queues]
            await self._session.execute(insert(AgentQueueRow), pairs)

    # --- numbers, flows, reasons

    async def numbers(self) -> list[NumberRule]:
        """Every dialled number with its flow."""
        rows = await self._session.scalars(
            select(DialledNumberRow).order_by(DialledNumberRow.number)
        )
        return [NumberRule(number=row.number, flow=row.flow) for row in rows]

    async def put_number(self, rule: NumberRule) -> None:
        """Store which flow answers a number."""
        await self._session.execute(
            upsert(DialledNumberRow)
            .values(number=rule.number, flow=rule.flow)
            .on_conflict_do_update(
                index_elements=[DialledNumberRow.number], set_={"flow": rule.flow}
            )
        )

    async def flows(self) -> list[Flow]:
        """The flows in force."""
        rows = await self._session.scalars(select(FlowInForceRow).order_by(FlowInForceRow.id))
        return [msgspec.convert(row.flow, Flow) for row in rows]

    async def put_flow(self, flow: Flow) -> None:
        """New contacts begin this version from now on."""
        body = msgspec.to_builtins(flow)
        await self._session.execute(
            upsert(FlowInForceRow)
            .values(id=flow.id, flow=body)
            .on_conflict_do_update(index_elements=[FlowInForceRow.id], set_={"flow": body})
        )

    async def reasons(self) -> list[Reason]:
        """Every not-ready reason, in the order of menus."""
        rows = await self._session.scalars(
            select(NotReadyReasonRow).order_by(NotReadyReasonRow.position)
        )
        return [Reason(code=row.code, name=row.name, name_en=row.name_en) for row in rows]

    async def add_reason(self, reason: Reason, *, position: int) -> None:
        """Store a not-ready reason."""
        await self._session.execute(
            insert(NotReadyReasonRow).values(
                code=reason.code, position=position, name=reason.name, name_en=reason.name_en
            )
        )

    # --- opening hours

    async def opening_hours(self) -> list[OpeningHours]:
        """Every calendar, as people set it."""
        rows = await self._session.scalars(select(OpeningHoursRow).order_by(OpeningHoursRow.id))
        return [_hours_from(row) for row in rows]

    async def put_opening_hours(self, hours: OpeningHours) -> None:
        """Store a calendar."""
        fields: dict[str, Any] = {
            "name": hours.name,
            "name_en": hours.name_en,
            "always": hours.always,
            "hours": {
                "weekly": {str(day): _pairs(spans) for day, spans in hours.weekly.items()},
                "special": {day.isoformat(): _pairs(s) for day, s in hours.special.items()},
            },
        }
        await self._session.execute(
            upsert(OpeningHoursRow)
            .values(id=hours.id, **fields)
            .on_conflict_do_update(index_elements=[OpeningHoursRow.id], set_=fields)
        )


def _agent(row: AgentSetupRow, queues: tuple[QueueId, ...]) -> AgentSetup:
    return AgentSetup(id=row.id, no=row.no, name=row.name, team=row.team, queues=queues)


def _pairs(spans: tuple[Hours, ...]) -> list[list[int]]:
    return [[span.opens, span.closes] for span in spans]


def _spans(pairs: object) -> tuple[Hours, ...]:
    return tuple(Hours(opens, closes) for opens, closes in cast("list[list[int]]", pairs))


def _hours_from(row: OpeningHoursRow) -> OpeningHours:
    return OpeningHours(
        id=row.id,
        name=row.name,
        name_en=row.name_en,
        always=row.always,
        weekly={int(day): _spans(pairs) for day, pairs in row.hours["weekly"].items()},
        special={
            datetime.date.fromisoformat(day): _spans(pairs)
            for day, pairs in row.hours["special"].items()
        },
    )
