"""Replications on a Ray cluster are the same replications; what keeps one from it is a sentence."""

import os
import socket
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from lianxi.cli.simulate import simulate_app
from lianxi.simulator.errors import RayNotReached
from lianxi.simulator.running import Way, replicate
from tests.simulator.centres import EXAMPLES, centre

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

HAS_RAY = find_spec("ray") is not None
SMALL = str(EXAMPLES / "small-centre.toml")


class Cluster:
    """Speaks as Ray does; plays the newest first, as a cluster may."""

    def __init__(self, refuses: Exception | None = None) -> None:
        self.refuses, self.asked, self.played = refuses, 0, 0
        self.begun: dict[str, Any] | None = None

    def is_initialized(self) -> bool:
        return self.begun is not None

    def init(self, **options: Any) -> None:
        if self.refuses is not None:
            raise self.refuses
        assert self.begun is None
        self.begun = options

    def put(self, value: Any) -> Any:
        return value

    def remote(self, play: Callable[..., Any]) -> Any:
        def later(*given: Any) -> Callable[[], Any]:
            self.asked += 1
            return lambda: play(*given)

        return SimpleNamespace(remote=later)

    def wait(self, left: list[Any]) -> tuple[list[Any], list[Any]]:
        return left[-1:], left[:-1]

    def get(self, ready: list[Any]) -> list[Any]:
        self.played += len(ready)
        return [one() for one in ready]

    def cancel(self, left: Any) -> None:
        self.asked -= 1


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    found = Cluster()
    monkeypatch.setitem(sys.modules, "ray", found)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    return found


def test_a_cluster_gives_the_figures_of_this_machine(cluster: Cluster) -> None:
    # Given a scenario played here, and the same on a cluster that ends in another order
    scenario = centre()
    here = replicate(scenario, 4, Way(jobs=1))
    # When it is played twice there, as a comparison does
    replicate(scenario, 1, Way(ray=True))
    there = replicate(scenario, 4, Way(ray=True))
    # Then every figure of every replication is the same, and the cluster was joined once
    assert [one.replication for one in there] == [0, 1, 2, 3]
    for one, other in zip(here, there, strict=True):
        np.testing.assert_array_equal(one.measures, other.measures)
        assert (one.contacts, one.events) == (other.contacts, other.events)
    assert cluster.played == 5


def test_the_kept_journal_lies_on_this_machine(cluster: Cluster, tmp_path: Path) -> None:
    found = replicate(centre(), 3, Way(ray=True, keep=tmp_path))
    assert cluster.played == 2
    assert [one.replication for one in found] == [0, 1, 2]
    assert (tmp_path / "replication-1.jsonl").stat().st_size > 1000


def test_nobody_is_told_that_ray_is_used(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    replicate(centre(), 1, Way(ray=True))
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def test_an_address_where_nobody_listens_is_told_at_once(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a port that is free, so nobody listens there
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    monkeypatch.setenv("RAY_ADDRESS", f"127.0.0.1:{port}")
    # Then the command says so in one sentence, and Ray is not asked
    found = CliRunner().invoke(simulate_app, [SMALL, "-n", "1"])
    assert found.exit_code == 1
    assert "ray_not_reached" in found.stderr
    assert str(port) in found.stderr
    assert cluster.begun is None


@pytest.mark.parametrize("refusal", [ConnectionError("wrong token"), ValueError("no address")])
def test_a_cluster_that_refuses_is_one_sentence(cluster: Cluster, refusal: Exception) -> None:
    cluster.refuses = refusal
    with pytest.raises(RayNotReached) as found:
        replicate(centre(), 1, Way(ray=True))
    assert found.value.facts["what"] == str(refusal)


@pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed here")
@pytest.mark.enable_socket
def test_a_real_cluster_gives_the_figures_of_this_machine() -> None:
    scenario = centre()
    here, there = replicate(scenario, 4, Way(jobs=1)), replicate(scenario, 4, Way(ray=True))
    for one, other in zip(here, there, strict=True):
        np.testing.assert_array_equal(one.measures, other.measures)
