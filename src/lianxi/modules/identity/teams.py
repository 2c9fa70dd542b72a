"""Teams are made, renamed, led, closed and opened again. The caller owns the transaction."""

import secrets
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import AgentDirectory, Team
from lianxi.modules.identity.errors import (
    TeamLeadUnfit,
    TeamNameTaken,
    TeamNotEmpty,
    UserNotFound,
)
from lianxi.modules.identity.repository import PeopleRepository
from lianxi.modules.identity.teams_repository import TeamRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def create_team(
    session: AsyncSession,
    *,
    name: str,
    name_en: str,
    lead: UserId | None,
    at: Instant,
    by: Caller,
) -> Team:
    """Make a team. Without an English name the Chinese one is shown in both languages.

    Raises:
        TeamNameTaken, TeamLeadUnfit.
    """
    team = Team(
        id=TeamId(f"team-{secrets.token_hex(4)}"), name=name, name_en=name_en or name, lead=lead
    )
    await _check(session, team, former=None)
    await PeopleRepository(session).add_team(team)
    await audit.record(
        session, at=at, who=by, act=Act.TEAM_CREATED, object=f"team:{team.id}", after=_shown(team)
    )
    return team


async def change_team(
    session: AsyncSession,
    identifier: TeamId,
    *,
    name: str,
    name_en: str,
    lead: UserId | None,
    closed: bool,
    agents: AgentDirectory,
    at: Instant,
    by: Caller,
) -> Team:
    """Set what a team is called, who leads it, and whether it is open.

    Raises:
        TeamNotFound, TeamNameTaken, TeamLeadUnfit, TeamNotEmpty.
    """
    teams = TeamRepository(session)
    before = await teams.get(identifier)
    after = replace(before, name=name, name_en=name_en or name, lead=lead)
    if closed != (before.closed_at is not None):
        after = replace(after, closed_at=at if closed else None)
    if after == before:
        return before
    await _check(session, after, former=before)
    if after.closed_at is not None and before.closed_at is None:
        people = await teams.count_people(identifier)
        seats = await agents.count_in_team(session, identifier)
        if people or seats:
            raise TeamNotEmpty(team=before.name, people=people, agents=seats)
    await teams.change(
        identifier,
        name=after.name,
        name_en=after.name_en,
        lead=after.lead,
        closed_at=after.closed_at,
    )
    was, now = _shown(before), _shown(after)
    fields = [field for field in was if was[field] != now[field]]
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.TEAM_CHANGED,
        object=f"team:{identifier}",
        before={field: was[field] for field in fields},
        after={field: now[field] for field in fields},
    )
    return after


async def _check(session: AsyncSession, team: Team, *, former: Team | None) -> None:
    if await TeamRepository(session).has_name(team.name, but=former.id if former else None):
        raise TeamNameTaken(name=team.name)
    if team.lead is None or (former is not None and former.lead == team.lead):
        return
    try:
        lead = await PeopleRepository(session).get(team.lead)
    except UserNotFound as error:
        raise TeamLeadUnfit(user=team.lead) from error
    if lead.disabled_at is not None:
        raise TeamLeadUnfit(user=lead.username)


def _shown(team: Team) -> dict[str, str | bool | None]:
    return {
        "name": team.name,
        "name_en": team.name_en,
        "lead": team.lead,
        "closed": team.closed_at is not None,
    }
