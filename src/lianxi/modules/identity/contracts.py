"""What the rest of the system may know about people and their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.values import DeviceKind
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, Endpoint, RoleId, TeamId, UserId
from lianxi.kernel.time import Instant


class Role(StrEnum):
    """The six roles that ship."""

    AGENT = "agent"
    TEAM_LEAD = "team_lead"
    SUPERVISOR = "supervisor"
    QA = "qa"
    PLANNER = "planner"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """What a role is called and allows, whose rows it sees, and where it lands."""

    name: str
    name_en: str
    permissions: frozenset[Permission]
    scope: Scope
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleKept:
    """A role as it is read: one that ships, or one that the centre made."""

    id: RoleId
    rule: RoleRule
    revision: int
    """0 = it ships with the product, and nobody changes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who work under one team lead."""

    id: TeamId
    name: str
    name_en: str
    lead: UserId | None = None
    """Who leads it; says whom to ask, allows nothing by itself."""
    closed_at: Instant | None = None
    """Nobody can be put into it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What signing in says about a person."""

    last_sign_in: Instant | None = None
    locked_until: Instant | None = None
    """Too many failed attempts, from one place or from all together; None = not locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One sign-in to the web desktop."""

    id: str
    began_at: Instant
    seen_at: Instant
    ended_at: Instant | None
    """When it was ended, or ran out; None while it lasts."""
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who may sign in."""

    id: UserId
    username: str
    name: str
    role: RoleId
    team: TeamId | None
    agent: AgentId | None
    """The agent this person is at a desk; None for those who take no calls."""
    disabled_at: Instant | None
    created_at: Instant
    email: str = ""
    """Where reports go; empty when none is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened:
    """A sign-in that succeeded."""

    token: str
    """Goes into the cookie and is known nowhere else: only its hash is stored."""
    caller: Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSession:
    """One device of one sign-in at a desk."""

    id: str
    agent: AgentId
    user: UserId
    tab: str
    """The browser tab that signed in."""
    device: DeviceKind
    endpoint: Endpoint
    password: str
    began_at: Instant
    ended_at: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A person to be created. Without a password one is drawn."""

    username: str
    name: str
    role: Role | RoleId
    team: TeamId | None = None
    agent: AgentId | None = None
    password: str | None = None
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Failed sign-ins within the window, oldest first."""

    of_user_from_address: Sequence[Instant]
    of_user: Sequence[Instant]
    from_address: Sequence[Instant]


class AgentDirectory(Protocol):
    """Knows which agents there are; implemented by the routing module."""

    async def has_agent(self, session: AsyncSession, agent: AgentId) -> bool:
        """Whether the agent is configured."""
        ...

    async def count_in_team(self, session: AsyncSession, team: TeamId) -> int:
        """How many agents belong to the team."""
        ...
