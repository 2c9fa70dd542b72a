"""A centre with two teams whose day is over, and the people who get reports about it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from lianxi.db.session import Database
from lianxi.engine.messages.routing import AgentSetup
from lianxi.kernel.ids import AgentId, RoleId, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import Role, Team, User
from lianxi.modules.identity.repository import PeopleRepository
from lianxi.projections.projector import Projector
from tests.builders.list_journal import ListJournal
from tests.builders.story import NOON, SALES, SERVICE, Story

ZONE = ZoneInfo("Asia/Shanghai")
MORNING = Instant(NOON + 17 * 3_600_000)
"""Seven o'clock of the day after the story."""

AGENTS = (("a1", "t1", SALES), ("a2", "t1", SALES), ("b1", "t2", SERVICE))


async def two_teams(database: Database) -> None:
    """Agents a1, a2 of team t1 serve sales, b1 of t2 serves service; a1 and b1 had a call each."""
    story = Story()
    story.centre(
        agents=tuple(
            AgentSetup(
                id=AgentId(agent), no=agent, name=f"坐席{agent}", team=TeamId(team), queues=(queue,)
            )
            for agent, team, queue in AGENTS
        )
    )
    for second, agent, contact, queue in ((10, "a1", "c1", SALES), (100, "b1", "c2", SERVICE)):
        story.agent_comes(second, agent)
        story.caller_queues(second + 1, contact, queue=queue)
        story.agent_answers(second + 5, contact, agent)
        story.ends(second + 65, contact, wrap_up_s=10)
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()


async def people(database: Database, *wanted: tuple[str, Role, str | None]) -> Sequence[UserId]:
    """Accounts with an e-mail address each: id, role, and the team of a team lead or the agent."""
    made = []
    async with database.sessions.begin() as session:
        for team in ("t1", "t2"):
            await identity.add_team(session, Team(id=TeamId(team), name=team, name_en=team))
        await session.flush()
        for name, role, of in wanted:
            user = User(
                id=UserId(name),
                username=name,
                name=name,
                role=RoleId(role.value),
                team=TeamId(of) if of and role is Role.TEAM_LEAD else None,
                agent=AgentId(of) if of and role is Role.AGENT else None,
                disabled_at=None,
                created_at=NOON,
                email=f"{name}@example.com",
            )
            await PeopleRepository(session).add(user, password_hash="none")
            made.append(user.id)
    return made
