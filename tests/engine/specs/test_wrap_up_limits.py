"""After-call work of a queue has another limit for half an hour, and then its own one again."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.limiting import WrapUpLimitAsked, WrapUpLimitChanged, WrapUpLimitOver
from lianxi.engine.messages.routing import Routing, WrapUpRule
from lianxi.engine.messages.values import WrapUpMode
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, SALES, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, an_agent

pytestmark = pytest.mark.unit

HALF_AN_HOUR = Millis(30 * 60_000)


def a_centre(mode: WrapUpMode = WrapUpMode.LIMITED) -> BusyCentre:
    rule = WrapUpRule(mode=mode, limit=Millis(45_000))
    return BusyCentre(_routing(rule))


def _routing(rule: WrapUpRule) -> Routing:
    return a_floor([a_queue(SALES, wrap_up=rule)], (an_agent(ANNA, SALES),))


def limits(centre: BusyCentre, limit_s: int | None, queue: QueueId = SALES) -> list[Event]:
    return centre.say(asked(centre, limit_s, queue))


def asked(centre: BusyCentre, limit_s: int | None, queue: QueueId = SALES) -> WrapUpLimitAsked:
    limit = None if limit_s is None else Millis(limit_s * 1_000)
    return WrapUpLimitAsked(
        at=at(centre.now), queue=queue, limit=limit, lasts=HALF_AN_HOUR, by="lead"
    )


def until(centre: BusyCentre, contact: str) -> float:
    """How long after-call work of a call that ends now may take, in seconds."""
    centre.comes(contact)
    centre.answers(ANNA)
    centre.hangs_up(contact)
    work = centre.agent(ANNA).wrap_up
    assert work is not None
    assert work.until is not None
    return (work.until - at(centre.now)) / 1_000


def test_the_work_that_begins_from_now_on_has_the_other_limit() -> None:
    centre = a_centre()
    centre.signs_in(ANNA)
    # When a supervisor gives sales 20 seconds for half an hour
    changed = only(limits(centre, 20), WrapUpLimitChanged)
    assert changed.until == at(centre.now + 1_800)
    # Then a call that ends now leaves 20 seconds
    assert until(centre, "c1") == 20


def test_after_half_an_hour_the_own_limit_holds_again_once() -> None:
    centre = a_centre()
    centre.signs_in(ANNA)
    limits(centre, 20)
    assert not [fact for fact in centre.wait(1_799.9) if isinstance(fact, WrapUpLimitOver)]
    # When the half hour is over
    assert only(centre.wait(0.1), WrapUpLimitOver).why == "time"
    # Then it is told once, and the queue's own 45 seconds hold
    centre.wait(7_200)
    assert len(centre.facts(WrapUpLimitOver)) == 1
    assert until(centre, "c1") == 45


def test_it_is_taken_back_once_also_after_a_restart_that_slept_through_it() -> None:
    centre = a_centre()
    limits(centre, 20)
    # Given a switchboard that comes back an hour later from its snapshot
    engine = Engine(state=thawed(frozen(centre.engine.state)))
    assert engine.next_deadline() == at(centre.now + 1_800)
    # When its clock goes on
    facts = engine.step(Tick(at=at(centre.now + 3_600)))
    # Then the limit is taken back, and nothing is left to come back
    assert only(facts, WrapUpLimitOver).why == "time"
    assert engine.state.wrap_limits == {}
    assert not engine.step(Tick(at=at(centre.now + 7_200)))


def test_it_may_be_taken_back_at_once_and_a_second_change_begins_the_time_anew() -> None:
    centre = a_centre()
    limits(centre, 20)
    centre.wait(600)
    limits(centre, 30)
    assert not [fact for fact in centre.wait(1_700) if isinstance(fact, WrapUpLimitOver)]
    assert only(limits(centre, None), WrapUpLimitOver).why == "lead"
    # Taking back what holds already is no news
    assert limits(centre, None) == []


def test_a_queue_without_a_limit_and_an_unknown_queue_are_refused() -> None:
    free = a_centre(WrapUpMode.FREE)
    assert refusal(asked(free, 20), free.engine.state) == "wrap_up_without_limit"
    known = a_centre()
    assert refusal(asked(known, 20, QueueId("nowhere")), known.engine.state) == "queue_unknown"
    assert refusal(asked(known, 20), known.engine.state) is None
