"""The diagrams of docs/background/engine.md show every way from state to state."""

import re
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from lianxi.engine.evolving import evolve
from lianxi.engine.state import State
from tests.engine.properties.day import AnyDay

pytestmark = [pytest.mark.unit, pytest.mark.timeout(400)]

PAGE = Path(__file__).parents[3] / "docs/background/engine.md"
ARROW = re.compile(r"^    (\S+) --> (\S+): (\w+)$", re.MULTILINE)
NOWHERE = "[*]"

Way = tuple[str, str, str]


def drawn() -> tuple[set[Way], set[Way]]:
    """The arrows of the two diagrams of states: contact, agent. The first one shows no states."""
    contact, agent = PAGE.read_text(encoding="utf-8").split("```mermaid")[2:]
    return _arrows(contact), _arrows(agent)


def _arrows(diagram: str) -> set[Way]:
    return {(a, b, event) for a, b, event in ARROW.findall(diagram)}


def states(state: State) -> tuple[dict[str, str], dict[str, str]]:
    """The state of each contact and of each agent."""
    contacts = {str(contact.id): contact.phase.value for contact in state.contacts.values()}
    agents = {str(agent.id): agent.activity.value for agent in state.agents.values()}
    return contacts, agents


class WatchedDay(AnyDay):
    """Notes every way that was taken."""

    taken: tuple[set[Way], set[Way]] = (set(), set())

    def teardown(self) -> None:
        """Walk through the day once more."""
        state = State()
        before = states(state)
        for event in self.journal:
            evolve(event, state)
            after = states(state)
            for ways, old, new in zip(self.taken, before, after, strict=True):
                for key in old.keys() | new.keys():
                    way = (old.get(key, NOWHERE), new.get(key, NOWHERE))
                    if way[0] != way[1]:
                        ways.add((*way, type(event).__name__))
            before = after


def test_every_way_that_is_taken_is_drawn() -> None:
    run_state_machine_as_test(
        WatchedDay, settings=settings(max_examples=40, stateful_step_count=50, deadline=None)
    )
    contact, agent = drawn()
    assert WatchedDay.taken[0] - contact == set()
    assert WatchedDay.taken[1] - agent == set()
