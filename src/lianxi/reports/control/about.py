"""What a chart and its notes are about: the centre, or a queue, a team, an agent, a number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from lianxi.http.permissions import Scope
from lianxi.kernel.ids import AgentId, QueueId, TeamId
from lianxi.reports.engines import HERE, WORKED_OUT
from lianxi.reports.offers import OFFERED_KEYS
from lianxi.reports.questions import Key
from lianxi.reports.registry import Formula
from lianxi.reports.scope import Sight, Viewer

KEYS = (Key.QUEUE, Key.TEAM, Key.AGENT, Key.NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose figures. All empty: the centre's; several: those that fit all of them."""

    queue: QueueId | None = None
    team: TeamId | None = None
    agent: AgentId | None = None
    number: str | None = None

    @classmethod
    def of(cls, queue: str | None, team: str | None, agent: str | None, number: str | None) -> Self:
        """The same from plain words."""
        return cls(
            queue=None if queue is None else QueueId(queue),
            team=None if team is None else TeamId(team),
            agent=None if agent is None else AgentId(agent),
            number=number,
        )

    @property
    def only(self) -> Mapping[Key, tuple[str, ...]]:
        """The same as keys of a question."""
        keys = {
            Key.QUEUE: self.queue,
            Key.TEAM: self.team,
            Key.AGENT: self.agent,
            Key.NUMBER: self.number,
        }
        return {key: (value,) for key, value in keys.items() if value is not None}

    @property
    def has_limits(self) -> bool:
        """Limits are frozen, and targets set, for the centre and for queues alone."""
        return not {*self.only} - {Key.QUEUE}

    def holds(self, other: "About") -> bool:
        """What is said of this is said of the other too: a queue's outage of its agents."""
        return self.only.items() <= other.only.items()

    def __str__(self) -> str:
        return ",".join(f"{key.value}={value}" for key, (value,) in self.only.items())


def about_only(only: Mapping[Key, Collection[str]]) -> About | None:
    """What the keys of a question are about; None where no one chart is about them."""
    chosen = {key: next(iter(values)) for key, values in only.items() if len(values) == 1}
    if chosen.keys() != only.keys() or chosen.keys() - {*KEYS}:
        return None
    return About.of(*(chosen.get(key) for key in KEYS))


def keys_of(formula: Formula) -> tuple[Key, ...]:
    """What a formula is told apart by; nothing where it has no facts yet."""
    kept = [OFFERED_KEYS.get(mart, frozenset()) for mart in formula.marts]
    if not kept or not formula.marts <= HERE | WORKED_OUT:
        return ()
    return tuple(key for key in Key if all(key in keys for keys in kept))


def sees_all_of(about: About, viewer: Viewer, sight: Sight | None) -> bool:
    """Does the viewer see every fact that counts for it?

    Args:
        sight: what the viewer may see; None = everything.
    """
    if sight is None:
        return True
    if about.agent is not None:
        return about.agent in sight.agents
    if about.team is not None:
        return is_own_team(about, viewer) and viewer.scope is Scope.TEAM
    return about.queue is not None and about.queue in sight.queues


def is_own_team(about: About, viewer: Viewer) -> bool:
    """Whoever sees a team or less asks about no other team."""
    return viewer.scope is Scope.ALL or about.team is None or about.team == viewer.team
