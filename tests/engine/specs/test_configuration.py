"""A new configuration with callers in line: swapped at once, by ids, and nobody is left behind."""

import msgspec
import pytest

from lianxi.engine.acd.eligible import pairs
from lianxi.engine.messages.events import ContactEnded, EntryEnded, OfferMade
from lianxi.engine.messages.routing import AgentSetup, Queue, QueueMove, Routing, Stage
from lianxi.engine.messages.values import EntryOutcome, FlowEnd, Intent, Phase
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, OPERATOR, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, an_agent, everybody

pytestmark = pytest.mark.unit

NEW = QueueId("operator")


def routing(
    *queues: Queue, staff: tuple[AgentSetup, ...] = (), moves: tuple[QueueMove, ...] = ()
) -> Routing:
    served = queues or (a_queue(SALES), a_queue(SERVICE))
    agents = staff or everybody(*(q.id for q in served))
    return a_floor(served, agents, moves=moves, version=2)


def busy() -> BusyCentre:
    """Anna talks to c0 of sales; c1 waits there since 10, c2 in service since 20."""
    centre = BusyCentre(routing(staff=(an_agent(ANNA, SALES, SERVICE), an_agent(BEN, SERVICE))))
    centre.signs_in(ANNA)
    centre.comes("c0")
    centre.joins(ANNA)
    centre.now = 10
    centre.comes("c1")
    centre.now = 20
    centre.comes("c2", SERVICE)
    return centre


