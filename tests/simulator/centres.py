"""Small scenarios for tests, and how they are played in one process."""

from pathlib import Path
from typing import Any

from lianxi.engine.messages.base import Event
from lianxi.simulator.reading import Table, scenario_from
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.world import World
from tests.architecture.tree import ROOT

EXAMPLES = ROOT / "examples"
HERE = Path(__file__).parent


def written(**top: Any) -> Table:
    """A centre with one queue, two hours and three agents, as a person writes it."""
    table: Table = {
        "name": "small",
        "seed": 3,
        "queues": [
            {
                "id": "sales",
                "answer_within": "20s",
                "patience": {"kind": "exponential", "mean": "1m"},
                "handling": {"kind": "exponential", "mean": "3m"},
            }
        ],
        "arrivals": [{"queue": "sales", "profile": {"08:00": 30, "10:00": 0}}],
        "teams": [
            {
                "id": "day",
                "queues": ["sales"],
                "shifts": [{"begins": "08:00", "ends": "10:00", "agents": 3}],
            }
        ],
    }
    return {**table, **top}


def centre(**top: Any) -> Scenario:
    """The same, read."""
    return scenario_from(written(**top), HERE)


def played(scenario: Scenario, replication: int = 0) -> tuple[World, list[Event]]:
    """One replication with everything that happened."""
    journal: list[Event] = []
    world = World(scenario, replication, journal.extend)
    world.run()
    return world, journal
