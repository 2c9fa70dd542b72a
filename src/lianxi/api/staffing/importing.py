"""A list of people is taken in: planned, then stored in one transaction, then brought into force.

What is planned is planned again under the lock, so nobody's change in between is run over. Progress
is said as it goes; the passwords of new people are said once, at the end.
"""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.staffing.planning import Known, Planner, Wanted, What
from lianxi.http.caller import Caller
from lianxi.kernel.ids import AgentId, UserId
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity import role_rules, roles, rules
from lianxi.modules.identity.contracts import AgentDirectory, NewUser, Role
from lianxi.modules.identity.joining import join
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing.changing import Change
from lianxi.modules.routing.changing_many import put_agents
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.imports.errors import ListHasErrors
from lianxi.office.imports.sheet import Line

AT_ONCE = 100


class Step(StrEnum):
    """What is being done with a list."""

    PASSWORDS = "passwords"
    PLACES = "places"
    PEOPLE = "people"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is."""

    step: Step
    done: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A new person's first password, said once."""

    line: int
    number: str
    username: str
    name: str
    password: str


@dataclass(slots=True)
class Taken:
    """What became of a list."""

    counts: Counter[What] = field(default_factory=Counter)
    joined: list[Joined] = field(default_factory=list)
    changed: list[UserId] = field(default_factory=list)


async def plan(session: AsyncSession, lines: Sequence[Line], *, by: Caller) -> list[Wanted]:
    """What the lines would do now, brought by this person."""
    kept = await roles.roles(session)
    known = Known(
        users=await identity.users(session),
        teams=await identity.teams(session),
        queues=await routing.queues(session),
        agents=await routing.agents(session),
        roles=kept,
        beyond={role.id for role in kept if role_rules.excess(role.rule, by)},
    )
    return Planner(known).plan(lines)


def refuse_errors(planned: Sequence[Wanted], *, only_good: bool) -> None:
    """See that nothing is wrong, unless the good lines alone are wanted.

    Raises:
        ListHasErrors.
    """
    wrong = [each for each in planned if each.what is What.WRONG]
    if wrong and not only_good:
        raise ListHasErrors(lines=len(wrong), first=wrong[0].line)


async def take(
    change: Change,
    lines: Sequence[Line],
    taken: Taken,
    *,
    only_good: bool,
    passwords: Passwords,
    agents: AgentDirectory,
) -> AsyncIterator[Progress]:
    """Store what the lines say, in the transaction of the change; `taken` is filled on the way.

    Raises:
        ListHasErrors, RoutingInvalid, and what identity refuses.
    """
    await routing.hold(change.session)
    planned = await plan(change.session, lines, by=change.by)
    refuse_errors(planned, only_good=only_good)
    taken.counts = Counter(each.what for each in planned)
    new = [each for each in planned if each.what is What.NEW]
    changed = [each for each in planned if each.what is What.CHANGED]
    drawn = [rules.draw_password() for _ in new]
    hashes: list[str] = []
    for begin in range(0, len(new), AT_ONCE):
        hashes += await passwords.hash_drawn(drawn[begin : begin + AT_ONCE])
        yield Progress(step=Step.PASSWORDS, done=len(hashes), of=len(new))
    places = [each.place for each in planned if each.place is not None]
    async for count in put_agents(change, places):
        yield Progress(step=Step.PLACES, done=count, of=len(places))
    pairs = zip([_new_user(each) for each in new], hashes, strict=True)
    await join(change.session, list(pairs), at=change.at, by=change.by)
    yield Progress(step=Step.PEOPLE, done=len(new), of=len(new) + len(changed))
    for count, each in enumerate(changed, start=1):
        await _change(change, each, agents)
        if count % AT_ONCE == 0 or count == len(changed):
            yield Progress(step=Step.PEOPLE, done=len(new) + count, of=len(new) + len(changed))
    taken.changed = [each.user.id for each in changed if each.user is not None]
    taken.joined = [
        Joined(
            line=each.line, number=each.number, username=each.username, name=each.name,
            password=password,
        )
        for each, password in zip(new, drawn, strict=True)
    ]  # fmt: skip
    if new or changed:
        await audit.record(
            change.session,
            at=change.at,
            who=change.by,
            act=Act.STAFF_IMPORTED,
            object="users:",
            facts={what.value: taken.counts[what] for what in What},
        )


def _new_user(wanted: Wanted) -> NewUser:
    return NewUser(
        username=wanted.username,
        name=wanted.name,
        role=wanted.role or Role.AGENT,
        team=wanted.team,
        agent=AgentId(wanted.number),
        email=wanted.email,
    )


async def _change(change: Change, wanted: Wanted, agents: AgentDirectory) -> None:
    if wanted.user is None:
        return
    fields: dict[str, str | None] = {
        "name": wanted.name,
        "team": wanted.team,
        "agent": wanted.number,
    }
    if wanted.email:
        fields["email"] = wanted.email
    if wanted.role is not None:
        fields["role"] = wanted.role
    await identity.change_user(
        change.session,
        wanted.user.id,
        fields,
        disabled=None,
        at=change.at,
        by=change.by,
        agents=agents,
    )
