"""The switchboard serves a line exactly as the recursion of a queue says, caller by caller."""

import msgspec
import numpy as np
import pytest

from lianxi.drills.bench_simulator_draws import deviations
from lianxi.drills.peers.first_come import served_in_order
from lianxi.kernel.time import Millis
from lianxi.simulator.arrivals import Calendar
from lianxi.simulator.classics import WITHIN, mmn
from lianxi.simulator.scenario import DAY, Scenario
from lianxi.simulator.world import World

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

AGENTS = 10


def line(days: int = 1, seed: int = 5) -> Scenario:
    """A busy line by day: one in eight gives up."""
    scenario = mmn(
        load_erlang=10.5,
        agents=AGENTS,
        handling_ms=60_000,
        patience_ms=40_000,
        days=days,
        seed=seed,
        warm_up_ms=3_600_000,
    )
    return msgspec.structs.replace(scenario, interval=Millis(DAY))


@pytest.mark.parametrize("replication", range(2))
def test_every_count_and_every_millisecond_of_waiting_is_the_recursions(replication: int) -> None:
    # Given a day of callers at a line that is always staffed
    scenario = line()
    calendar = Calendar(scenario, replication)
    # When the switchboard serves them, and the recursion does
    tally = World(scenario, replication).run()
    found = served_in_order(
        [calendar.day(day) for day in range(scenario.days)],
        agents=AGENTS,
        within_ms=WITHIN,
        counted_from=scenario.begins + scenario.warm_up,
        ends=scenario.ends,
    )
    # Then nobody's fate and no millisecond of waiting differs
    played = zip(
        tally.offered,
        tally.abandoned,
        tally.answered,
        tally.answered_in_time,
        tally.wait_answered_ms,
        strict=True,
    )
    assert list(played) == found
    assert sum(day[1] for day in found) > 1_000


def test_what_the_bench_adjusts_by_is_zero_on_average() -> None:
    # Given what chance drew on sixty days
    scenario = line(days=60, seed=6)
    drawn = deviations(scenario, 0, 10.5, (60_000.0, 40_000.0), AGENTS)
    # Then no column leans to a side: each mean is within four standard errors of zero
    lean = drawn.mean(axis=0) / (drawn.std(axis=0, ddof=1) / len(drawn) ** 0.5)
    assert np.abs(lean).max() < 4
