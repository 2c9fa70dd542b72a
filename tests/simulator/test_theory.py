"""The simulated world against theory: M/M/n+M by its Markov chain, within the interval."""

import numpy as np
import pytest

from lianxi.simulator.classics import mmn, run
from lianxi.simulator.intervals import mean_and_half

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

AGENTS, LOAD = 10, 10.0
HANDLING_S, PATIENCE_S = 60.0, 60.0


def chain() -> tuple[float, float]:
    """Share that abandons, and mean wait of the served in seconds, by the birth-death chain."""
    arrive, serve, leave = LOAD / HANDLING_S, 1 / HANDLING_S, 1 / PATIENCE_S
    states = AGENTS + 200
    weights = [1.0]
    for present in range(1, states):
        down = min(present, AGENTS) * serve + max(0, present - AGENTS) * leave
        weights.append(weights[-1] * arrive / down)
    share = np.array(weights) / sum(weights)
    waiting = np.maximum(np.arange(states) - AGENTS, 0)
    abandoned = leave * float(share @ waiting) / arrive
    return abandoned, _wait_of_served(share, arrive, serve, leave)


def _wait_of_served(share: np.ndarray, arrive: float, serve: float, leave: float) -> float:
    """E[wait; served] over P(served): first passage of an arrival that finds n callers waiting."""
    served = spent = 0.0
    for present, chance in enumerate(share):
        ahead = present - AGENTS
        if ahead < 0:
            served += chance
            continue
        # The arrival advances by a departure ahead, or leaves itself.
        stays, wait = 1.0, 0.0
        for before in range(ahead, -1, -1):
            total = AGENTS * serve + (before + 1) * leave
            wait += 1 / total
            stays *= (total - leave) / total
        served += chance * stays
        spent += chance * stays * wait
    return spent / served


def test_abandonment_and_waits_are_those_of_the_exact_chain() -> None:
    scenario = mmn(
        load_erlang=LOAD,
        agents=AGENTS,
        handling_ms=int(HANDLING_S * 1000),
        patience_ms=int(PATIENCE_S * 1000),
        warm_up_ms=3_600_000,
        seed=12,
    )
    counted = [run(scenario, replication) for replication in range(4)]
    abandoned, wait = chain()
    found = np.array([[c.abandoned_share, c.asa_s] for c in counted])
    mean, half = mean_and_half(found)
    # Three times the half width: one run in thousands of correct ones would fail.
    assert abs(mean[0] - abandoned) < 3 * half[0]
    assert abs(mean[1] - wait) < 3 * half[1]
    assert half[0] < 0.1 * abandoned
