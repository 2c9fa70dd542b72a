"""What the benches are made of, small: the crowd keeps its line, the estimates are right."""

import numpy as np
import pytest

from lianxi.drills.bench_engine_decisions import Crowd
from lianxi.drills.bench_simulator_accuracy import estimated
from lianxi.drills.bench_simulator_draws import deviations
from lianxi.simulator import classics

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]


def test_a_crowd_keeps_everybody_busy_and_its_line_as_long_as_wanted() -> None:
    crowd = Crowd(agents=6, waiting=300, queues=5)
    crowd.fill()
    crowd.act(600)
    state = crowd.engine.state
    assert len(state.agents) == 6
    assert abs(len(state.entries) - 300) <= 1
    assert {"ContactArrived", "ContactGone", "LegJoined", "Tick"} <= set(crowd.took_ns)
    assert any(kind.endswith("+offer") for kind in crowd.took_ns)
    assert all(ns > 0 for took in crowd.took_ns.values() for ns in took)


def test_what_the_draws_explain_is_taken_out_of_the_error() -> None:
    chance = np.random.default_rng(1)
    draws = chance.normal(size=(400, 1))
    wholes = np.full(400, 1_000.0)
    parts = 50 + 10 * draws[:, 0] + chance.normal(size=400)
    found = estimated("share", 0.05, parts, wholes, draws)
    assert found.adjusted_error < found.plain_error / 5
    assert found.adjusted == pytest.approx(0.05, abs=4 * found.adjusted_error)


def test_draws_have_no_bias() -> None:
    scenario = classics.mmn(load_erlang=10.0, agents=10, days=60, warm_up_ms=3_600_000)
    found = deviations(scenario, 0, 10.0, (300_000, 120_000), 10)
    error = found.std(axis=0) / len(found) ** 0.5
    assert np.all(np.abs(found.mean(axis=0)) < 4 * error)
