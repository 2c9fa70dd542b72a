"""What is compared of conversations of more than two."""

import pytest

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import DropLeg
from lianxi.engine.messages.inputs import LegAnswered, LegEnded
from lianxi.engine.messages.parties import Arrange
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, Endpoint, LegId
from lianxi.kernel.time import Instant
from lianxi.runtime.parties import orders_anew
from lianxi.runtime.reconciler import Difference, Reconciler
from tests.builders.centre import ANNA, BEN, CLEO, at
from tests.builders.parties import C1, FRIEND, PartyCentre, anna_talks

pytestmark = pytest.mark.unit

CUSTOMER = LegId("c1-leg")
MAIN, ASIDE = "br-c1", "aside-c1"


def consulting(to: str = FRIEND) -> PartyCentre:
    centre = anna_talks()
    centre.restarts("")
    centre.consults(to)
    return centre


def seen(
    centre: PartyCentre, *legs: tuple[LegId, str | None, bool], bridges: tuple[str, ...] = ()
) -> Sighting:
    roles = {CUSTOMER: LegRole.CUSTOMER, centre.party(): LegRole.PARTY}
    return Sighting(
        generation=centre.state.generation,
        legs={
            leg: SeenLeg(contact=C1, role=roles.get(leg, LegRole.AGENT), bridge=bridge, up=up)
            for leg, bridge, up in legs
        },
        bridges={name: frozenset() for name in bridges},
        registered=frozenset(Endpoint(f"ag-{agent}") for agent in (ANNA, BEN, CLEO)),
    )


def differences(centre: PartyCentre, sighting: Sighting) -> list[Difference]:
    reconciler = Reconciler()
    moment = Instant(at(centre.now))
    reconciler.confirmed(centre.state, sighting, moment)
    return reconciler.confirmed(centre.state, sighting, moment)


def told(centre: PartyCentre, sighting: Sighting) -> list[Input | Command | None]:
    return [d.tell or d.perform for d in differences(centre, sighting)]


def own_leg(centre: PartyCentre) -> LegId:
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    return leg


def test_a_consult_as_believed_is_no_difference() -> None:
    centre = consulting()
    centre.party_answers()
    legs = (CUSTOMER, None, True), (own_leg(centre), ASIDE, True), (centre.party(), ASIDE, True)
    assert told(centre, seen(centre, *legs)) == []


def test_who_stands_elsewhere_is_arranged_again() -> None:
    centre = consulting()
    centre.party_answers()
    own, party = own_leg(centre), centre.party()
    legs = (CUSTOMER, MAIN, True), (own, MAIN, True), (party, None, True)
    assert told(centre, seen(centre, *legs)) == [
        Arrange(contact=C1, aside=(own, party), music=(CUSTOMER,))
    ]


def test_an_answer_nobody_told_of_is_told() -> None:
    centre = consulting()
    legs = (CUSTOMER, None, True), (own_leg(centre), ASIDE, True), (centre.party(), None, True)
    assert told(centre, seen(centre, *legs)) == [LegAnswered(at=at(20), leg=centre.party())]


def test_a_party_that_was_just_asked_may_be_on_its_way() -> None:
    centre = consulting()
    legs = (CUSTOMER, None, True), (own_leg(centre), ASIDE, True)
    assert told(centre, seen(centre, *legs)) == []
    centre.now = 26
    assert told(centre, seen(centre, *legs)) == [
        LegEnded(at=at(26), leg=centre.party(), cause=LegCause.GONE)
    ]


def test_a_party_of_nobody_is_hung_up_and_an_empty_bridge_aside_ends() -> None:
    centre = consulting()
    party = centre.party()
    centre.goes_back()
    legs = (CUSTOMER, MAIN, True), (own_leg(centre), MAIN, True), (party, None, True)
    assert told(centre, seen(centre, *legs, bridges=(ASIDE,))) == [
        DropLeg(leg=party),
        Arrange(contact=C1),
    ]


def test_two_outside_are_left_alone() -> None:
    centre = consulting()
    centre.party_answers()
    centre.hands_over()
    legs = (CUSTOMER, MAIN, True), (centre.party(), MAIN, True)
    assert told(centre, seen(centre, *legs)) == []


def test_after_a_start_the_last_order_is_given_again() -> None:
    centre = consulting(BEN)
    assert orders_anew(centre.state, at(20)) == [
        Arrange(contact=ContactId("c1"), aside=(own_leg(centre),), music=(CUSTOMER,))
    ]