def test_acd_55_a_renamed_queue_keeps_callers_agents_and_place() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/2712
    https://github.com/fusionpbx/fusionpbx/issues/2736
    https://github.com/signalwire/freeswitch/issues/1822
    """
    centre = busy()
    renamed = a_queue(SALES, name="售前咨询")
    events = centre.publishes(routing(renamed, a_queue(SERVICE)))
    assert not [e for e in events if isinstance(e, EntryEnded)]
    assert centre.line() == ["c1"]
    centre.hangs_up("c0")
    assert only(centre.completes(ANNA, "c0"), OfferMade).contact == "c1"


def test_who_waits_in_a_queue_that_is_no_more_is_moved_with_the_age() -> None:
    centre = busy()
    move = (QueueMove(gone=SALES, to=SERVICE),)
    events = centre.publishes(routing(a_queue(SERVICE), moves=move))
    # Then at once, before the one who came to service later
    assert only(events, EntryEnded).outcome is EntryOutcome.MOVED
    assert centre.line(SERVICE) == ["c1", "c2"]
    # And the conversation of the queue that is no more goes on to its wrap-up
    assert centre.phase("c0") is Phase.TALKING
    centre.hangs_up("c0")
    assert centre.agent(ANNA).wrap_up is not None


def test_without_a_queue_to_take_over_callers_are_told_and_let_go() -> None:
    centre = busy()
    centre.publishes(routing(a_queue(SERVICE)))
    assert centre.phase("c1") is Phase.FLOW
    assert only(centre.hears_all("c1"), ContactEnded).flow_end is FlowEnd.TURNED_AWAY
    assert centre.line(SERVICE) == ["c2"]


def test_an_offer_of_a_queue_that_is_no_more_is_not_cut_and_its_caller_is_moved_after_it() -> None:
    centre = BusyCentre(routing())
    centre.signs_in(ANNA)
    centre.comes("c1")
    move = (QueueMove(gone=SALES, to=SERVICE),)
    centre.publishes(routing(a_queue(SERVICE), moves=move))
    assert centre.rung("c1") == [ANNA]
    centre.refuses(ANNA)
    assert centre.line(SERVICE) == ["c1"]
    # And one who is picked up is served as if nothing had happened
    centre.comes("c9", SERVICE)
    assert only(centre.signs_in(BEN), OfferMade).contact == "c1"


def test_acd_54_the_swap_is_atomic() -> None:
    """A queue of five hundred vanished on a reload: A-26755,
    https://github.com/asterisk/asterisk/blob/master/apps/app_queue.c
    """
    many = [QueueId(f"q{n:03}") for n in range(600)]
    staff = (an_agent(ANNA, *many),)
    first = a_floor([a_queue(q) for q in many], staff)
    second = msgspec.structs.replace(
        first, version=2, queues=tuple(a_queue(q, priority=n % 3) for n, q in enumerate(many))
    )
    centre = BusyCentre(first)
    centre.signs_in(ANNA)
    centre.publishes(second)
    # Then every queue is there, with the new rule, and the agent serves them all
    assert list(centre.state.floor.queues) == many
    assert [q.priority for q in centre.state.floor.queues.values()] == [n % 3 for n in range(600)]
    assert all(centre.state.floor.free_in(q) == 1 for q in many)


def test_a_published_change_of_who_serves_what_pairs_at_once() -> None:
    centre = BusyCentre(routing(staff=(an_agent(ANNA, SERVICE),)))
    centre.signs_in(ANNA)
    centre.comes("c1")
    assert centre.rung("c1") == []
    events = centre.publishes(routing(staff=(an_agent(ANNA, SERVICE, SALES),)))
    assert only(events, OfferMade).agent == ANNA


def test_an_agent_configured_no_more_ends_the_call_in_hand_and_gets_nothing_new() -> None:
    centre = busy()
    centre.publishes(routing(staff=(an_agent(BEN, SALES, SERVICE),)))
    assert centre.contact("c0").agent == ANNA
    centre.hangs_up("c0")
    centre.completes(ANNA, "c0")
    assert centre.agent(ANNA).offer is None
    assert list(pairs(centre.state)) == []
    # Nor does a caller who wants this agent wait for nobody
    centre.comes("c3", wanted=AgentId("8001"))
    assert centre.agent(ANNA).offer is None


def test_a_new_priority_counts_for_those_who_come_from_now_on() -> None:
    """Whoever stands in line keeps the place that was promised."""
    centre = busy()
    centre.publishes(routing(a_queue(SALES, priority=2), a_queue(SERVICE)))
    centre.now = 25
    centre.comes("c3")
    assert [centre.state.entries[p[3]].priority for p in centre.state.floor.lines[SALES]] == [2, 0]
    assert centre.line() == ["c3", "c1"]


def test_new_stages_count_at_the_next_widening() -> None:
    slow = (Stage(after=Millis(0), level=9), Stage(after=Millis(60_000), level=5))
    staff = (an_agent(ANNA, SALES),)
    centre = BusyCentre(routing(a_queue(SALES, stages=slow), staff=staff))
    centre.comes("c1")
    centre.publishes(routing(a_queue(SALES), staff=staff))
    # Then who entered under the stages is widened to everybody when they would have widened
    centre.wait(60)
    (entry,) = centre.state.entries.values()
    assert entry.level == 1
    assert not [n for n in centre.state.timers.as_dict() if n.startswith("widen")]


def test_the_same_configuration_again_is_no_news() -> None:
    centre = busy()
    assert centre.publishes(centre.state.routing) == []


def test_acd_51_what_leaves_a_step_can_be_changed_by_nobody() -> None:
    """https://github.com/wazo-platform/asterisk/issues/188"""
    centre = busy()
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.hangs_up("c0")
    # Given what views and drivers are handed: events, commands, configuration
    handed = [*centre.journal, *centre.commands, centre.state.routing, *centre.inputs]
    assert len(handed) > 20
    for one in handed:
        name = one.__struct_fields__[0]
        with pytest.raises(AttributeError):
            setattr(one, name, getattr(one, name))
    # And a copy of the state taken between two steps does not follow it
    copy = thawed(frozen(centre.state))
    before = frozen(copy)
    centre.comes("c4")
    assert frozen(copy) == before


def test_at_any_hour_of_the_day_a_swap_leaves_no_pair_alone() -> None:
    centre = busy()
    queues = [a_queue(SALES), a_queue(SERVICE), a_queue(OPERATOR)]
    move = (QueueMove(gone=SALES, to=NEW), QueueMove(gone=SERVICE, to=NEW))
    for given in (
        routing(*queues[:2]),
        routing(*queues[1:], moves=move),
        routing(queues[2], moves=move),
        routing(*queues),
    ):
        centre.publishes(given)
        assert list(pairs(centre.state)) == []
    # Then both who waited stand in the last queue by their age
    assert centre.line(NEW) == ["c1", "c2"]
    assert centre.contact("c1").queued_since == at(10)
