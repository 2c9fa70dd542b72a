"""Handing on: to a number outside, back from who does not answer, and chains of it."""

import pytest

from lianxi.engine.messages.agent_events import WrapUpEnded
from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.commands import CloseContact, HoldCustomer
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    ContactQueued,
)
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.parties import ConsultCompleted, ContactHandedOver
from lianxi.engine.messages.values import Activity, Intent, LegCause, Phase
from tests.builders.centre import ANNA, BEN, CLEO, at, only
from tests.builders.parties import C1, FRIEND, anna_talks

pytestmark = pytest.mark.unit


def test_to_a_number_the_agent_is_through_and_the_customer_hears_music() -> None:
    centre = anna_talks()
    on = only(centre.sends_outside(), ContactTransferred)
    assert (on.number, on.reason, on.hops) == (FRIEND, "sales", 1)
    assert centre.phase("c1") is Phase.OUTSIDE
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    assert HoldCustomer(contact=C1, leg=centre.contact("c1").leg) in centre.commands
    centre.party_answers()
    assert centre.hears() == ({"customer", FRIEND}, set(), set())


def test_who_does_not_answer_outside_brings_the_customer_back_to_the_agent() -> None:
    centre = anna_talks()
    centre.sends_outside()
    centre.completes(ANNA, "c1", Intent.READY)
    queued = only(centre.party_ends(LegCause.BUSY), ContactQueued)
    assert (queued.recovered, queued.wanted, queued.since) == (True, ANNA, at(0))
    assert centre.rung("c1") == [ANNA]


def test_an_agent_with_other_work_is_not_waited_for() -> None:
    centre = anna_talks()
    centre.sends_outside()
    # Given Anna still writes it down when the ring time is over
    queued = only(centre.wait(30), ContactQueued)
    assert (queued.recovered, queued.wanted) == (True, None)
    assert len(centre.rung("c1")) == 1


def test_what_is_no_number_is_refused() -> None:
    centre = anna_talks()
    wish = TransferAsked(at=at(20), agent=ANNA, contact=C1, number="13900/x")
    assert centre.refused(wish) == "number_invalid"


def test_a_colleague_who_refuses_brings_the_customer_back() -> None:
    centre = anna_talks()
    centre.hands_on(ANNA, "c1", BEN)
    centre.completes(ANNA, "c1", Intent.READY)
    centre.refuses(BEN)
    assert centre.rung("c1") == [ANNA]


def test_a_colleague_who_does_not_answer_and_an_agent_who_is_busy() -> None:
    centre = anna_talks()
    centre.hands_on(ANNA, "c1", BEN)
    centre.wait(20)
    # Then, Anna still writing, it is anybody's of the queue
    assert centre.rung("c1") == [CLEO]


def test_back_at_the_agent_it_is_not_sent_to_and_fro() -> None:
    centre = anna_talks()
    centre.hands_on(ANNA, "c1", BEN)
    centre.completes(ANNA, "c1", Intent.READY)
    centre.refuses(BEN)
    centre.refuses(ANNA)
    centre.wait(40)
    assert centre.rung("c1") == [CLEO]


def test_acd_34_a_chain_of_five_consults_keeps_contact_and_recording() -> None:
    """https://github.com/2600hz/kazoo/issues/958"""
    centre = anna_talks()
    agents = [ANNA, BEN, CLEO]
    for n in range(5):
        agent, other = agents[n % 3], agents[(n + 1) % 3]
        if centre.agent(other).wrap_up:
            centre.completes(other, "c1", Intent.READY)
        centre.now += 10
        centre.consults(other, agent)
        centre.party_answers()
        centre.hands_over(agent)
        assert centre.contact("c1").agent == other
    centre.hangs_up("c1")
    # Then it is one contact, connected once, never closed before its end, handed over five times
    assert len(centre.facts(ContactBegan)) == len(centre.facts(ContactConnected)) == 1
    assert [e.hops for e in centre.facts(ContactHandedOver)] == [1, 2, 3, 4, 5]
    assert len([c for c in centre.commands if isinstance(c, CloseContact)]) == 1
    # And everybody writes down the own part
    for agent in agents:
        if centre.agent(agent).wrap_up:
            centre.completes(agent, "c1")
    assert len(centre.facts(WrapUpEnded)) == 6
    assert "c1" not in centre.state.contacts


def test_acd_35_loops_end() -> None:
    """https://github.com/fusionpbx/fusionpbx/issues/2746"""
    centre = anna_talks(most_hops=0)
    centre.consults(BEN)
    centre.party_answers()
    wish = ConsultCompleted(at=at(20), agent=ANNA, contact=C1)
    assert centre.refused(wish) == "transfers_used_up"
    assert centre.hands_over() == []


def test_a_customer_who_hangs_up_while_it_rings_outside_ends_it() -> None:
    centre = anna_talks()
    centre.sends_outside()
    only(centre.hangs_up("c1"), ContactEnded)
    assert centre.state.legs == {}
    assert centre.state.timers.armed(f"party:{centre.party()}") is None
