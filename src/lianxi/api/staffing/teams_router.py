"""HTTP for teams: made, renamed, led, closed and opened again."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Header
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.live.hub import Hub
from lianxi.api.staffing.shapes import TeamFull, TeamIn, revision
from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.kernel.ids import TeamId, UserId
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity import teams
from lianxi.modules.identity.contracts import AgentDirectory, Team
from lianxi.modules.identity.errors import (
    TeamLeadUnfit,
    TeamNameTaken,
    TeamNotEmpty,
    TeamNotFound,
)
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing.editing import Staffer
from lianxi.modules.routing.errors import ChangedMeanwhile

router = APIRouter(prefix="/teams", tags=["users"])

HubPart = Annotated[Hub, provided(Hub)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


async def full(session: AsyncSession) -> list[TeamFull]:
    """Every team with its people, open ones first, by name."""
    users = await identity.users(session)
    names = {user.id: user.name for user in users}
    people = Counter(user.team for user in users if user.disabled_at is None)
    agents = Counter(agent.team for agent in await routing.agents(session))
    found = [
        TeamFull(
            id=team.id,
            name=team.name,
            name_en=team.name_en,
            lead=team.lead,
            lead_name=None if team.lead is None else names.get(team.lead),
            people=people[team.id],
            agents=agents[team.id],
            closed_at=team.closed_at,
            revision=revision_of(team),
        )
        for team in await identity.teams(session)
    ]
    return sorted(found, key=lambda team: (team.closed_at is not None, team.name))


def revision_of(team: Team) -> str:
    """A mark of what a form sets of a team."""
    return revision(
        {
            "name": team.name,
            "name_en": team.name_en,
            "lead": team.lead,
            "closed": team.closed_at is not None,
        }
    )


@router.get(
    "/full",
    operation_id="list_full_teams",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_full_teams(caller: Staffer, uow: UnitOfWork) -> list[TeamFull]:
    """List the teams, those that are closed too, with who leads them and how many they are."""
    return await full(uow)


@router.post(
    "",
    operation_id="create_team",
    status_code=201,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, TeamNameTaken, TeamLeadUnfit),
)
async def create_team(
    body: TeamIn, caller: Staffer, uow: UnitOfWork, now: Now, hub: HubPart
) -> TeamFull:
    """Make a team."""
    made = await teams.create_team(
        uow, name=body.name, name_en=body.name_en, lead=_lead(body), at=now, by=caller
    )
    return await _told(uow, made, hub)


@router.put(
    "/{team_id}",
    operation_id="change_team",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, TeamNotFound, TeamNameTaken, TeamLeadUnfit,
        TeamNotEmpty, ChangedMeanwhile,
    ),
)  # fmt: skip
async def change_team(
    team_id: TeamId,
    body: TeamIn,
    caller: Staffer,
    uow: UnitOfWork,
    now: Now,
    hub: HubPart,
    agents: Annotated[AgentDirectory, provided(AgentDirectory)],
    if_match: IfMatch = None,
) -> TeamFull:
    """Set what a team is called, who leads it, and whether it is open. Only a team that nobody
    belongs to can be closed."""
    seen = (if_match or "").strip().strip('"')
    there = {team.id: team for team in await identity.teams(uow)}
    if seen and team_id in there and seen != revision_of(there[team_id]):
        raise ChangedMeanwhile(where=f"team:{there[team_id].name}")
    changed = await teams.change_team(
        uow, team_id, name=body.name, name_en=body.name_en, lead=_lead(body), closed=body.closed,
        agents=agents, at=now, by=caller,
    )  # fmt: skip
    return await _told(uow, changed, hub)


def _lead(body: TeamIn) -> UserId | None:
    return None if body.lead is None else UserId(body.lead)


async def _told(session: AsyncSession, team: Team, hub: Hub) -> TeamFull:
    """Commit, and let live boards call the team by its name."""
    shown = next(each for each in await full(session) if each.id == team.id)
    await session.commit()
    hub.replica.team_names[team.id] = team.name
    return shown
