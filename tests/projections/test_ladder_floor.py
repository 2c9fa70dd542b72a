"""A contact's way over a busy floor, as its ladder tells it."""

import pytest

from lianxi.engine.messages import events as e
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.routing import MissRule, Stage
from lianxi.kernel.time import Millis
from lianxi.projections.ladder import Names, Rung, ladder
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, a_queue
from tests.builders.floor import BusyCentre, a_floor, an_agent

pytestmark = pytest.mark.unit

NAMES = Names(
    queues={SALES: ("售前", "Sales"), SERVICE: ("售后", "Service")}, agents={ANNA: "8001 Anna"}
)


def told(centre: BusyCentre, contact: str) -> list[Rung]:
    return ladder(
        (each for each in centre.facts(Event) if getattr(each, "contact", None) == contact), NAMES
    )


def kinds(centre: BusyCentre, contact: str) -> list[str]:
    return [rung.kind for rung in told(centre, contact)]


def test_who_was_handed_on_is_told_with_the_reason_and_where_to() -> None:
    floor = a_floor([a_queue(SALES), a_queue(SERVICE)], (an_agent(ANNA, SALES),))
    centre = BusyCentre(floor)
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.joins(ANNA)
    centre.hands_on(ANNA, "c1", SERVICE)
    rung = next(rung for rung in told(centre, "c1") if rung.kind == "transferred")
    assert (rung.facts["agent"], rung.facts["queue_en"]) == ("8001 Anna", "Service")
    assert "reason" in rung.facts


def test_widening_is_told_with_the_level() -> None:
    stages = (Stage(after=Millis(0), level=8), Stage(after=Millis(20_000), level=3))
    centre = BusyCentre(a_floor([a_queue(SALES, stages=stages)], (an_agent(ANNA, SALES),)))
    centre.comes("c1")
    centre.wait(21)
    (rung,) = [rung for rung in told(centre, "c1") if rung.kind == "widened"]
    assert rung.facts == {"level": 3}


def test_an_agent_who_rests_after_a_miss_is_told_in_the_ladder_of_whom_it_missed() -> None:
    queue = a_queue(SALES, misses=MissRule(limit=3, no_answer=Millis(7_000)))
    centre = BusyCentre(a_floor([queue], (an_agent(ANNA, SALES), an_agent(BEN, SALES))))
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.wait(21)
    (rung,) = [rung for rung in told(centre, "c1") if rung.kind == "agent_rests"]
    assert rung.facts == {"misses": 1, "rests_ms": 7_000, "agent": "8001 Anna"}


def test_who_was_ranked_or_called_off_is_told_so() -> None:
    centre = BusyCentre(a_floor([a_queue(SALES)], (an_agent(ANNA, SALES),)))
    centre.comes("c1")
    centre.ranks("c1", 5)
    assert "ranked" in kinds(centre, "c1")
    centre.wants_a_callback("web", "139", queue=SALES)
    centre.calls_off("web-callback")
    assert kinds(centre, "web-callback")[-3:] == ["callback_dropped", "entry_ended", "ended"]
    assert any(isinstance(each, e.EntryEnded) for each in centre.facts(Event))
