"""Reading warnings: whose a person sees, and what may be done with one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.identity import facade as identity
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.warnings import facade, hops, sheets
from lianxi.modules.warnings.chain import WARNING
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    HopReport,
    WarningFilter,
    WarningSort,
)
from lianxi.modules.warnings.errors import WarningNotFound
from lianxi.modules.warnings.facade import POSTS
from lianxi.modules.warnings.guards import is_rejected_now
from lianxi.modules.warnings.listing_repository import Place, WarningListRepository
from lianxi.modules.warnings.rules import OWNERS
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import AuditRow
from lianxi.office.clock import facade as clocks
from lianxi.office.clock.contracts import Clock, ClockState
from lianxi.office.signoff.contracts import Signature

WATCHING = frozenset(post for posts in POSTS.values() for post in posts) - {"hotline_agent"}
"""Holders of these see every warning."""
CHAIN_POSTS = frozenset(post for posts in POSTS.values() for post in posts)
_FLOW_NAMES = {"satisfied": "recontact", "unsatisfied": "recontact"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a person sees of warnings."""

    user: UserId
    all: bool
    posts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A warning in a list."""

    warning: ComplaintWarning
    due_at: Instant | None
    clocks: tuple[Clock, ...]
    """Those that are open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A post, and who has it now."""

    id: str
    zh: str
    en: str
    holders: tuple[str, ...]
    """Names; empty while nobody is named."""
    role_zh: str
    """Whoever has this role has the post meanwhile; empty = nobody."""
    role_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A step that the flow allows now, and whether this person may do it."""

    event: str
    allowed: bool
    posts: tuple[str, ...]
    """Whose step it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A warning with everything its screen shows."""

    line: Line
    hops: HopReport
    signatures: list[tuple[int, Signature]]
    possible: list[Possible]
    posts: list[Held]
    people: dict[str, str]
    sheet: dict[str, Any]


async def sight(session: AsyncSession, caller: Caller) -> Sight:
    """Whose warnings a person sees: with a narrow scope their own, unless a post says more."""
    posts = await organisation.posts_of(session, caller)
    everything = caller.scope is not Scope.SELF or not posts.isdisjoint(WATCHING)
    return Sight(user=caller.user, all=everything, posts=posts)


async def find(
    session: AsyncSession,
    wanted: WarningFilter,
    seen: Sight,
    *,
    mine: bool = False,
    sort: WarningSort = WarningSort.NEWEST,
    after: Place | None = None,
    limit: int,
) -> list[Line]:
    """A part of the list, each with its open clocks.

    Args:
        session: the caller's transaction.
        wanted: what narrows it.
        seen: whose a person sees.
        mine: only those of which a clock runs that belongs to a post of this person.
        sort: the order.
        after: where the part before ended.
        limit: how many.
    """
    found = await WarningListRepository(session).find(
        wanted,
        own=None if seen.all else seen.user,
        ids=await _waiting(session, seen) if mine else None,
        sort=sort,
        after=after,
        limit=limit,
    )
    open_clocks: dict[str, list[Clock]] = defaultdict(list)
    subjects = [WARNING.subject(warning.id) for warning, _ in found]
    for clock in await clocks.of(session, *subjects) if subjects else ():
        if clock.state is not ClockState.ENDED:
            open_clocks[clock.subject].append(clock)
    return [
        Line(warning=one, due_at=due, clocks=tuple(open_clocks[WARNING.subject(one.id)]))
        for one, due in found
    ]


async def counts(
    session: AsyncSession, seen: Sight, *, at: Instant
) -> dict[Literal["mine", "open", "late"], int]:
    """How many wait for this person, are open, and are late at this moment."""
    repository = WarningListRepository(session)
    own = None if seen.all else seen.user
    open = WarningFilter(open=True)
    return {
        "mine": await repository.count(open, own=own, ids=await _waiting(session, seen)),
        "open": await repository.count(open, own=own, ids=None),
        "late": await repository.count(replace(open, late_at=at), own=own, ids=None),
    }


