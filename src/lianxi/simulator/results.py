"""What replications say together: means with intervals, and differences of two scenarios."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from lianxi.simulator.drawing import Floats
from lianxi.simulator.errors import ScenariosDiffer
from lianxi.simulator.intervals import mean_and_half
from lianxi.simulator.measures import PLACE, Figure, shape
from lianxi.simulator.running import Played
from lianxi.simulator.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure and how sure it is."""

    mean: float
    half: float
    """Half the width of the 90 % interval; NaN with one replication."""

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self.mean - self.half

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.mean + self.half


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All replications of one scenario."""

    scenario: Scenario
    contacts: int
    events: int
    cpu_s: float
    values: Floats
    """[replication, figure, queue, interval]; the last queue is the centre, the last interval the
    whole day."""

    @property
    def replications(self) -> int:
        """How many there are."""
        return len(self.values)

    def day(self, figure: Figure, queue: int = -1) -> Estimate:
        """A figure of the whole day; queue by number, -1 = the centre."""
        mean, half = self.course(figure, queue)
        return Estimate(mean=float(mean[-1]), half=float(half[-1]))

    def course(self, figure: Figure, queue: int = -1) -> tuple[Floats, Floats]:
        """Means and half widths for every interval, and last the whole day."""
        return mean_and_half(self.values[:, PLACE[figure], queue])

    def spread(self, figure: Figure, queue: int = -1) -> tuple[Floats, Floats]:
        """Within what nine of ten days lie, for every interval, and last the whole day."""
        values = self.values[:, PLACE[figure], queue]
        known = ~np.isnan(values).all(axis=0)
        low, high = np.full(values.shape[1], np.nan), np.full(values.shape[1], np.nan)
        low[known] = np.nanquantile(values[:, known], 0.05, axis=0)
        high[known] = np.nanquantile(values[:, known], 0.95, axis=0)
        return low, high

    def chance(self, queue: int) -> float:
        """Share of replications in which the queue meets its service level."""
        levels = self.values[:, PLACE[Figure.SERVICE_LEVEL], queue, -1]
        known = levels[~np.isnan(levels)]
        target = self.scenario.lines[queue].target
        return float(np.mean(known >= target)) if len(known) else float("nan")


def gathered(scenario: Scenario, played: Sequence[Played]) -> Result:
    """Put replications together."""
    return Result(
        scenario=scenario,
        contacts=sum(one.contacts for one in played),
        events=sum(one.events for one in played),
        cpu_s=sum(one.cpu_s for one in played),
        values=np.stack([one.measures for one in played]),
    )


def together(results: Sequence[Result]) -> Result:
    """Several days, each a scenario of its own, as one: every replication of every day is one row.

    Raises:
        ScenariosDiffer: they have not the same queues or intervals.
    """
    first, last = results[0].scenario, results[-1].scenario
    queues = [line.queue.id for line in first.lines]
    for other in results:
        if [line.queue.id for line in other.scenario.lines] != queues:
            raise ScenariosDiffer(first=first.name, second=other.scenario.name)
    name = first.name if first.name == last.name else f"{first.name} … {last.name}"
    return Result(
        scenario=msgspec.structs.replace(first, name=name, name_en=name),
        contacts=sum(one.contacts for one in results),
        events=sum(one.events for one in results),
        cpu_s=sum(one.cpu_s for one in results),
        values=np.concatenate([one.values for one in results]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The second scenario against the first, replication by replication.

    Both see the same callers (common random numbers), so the difference is surer than either
    figure: its interval is that of the paired differences.
    """

    first: Result
    second: Result
    pairs: tuple[tuple[int, int], ...]
    """Numbers of the queues that both have, and (-1, -1) for the centre."""

    def day(self, figure: Figure, pair: tuple[int, int] = (-1, -1)) -> Estimate:
        """Second less first, of the whole day."""
        mean, half = self.course(figure, pair)
        return Estimate(mean=float(mean[-1]), half=float(half[-1]))

    def course(self, figure: Figure, pair: tuple[int, int] = (-1, -1)) -> tuple[Floats, Floats]:
        """Second less first for every interval, and last the whole day."""
        place = PLACE[figure]
        paired = self.second.values[:, place, pair[1]] - self.first.values[:, place, pair[0]]
        return mean_and_half(paired)


def compared(first: Result, second: Result) -> Difference:
    """Set two results side by side.

    Raises:
        ScenariosDiffer: they are not over the same intervals, or not as often.
    """
    if (
        shape(first.scenario)[1] != shape(second.scenario)[1]
        or first.scenario.interval != second.scenario.interval
        or first.replications != second.replications
    ):
        raise ScenariosDiffer(
            first=f"{first.scenario.days} days", second=f"{second.scenario.days} days"
        )
    numbers = {line.queue.id: n for n, line in enumerate(second.scenario.lines)}
    both = [
        (n, numbers[line.queue.id])
        for n, line in enumerate(first.scenario.lines)
        if line.queue.id in numbers
    ]
    return Difference(first=first, second=second, pairs=(*both, (-1, -1)))
