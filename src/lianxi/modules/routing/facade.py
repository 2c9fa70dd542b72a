"""What others may ask of the routing module. The caller owns the transaction.

A change is stored first and committed, then asked of the switchboard as `RoutingPublished`. Should
that fail, the version in the tables is ahead of the one in force, and `Publisher.publish_if_behind`
(at start, and daily for the opening hours) asks again.
"""

from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Reason, Routing
from lianxi.http.caller import Caller
from lianxi.kernel.ids import AgentId, CalendarId, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.routing import rules
from lianxi.modules.routing.contracts import OpeningHours
from lianxi.modules.routing.repository import RoutingRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def current_routing(session: AsyncSession, *, at: Instant, zone: str) -> Routing:
    """The whole configuration as the engine wants it, with opening hours laid out from `at`.

    Args:
        session: any transaction; nothing is written.
        at: opening hours are laid out from the day before on.
        zone: the centre's time zone, by its IANA name.
    """
    repository = RoutingRepository(session)
    snapshot = await repository.snapshot()
    calendars = tuple(
        rules.lay_out(hours, zone=ZoneInfo(zone), at=at)
        for hours in await repository.opening_hours()
    )
    return msgspec.structs.replace(snapshot, calendars=calendars)


async def version(session: AsyncSession) -> int:
    """The number of the configuration in the tables; the engine's may be behind it."""
    return await RoutingRepository(session).version()


async def queues(session: AsyncSession) -> list[Queue]:
    """Every queue, in the order of lists."""
    return await RoutingRepository(session).queues()


async def reasons(session: AsyncSession) -> list[Reason]:
    """Every not-ready reason, in the order of menus."""
    return await RoutingRepository(session).reasons()


async def agents(session: AsyncSession) -> list[AgentSetup]:
    """Every agent, by number."""
    return await RoutingRepository(session).agents()


async def agent(session: AsyncSession, identifier: AgentId) -> AgentSetup:
    """Return one agent.

    Raises:
        AgentNotFound.
    """
    return await RoutingRepository(session).agent(identifier)


async def calendars(session: AsyncSession) -> list[CalendarId]:
    """The calendars there are."""
    return [hours.id for hours in await RoutingRepository(session).opening_hours()]


async def put_in_force(session: AsyncSession, flow: Flow) -> int:
    """New contacts begin this version of the flow; return the snapshot's new number."""
    repository = RoutingRepository(session)
    await repository.put_flow(flow)
    return await repository.raise_version()


async def change_queue(
    session: AsyncSession,
    identifier: QueueId,
    changes: dict[str, object],
    *,
    at: Instant,
    by: Caller,
) -> Queue:
    """Change fields of a queue's rule; the engine's own type checks them.

    Raises:
        QueueNotFound, QueueRuleInvalid.
    """
    repository = RoutingRepository(session)
    before = await repository.queue(identifier, lock=True)
    after = rules.changed_queue(before, changes)
    if after == before:
        return before
    await repository.put_queue(after)
    await repository.raise_version()
    was, now = msgspec.to_builtins(before), msgspec.to_builtins(after)
    fields = [name for name in now if was[name] != now[name]]
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.ROUTING_CHANGED,
        object=f"queue:{identifier}",
        before={name: was[name] for name in fields},
        after={name: now[name] for name in fields},
    )
    return after


async def plant(
    session: AsyncSession,
    *,
    queues: list[Queue],
    agents: list[AgentSetup],
    numbers: list[NumberRule],
    reasons: list[Reason],
    hours: list[OpeningHours],
) -> None:
    """Store the first configuration of a centre. The tables must be empty."""
    repository = RoutingRepository(session)
    for position, queue in enumerate(queues):
        await repository.put_queue(queue, position=position)
    for each in agents:
        await repository.put_agent(each)
    for number in numbers:
        await repository.put_number(number)
    for position, reason in enumerate(reasons):
        await repository.add_reason(reason, position=position)
    for each_hours in hours:
        await repository.put_opening_hours(each_hours)
    await repository.raise_version()


class Agents:
    """Knows which agents there are (identity's `AgentDirectory`)."""

    async def has_agent(self, session: AsyncSession, agent: AgentId) -> bool:
        """Whether the agent is configured."""
        return await RoutingRepository(session).has_agent(agent)