async def _waiting(session: AsyncSession, seen: Sight) -> list[str]:
    """Warnings of which a clock runs that belongs to one of the person's posts."""
    owners = {f"post:{post}" for post in seen.posts}
    if "division_gm" in seen.posts:
        owners.add(OWNERS["ew.division"])  # both of the division are asked; one suffices
    found = await clocks.open_of_owners(session, sorted(owners), WARNING.name)
    return sorted({clock.subject.removeprefix(f"{WARNING.name}:") for clock in found})


async def one(session: AsyncSession, id: str, seen: Sight) -> ComplaintWarning:
    """A warning, if the person may see it.

    Raises:
        WarningNotFound.
    """
    found = await facade.warning(session, id)
    if not seen.all and found.classified_by != seen.user:
        raise WarningNotFound(warning=id[:60])
    return found


async def whole(
    session: AsyncSession, warning: ComplaintWarning, caller: Caller, seen: Sight, *, at: Instant
) -> Whole:
    """Everything about a warning as of now."""
    own = await facade.clocks_of(session, warning.id)
    running = tuple(clock for clock in own if clock.state is not ClockState.ENDED)
    due = [clock.due_at for clock in running if clock.due_at is not None]
    return Whole(
        line=Line(warning=warning, due_at=min(due, default=None), clocks=running),
        hops=hops.report(warning, own, at),
        signatures=await facade.signatures(session, warning),
        possible=possible(warning, caller, seen),
        posts=await held(session),
        people=await named(session, warning),
        sheet=sheets.begun(warning, await cases.case(session, warning.case)),
    )


async def held(session: AsyncSession) -> list[Held]:
    """The posts of the chain and who has them now."""
    posts = [post for post in await organisation.posts(session) if post.id in CHAIN_POSTS]
    people = await names_of(session, [user for post in posts for user in post.holders])
    roles = {str(role.id): role.rule for role in await identity.all_roles(session)}
    found: list[Held] = []
    for post in posts:
        role = None if post.holders else roles.get(post.fallback_role)
        found.append(
            Held(
                id=post.id,
                zh=post.zh,
                en=post.en or post.zh,
                holders=tuple(people[user] for user in post.holders if user in people),
                role_zh=role.name if role else "",
                role_en=role.name_en if role else "",
            )
        )
    return found


async def named(session: AsyncSession, warning: ComplaintWarning) -> dict[str, str]:
    """Everybody who did something, by name."""
    parts: tuple[Any, ...] = (
        *warning.reviews, *warning.opinions, *warning.recontacts, *warning.days, *warning.hops
    )  # fmt: skip
    users = [part.by for part in parts] + [round.submitted_by for round in warning.rounds]
    users.append(warning.classified_by)
    found = await names_of(session, [user for user in users if user is not None])
    return {str(user): name for user, name in found.items()}


async def names_of(session: AsyncSession, users: Sequence[UserId]) -> dict[UserId, str]:
    """Names of people, also of those who have left."""
    return {user.id: user.name for user in await identity.some(session, dict.fromkeys(users))}


async def story(session: AsyncSession, warning: ComplaintWarning) -> list[AuditRow]:
    """Everything that happened to it, newest first."""
    return await audit.of_object(session, WARNING.subject(warning.id))


def possible(warning: ComplaintWarning, caller: Caller, seen: Sight) -> list[Possible]:
    """What may happen to it now, in the order of the flow, and what of it this person may do."""
    names = dict.fromkeys(_FLOW_NAMES.get(e, e) for e in WARNING.allowed(warning.state))
    found: list[Possible] = []
    rejected = is_rejected_now(warning)
    for event in names:
        if event not in POSTS or _is_out_of_turn(event, rejected=rejected):
            continue
        if event == "report_day" and warning.round == 1:
            continue
        own = event in ("submit", "report_day") and caller.user == warning.classified_by
        held = not seen.posts.isdisjoint(POSTS[event])
        allowed = own or held or caller.may(Permission.CASES_SUPERVISE)
        found.append(Possible(event=event, allowed=allowed, posts=POSTS[event]))
    return found


def _is_out_of_turn(event: str, *, rejected: bool) -> bool:
    """A sheet is judged once; one that does not conform can only go back."""
    return event in ("approve", "reject") if rejected else event == "send_back"
