"""Every example plays, and shows what it is there to show."""

from pathlib import Path

import numpy as np
import pytest

from lianxi.simulator.measures import Figure
from lianxi.simulator.reading import load
from lianxi.simulator.results import Result, gathered
from lianxi.simulator.running import Way, replicate
from tests.simulator.centres import EXAMPLES

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))


def result(name: str, count: int = 1) -> Result:
    scenario = load(EXAMPLES / f"{name}.toml")
    return gathered(scenario, replicate(scenario, count, Way(jobs=1)))


def test_the_four_examples_are_there() -> None:
    assert NAMES == ["outage", "shopping-festival", "small-centre", "storm"]


def test_the_small_centre_works_by_day_and_rests_by_night() -> None:
    found = result("small-centre", 2)
    staffed, _ = found.course(Figure.STAFFED)
    assert staffed[:16].max() == 0.0
    assert staffed[41:48].max() == 0.0
    assert 0.5 < found.day(Figure.SERVICE_LEVEL).mean < 0.98
    assert 0.4 < found.day(Figure.OCCUPANCY).mean < 0.95


def test_the_storm_is_seen_in_the_volume_and_emergencies_go_first() -> None:
    found = result("storm")
    offered, _ = found.course(Figure.OFFERED, 0)
    assert offered[30:34].mean() > 2.5 * offered[20:28].mean()
    waits = [found.course(Figure.WAIT_MEAN, queue)[0][30:34] for queue in (0, 1)]
    assert np.nanmean(waits[0]) < np.nanmean(waits[1])


def test_the_festival_has_its_rush_at_midnight() -> None:
    found = result("shopping-festival")
    offered, _ = found.course(Figure.OFFERED, 0)
    assert offered[:4].mean() > 2 * offered[4:14].mean()


def test_the_outage_shows_in_service_level_and_the_announcement_in_calls_spared() -> None:
    found = result("outage")
    level, _ = found.course(Figure.SERVICE_LEVEL)
    assert np.nanmean(level[20:22]) < 0.4
    assert found.day(Figure.SENT_AWAY).mean > 50
    assert found.day(Figure.CALLED_AGAIN).mean > 20


def test_parallel_processes_give_the_same_figures() -> None:
    scenario = load(EXAMPLES / "small-centre.toml")
    alone = gathered(scenario, replicate(scenario, 2, Way(jobs=1)))
    together = gathered(scenario, replicate(scenario, 2, Way(jobs=2)))
    np.testing.assert_array_equal(alone.values, together.values)


def test_the_journal_of_the_first_replication_is_kept(tmp_path: Path) -> None:
    scenario = load(EXAMPLES / "small-centre.toml")
    replicate(scenario, 2, Way(jobs=1, keep=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["replication-1.jsonl"]
