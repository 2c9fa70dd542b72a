"""What the API says and takes about people together with their places."""

import hashlib
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from lianxi.engine.messages.values import WrapUpTime
from lianxi.modules.identity.router import Email, Name, Password, RoleName

Level = Annotated[int, Field(ge=1, le=10)]
AgentNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,40}$")]
Username = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^\s*\S+\s*$")]


class SeatIn(BaseModel):
    """A queue that a person serves, and how well."""

    model_config = ConfigDict(extra="forbid")

    queue: Annotated[str, Field(max_length=80)]
    level: Level = 10


class SkilledIn(BaseModel):
    """What a person can do, and how well."""

    model_config = ConfigDict(extra="forbid")

    skill: Annotated[str, Field(min_length=1, max_length=40)]
    level: Level = 1


class PlaceIn(BaseModel):
    """A place at a desk: its number, the queues it serves, what the person can do."""

    model_config = ConfigDict(extra="forbid")

    agent: AgentNumber
    queues: Annotated[list[SeatIn], Field(max_length=200)] = []
    skills: Annotated[list[SkilledIn], Field(max_length=200)] = []
    wrap_up_time: WrapUpTime = WrapUpTime.QUEUE
    """What the person is given of the limits that queues set to after-call work."""


class PersonIn(BaseModel):
    """A person as set: whole, fields left out are empty."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    role: RoleName
    team: str | None = None
    email: Email = ""
    closed: bool = False
    """Whether the account is closed: the person cannot sign in."""
    place: PlaceIn | None = None
    """None = takes no calls."""


class NewPersonIn(PersonIn):
    """A person to be created; without a password one is drawn."""

    username: Username
    password: Password | None = None


class StaffOut(BaseModel):
    """A person, the place at a desk, and what signing in says."""

    id: str
    username: str
    name: str
    role: str
    team: str | None
    email: str
    created_at: int
    closed_at: int | None
    place: PlaceIn | None
    phone: str | None
    """The account of the telephone on the desk; None for those who take no calls."""
    last_sign_in: int | None
    locked_until: int | None
    """Too many failed attempts; None = not locked."""
    online: bool
    """Whether the desktop is open somewhere now."""
    revision: Annotated[str, Field(description="Changes with every change; give it as If-Match.")]


class NewPersonOut(BaseModel):
    """A new person; the password is shown once, here."""

    person: StaffOut
    password: str


class TeamIn(BaseModel):
    """A team as set."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    name_en: Annotated[str, Field(max_length=80)] = ""
    """Empty = the same as the name."""
    lead: str | None = None
    closed: bool = False


class TeamFull(BaseModel):
    """A team, who leads it, and how many belong to it."""

    id: str
    name: str
    name_en: str
    lead: str | None
    lead_name: str | None
    people: int
    """Open accounts."""
    agents: int
    """Places at a desk."""
    closed_at: int | None
    revision: Annotated[str, Field(description="Changes with every change; give it as If-Match.")]


def revision(of: dict[str, Any]) -> str:
    """A mark that changes with every change of these fields."""
    return hashlib.sha256(msgspec.json.encode(of, order="sorted")).hexdigest()[:16]
