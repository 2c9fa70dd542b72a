"""合大组: queues that are served together while it is busy."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.floor_events import QueuesMerged, QueuesUnmerged
from lianxi.engine.messages.routing import MergeRule, QueueSeat, Routing, Stage
from lianxi.engine.messages.values import Intent, Phase
from lianxi.kernel.ids import GroupId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, OPERATOR, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, an_agent

pytestmark = pytest.mark.unit

GROUP = GroupId("all")


def together(**rule: object) -> Routing:
    """Anna serves sales, Ben service; the group of both is looked at every five seconds."""
    group = MergeRule(id=GROUP, queues=(SALES, SERVICE), **rule)  # type: ignore[arg-type]
    queues = [a_queue(SALES), a_queue(SERVICE)]
    return a_floor(queues, (an_agent(ANNA, SALES), an_agent(BEN, SERVICE)), merges=(group,))


def test_a_long_wait_merges_at_the_next_look() -> None:
    centre = BusyCentre(together(longest_wait=Millis(32_000)))
    centre.signs_in(BEN)
    centre.comes("c1")
    # Given looks at 5, 10, … 30: the wait is not long enough at 30
    centre.wait(34.9)
    assert centre.phase("c1") is Phase.WAITING
    # When the look of second 35 finds somebody who waits 35 s
    events = centre.wait(0.1)
    # Then the agents of both serve both
    assert only(events, QueuesMerged).why == "wait"
    assert only(events, OfferMade).agent == BEN


def test_a_long_line_merges_and_a_short_one_does_not() -> None:
    centre = BusyCentre(together(length=3))
    centre.signs_in(BEN)
    centre.comes("c1")
    centre.comes("c2")
    centre.wait(60)
    assert centre.facts(QueuesMerged) == []
    centre.comes("c3")
    events = centre.wait(5)
    assert only(events, QueuesMerged).why == "length"
    assert centre.rung("c1") == [BEN]


def test_it_is_taken_apart_after_it_was_calm_for_long_enough() -> None:
    centre = BusyCentre(together(length=2, calm_for=Millis(20_000)))
    centre.signs_in(BEN)
    centre.comes("c1")
    centre.comes("c2")
    centre.wait(5)
    # Given merged at 5; Ben has the first, one in line is calm at the look of second 10
    centre.joins(BEN)
    centre.wait(5)
    # When at second 20 it is busy again for one look
    centre.wait(8)
    centre.comes("c3")
    centre.wait(2)
    centre.hangs_up("c3")
    # Then the calm begins at the look of second 25 and is over at that of second 45
    centre.wait(24.9)
    assert centre.facts(QueuesUnmerged) == []
    centre.wait(60)
    (apart,) = centre.facts(QueuesUnmerged)
    assert (apart.at, apart.why) == (at(45), "calm")


def test_who_was_served_across_the_border_is_served_to_the_end() -> None:
    centre = BusyCentre(together(length=1, calm_for=Millis(0)))
    centre.signs_in(BEN)
    centre.comes("c1")
    centre.wait(5)
    assert centre.rung("c1") == [BEN]
    centre.joins(BEN)
    centre.wait(100)
    assert len(centre.facts(QueuesUnmerged)) == 1
    # Then the conversation goes on, and the next one of the foreign queue waits
    assert centre.contact("c1").agent == BEN
    centre.hangs_up("c1")
    centre.completes(BEN, "c1")
    centre.now += 4
    centre.comes("c2")
    assert centre.rung("c2") == []


def test_an_offer_across_the_border_survives_the_taking_apart() -> None:
    centre = BusyCentre(together())
    centre.signs_in(BEN)
    centre.merges("all")
    centre.comes("c1")
    assert centre.rung("c1") == [BEN]
    centre.merges("all", merged=False)
    assert centre.rung("c1") == [BEN]
    # And when it fails the caller waits for those of the own queue
    centre.refuses(BEN)
    centre.wants(BEN, Intent.READY)
    assert centre.rung("c1") == []
    assert only(centre.signs_in(ANNA), OfferMade).contact == "c1"


def test_what_was_merged_by_hand_is_taken_apart_by_hand() -> None:
    centre = BusyCentre(together(length=5, calm_for=Millis(1000)))
    centre.comes("c1")
    centre.signs_in(BEN)
    # When a supervisor merges, the waiting caller is served in the same step
    events = centre.merges("all")
    assert only(events, QueuesMerged).is_by_hand is True
    assert only(events, OfferMade).agent == BEN
    assert centre.merges("all") == []
    centre.joins(BEN)
    # Then no calm takes it apart
    centre.comes("c2")
    centre.wait(600)
    assert centre.facts(QueuesUnmerged) == []
    assert only(centre.merges("all", merged=False), QueuesUnmerged).why == "lead"
    assert centre.merges("all", merged=False) == []


def test_a_group_nobody_has_heard_of_is_refused() -> None:
    centre = BusyCentre(together())
    assert centre.merges("others") == []
    assert refusal(centre.inputs[-1], centre.state) == "group_unknown"


def test_a_group_that_is_configured_no_more_is_taken_apart() -> None:
    centre = BusyCentre(together(length=2))
    centre.signs_in(BEN)
    for name in ("c1", "c2", "c3"):
        centre.comes(name)
    centre.wait(5)
    assert GROUP in centre.state.merged
    # When the group is configured no more
    queues = [a_queue(SALES), a_queue(SERVICE)]
    centre.publishes(a_floor(queues, (an_agent(ANNA, SALES), an_agent(BEN, SERVICE)), version=2))
    centre.wait(5)
    assert GROUP not in centre.state.merged


def test_in_a_merged_queue_an_agent_is_as_good_as_in_the_own_one() -> None:
    stages = (Stage(after=Millis(0), level=8), Stage(after=Millis(60_000), level=1))
    group = MergeRule(id=GROUP, queues=(SALES, SERVICE))
    staff = (
        an_agent(ANNA, SERVICE, seats=(QueueSeat(queue=SERVICE, level=7),)),
        an_agent(BEN, SERVICE, seats=(QueueSeat(queue=SERVICE, level=8),)),
    )
    queues = [a_queue(SALES, stages=stages), a_queue(SERVICE), a_queue(OPERATOR)]
    centre = BusyCentre(a_floor(queues, staff, merges=(group,)))
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.merges("all")
    centre.comes("c1")
    centre.comes("c2")
    assert (centre.rung("c1"), centre.rung("c2")) == ([BEN], [])
    centre.joins(BEN)
    # And a queue outside of the group is nobody's
    centre.comes("c3", OPERATOR)
    centre.wait(60)
    assert (centre.rung("c3"), centre.rung("c2")) == ([], [ANNA])
