"""The people of the demonstration centre. Passwords are drawn at the first run."""

import json
import os
from pathlib import Path
from typing import TypedDict

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AgentId, TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade
from lianxi.modules.identity.contracts import NewUser, Role, Team
from lianxi.modules.identity.passwords import Passwords

ACCOUNTS_FILE = "demo-accounts.json"

TEAMS = (
    Team(id=TeamId("team-1"), name="一班", name_en="Team 1"),
    Team(id=TeamId("team-2"), name="二班", name_en="Team 2"),
)

AGENTS = {
    AgentId("8001"): TEAMS[0].id,
    AgentId("8002"): TEAMS[0].id,
    AgentId("8003"): TEAMS[0].id,
    AgentId("8004"): TEAMS[0].id,
    AgentId("8005"): TEAMS[1].id,
    AgentId("8006"): TEAMS[1].id,
}
"""Agent number and team; the number is also the id and the user name."""

ADMINISTRATOR = NewUser(username="admin", name="管理员", role=Role.ADMIN)

OTHERS = (
    NewUser(username="lead", name="一班班长", role=Role.TEAM_LEAD, team=TEAMS[0].id),
    NewUser(username="supervisor", name="现场主管", role=Role.SUPERVISOR),
    NewUser(username="qa", name="质检员", role=Role.QA),
    NewUser(username="planner", name="排班师", role=Role.PLANNER),
    ADMINISTRATOR,
)


class DemoAccount(TypedDict):
    """One line of the accounts file."""

    username: str
    password: str
    role: str


def agent_name(agent: AgentId) -> str:
    """What a demonstration agent is called."""
    return f"座席 {agent}"


async def plant(session: AsyncSession, *, passwords: Passwords, at: Instant) -> list[DemoAccount]:
    """Create the people, with passwords drawn for each. The centre must be empty."""
    for team in TEAMS:
        await facade.add_team(session, team)
    people = [
        NewUser(username=agent, name=agent_name(agent), role=Role.AGENT, team=team, agent=agent)
        for agent, team in AGENTS.items()
    ]
    accounts: list[DemoAccount] = []
    for new in (*people, *OTHERS):
        user, password = await facade.create_user(session, new, passwords=passwords, at=at, by=None)
        accounts.append(DemoAccount(username=user.username, password=password, role=user.role))
    return accounts


async def plant_administrator(
    session: AsyncSession, *, passwords: Passwords, at: Instant
) -> list[DemoAccount]:
    """Create the first team and the administrator alone. The centre must be empty."""
    await facade.add_team(session, TEAMS[0])
    user, password = await facade.create_user(
        session, ADMINISTRATOR, passwords=passwords, at=at, by=None
    )
    return [DemoAccount(username=user.username, password=password, role=user.role)]


def write_accounts(accounts: list[DemoAccount], home: Path) -> Path:
    """Write `demo-accounts.json`, readable by the centre's owner alone; return its path."""
    path = home / ACCOUNTS_FILE
    text = json.dumps({"accounts": accounts}, ensure_ascii=False, indent=2)
    draft = path.with_suffix(".new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
    draft.replace(path)
    return path


def read_accounts(home: Path) -> list[DemoAccount]:
    """The accounts of an earlier run; empty when the file is not there."""
    try:
        found = json.loads((home / ACCOUNTS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [
        DemoAccount(username=each["username"], password=each["password"], role=each["role"])
        for each in found["accounts"]
    ]
