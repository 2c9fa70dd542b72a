"""A replication's journal, read by the projections and the metric registry, gives its figures."""

from pathlib import Path

import duckdb
import pytest

from lianxi.kernel.time import Instant
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.reports.duck import in_memory
from lianxi.reports.windows import Window
from lianxi.simulator.keeping import kept
from lianxi.simulator.measures import PLACE, Figure
from lianxi.simulator.running import play
from tests.builders.marts import figures_from
from tests.simulator.centres import centre, written

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

SAME = {
    Figure.OFFERED: "offered",
    Figure.ANSWERED: "answered",
    Figure.ABANDONED: "abandoned",
    Figure.SHORT_ABANDONED: "short_abandoned",
    Figure.SERVICE_LEVEL: "service_level",
    Figure.ASA: "asa",
    Figure.AHT: "aht",
}


def tables_of(journal: Path) -> duckdb.DuckDBPyConnection:
    memory = Memory()
    for line in kept(journal):
        fold(line.event, line.position, memory)
    return in_memory(memory.added)


QUEUE = written()["queues"][0]
FULL = centre(
    queues=[
        {
            **QUEUE,
            "wrap_up": {"kind": "exponential", "mean": "30s"},
            "pick_up": {"kind": "fixed", "value": "3s"},
            "missed": 0.05,
            "again": {"share": 0.5},
            "transfers": [{"share": 0.15, "queue": "service"}, {"share": 0.1, "team": "day"}],
            "hold": {"share": 0.3},
        },
        {**QUEUE, "id": "service", "rules": {"priority": 2, "announcements": {"every": "30s"}}},
    ],
    arrivals=[
        {"number": "4001", "profile": {"08:00": 30, "10:00": 0}},
        {"queue": "service", "profile": {"08:00": 10, "10:00": 0}},
    ],
    menus=[
        {
            "number": "4001",
            "hang_up": 0.1,
            "choices": [{"queue": "sales", "share": 0.7}, {"queue": "service", "share": 0.3}],
        }
    ],
    teams=[
        {
            "id": "day",
            "queues": ["sales", "service"],
            "shifts": [
                {
                    "begins": "08:00",
                    "ends": "10:00",
                    "agents": 4,
                    "breaks": [{"begins": "09:00", "ends": "09:10"}],
                }
            ],
        }
    ],
    events=[
        {"kind": "agents_lost", "begins": "08:30", "ends": "08:40", "share": 0.5},
        {"kind": "announcement", "begins": "09:30", "ends": "09:50", "leave": 0.4},
    ],
)
"""A short day on which everything happens."""


@pytest.mark.parametrize("replication", range(3))
def test_counters_and_registry_agree(replication: int, tmp_path: Path) -> None:
    scenario = FULL
    journal = tmp_path / "journal.jsonl"
    measures = play(scenario, replication, journal).measures
    window = Window(begins_at=scenario.begins, ends_at=Instant(scenario.ends))
    connection = tables_of(journal)
    for place, queue in [*enumerate(line.queue.id for line in scenario.lines), (-1, None)]:
        found = figures_from(connection, window, as_of=Instant(scenario.ends), queue=queue)
        assert found.identity == {"I1": 0}
        for figure, metric in SAME.items():
            counted = measures[PLACE[figure], place, -1]
            assert counted == pytest.approx(found.value(metric), rel=1e-9), (queue, metric)
    connection.close()
