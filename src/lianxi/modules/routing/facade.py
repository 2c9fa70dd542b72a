"""What others may ask of the routing module. The caller owns the transaction.

A change is stored first and committed, then asked of the switchboard as `RoutingPublished`. Should
that fail, the version in the tables is ahead of the one in force, and `Publisher.publish_if_behind`
(at start, and daily for the opening hours) asks again.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import (
    AgentSetup,
    Destination,
    NumberRule,
    Queue,
    Reason,
    Routing,
)
from lianxi.engine.messages.trunks import Trunk
from lianxi.kernel.ids import AgentId, CalendarId, QueueId, TeamId, TrunkId
from lianxi.kernel.time import Instant
from lianxi.modules.routing import effective, rules, working
from lianxi.modules.routing.centre_repository import CentreRepository
from lianxi.modules.routing.contracts import OpeningHours, Said, SealsPasswords, Skill
from lianxi.modules.routing.effective import Names
from lianxi.modules.routing.errors import CalendarNotFound
from lianxi.modules.routing.repository import RoutingRepository
from lianxi.modules.routing.trunk_repository import TrunkRepository
from lianxi.office.calendar.contracts import WorkCalendar


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
        for hours in await CentreRepository(session).opening_hours()
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
    return await CentreRepository(session).reasons()


async def numbers(session: AsyncSession) -> list[NumberRule]:
    """Every number with what answers it."""
    return await CentreRepository(session).numbers()


async def rules_of_the_centre(session: AsyncSession) -> Routing:
    """What holds for the centre as a whole; queues and the like are left out."""
    return rules.only_centre(await RoutingRepository(session).snapshot())


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
    return [hours.id for hours in await opening_hours(session)]


async def opening_hours(session: AsyncSession) -> list[OpeningHours]:
    """Every calendar, as people set it."""
    return await CentreRepository(session).opening_hours()


async def work_calendar(session: AsyncSession, calendar: str, zone: str) -> WorkCalendar:
    """A calendar for deadlines, as it is set now.

    Args:
        session: the caller's transaction.
        calendar: id of opening hours.
        zone: name of the centre's IANA time zone.

    Raises:
        CalendarNotFound.
    """
    for hours in await opening_hours(session):
        if hours.id == calendar:
            return working.work_calendar(hours, zone)
    raise CalendarNotFound(calendar=calendar[:60])


async def queue(session: AsyncSession, identifier: QueueId) -> Queue:
    """Return one queue.

    Raises:
        QueueNotFound.
    """
    return await RoutingRepository(session).queue(identifier)


async def names(session: AsyncSession) -> Names:
    """What queues, agents, flows and opening hours are called."""
    repository = RoutingRepository(session)
    return Names(
        calendars={hours.id: hours for hours in await opening_hours(session)},
        queues={each.id: Said(zh=each.name, en=each.name_en) for each in await repository.queues()},
        agents={each.id: each.name for each in await repository.agents()},
        flows={each.id: each.name for each in await CentreRepository(session).flows()},
    )


def said_destination(to: Destination, known: Names) -> Said:
    """Where a rule leads, in words."""
    return effective.destination(to, known)


async def effective_rules(session: AsyncSession) -> dict[QueueId, Said]:
    """Each queue's rule as one sentence, in the order of lists."""
    known = await names(session)
    found = await RoutingRepository(session).queues()
    return {each.id: effective.rule_of(each, known) for each in found}


async def skills(session: AsyncSession) -> list[Skill]:
    """Every skill that somebody has or a flow asks for, by name."""
    repository = RoutingRepository(session)
    return rules.skills_of(await repository.agents(), await CentreRepository(session).flows())


async def hold(session: AsyncSession) -> None:
    """Let nobody else change the routing, or what refers to it, until the transaction is over."""
    await RoutingRepository(session).hold()


async def put_in_force(session: AsyncSession, flow: Flow) -> int:
    """New contacts begin this version of the flow; return the snapshot's new number."""
    await CentreRepository(session).put_flow(flow)
    return await RoutingRepository(session).raise_version()


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
    repository, centre = RoutingRepository(session), CentreRepository(session)
    for position, each_queue in enumerate(queues):
        await repository.put_queue(each_queue, position=position)
    for each in agents:
        await repository.put_agent(each)
    for number in numbers:
        await centre.put_number(number)
    await centre.put_reasons(reasons)
    for each_hours in hours:
        await centre.put_opening_hours(each_hours)
    await repository.raise_version()


class TrunkBook:
    """The trunks as configured, and their passwords (the telephone channel's `KnowsTrunks`)."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], seals: SealsPasswords) -> None:
        self._sessions = sessions
        self._seals = seals

    async def trunks(self) -> Sequence[Trunk]:
        """All trunks, those not enabled too."""
        async with self._sessions() as session:
            return await TrunkRepository(session).trunks()

    async def password(self, trunk: TrunkId) -> str | None:
        """The password of a trunk; None when it has none."""
        async with self._sessions() as session:
            sealed = await TrunkRepository(session).secret(trunk)
        return None if sealed is None else self._seals.open(sealed, owner=f"trunk:{trunk}")


class Agents:
    """Knows which agents there are (identity's `AgentDirectory`)."""

    async def has_agent(self, session: AsyncSession, agent: AgentId) -> bool:
        """Whether the agent is configured."""
        return await RoutingRepository(session).has_agent(agent)

    async def count_in_team(self, session: AsyncSession, team: TeamId) -> int:
        """How many agents belong to the team."""
        return sum(each.team == team for each in await RoutingRepository(session).agents())
