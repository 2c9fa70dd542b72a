"""What others may know about staffing: targets, expected figures, requirements.

Shares are ratios in 0..1 of all contacts offered, times are seconds, loads are erlangs (arrivals
per second x handling time in seconds).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Share = TypeVar("Share", float, FloatArray)


class LevelFormula(StrEnum):
    """Which formula is meant by "service level", as on the page of the figure (K21).

    A = answered, B = abandoned, T = the threshold.
    """

    SL1 = "SL1"
    """(A within T + B within T) / all: those who left early count as served."""
    SL2 = "SL2"
    """A within T / A: those who left do not count at all."""
    SL3 = "SL3"
    """A within T / all: everyone who left counts against you. The strictest."""
    SL4 = "SL4"
    """A within T / (A + B after T): those who left early are left out. The board's default."""


def service_level(
    formula: LevelFormula, *, answered: Share, answered_in_time: Share, abandoned_in_time: Share
) -> Share:
    """Service level from shares of all contacts offered; the denominator must not be zero."""
    match formula:
        case LevelFormula.SL1:
            return answered_in_time + abandoned_in_time
        case LevelFormula.SL2:
            return answered_in_time / answered
        case LevelFormula.SL3:
            return answered_in_time
        case LevelFormula.SL4:
            return answered_in_time / (1.0 - abandoned_in_time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What staffing must reach; each part that is given must hold."""

    service_level: float | None = None
    """At least this share is answered in time: 0.8 for "80/20". Above 0, below 1."""
    answer_within_s: float = 20.0
    """The threshold T of the service level ("20" in "80/20"), not ASA. Seconds, >= 0."""
    formula: LevelFormula = LevelFormula.SL3
    max_asa_s: float | None = None
    """Mean wait of the answered, at most. Seconds, > 0."""
    max_abandoned: float | None = None
    """Share that abandons, at most. Above 0, below 1; needs a patience."""
    max_occupancy: float | None = None
    """Share of their signed-in time that agents handle contacts, at most. Above 0, at most 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What callers and agents meet in a long interval of steady load."""

    load_erlang: float
    agents: int
    waits: float
    """Share that finds every agent busy."""
    answered: float
    answered_in_time: float
    """Answered within the threshold, at once included."""
    abandoned: float
    abandoned_in_time: float
    """Abandoned within the threshold."""
    asa_s: float
    """Mean wait of the answered, those answered at once included; nan where nobody is."""
    wait_s: float
    """Mean time in the queue of everybody, those who abandoned included."""
    occupancy: float
    """Share of their time that agents handle contacts; nan without agents."""

    def service_level(self, formula: LevelFormula = LevelFormula.SL3) -> float:
        """Service level by one of its formulas; nan where its denominator is zero."""
        nobody = self.answered == 0 if formula is LevelFormula.SL2 else False
        if nobody or (formula is LevelFormula.SL4 and self.abandoned_in_time >= 1):
            return math.nan
        return service_level(
            formula,
            answered=self.answered,
            answered_in_time=self.answered_in_time,
            abandoned_in_time=self.abandoned_in_time,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """How many agents one interval needs."""

    agents: int
    """Agents who are signed in and ready or busy: the smallest number that meets the target."""
    scheduled: int
    """Agents to plan so that this many are there, shrinkage included."""
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Requirements of many intervals, column by column, in the order that they were asked for."""

    load_erlang: FloatArray
    agents: IntArray
    scheduled: IntArray
    waits: FloatArray
    answered: FloatArray
    answered_in_time: FloatArray
    abandoned: FloatArray
    abandoned_in_time: FloatArray
    asa_s: FloatArray
    wait_s: FloatArray
    occupancy: FloatArray

    def rows(self) -> Iterator[Requirement]:
        """The same, interval by interval."""
        for index in range(len(self.agents)):
            yield Requirement(
                agents=int(self.agents[index]),
                scheduled=int(self.scheduled[index]),
                expected=Expected(
                    load_erlang=float(self.load_erlang[index]),
                    agents=int(self.agents[index]),
                    waits=float(self.waits[index]),
                    answered=float(self.answered[index]),
                    answered_in_time=float(self.answered_in_time[index]),
                    abandoned=float(self.abandoned[index]),
                    abandoned_in_time=float(self.abandoned_in_time[index]),
                    asa_s=float(self.asa_s[index]),
                    wait_s=float(self.wait_s[index]),
                    occupancy=float(self.occupancy[index]),
                ),
            )
