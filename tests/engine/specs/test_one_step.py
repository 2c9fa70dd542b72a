"""One step serves everybody it can: nobody waits for the next input."""

import pytest

from lianxi.engine.messages.events import OfferMade
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, Centre, a_queue, a_routing

pytestmark = pytest.mark.unit


def test_acd_23_agents_who_come_to_a_queue_at_once_are_all_rung_at_once() -> None:
    queues = (a_queue(SALES), a_queue(SERVICE))
    centre = Centre(a_routing(*queues, agents={ANNA: (SERVICE,), BEN: (SERVICE,)}))
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    for name in ("c1", "c2", "c3"):
        centre.calls(name)
    events = centre.publishes(a_routing(*queues, agents={ANNA: (SALES,), BEN: (SALES,)}))
    offers = [event for event in events if isinstance(event, OfferMade)]
    assert [offer.contact for offer in offers] == ["c1", "c2"]
    assert {offer.agent for offer in offers} == {ANNA, BEN}
