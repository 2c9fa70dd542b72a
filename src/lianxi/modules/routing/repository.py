"""All SQL about routing. Returns the engine's values and contracts, never rows."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.routing import AgentSetup, Queue, Routing
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.modules.routing.centre_repository import CentreRepository
from lianxi.modules.routing.checking import centre_fields
from lianxi.modules.routing.errors import AgentNotFound, QueueNotFound
from lianxi.modules.routing.models import (
    AgentQueueRow,
    AgentSetupRow,
    QueueRow,
    RoutingVersionRow,
)
from lianxi.modules.routing.trunk_repository import TrunkRepository

_ONE = 1

OWN_COLUMNS = {"id", "no", "name", "team", "queues"}
"""Fields of an agent that are not in its `rule`."""


class RoutingRepository:
    """Everything the snapshot is made of."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def version(self) -> int:
        """The number of the snapshot now in the tables; 0 before the first change."""
        query = select(RoutingVersionRow.version).where(RoutingVersionRow.id == _ONE)
        return await self._session.scalar(query) or 0

    async def hold(self) -> None:
        """Let nobody else change the configuration until this transaction is over."""
        query = upsert(RoutingVersionRow).values(id=_ONE, version=0, rules={})
        await self._session.execute(query.on_conflict_do_nothing())
        await self._session.execute(
            select(RoutingVersionRow.id).where(RoutingVersionRow.id == _ONE).with_for_update()
        )

    async def raise_version(self) -> int:
        """Count a change. Changes at the same time queue up here."""
        await self.hold()
        query = (
            update(RoutingVersionRow)
            .where(RoutingVersionRow.id == _ONE)
            .values(version=RoutingVersionRow.version + 1)
            .returning(RoutingVersionRow.version)
        )
        return (await self._session.scalars(query)).one()

    async def snapshot(self) -> Routing:
        """Everything but the calendars, which need the time and the zone."""
        query = select(RoutingVersionRow.version, RoutingVersionRow.rules).where(
            RoutingVersionRow.id == _ONE
        )
        row = (await self._session.execute(query)).one_or_none()
        rules = msgspec.convert(row.rules if row else {}, Routing)
        centre, ways = CentreRepository(self._session), TrunkRepository(self._session)
        return msgspec.structs.replace(
            rules,
            version=row.version if row else 0,
            queues=tuple(await self.queues()),
            agents=tuple(await self.agents()),
            flows=tuple(await centre.flows()),
            numbers=tuple(await centre.numbers()),
            reasons=tuple(await centre.reasons()),
            trunks=tuple(await ways.trunks()),
            routes=tuple(await ways.routes()),
        )

    async def put_rules(self, routing: Routing) -> None:
        """Store what holds for the centre as a whole."""
        whole = msgspec.to_builtins(routing)
        rules = {name: whole[name] for name in centre_fields()}
        await self.hold()
        await self._session.execute(
            update(RoutingVersionRow).where(RoutingVersionRow.id == _ONE).values(rules=rules)
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

    async def add_queue(self, queue: Queue) -> None:
        """Store a new queue, last in lists."""
        last = await self._session.scalar(select(func.max(QueueRow.position)))
        await self.put_queue(queue, position=0 if last is None else last + 1)

    async def remove_queue(self, queue: QueueId) -> None:
        """Take a queue away, and from the agents who served it."""
        await self._session.execute(delete(AgentQueueRow).where(AgentQueueRow.queue == queue))
        await self._session.execute(delete(QueueRow).where(QueueRow.id == queue))
        for agent in await self.agents():
            if any(seat.queue == queue for seat in agent.seats):
                seats = tuple(seat for seat in agent.seats if seat.queue != queue)
                await self.put_agent(msgspec.structs.replace(agent, seats=seats))

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

    async def remove_agent(self, agent: AgentId) -> None:
        """Take an agent away."""
        await self._session.execute(delete(AgentQueueRow).where(AgentQueueRow.agent == agent))
        await self._session.execute(delete(AgentSetupRow).where(AgentSetupRow.id == agent))

    async def put_agent(self, agent: AgentSetup) -> None:
        """Store an agent and the queues it serves."""
        await self.put_agents([agent])

    async def put_agents(self, agents: Sequence[AgentSetup]) -> None:
        """Store agents, each once, and the queues they serve: some hundred at a time."""
        rows = upsert(AgentSetupRow).values([_columns(agent) for agent in agents])
        others = {name: rows.excluded[name] for name in ("no", "name", "team", "rule")}
        await self._session.execute(
            rows.on_conflict_do_update(index_elements=[AgentSetupRow.id], set_=others)
        )
        ids = [agent.id for agent in agents]
        await self._session.execute(delete(AgentQueueRow).where(AgentQueueRow.agent.in_(ids)))
        pairs = [{"agent": each.id, "queue": queue} for each in agents for queue in each.queues]
        if pairs:
            await self._session.execute(insert(AgentQueueRow), pairs)


def _columns(agent: AgentSetup) -> dict[str, Any]:
    whole = msgspec.to_builtins(agent)
    rule = {name: value for name, value in whole.items() if name not in OWN_COLUMNS}
    fields = {"id": agent.id, "no": agent.no, "name": agent.name, "team": agent.team}
    return {**fields, "rule": rule}


def _agent(row: AgentSetupRow, queues: tuple[QueueId, ...]) -> AgentSetup:
    fields = {"id": row.id, "no": row.no, "name": row.name, "team": row.team, "queues": queues}
    return msgspec.convert({**row.rule, **fields}, AgentSetup)
