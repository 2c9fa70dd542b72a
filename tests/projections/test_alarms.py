"""Alarms of the live floor: they begin with the engine's fact and end with what they are about."""

import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.routing import Reason
from lianxi.engine.messages.values import Intent
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.time import Millis
from lianxi.projections.live.boards import agent_rows, queue_rows
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.sight import Sight
from tests.builders.centre import ANNA, SALES, a_queue
from tests.builders.floor import BusyCentre, a_floor, everybody

pytestmark = pytest.mark.unit

ALL = Sight(is_all=True)
MEAL = Reason(code="meal", name="用餐", name_en="Meal", allowance=Millis(60_000))


class Floor:
    """A centre, and the board beside it."""

    def __init__(self) -> None:
        routing = a_floor([a_queue(SALES)], everybody(SALES), reasons=(MEAL,))
        self.centre = BusyCentre(routing)
        self.board = Centre()
        self.shown = 0
        self.shows()

    def shows(self) -> None:
        """The board takes what has happened since."""
        facts = self.centre.facts(Event)
        self.board.take(facts[self.shown :])
        self.shown = len(facts)

    def unstaffed(self) -> int | None:
        self.shows()
        return queue_rows(self.board, ALL)[SALES]["unstaffed_since"]

    def overstayed(self) -> bool:
        self.shows()
        return agent_rows(self.board, ALL)[ANNA]["overstayed"]


def test_callers_who_wait_for_nobody_are_an_alarm_until_somebody_comes() -> None:
    floor = Floor()
    floor.centre.comes("c1")
    assert floor.unstaffed() is None
    # When nobody has been there for ten seconds
    floor.centre.wait(11)
    told = floor.unstaffed()
    assert told is not None
    # Told again later, it is still the same alarm
    floor.centre.wait(700)
    assert floor.unstaffed() == told
    # A board that starts now knows of it
    fresh = Centre(thawed(frozen(floor.centre.state)))
    assert queue_rows(fresh, ALL)[SALES]["unstaffed_since"] is not None
    # When somebody signs in
    floor.centre.signs_in(ANNA)
    assert floor.unstaffed() is None


def test_an_alarm_ends_with_the_last_who_waits() -> None:
    floor = Floor()
    floor.centre.comes("c1")
    floor.centre.wait(11)
    floor.centre.hangs_up("c1")
    assert floor.unstaffed() is None


def test_a_break_over_its_allowance_is_an_alarm_until_it_ends() -> None:
    floor = Floor()
    floor.centre.signs_in(ANNA)
    floor.centre.wants(ANNA, Intent.NOT_READY, "meal")
    floor.centre.wait(59)
    assert not floor.overstayed()
    floor.centre.wait(2)
    assert floor.overstayed()
    # A board that starts now knows of it
    fresh = Centre(thawed(frozen(floor.centre.state)))
    assert agent_rows(fresh, ALL)[ANNA]["overstayed"]
    # When the agent is ready again
    floor.centre.wants(ANNA, Intent.READY)
    assert not floor.overstayed()
