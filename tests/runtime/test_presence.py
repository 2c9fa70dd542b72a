"""A desk that is not heard for ten seconds is lost; heard again, it is back."""

import pytest

from lianxi.engine.messages.agent_inputs import AgentLinkBack, AgentLinkLost
from lianxi.engine.messages.base import Input
from lianxi.journal.signals import Beat
from lianxi.kernel.ids import AgentId
from lianxi.kernel.time import Instant
from lianxi.runtime.presence import Presence
from tests.builders.centre import ANNA, BEN, Centre

pytestmark = pytest.mark.unit


class Floor:
    """A centre with agents, and the one who listens to their desks."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.second = 0.0
        self.presence = self.listens_anew()

    def listens_anew(self) -> Presence:
        self.presence = Presence(lambda: Instant(7), lambda: self.second)
        return self.presence

    def beats(self, agent: AgentId, session: str | None = None) -> None:
        beat = Beat(agent=agent, session=session or f"tab-{agent}")
        self.presence.beat(beat, self.centre.state)

    def looks(self, seconds: float) -> list[Input]:
        """Time passes, then somebody looks, and the engine is told."""
        self.second += seconds
        told = self.presence.changes(self.centre.state)
        for given in told:
            self.centre.say(given)
        return told


@pytest.fixture
def floor() -> Floor:
    floor = Floor()
    floor.centre.signs_in(ANNA)
    floor.looks(0)
    return floor


def test_ten_seconds_of_silence_are_a_lost_desk_and_said_once(floor: Floor) -> None:
    floor.beats(ANNA)
    assert floor.looks(10.0) == []
    assert floor.looks(0.1) == [AgentLinkLost(at=Instant(7), agent=ANNA)]
    assert floor.looks(60) == []


def test_a_lost_desk_that_is_heard_again_is_back(floor: Floor) -> None:
    floor.looks(11)
    floor.beats(ANNA)
    assert floor.looks(0.5) == [AgentLinkBack(at=Instant(7), agent=ANNA)]


def test_only_the_page_that_holds_the_desk_counts(floor: Floor) -> None:
    floor.looks(9)
    floor.beats(ANNA, "another tab")
    floor.beats(BEN)
    assert floor.looks(2) == [AgentLinkLost(at=Instant(7), agent=ANNA)]


def test_a_page_that_takes_the_desk_over_has_its_own_ten_seconds(floor: Floor) -> None:
    floor.looks(9)
    floor.centre.state.agents[ANNA].session = "tab-2"
    assert floor.looks(9) == []
    assert floor.looks(10) == []
    assert floor.looks(1) == [AgentLinkLost(at=Instant(7), agent=ANNA)]


def test_after_a_restart_everybody_counts_as_just_heard(floor: Floor) -> None:
    floor.second += 3600
    floor.listens_anew()
    assert floor.looks(0) == []
    assert floor.looks(9) == []


def test_a_lost_desk_is_not_found_by_a_restart_alone(floor: Floor) -> None:
    floor.looks(11)
    floor.listens_anew()
    assert floor.looks(0) == []
    floor.beats(ANNA)
    assert floor.looks(1) == [AgentLinkBack(at=Instant(7), agent=ANNA)]


def test_who_signed_out_is_forgotten(floor: Floor) -> None:
    floor.beats(ANNA)
    del floor.centre.state.agents[ANNA]
    floor.looks(1)
    assert (floor.presence._heard, floor.presence._noticed) == ({}, {})
