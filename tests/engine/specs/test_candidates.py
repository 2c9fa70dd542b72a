"""Who would get this call now: the answer given to people is what the allocator does."""

import pytest

from lianxi.engine.acd.candidates import WhyNot, candidates
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.routing import AgentSkill, Queue, Stage
from lianxi.engine.messages.values import RingStrategy
from lianxi.kernel.ids import SkillName
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at
from tests.builders.floor import BusyCentre, a_floor, an_agent, at_level, everybody

pytestmark = pytest.mark.unit

GERMAN = SkillNeed(skill=SkillName("german"), level=3)


def asked(
    centre: BusyCentre, queue: Queue, waited: int = 0, needs: tuple[SkillNeed, ...] = ()
) -> list[tuple[str, WhyNot | None]]:
    found = candidates(
        queue, centre.engine.state, at=at(centre.now), waited=Millis(waited), needs=needs
    )
    return [(each.agent, each.why_not) for each in found]


@pytest.mark.parametrize("strategy", list(RingStrategy))
def test_who_is_named_first_is_who_is_rung(strategy: RingStrategy) -> None:
    # Given three free agents who became ready one after another
    queue = a_queue(SALES, strategy=strategy, ring_most=2)
    centre = BusyCentre(a_floor([queue], everybody(SALES)))
    for agent in (CLEO, ANNA, BEN):
        centre.signs_in(agent)
        centre.now += 1
    # When somebody asks, and then a caller comes
    named = [agent for agent, why in asked(centre, queue) if why is None]
    offers = [event.agent for event in centre.comes("c1") if isinstance(event, OfferMade)]
    # Then those who were named are rung
    assert offers == named
    assert len(named) == (2 if strategy is RingStrategy.RING_ALL else 1)


def test_everybody_else_has_a_reason() -> None:
    queue = a_queue(
        SALES, stages=(Stage(after=Millis(0), level=8), Stage(after=Millis(20), level=1))
    )
    staff = [at_level(ANNA, 9), at_level(BEN, 5), an_agent(CLEO, SERVICE)]
    centre = BusyCentre(a_floor([queue, a_queue(SERVICE)], staff))
    assert asked(centre, queue)[0] == (ANNA, WhyNot.SIGNED_OUT)
    for agent in (ANNA, BEN, CLEO):
        centre.signs_in(agent)
    assert asked(centre, queue) == [
        (ANNA, None), (BEN, WhyNot.LEVEL_TOO_LOW), (CLEO, WhyNot.NOT_SERVING),
    ]  # fmt: skip
    # When the caller has waited until everybody may serve
    assert asked(centre, queue, waited=20)[:2] == [(ANNA, None), (BEN, WhyNot.NOT_FIRST)]
    # When Anna has a call in hand
    centre.comes("c1")
    assert asked(centre, queue, waited=20)[0] == (BEN, None)
    assert dict(asked(centre, queue))[ANNA] is WhyNot.BUSY


def test_a_skill_that_is_needed_must_be_there_at_its_level() -> None:
    queue = a_queue(SALES)
    skilled = an_agent(BEN, SALES, skills=(AgentSkill(skill=SkillName("german"), level=3),))
    centre = BusyCentre(a_floor([queue], [an_agent(ANNA, SALES), skilled]))
    for agent in (ANNA, BEN):
        centre.signs_in(agent)
    assert asked(centre, queue, needs=(GERMAN,)) == [(BEN, None), (ANNA, WhyNot.SKILL_MISSING)]


def test_asking_changes_nothing() -> None:
    queue = a_queue(SALES)
    centre = BusyCentre(a_floor([queue], everybody(SALES)))
    centre.signs_in(ANNA)
    before = dict(centre.engine.state.floor.shelves)
    asked(centre, queue)
    assert centre.engine.state.floor.shelves == before
    assert centre.comes("c1")
