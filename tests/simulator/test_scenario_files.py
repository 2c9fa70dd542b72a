"""What people write becomes a scenario, or one sentence: where, what, which problem."""

from pathlib import Path
from typing import Any

import pytest

from lianxi.engine.messages.values import WrapUpMode
from lianxi.kernel.time import Millis
from lianxi.simulator.errors import (
    HistoryInvalid,
    ScenarioInvalid,
    ScenarioMissing,
    ScenarioNotToml,
)
from lianxi.simulator.laws import Empirical, Exponential
from lianxi.simulator.reading import laid_over, load, scenario_from
from tests.simulator.centres import EXAMPLES, HERE, centre, written

pytestmark = pytest.mark.unit

QUEUE = written()["queues"][0]
TEAM = written()["teams"][0]
STORM = {"kind": "storm", "begins": "08:00", "ends": "09:00", "factor": 2.0}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_can_be_read(path: Path) -> None:
    assert load(path).name_en


def test_durations_moments_and_profiles_are_written_as_people_say_them() -> None:
    scenario = centre()
    line, stream, shift = scenario.lines[0], scenario.streams[0], scenario.teams[0].shifts[0]
    assert line.patience == Exponential(mean=Millis(60_000))
    assert line.queue.answer_within == 20_000
    assert (shift.begins, shift.ends) == (8 * 3_600_000, 10 * 3_600_000)
    assert stream.profile == (0.0,) * 16 + (30.0,) * 4 + (0.0,) * 28


def test_rules_are_those_of_the_live_queue() -> None:
    rules = {"ring": "12s", "priority": 3, "announcements": {"every": "30s"}}
    queue = centre(queues=[{**QUEUE, "rules": rules}]).lines[0].queue
    assert (queue.ring, queue.priority, queue.announcements.every) == (12_000, 3, 30_000)


def test_after_call_work_follows_from_its_law() -> None:
    with_work = {**QUEUE, "wrap_up": {"kind": "fixed", "value": "10s"}}
    assert centre().lines[0].queue.wrap_up.mode is WrapUpMode.NONE
    assert centre(queues=[with_work]).lines[0].queue.wrap_up.mode is WrapUpMode.FREE


SLIPS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a key nobody knows": ({"days_": 2}, "the file", "wrong_type"),
    "a word for a number": ({"days": "two"}, "days", "wrong_type"),
    "no queue at all": ({"queues": []}, "queues", "missing"),
    "percent for a share": (
        {"queues": [{**QUEUE, "target": 80}]}, "queues[0].target", "out_of_range",
    ),
    "a rule nobody knows": (
        {"queues": [{**QUEUE, "rules": {"rong": 1}}]}, "queues[0].rong", "rule_unknown",
    ),
    "a law without its mean": (
        {"queues": [{**QUEUE, "patience": {"kind": "exponential"}}]},
        "queues[0].patience", "wrong_type",
    ),
    "a law nobody knows": (
        {"queues": [{**QUEUE, "patience": {"kind": "weibull"}}]},
        "queues[0].patience.kind", "wrong_type",
    ),
    "two queues of one name": ({"queues": [QUEUE, QUEUE]}, "queues[1].id", "twice"),
    "no volume": ({"arrivals": [{"queue": "sales"}]}, "arrivals[0]", "volume_unclear"),
    "two volumes": (
        {"arrivals": [{"queue": "sales", "per_hour": 3, "profile": {}}]},
        "arrivals[0]", "volume_unclear",
    ),
    "a queue nobody has": (
        {"arrivals": [{"queue": "fax", "per_hour": 3}]}, "arrivals[0].queue", "unknown",
    ),
    "a number without a menu": (
        {"arrivals": [{"number": "4001", "per_hour": 3}]}, "arrivals[0].number", "unknown",
    ),
    "a quarter of an hour": (
        {"arrivals": [{"queue": "sales", "profile": {"08:15": 3}}]},
        "arrivals[0].profile", "moment_unknown",
    ),
    "a team without a plan": (
        {"teams": [{"id": "day", "queues": ["sales"]}]}, "teams[0]", "plan_unclear",
    ),
    "a shift backwards": (
        {"teams": [{**TEAM, "shifts": [{"begins": "10:00", "ends": "08:00", "agents": 1}]}]},
        "teams[0].shifts[0]", "times_reversed",
    ),
    "an event on a day that is not played": (
        {"events": [{**STORM, "day": 2}]},
        "events[0].day", "out_of_range",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_place(slip: str) -> None:
    top, where, problem = SLIPS[slip]
    with pytest.raises(ScenarioInvalid) as refused:
        centre(**top)
    assert refused.value.facts["where"] == where
    assert refused.value.facts["problem"] == problem
    assert where in refused.value.sentence


def test_a_queue_that_no_team_serves_is_refused() -> None:
    other = {**QUEUE, "id": "fax"}
    with pytest.raises(ScenarioInvalid, match="nobody_serves"):
        centre(queues=[QUEUE, other], arrivals=[{"queue": "fax", "per_hour": 3}])


def test_a_file_that_is_not_there_or_no_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioMissing):
        load(tmp_path / "nowhere.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("name = \n")
    with pytest.raises(ScenarioNotToml, match="line 1"):
        load(broken)


def test_a_change_is_laid_over_queue_by_queue() -> None:
    changed = scenario_from(
        laid_over(written(), {"queues": [{"id": "sales", "rules": {"priority": 5}}]}), HERE
    )
    assert changed.lines[0].queue.priority == 5
    assert changed.lines[0].patience == Exponential(mean=Millis(60_000))


def test_a_change_adds_events_and_queues() -> None:
    over = laid_over(written(events=[STORM]), {"events": [STORM], "queues": [{"id": "new"}]})
    assert len(over["events"]) == 2
    assert [queue["id"] for queue in over["queues"]] == ["sales", "new"]


def test_volume_comes_from_a_history_of_calls(tmp_path: Path) -> None:
    rows = ["arrived_at", *("2026-03-02T08:10:00",) * 4, *("2026-03-03T08:20:00",) * 2]
    (tmp_path / "calls.csv").write_text("\n".join(rows))
    stream = {"queue": "sales", "history": {"file": "calls.csv"}}
    scenario = scenario_from(written(arrivals=[stream]), tmp_path)
    assert scenario.streams[0].profile[16] == 3.0
    assert sum(scenario.streams[0].profile) == 3.0


def test_volume_comes_from_a_forecast(tmp_path: Path) -> None:
    (tmp_path / "forecast.csv").write_text("start,calls\n08:00,12\n08:30,14.5\n")
    stream = {"queue": "sales", "forecast": {"file": "forecast.csv"}}
    scenario = scenario_from(written(arrivals=[stream]), tmp_path)
    assert scenario.streams[0].profile[16:18] == (12.0, 14.5)


def test_durations_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("talk_s\n30\n12.5\n60\n")
    law = {"kind": "empirical", "file": "calls.csv", "column": "talk_s"}
    scenario = scenario_from(written(queues=[{**QUEUE, "handling": law}]), tmp_path)
    assert scenario.lines[0].handling == Empirical(
        values=(Millis(12_500), Millis(30_000), Millis(60_000))
    )


@pytest.mark.parametrize("text", ["other\n1\n", "talk_s\nlong\n", "talk_s\n-1\n", "talk_s\n"])
def test_a_csv_file_that_cannot_be_used_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "calls.csv").write_text(text)
    law = {"kind": "empirical", "file": "calls.csv", "column": "talk_s"}
    with pytest.raises(HistoryInvalid):
        scenario_from(written(queues=[{**QUEUE, "handling": law}]), tmp_path)
