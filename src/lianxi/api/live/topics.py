"""Which topics there are, who may have them, and what rows they hold for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lianxi.api.live.feed import Rows
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.projections.live import boards, desk
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.sight import Sight

NEEDS: dict[str, Permission | None] = {
    "me": Permission.DESK_USE,
    "queues": Permission.LIVE_READ,
    "agents": Permission.LIVE_READ,
    "contacts": Permission.LIVE_READ,
    "metrics": Permission.REPORTS_READ,
    "cases": Permission.CASES_READ,
    "system": None,
}
"""Topics and what a role needs for them; None = being signed in."""

WALL = "wall"
"""The rows of one wallboard. Asked for by `/api/walls/{wall_id}/live` only."""

CENTRE = "centre"
"""The row of the whole centre among the rows of queues, in the topic `metrics`."""


@dataclass(frozen=True, slots=True)
class FeedKey:
    """People with the same key share a feed."""

    topic: str
    sight: Sight
    session: str = ""
    """Of the topic `me`: the web session, which decides whether the desk is here. Of the topic
    `wall`: the board."""


def sight_of(caller: Caller) -> Sight:
    """Whose rows the caller sees."""
    if caller.scope is Scope.ALL:
        return Sight(is_all=True)
    if caller.scope is Scope.TEAM and caller.team is not None:
        return Sight(team=caller.team)
    return Sight(agent=caller.agent)


def may_have(caller: Caller, topic: str) -> bool:
    """Whether the caller's role allows the topic at all."""
    if topic not in NEEDS:
        return False
    permission = NEEDS[topic]
    return permission is None or caller.may(permission)


def key_of(caller: Caller, topic: str) -> FeedKey:
    """The feed of a topic that the caller gets."""
    if topic == "me":
        return FeedKey(topic, Sight(agent=caller.agent), caller.session)
    if topic in ("system", "cases"):
        return FeedKey(topic, Sight())
    return FeedKey(topic, sight_of(caller))


def holds_desk(session: str, engine_session: str) -> bool:
    """Whether a web session is the one that signed in to the desk."""
    return engine_session.partition(".")[0] == session


def desk_session_of(caller: Caller, tab: str) -> str:
    """The engine's name for a desk's page: the web session, then the tab."""
    return f"{caller.session}.{tab}"


def rows_of(
    key: FeedKey,
    centre: Centre,
    metrics: Mapping[str, object],
    cases: Mapping[str, object],
    system: Callable[[], object],
) -> Rows:
    """The rows of a feed as they are now."""
    match key.topic:
        case "me":
            return _me(key, centre)
        case "queues":
            return boards.queue_rows(centre, key.sight)
        case "agents":
            return boards.agent_rows(centre, key.sight)
        case "contacts":
            return boards.contact_rows(centre, key.sight)
        case "metrics":
            return _metrics(key.sight, centre, metrics)
        case "cases":
            return cases
        case "system":
            return {"state": system()}
        case _:
            return {}


def _me(key: FeedKey, centre: Centre) -> Rows:
    setup = centre.setup(key.sight.agent)
    if setup is None:
        return {}
    agent = centre.state.agents.get(setup.id)
    here = agent is not None and holds_desk(key.session, agent.session)
    return {"me": desk.desk_view(centre, setup, here=here)}


def _metrics(sight: Sight, centre: Centre, metrics: Mapping[str, object]) -> Rows:
    visible: set[str] = set(sight.queues(centre.state))
    if sight.is_all or sight.team is not None:
        visible.add(CENTRE)
    return {name: row for name, row in metrics.items() if name in visible}
