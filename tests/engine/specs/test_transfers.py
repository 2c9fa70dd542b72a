"""Handing on: by agents in a conversation, by supervisors out of the line."""

import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_events import WrapUpEnded
from lianxi.engine.messages.commands import CloseContact, DropLeg
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
    EntryEnded,
    OfferEnded,
    OfferMade,
)
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import Activity, EntryOutcome, Intent, OfferOutcome, Phase
from lianxi.kernel.ids import AgentId, FlowId, QueueId
from tests.builders.centre import ANNA, BEN, CLEO, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import BusyCentre, a_floor, an_agent, everybody

pytestmark = pytest.mark.unit


def sales_and_service(**rules: object) -> BusyCentre:
    queues = [a_queue(SALES), a_queue(SERVICE)]
    return BusyCentre(a_floor(queues, everybody(SALES, SERVICE), **rules))


def anna_talks(**rules: object) -> BusyCentre:
    """With c1, of sales, who came at 0 and was answered at 10."""
    centre = sales_and_service(**rules)
    centre.comes("c1")
    centre.now = 10
    centre.signs_in(ANNA)
    centre.joins(ANNA)
    return centre


def test_acd_33_the_agent_who_hands_on_is_free_of_the_customer_at_once() -> None:
    """https://github.com/OpenACD/OpenACD/issues/76"""
    centre = anna_talks()
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    centre.now = 60
    events = centre.hands_on(ANNA, "c1", SERVICE)
    # Then her leg ends, her wrap-up runs, and the customer waits in service since second 0
    assert DropLeg(leg=leg) in centre.commands
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    assert only(events, ContactQueued).since == at(0)
    assert centre.phase("c1") is Phase.WAITING
    # And her late leg end changes nothing for the customer
    assert centre.contact("c1").agent is None


def test_who_was_handed_on_stands_by_age_before_those_who_came_since() -> None:
    centre = anna_talks()
    centre.now = 30
    centre.comes("c2", SERVICE)
    centre.now = 60
    centre.hands_on(ANNA, "c1", SERVICE)
    assert centre.line(SERVICE) == ["c1", "c2"]


def test_to_an_agent_waits_for_that_agent_alone_twice_the_ring_time() -> None:
    centre = anna_talks()
    centre.signs_in(BEN)
    centre.signs_in(CLEO)
    # Given Ben talks to somebody else, and Cleo is free
    centre.comes("c2")
    centre.joins(BEN)
    centre.hands_on(ANNA, "c1", BEN)
    assert centre.rung("c1") == []
    # When 40 s, twice the ring time, are over, anybody of the queue is rung
    centre.wait(39.9)
    assert centre.rung("c1") == []
    centre.wait(0.1)
    assert centre.rung("c1") == [CLEO]


def test_to_an_agent_of_another_queue() -> None:
    staff = (an_agent(ANNA, SALES), an_agent(BEN, SERVICE))
    centre = BusyCentre(a_floor([a_queue(SALES), a_queue(SERVICE)], staff))
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    centre.comes("c1")
    centre.joins(ANNA)
    assert only(centre.hands_on(ANNA, "c1", BEN), OfferMade).agent == BEN


def test_acd_34_a_chain_of_six_transfers_leaves_everybody_where_they_are() -> None:
    """https://github.com/2600hz/kazoo/issues/958"""
    centre = anna_talks()
    centre.signs_in(BEN)
    agents = [ANNA, BEN] * 3
    for n, agent in enumerate(agents):
        # Given a draft of the agent's own, and then the other queue
        centre.notes(agent, "c1", "other", f"note {n}")
        centre.now += 10
        other = BEN if agent == ANNA else ANNA
        if centre.agent(other).wrap_up:
            centre.completes(other, "c1", Intent.READY)
        centre.hands_on(agent, "c1", other)
        assert centre.rung("c1") == [other]
        centre.joins(other)
    centre.now += 10
    centre.hangs_up("c1")
    # Then the same contact was connected seven times, by one path, and ended once
    assert [e.agent for e in centre.facts(ContactConnected)] == [*agents, ANNA]
    assert [e.hops for e in centre.facts(ContactTransferred)] == [1, 2, 3, 4, 5, 6]
    assert len(centre.facts(ContactEnded)) == 1
    # And both wrap up, each one's own
    centre.completes(ANNA, "c1")
    centre.completes(BEN, "c1")
    assert len(centre.facts(WrapUpEnded)) == 7
    assert "c1" not in centre.state.contacts


def test_each_agent_has_a_wrap_up_and_a_draft_of_the_own() -> None:
    centre = anna_talks()
    centre.signs_in(BEN)
    centre.notes(ANNA, "c1", "other", "wants a discount")
    centre.hands_on(ANNA, "c1", BEN)
    centre.joins(BEN)
    centre.notes(BEN, "c1", "", "got it")
    centre.hangs_up("c1")
    # When both let the time pass
    centre.wait(45)
    drafts = {e.agent: (e.disposition, e.note) for e in centre.facts(WrapUpEnded)}
    assert drafts == {ANNA: ("other", "wants a discount"), BEN: ("TIMEOUT", "got it")}


