"""Whose contacts a person may see, as one condition on the contact table."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.permissions import Scope
from lianxi.kernel.ids import AgentId, ContactId, TeamId
from lianxi.projections.models import DimAgent, FactContact, FactSegment


def visible(scope: Scope, *, agent: AgentId | None, team: TeamId | None) -> ColumnElement[bool]:
    """The condition for a scope.

    Oneself: contacts one has worked on. A team: those a member has worked on, and those nobody
    answered in a queue the team serves. Without an agent or team there is nothing to see.
    """
    match scope:
        case Scope.ALL:
            return true()
        case Scope.SELF:
            return false() if agent is None else _worked_on(FactSegment.agent == agent)
        case Scope.TEAM:
            return false() if team is None else _of_team(team)


def _worked_on(who: ColumnElement[bool]) -> ColumnElement[bool]:
    # Named, as the question around it may be one about segments: those are others than these.
    found = exists().where(FactSegment.contact == FactContact.contact, who)
    return found.correlate(FactContact)


def _of_team(team: TeamId) -> ColumnElement[bool]:
    members = select(DimAgent.agent).where(DimAgent.team == team)
    served = exists().where(
        DimAgent.team == team, DimAgent.queues.bool_op("?")(FactContact.first_queue)
    )
    return or_(
        _worked_on(FactSegment.agent.in_(members)),
        and_(FactContact.last_agent.is_(None), served),
    )


async def may_see(
    session: AsyncSession,
    contact: ContactId,
    scope: Scope,
    *,
    agent: AgentId | None,
    team: TeamId | None,
) -> bool:
    """Whether the contact exists and lies in the scope."""
    condition = visible(scope, agent=agent, team=team)
    return bool(
        await session.scalar(select(exists().where(FactContact.contact == contact, condition)))
    )


async def own_queues(session: AsyncSession, agent: AgentId) -> frozenset[str]:
    """The queues an agent serves by the newest configuration."""
    queues = await session.scalar(select(DimAgent.queues).where(DimAgent.agent == agent))
    return frozenset(queues or ())
