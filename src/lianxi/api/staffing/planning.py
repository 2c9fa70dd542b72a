"""What a list of people would do: line by line new, changed, as before, or wrong. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from lianxi.engine.messages.routing import AgentSetup, AgentSkill, Queue, QueueSeat
from lianxi.kernel.ids import AgentId, QueueId, RoleId, SkillName, TeamId
from lianxi.modules.identity import rules
from lianxi.modules.identity.contracts import Role, RoleKept, Team, User
from lianxi.office.imports.sheet import Line

NUMBER = re.compile(r"[0-9A-Za-z_-]{1,40}")
EMAIL = re.compile(r"[^@\s]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)
LEVELS = range(1, 11)


class Flaw(StrEnum):
    """What is wrong with a cell. Stable words; the sentences are on the page."""

    MISSING = "missing"
    BAD_NUMBER = "bad_number"
    BAD_USERNAME = "bad_username"
    BAD_EMAIL = "bad_email"
    TOO_LONG = "too_long"
    TWICE = "twice"
    UNKNOWN_TEAM = "unknown_team"
    UNKNOWN_ROLE = "unknown_role"
    ROLE_NOT_YOURS = "role_not_yours"
    """The role, or the one that the person has, allows more than whoever brings the list may do."""
    UNKNOWN_QUEUE = "unknown_queue"
    BAD_LEVEL = "bad_level"
    NUMBER_TAKEN = "number_taken"
    """Another account has this place."""
    NUMBER_FIXED = "number_fixed"
    """The account has a place with another number."""
    ACCOUNT_CLOSED = "account_closed"


class What(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one cell."""

    column: str
    flaw: Flaw
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One line of the list, understood."""

    line: int
    number: str
    username: str
    name: str
    what: What
    problems: tuple[Problem, ...] = ()
    changes: tuple[str, ...] = ()
    """Columns that differ from what is there."""
    team: TeamId | None = None
    role: RoleId | None = None
    """None = as it is; an agent's for new people."""
    email: str = ""
    user: User | None = None
    """The account that is there already."""
    place: AgentSetup | None = None
    """As it is to be; None = as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What there is already."""

    users: Sequence[User]
    teams: Sequence[Team]
    queues: Sequence[Queue]
    agents: Sequence[AgentSetup]
    roles: Sequence[RoleKept]
    beyond: Collection[RoleId] = ()
    """Roles that whoever brings the list may not give."""


@dataclass(slots=True)
class _Cells:
    """Reads the cells of one line and collects what is wrong."""

    line: Line
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str, *, most: int) -> str:
        """The text of a cell."""
        found = self.line.cells.get(column, "")
        if len(found) > most:
            self.wrong(column, Flaw.TOO_LONG, found[:40] + "…")
        return found

    def needed(self, column: str, *, most: int) -> str:
        """The text of a cell that must not be empty."""
        found = self.text(column, most=most)
        if not found:
            self.wrong(column, Flaw.MISSING)
        return found

    def wrong(self, column: str, flaw: Flaw, given: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(column=column, flaw=flaw, given=given))

    def levels(self, column: str, otherwise: int) -> dict[str, int]:
        """`英语:5;VIP` as names with levels, in order."""
        found: dict[str, int] = {}
        for part in re.split(r"[;\uff1b\u3001\n]", self.line.cells.get(column, "")):
            name, _, level = part.replace("\uff1a", ":").partition(":")
            name, level = name.strip(), level.strip()
            if not name:
                if level:
                    self.wrong(column, Flaw.BAD_LEVEL, part.strip())
                continue
            if name in found:
                self.wrong(column, Flaw.TWICE, name)
            if level and (not level.isascii() or not level.isdigit() or int(level) not in LEVELS):
                self.wrong(column, Flaw.BAD_LEVEL, part.strip())
                continue
            found[name] = int(level) if level else otherwise
        return found


