"""Who works when: shifts, breaks, absences and lost desks as one list of moments for a day."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from lianxi.kernel.ids import AgentId
from lianxi.simulator.centre import agents_of
from lianxi.simulator.drawing import Purpose, source
from lianxi.simulator.scenario import DAY, HALF_HOUR, AgentsLost, Break, Scenario, Team


class Act(IntEnum):
    """What an agent does. In this order where two fall on one moment."""

    COME = 0
    BACK = 1
    PAUSE = 2
    GO = 3
    LOSE = 4
    FIND = 5


class Turn(NamedTuple):
    """One agent at one moment, in milliseconds from the day's midnight."""

    at: int
    act: Act
    agent: AgentId
    reason: str


class Roster:
    """The plan of all teams in one replication."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self._scenario = scenario
        self._replication = replication

    def day(self, day: int) -> list[Turn]:
        """Everything planned for the day with this number from 0, in order."""
        turns: list[Turn] = []
        for number, team in enumerate(self._scenario.teams):
            agents = agents_of(team)
            chance = source(self._scenario.seed, self._replication, Purpose.ABSENT, number, day)
            here = chance.random(len(agents)) >= team.absent
            weekday = self._scenario.weekday(day)
            for place, begins, ends, breaks in _stretches(team, weekday):
                if here[place]:
                    shift = _shift(agents[place], begins, ends, breaks)
                    turns += [turn for turn in shift if not self._goes_on(team, day, place, turn)]
            turns += self._losses(team, agents, day)
        return sorted(turns)

    def paces(self) -> dict[AgentId, float]:
        """Each agent's own factor on handling."""
        found: dict[AgentId, float] = {}
        for number, team in enumerate(self._scenario.teams):
            agents = agents_of(team)
            chance = source(self._scenario.seed, self._replication, Purpose.PACE, number, 0)
            variance = float(np.log1p(team.spread * team.spread))
            own = np.exp(variance**0.5 * chance.standard_normal(len(agents)) - variance / 2)
            for agent, factor in zip(agents, own, strict=True):
                found[agent] = team.pace * float(factor)
        return found

    def _goes_on(self, team: Team, day: int, place: int, turn: Turn) -> bool:
        """Whether a going or coming at midnight is none: the agent is wanted on both sides."""
        if not team.staff or team.absent > 0.0:
            return False
        first = (self._scenario.weekday(day) - 1) * 48
        before, after = (
            team.staff[(first - 1) % len(team.staff)],
            team.staff[(first + 48) % len(team.staff)],
        )
        if turn.act is Act.COME and turn.at == 0:
            return day > 0 and before > place
        return turn.act is Act.GO and turn.at == DAY and after > place

    def _losses(self, team: Team, agents: list[AgentId], day: int) -> list[Turn]:
        turns = []
        for loss in self._scenario.of_day(day):
            if not isinstance(loss, AgentsLost) or loss.team not in (None, team.id):
                continue
            count = round(loss.share * len(agents))
            for agent in agents[:count]:
                turns.append(Turn(loss.begins, Act.LOSE, agent, ""))
                turns.append(Turn(loss.ends, Act.FIND, agent, ""))
        return turns


Stretch = tuple[int, int, int, tuple[Break, ...]]
"""Place of the agent in the team, begin, end, breaks."""


def _stretches(team: Team, weekday: int) -> list[Stretch]:
    if team.staff:
        first = (weekday - 1) * 48 % len(team.staff)
        return _levels(team.staff[first : first + 48])
    found: list[Stretch] = []
    place = 0
    for shift in team.shifts:
        if weekday in shift.days:
            found += [
                (place + number, shift.begins, shift.ends, shift.breaks)
                for number in range(shift.agents)
            ]
        place += shift.agents
    return found


def _levels(staff: tuple[int, ...]) -> list[Stretch]:
    """Agent k works while more than k are wanted."""
    found: list[Stretch] = []
    for place in range(max(staff, default=0)):
        began: int | None = None
        for half, wanted in enumerate((*staff, 0)):
            if wanted > place and began is None:
                began = half
            elif wanted <= place and began is not None:
                found.append((place, began * HALF_HOUR, half * HALF_HOUR, ()))
                began = None
    return found


def _shift(agent: AgentId, begins: int, ends: int, breaks: tuple[Break, ...]) -> list[Turn]:
    turns = [Turn(begins, Act.COME, agent, "")]
    for pause in breaks:
        if begins < pause.begins < ends:
            turns.append(Turn(pause.begins, Act.PAUSE, agent, pause.reason))
            turns.append(Turn(min(pause.ends, ends), Act.BACK, agent, ""))
    return [*turns, Turn(ends, Act.GO, agent, "")]
