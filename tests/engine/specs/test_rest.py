"""A rest after a miss: below the limit of misses an agent stays ready, but is not rung at once."""

import pytest

from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.floor_events import AgentRested, AgentRests
from lianxi.engine.messages.routing import MissRule
from lianxi.engine.messages.values import Intent
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, SALES, Centre, a_queue, a_routing, only

pytestmark = pytest.mark.unit

RULE = MissRule(limit=3, no_answer=Millis(5_000))


def centre_with_a_miss() -> Centre:
    """Anna is alone and did not answer."""
    centre = Centre(a_routing(a_queue(SALES, misses=RULE), agents={ANNA: (SALES,)}))
    centre.signs_in(ANNA)
    centre.calls("c1")
    centre.wait(20)
    return centre


def test_acd_08_who_missed_an_offer_rests_before_the_next_one() -> None:
    centre = centre_with_a_miss()
    assert only(list(centre.journal), AgentRests).misses == 1
    assert centre.agent(ANNA).intent is Intent.READY
    assert len(centre.facts(OfferMade)) == 1
    centre.wait(4.9)
    assert len(centre.facts(OfferMade)) == 1


def test_the_caller_is_offered_again_when_the_rest_is_over() -> None:
    centre = centre_with_a_miss()
    centre.wait(5)
    assert len(centre.facts(AgentRested)) == 1
    assert len(centre.facts(OfferMade)) == 2


def test_at_the_limit_of_misses_the_agent_is_not_responding() -> None:
    centre = centre_with_a_miss()
    centre.wait(60)
    assert len(centre.facts(OfferMade)) == 3
    assert centre.agent(ANNA).intent is Intent.NOT_RESPONDING
