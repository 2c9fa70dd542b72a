"""Everybody as the list of people shows them: narrowed, ordered, a part at a time.

People are counted in thousands at most, so the list is made in memory from four statements; what is
read is then the same for every order and filter, places at a desk included.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.staffing.shapes import PlaceIn, SeatIn, SkilledIn, StaffOut, revision
from lianxi.engine.messages.routing import AgentSetup
from lianxi.http.pages import CursorInvalid, decode_cursor, encode_cursor
from lianxi.kernel.ids import AgentId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity import standing
from lianxi.modules.identity.contracts import Standing, User
from lianxi.modules.identity.desks import phone_of
from lianxi.modules.routing import facade as routing

NOT_YET = Standing()
BEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which people; empty and None = all."""

    words: str = ""
    """Part of the name, user name, number or e-mail address."""
    role: str = ""
    team: str = ""
    """`-` = in none."""
    skill: str = ""
    queue: str = ""
    state: str = ""
    """`open`, `closed`, `locked`, `online`, `never` (has not signed in yet)."""


ORDERS: dict[str, Callable[[StaffOut], tuple[str | int, str]]] = {
    "name": lambda person: (person.name.casefold(), person.username),
    "username": lambda person: (person.username, person.id),
    "role": lambda person: (person.role, person.username),
    "team": lambda person: (person.team or "", person.username),
    "last_sign_in": lambda person: (person.last_sign_in or 0, person.username),
}


async def everybody(
    session: AsyncSession, *, at: Instant, online: Collection[UserId]
) -> list[StaffOut]:
    """All people with their places."""
    places = {each.id: each for each in await routing.agents(session)}
    known = await standing.standings(session, at=at)
    return [
        person_out(
            user,
            places.get(user.agent) if user.agent is not None else None,
            known.get(user.id, NOT_YET),
            is_online=user.id in online,
        )
        for user in await identity.users(session)
    ]


async def somebody(
    session: AsyncSession, user: User, *, at: Instant, online: Collection[UserId]
) -> StaffOut:
    """One person with the place.

    Raises:
        AgentNotFound: the place was taken away at this moment.
    """
    place = None if user.agent is None else await routing.agent(session, user.agent)
    known = await standing.standings(session, at=at)
    return person_out(user, place, known.get(user.id, NOT_YET), is_online=user.id in online)


def person_out(
    user: User, place: AgentSetup | None, known: Standing, *, is_online: bool
) -> StaffOut:
    """One person as it is read."""
    seat = None if place is None else place_out(place)
    return StaffOut(
        id=user.id,
        username=user.username,
        name=user.name,
        role=user.role,
        team=user.team,
        email=user.email,
        created_at=user.created_at,
        closed_at=user.disabled_at,
        place=seat,
        phone=None if place is None else phone_of(place.id),
        last_sign_in=known.last_sign_in,
        locked_until=known.locked_until,
        online=is_online,
        revision=revision_of(user, seat),
    )


def place_out(place: AgentSetup) -> PlaceIn:
    """A place as it is read and set: every queue with its level."""
    levels = {seat.queue: seat.level for seat in place.seats}
    return PlaceIn.model_construct(
        agent=place.id,
        queues=[
            SeatIn.model_construct(queue=queue, level=levels.get(queue, BEST))
            for queue in place.queues
        ],
        skills=[
            SkilledIn.model_construct(skill=each.skill, level=each.level) for each in place.skills
        ],
        wrap_up_time=place.wrap_up_time,
    )


def revision_of(user: User, place: PlaceIn | None) -> str:
    """A mark of what a form sets of a person."""
    return revision(
        {
            "name": user.name,
            "role": user.role,
            "team": user.team,
            "email": user.email,
            "closed": user.disabled_at is not None,
            "place": None if place is None else place.model_dump(),
        }
    )


def part_of(
    people: list[StaffOut], wanted: Narrowing, *, order: str, after: str | None, limit: int
) -> tuple[list[StaffOut], str | None, int]:
    """A part of the list, where the next one begins, and how many there are in all.

    Args:
        people: everybody.
        wanted: which of them.
        order: a key of `ORDERS`, with a minus in front for descending.
        after: the cursor of the part before.
        limit: how many.

    Raises:
        CursorInvalid.
    """
    ordered = sorted(people, key=ORDERS[order.removeprefix("-")], reverse=order.startswith("-"))
    places = {person.id: place for place, person in enumerate(ordered)}
    begins = -1
    if after is not None:
        (last,) = decode_cursor(after, str)
        if last not in places:
            raise CursorInvalid
        begins = places[str(last)]
    found = [person for person in ordered if is_wanted(person, wanted)]
    rest = [person for person in found if places[person.id] > begins]
    part = rest[:limit]
    return part, encode_cursor(part[-1].id) if len(rest) > limit else None, len(found)


def is_wanted(person: StaffOut, wanted: Narrowing) -> bool:
    """Whether a person is among those asked for."""
    words = wanted.words.strip().casefold()
    place = person.place
    number = "" if place is None else place.agent
    texts = (person.name, person.username, number, person.email)
    return (
        (not words or any(words in text.casefold() for text in texts))
        and wanted.role in {"", person.role}
        and wanted.team in {"", person.team or "-"}
        and _has(wanted.skill, [] if place is None else [each.skill for each in place.skills])
        and _has(wanted.queue, [] if place is None else [each.queue for each in place.queues])
        and STATES[wanted.state](person)
    )


def _has(wanted: str, there: list[str]) -> bool:
    return not wanted or wanted in there


STATES: dict[str, Callable[[StaffOut], bool]] = {
    "": lambda person: True,
    "open": lambda person: person.closed_at is None,
    "closed": lambda person: person.closed_at is not None,
    "locked": lambda person: person.locked_until is not None,
    "online": lambda person: person.online,
    "never": lambda person: person.last_sign_in is None and person.closed_at is None,
}


def agent_of(place: PlaceIn, *, name: str, team: str) -> dict[str, object]:
    """The fields of a place in the engine's form."""
    return {
        "id": AgentId(place.agent),
        "no": place.agent,
        "name": name,
        "team": team,
        "queues": [each.queue for each in place.queues],
        "seats": [
            {"queue": each.queue, "level": each.level}
            for each in place.queues
            if each.level != BEST
        ],
        "skills": [{"skill": each.skill, "level": each.level} for each in place.skills],
        "wrap_up_time": place.wrap_up_time.value,
    }