class Planner:
    """Holds each line against what is there and against the lines before it."""

    def __init__(self, known: Known) -> None:
        self._users = {user.username: user for user in known.users}
        self._owners = {user.agent: user for user in known.users if user.agent is not None}
        self._agents = {agent.id: agent for agent in known.agents}
        self._teams = _by_name(
            (team.id, team.name, team.name_en) for team in known.teams if team.closed_at is None
        )
        self._queues = _by_name((queue.id, queue.name, queue.name_en) for queue in known.queues)
        self._roles = _by_name((role.id, role.rule.name, role.rule.name_en) for role in known.roles)
        self._beyond = known.beyond
        self._seen: dict[tuple[str, str], int] = {}

    def plan(self, lines: Sequence[Line]) -> list[Wanted]:
        """What each line would do."""
        return [self._line(line) for line in lines]

    def _line(self, line: Line) -> Wanted:
        cells = _Cells(line)
        number = cells.needed("number", most=40)
        name = cells.needed("name", most=80)
        username = rules.username_of(cells.text("username", most=60) or number)
        email = cells.text("email", most=254)
        team = self._teams.get(cells.needed("team", most=80).casefold())
        if number and not NUMBER.fullmatch(number):
            cells.wrong("number", Flaw.BAD_NUMBER, number)
        if re.search(r"\s", username):
            cells.wrong("username", Flaw.BAD_USERNAME, username)
        if email and not EMAIL.fullmatch(email):
            cells.wrong("email", Flaw.BAD_EMAIL, email)
        if team is None and line.cells.get("team"):
            cells.wrong("team", Flaw.UNKNOWN_TEAM, line.cells["team"])
        self._look_for_twins(cells, number, username)
        user = self._users.get(username)
        self._look_at_account(cells, user, AgentId(number))
        role = self._known_role(cells, user)
        queues = self._known_queues(cells)
        skills = cells.levels("skills", 1)
        if cells.problems or team is None:
            return Wanted(
                line=line.number, number=number, username=username, name=name, what=What.WRONG,
                problems=tuple(cells.problems),
            )  # fmt: skip
        before = self._agents.get(AgentId(number))
        after = _place(before, number, name, TeamId(team), queues, skills)
        changes = _changes(user, before, after, name=name, team=team, email=email, role=role)
        what = What.NEW if user is None else What.CHANGED if changes else What.SAME
        return Wanted(
            line=line.number, number=number, username=username, name=name, what=what,
            changes=changes, team=TeamId(team), role=role, email=email, user=user,
            place=None if after == before else after,
        )  # fmt: skip

    def _look_for_twins(self, cells: _Cells, number: str, username: str) -> None:
        for column, given in (("number", number), ("username", username)):
            earlier = self._seen.setdefault((column, given), cells.line.number)
            if given and earlier != cells.line.number:
                cells.wrong(column, Flaw.TWICE, str(earlier))

    def _look_at_account(self, cells: _Cells, user: User | None, number: AgentId) -> None:
        owner = self._owners.get(number)
        if owner is not None and (user is None or owner.id != user.id):
            cells.wrong("number", Flaw.NUMBER_TAKEN, owner.username)
        if user is not None and user.agent not in {None, number}:
            cells.wrong("number", Flaw.NUMBER_FIXED, str(user.agent))
        if user is not None and user.disabled_at is not None:
            cells.wrong("username", Flaw.ACCOUNT_CLOSED, user.username)

    def _known_role(self, cells: _Cells, user: User | None) -> RoleId | None:
        given = cells.text("role", most=80)
        role = RoleId(self._roles[given.casefold()]) if given.casefold() in self._roles else None
        if given and role is None:
            cells.wrong("role", Flaw.UNKNOWN_ROLE, given)
        kept = RoleId(Role.AGENT.value) if user is None else user.role
        if role in self._beyond or kept in self._beyond:
            cells.wrong("role", Flaw.ROLE_NOT_YOURS, given)
        return role

    def _known_queues(self, cells: _Cells) -> dict[QueueId, int]:
        found: dict[QueueId, int] = {}
        for name, level in cells.levels("queues", 10).items():
            queue = self._queues.get(name.casefold())
            if queue is None:
                cells.wrong("queues", Flaw.UNKNOWN_QUEUE, name)
            else:
                found[QueueId(queue)] = level
        return found


def _by_name(things: Iterable[tuple[str, str, str]]) -> Mapping[str, str]:
    """By name in either language, and by id, which comes first."""
    listed = list(things)
    names = {name.casefold(): one for one, *both in listed for name in both}
    return {**names, **{one.casefold(): one for one, *_ in listed}}


def _place(
    before: AgentSetup | None,
    number: str,
    name: str,
    team: TeamId,
    queues: Mapping[QueueId, int],
    skills: Mapping[str, int],
) -> AgentSetup:
    """The place as it is to be; what the line leaves empty stays."""
    place = before or AgentSetup(id=AgentId(number), no=number, name=name, team=team, queues=())
    place = msgspec.structs.replace(place, name=name, team=team)
    if queues and queues != _levels_of(place):
        seats = tuple(
            QueueSeat(queue=queue, level=level) for queue, level in queues.items() if level != 10
        )
        place = msgspec.structs.replace(place, queues=tuple(queues), seats=seats)
    if skills and skills != {each.skill: each.level for each in place.skills}:
        can = tuple(AgentSkill(skill=SkillName(each), level=at) for each, at in skills.items())
        place = msgspec.structs.replace(place, skills=can)
    return place


def _levels_of(place: AgentSetup) -> dict[QueueId, int]:
    levels = {seat.queue: seat.level for seat in place.seats}
    return {queue: levels.get(queue, 10) for queue in place.queues}


def _changes(
    user: User | None,
    before: AgentSetup | None,
    after: AgentSetup,
    *,
    name: str,
    team: str,
    email: str,
    role: RoleId | None,
) -> tuple[str, ...]:
    """Which columns say something else than what is there."""
    if user is None:
        return ()
    differs = {
        "number": user.agent != after.id or before is None,
        "name": user.name != name or (before is not None and before.name != name),
        "team": user.team != team or (before is not None and before.team != team),
        "role": role is not None and user.role != role,
        "email": bool(email) and user.email != email,
        "queues": before is not None
        and (before.queues, before.seats) != (after.queues, after.seats),
        "skills": before is not None and before.skills != after.skills,
    }
    return tuple(column for column, is_other in differs.items() if is_other)
