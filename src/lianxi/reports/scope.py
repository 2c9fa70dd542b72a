"""Whose figures a person may see, as a narrower question.

Questions about people (told apart by agent or team) are narrowed to the agents whom the person may
see; all others to the queues that those agents serve. A figure without agents or queues (calls that
were turned away, costs) is nobody's but the centre's, and has no value in a narrowed question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import chain

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.permissions import Scope
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, TeamId
from lianxi.projections.visibility import own_queues
from lianxi.reports.questions import Key, Question
from lianxi.reports.repository import queues_of_team

PEOPLE = frozenset({Key.AGENT, Key.TEAM})


class NothingToSee(Rejection):
    """Nothing of what was asked for lies within what you may see: ask about your own queues, your
    own team or yourself."""

    code = "nothing_to_see"
    status = HTTPStatus.FORBIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks: a signed-in caller, or a person who gets a report by e-mail."""

    name: str
    scope: Scope
    agent: AgentId | None
    team: TeamId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The agents and queues a person may see figures of."""

    agents: frozenset[str]
    queues: frozenset[str]


async def within(session: AsyncSession, question: Question, viewer: Viewer) -> Question:
    """The question, narrowed to what the viewer may see.

    Raises:
        NothingToSee: nothing of it is left.
    """
    sight = await sight_of(session, viewer)
    return question if sight is None else narrowed(question, sight)


async def sight_of(session: AsyncSession, viewer: Viewer) -> Sight | None:
    """What a viewer may see by the newest configuration; None = everything."""
    if viewer.scope is Scope.ALL:
        return None
    if viewer.scope is Scope.TEAM:
        served = await queues_of_team(session, viewer.team)
        return Sight(agents=frozenset(served), queues=frozenset(chain(*served.values())))
    if viewer.agent is None:
        return Sight(agents=frozenset(), queues=frozenset())
    queues = await own_queues(session, viewer.agent)
    return Sight(agents=frozenset({viewer.agent}), queues=queues)


def narrowed(question: Question, sight: Sight) -> Question:
    """The question about what lies in sight alone.

    Raises:
        NothingToSee: nothing of it is left.
    """
    is_of_people = bool(PEOPLE & {*question.by, *question.only})
    key, seen = (Key.AGENT, sight.agents) if is_of_people else (Key.QUEUE, sight.queues)
    wanted = question.only.get(key)
    left = tuple(sorted(seen)) if wanted is None else tuple(one for one in wanted if one in seen)
    if not left:
        raise NothingToSee
    only: Mapping[Key, tuple[str, ...]] = {**question.only, key: left}
    return replace(question, only=only)