def test_acd_35_a_contact_stays_when_its_hops_are_used_up() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/2746"""
    centre = anna_talks(most_hops=2)
    for _ in range(2):
        centre.hands_on(ANNA, "c1", SERVICE)
        centre.completes(ANNA, "c1", Intent.READY)
        centre.joins(ANNA)
    assert centre.hands_on(ANNA, "c1", SERVICE) == []
    assert refusal(centre.inputs[-1], centre.state) == "transfers_used_up"
    assert centre.phase("c1") is Phase.TALKING


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (Destination(agent=ANNA), "transfer_to_self"),
        (Destination(agent=BEN), "transfer_target_unknown"),
        (Destination(agent=AgentId("8099")), "transfer_target_unknown"),
        (Destination(queue=QueueId("gone")), "transfer_target_unknown"),
        (Destination(flow=FlowId("gone")), "transfer_target_unknown"),
        (Destination(), "transfer_target_unknown"),
    ],
)
def test_what_cannot_be_reached_is_refused(to: Destination, code: str) -> None:
    centre = anna_talks()
    assert centre.hands_on(ANNA, "c1", to) == []
    assert refusal(centre.inputs[-1], centre.state) == code
    assert centre.phase("c1") is Phase.TALKING


def test_a_customer_on_hold_is_handed_on_as_well() -> None:
    centre = anna_talks()
    centre.holds(ANNA, "c1")
    centre.now = 40
    centre.hands_on(ANNA, "c1", SERVICE)
    contact = centre.contact("c1")
    assert (contact.phase, contact.held_since, contact.held) == (Phase.WAITING, None, 30_000)


def test_into_a_flow_and_from_there_to_another_queue() -> None:
    centre = anna_talks()
    centre.hands_on(ANNA, "c1", Destination(flow=FlowId("welcome")))
    assert centre.phase("c1") is Phase.FLOW
    centre.hears_all("c1")
    centre.presses("c1", "2")
    assert centre.contact("c1").queue == SERVICE


def test_a_caller_who_hangs_up_after_being_handed_on_abandons_the_second_queue() -> None:
    centre = anna_talks()
    centre.hands_on(ANNA, "c1", SERVICE)
    centre.now = 25
    gone = only(centre.hangs_up("c1"), EntryEnded)
    assert (gone.queue, gone.outcome, gone.waited) == (SERVICE, EntryOutcome.ABANDONED, 15_000)
    # And her after-call work is not disturbed
    assert centre.agent(ANNA).activity is Activity.WRAPPING


# --- supervisors


def test_a_supervisor_moves_somebody_to_another_queue_with_the_age() -> None:
    centre = sales_and_service()
    centre.comes("c0", SERVICE)
    centre.now = 5
    centre.comes("c1")
    centre.now = 10
    centre.comes("c2", SERVICE)
    moved = only(centre.pulls("c1", SERVICE), EntryEnded)
    assert moved.outcome is EntryOutcome.MOVED
    assert centre.line(SERVICE) == ["c0", "c1", "c2"]


def test_pulled_to_an_agent_while_another_is_rung_is_no_miss() -> None:
    centre = sales_and_service()
    centre.signs_in(ANNA)
    centre.comes("c1")
    centre.signs_in(BEN)
    events = centre.pulls("c1", BEN)
    assert only(events, OfferEnded).outcome is OfferOutcome.MOVED
    assert centre.rung("c1") == [BEN]
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).misses) == (Intent.READY, 0)


def test_who_talks_or_is_nobody_cannot_be_pulled_or_ranked() -> None:
    centre = anna_talks()
    for name in ("c1", "nobody"):
        assert centre.pulls(name, SERVICE) == []
        assert refusal(centre.inputs[-1], centre.state) == "contact_not_waiting"
        assert centre.ranks(name, 3) == []
        assert refusal(centre.inputs[-1], centre.state) == "contact_not_waiting"


def test_acd_37_the_recording_belongs_to_the_customers_leg_and_outlives_transfers() -> None:
    """https://github.com/asterisk/asterisk/issues/507
    https://github.com/mikopbx/Core/issues/1125
    https://github.com/mikopbx/Core/issues/741
    """
    centre = anna_talks()
    leg, recording = centre.contact("c1").leg, centre.contact("c1").recording
    centre.signs_in(BEN)
    centre.hands_on(ANNA, "c1", BEN)
    centre.joins(BEN)
    centre.hands_on(BEN, "c1", SERVICE)
    # Then the leg it is made on was moved between rooms, and never ended or made anew
    assert (centre.contact("c1").leg, centre.contact("c1").recording) == (leg, recording)
    assert DropLeg(leg=leg) not in centre.commands
    assert not [c for c in centre.commands if isinstance(c, CloseContact)]


def test_acd_37_nothing_that_happens_to_an_agents_leg_touches_the_recording() -> None:
    """https://github.com/asterisk/asterisk/issues/507
    https://github.com/mikopbx/Core/issues/1125
    """
    centre = anna_talks()
    centre.holds(ANNA, "c1")
    centre.resumes(ANNA, "c1")
    # Given the page is reloaded in the conversation, and nobody comes back to it
    centre.reloads(ANNA)
    centre.wait(15)
    assert centre.phase("c1") is Phase.WAITING
    # When a colleague takes over
    centre.signs_in(BEN)
    centre.joins(BEN)
    assert centre.phase("c1") is Phase.TALKING
    # Then one recording, begun with the contact, is the only one spoken of
    (began,) = centre.facts(ContactBegan)
    assert centre.contact("c1").recording == began.recording
    assert not [c for c in centre.commands if "Recording" in type(c).__name__]
    assert not [c for c in centre.commands if isinstance(c, CloseContact)]
