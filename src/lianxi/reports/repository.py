"""All SQL about what queues, agents and codes are called, and who serves which queue."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import TeamId
from lianxi.projections.models import DimAgent, DimDisposition, DimQueue

Name = tuple[str, str]
"""Chinese and English."""


async def queue_names(session: AsyncSession) -> Mapping[str, Name]:
    """By queue."""
    found = await session.execute(select(DimQueue.queue, DimQueue.name, DimQueue.name_en))
    return {queue: (name, name_en) for queue, name, name_en in found.all()}


async def agent_names(session: AsyncSession) -> Mapping[str, Name]:
    """Number and name by agent."""
    found = await session.execute(select(DimAgent.agent, DimAgent.no, DimAgent.name))
    names = {agent: f"{no} {name}".strip() for agent, no, name in found.all()}
    return {agent: (name, name) for agent, name in names.items()}


async def code_names(session: AsyncSession) -> Mapping[str, Name]:
    """By wrap-up code; of two queues with the same code, as the first one calls it."""
    found = await session.execute(
        select(DimDisposition.code, DimDisposition.name, DimDisposition.name_en).order_by(
            DimDisposition.queue.desc()
        )
    )
    return {code: (name, name_en) for code, name, name_en in found.all()}


async def queues_of_team(session: AsyncSession, team: TeamId | None) -> Mapping[str, list[str]]:
    """The queues that each agent of a team serves, by the newest configuration."""
    found = await session.execute(
        select(DimAgent.agent, DimAgent.queues).where(DimAgent.team == team)
    )
    return {str(agent): queues for agent, queues in found.all()}
