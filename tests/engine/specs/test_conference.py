"""Conferences: all together, one more, one less, and leaving while the others go on."""

import pytest

from lianxi.engine.messages.agent_events import WrapUpBegan
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.events import ContactEnded
from lianxi.engine.messages.parties import (
    ContactHandedOver,
    InviteAsked,
    LeaveAsked,
    PartyDropAsked,
    PartyLeft,
    Target,
)
from lianxi.engine.messages.values import Activity, DeviceKind, LegCause, Phase, Talk
from lianxi.kernel.ids import LegId
from tests.builders.centre import ANNA, BEN, CLEO, at, only
from tests.builders.parties import C1, FRIEND, anna_talks

pytestmark = pytest.mark.unit


def test_a_consult_becomes_a_conference() -> None:
    centre = anna_talks()
    centre.consults(BEN)
    centre.party_answers()
    centre.confers()
    assert centre.hears() == ({"customer", ANNA, BEN}, set(), set())
    assert centre.contact("c1").talk is Talk.TOGETHER


def test_who_is_invited_comes_straight_in() -> None:
    centre = anna_talks()
    centre.invites(BEN)
    # While it rings nothing changes for the customer
    assert centre.contact("c1").talk is Talk.PLAIN
    centre.party_answers()
    assert centre.hears() == ({"customer", ANNA, BEN}, set(), set())
    # And one more
    centre.comes_in(FRIEND)
    assert centre.hears() == ({"customer", ANNA, BEN, FRIEND}, set(), set())


def test_an_invitation_that_fails_leaves_the_conversation_alone() -> None:
    centre = anna_talks()
    centre.invites(BEN)
    events = centre.party_ends(LegCause.BUSY)
    assert [type(e) for e in events] == [PartyLeft]


def test_six_are_the_most() -> None:
    centre = anna_talks()
    for n in range(4):
        centre.comes_in(f"1390013900{n}")
    wish = InviteAsked(at=at(20), agent=ANNA, contact=C1, to=Target(number=FRIEND))
    assert centre.refused(wish) == "conference_full"
    centre.drops(centre.party())
    assert centre.refused(wish) is None


def test_one_is_sent_away_and_then_the_last() -> None:
    centre = anna_talks()
    ben = centre.comes_in(BEN)
    friend = centre.comes_in(FRIEND)
    centre.drops(friend)
    assert DropLeg(leg=friend) in centre.commands
    assert centre.hears() == ({"customer", ANNA, BEN}, set(), set())
    centre.drops(ben)
    assert centre.hears() == ({"customer", ANNA}, set(), set())
    assert centre.contact("c1").talk is Talk.PLAIN
    unknown = PartyDropAsked(at=at(20), agent=ANNA, contact=C1, leg=LegId("leg-p0"))
    assert centre.refused(unknown) == "party_unknown"


def test_the_agent_leaves_and_a_colleague_goes_on_with_all_of_them() -> None:
    centre = anna_talks()
    centre.comes_in(FRIEND)
    centre.comes_in(BEN)
    over = only(centre.leaves(), ContactHandedOver)
    assert (over.to_agent, over.hops) == (BEN, 0)
    assert centre.hears() == ({"customer", FRIEND, BEN}, set(), set())
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    # And Ben may do what Anna could
    centre.comes_in(CLEO, BEN)
    assert centre.hears() == ({"customer", FRIEND, BEN, CLEO}, set(), set())


def test_the_agent_leaves_two_who_are_outside() -> None:
    centre = anna_talks()
    centre.comes_in(FRIEND)
    centre.leaves()
    assert centre.phase("c1") is Phase.OUTSIDE
    assert only(centre.party_ends(), ContactEnded).contact == "c1"


def test_nobody_leaves_a_conversation_of_two() -> None:
    centre = anna_talks()
    assert centre.refused(LeaveAsked(at=at(20), agent=ANNA, contact=C1)) == "not_in_conference"


def test_a_colleague_leaves_and_is_free() -> None:
    centre = anna_talks()
    centre.comes_in(BEN)
    events = centre.leaves(BEN)
    assert not [e for e in events if isinstance(e, WrapUpBegan)]
    assert centre.agent(BEN).activity is Activity.IDLE
    assert centre.hears() == ({"customer", ANNA}, set(), set())


def test_hanging_up_ends_it_for_all() -> None:
    centre = anna_talks()
    ben = centre.comes_in(BEN)
    friend = centre.comes_in(FRIEND)
    events = centre.ends(ANNA, "c1")
    only(events, ContactEnded)
    assert {DropLeg(leg=ben), DropLeg(leg=friend)} <= set(centre.commands)
    assert centre.agent(BEN).activity is Activity.IDLE


def test_a_desk_phone_hung_up_leaves() -> None:
    centre = anna_talks(device=DeviceKind.PHONE)
    centre.comes_in(BEN)
    assert only(centre.leg_ends(ANNA), ContactHandedOver).to_agent == BEN


def test_a_page_that_comes_back_is_in_the_conference_again() -> None:
    centre = anna_talks()
    centre.comes_in(FRIEND)
    centre.reloads(ANNA)
    assert centre.phase("c1") is Phase.RECOVERING
    # Given a third comes in meanwhile: not with the customer, who is spoken to
    centre.signs_in(ANNA, ready=False)
    centre.comes_back(ANNA)
    contact = centre.contact("c1")
    assert (contact.phase, contact.talk) == (Phase.TALKING, Talk.TOGETHER)
    # When it does not come back, the customer is first in line and nobody else is left
    centre.reloads(ANNA)
    centre.wait(16)
    assert centre.contact("c1").parties == {}
    assert centre.rung("c1") == [BEN]


def test_a_new_switch_frees_everybody() -> None:
    centre = anna_talks()
    centre.comes_in(BEN)
    centre.restarts("g2")
    assert centre.agent(BEN).activity is Activity.IDLE
    assert centre.state.legs == {}
