"""What the switch holds and what the engine believes become one again."""

from dataclasses import dataclass, field

import pytest

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import (
    AnswerCustomer,
    DropLeg,
    HoldCustomer,
    JoinLegs,
    StartMusic,
)
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    LegAnswered,
    LegEnded,
    LegJoined,
    PlaybackEnded,
    SwitchRestarted,
)
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.engine.messages.values import Channel, LegCause, RingStrategy
from lianxi.kernel.ids import ContactId, Endpoint, LegId
from lianxi.kernel.time import Instant
from lianxi.runtime.reconciler import (
    Difference,
    Reconciler,
    perhaps_unrung,
    unheard_endings,
    unheard_music,
)
from tests.builders.centre import ANNA, BEN, DIRECT, SALES, Centre, a_queue, a_routing, at

pytestmark = pytest.mark.unit

C1 = ContactId("c1")
CUSTOMER = LegId("c1-leg")
BRIDGE = "br-c1"


@dataclass
class Switch:
    """What there is to be seen."""

    legs: dict[LegId, SeenLeg] = field(default_factory=dict)
    bridges: dict[str, frozenset[LegId]] = field(default_factory=dict)
    registered: set[Endpoint] = field(default_factory=lambda: {Endpoint(f"ag-{ANNA}")})
    generation: str = "g1"

    def holds(self, leg: LegId, *, bridge: str | None = None, up: bool = True) -> None:
        role = LegRole.CUSTOMER if leg.endswith("-leg") else LegRole.AGENT
        contact = ContactId(leg.removesuffix("-leg").rpartition("-")[2])
        self.legs[leg] = SeenLeg(contact=contact, role=role, bridge=bridge, up=up)

    def seen(self) -> Sighting:
        return Sighting(
            generation=self.generation,
            legs=dict(self.legs),
            bridges=dict(self.bridges),
            registered=frozenset(self.registered),
        )


@pytest.fixture
def centre() -> Centre:
    """Anna is ready, the switch is known."""
    centre = Centre()
    centre.restarts("g1")
    centre.signs_in(ANNA)
    return centre


@pytest.fixture
def switch() -> Switch:
    return Switch()


def found(centre: Centre, switch: Switch) -> list[Difference]:
    """What two sightings in a row show; the first one alone shows nothing."""
    reconciler = Reconciler()
    moment = Instant(at(centre.now))
    assert reconciler.confirmed(centre.state, switch.seen(), moment) == []
    return reconciler.confirmed(centre.state, switch.seen(), moment)


def told(centre: Centre, switch: Switch) -> list[Input]:
    return [d.tell for d in found(centre, switch) if d.tell is not None]


def done(centre: Centre, switch: Switch) -> list[Command]:
    return [d.perform for d in found(centre, switch) if d.perform is not None]


def agent_leg(centre: Centre) -> LegId:
    return centre.offer_to(ANNA).leg


def test_what_is_as_believed_is_no_difference(centre: Centre, switch: Switch) -> None:
    centre.talk(ANNA, "c1")
    switch.holds(CUSTOMER, bridge=BRIDGE)
    switch.holds(LegId("leg-o1-c1"), bridge=BRIDGE)
    assert found(centre, switch) == []


def test_a_difference_that_mended_itself_between_two_sightings_is_none(
    centre: Centre, switch: Switch
) -> None:
    centre.calls("c1")
    reconciler = Reconciler()
    reconciler.confirmed(centre.state, switch.seen(), at(0))
    switch.holds(CUSTOMER)
    switch.holds(agent_leg(centre))
    assert reconciler.confirmed(centre.state, switch.seen(), at(2)) == []


def test_a_customer_who_is_not_there_is_gone(centre: Centre, switch: Switch) -> None:
    centre.talk(ANNA, "c1")
    centre.now = 30
    leg = LegId("leg-o1-c1")
    assert told(centre, switch) == [
        ContactGone(at=at(30), contact=C1, cause=LegCause.GONE),
        LegEnded(at=at(30), leg=leg, cause=LegCause.GONE),
    ]


def test_an_agents_leg_that_is_not_there_is_gone(centre: Centre, switch: Switch) -> None:
    centre.talk(ANNA, "c1")
    switch.holds(CUSTOMER, bridge=BRIDGE)
    ended = LegEnded(at=at(0), leg=LegId("leg-o1-c1"), cause=LegCause.GONE)
    assert told(centre, switch) == [ended]


def test_the_leg_of_a_new_offer_may_take_its_time(centre: Centre, switch: Switch) -> None:
    centre.calls("c1")
    switch.holds(CUSTOMER)
    centre.now = 5
    assert told(centre, switch) == []
    centre.now = 7
    gone = LegEnded(at=at(7), leg=agent_leg(centre), cause=LegCause.GONE)
    assert told(centre, switch) == [gone]


def test_a_device_that_came_or_went_unheard_is_told(centre: Centre, switch: Switch) -> None:
    switch.registered.clear()
    endpoint = Endpoint(f"ag-{ANNA}")
    away = DeviceChanged(at=at(0), endpoint=endpoint, registered=False)
    assert told(centre, switch) == [away]
    centre.say(away)
    switch.registered.add(endpoint)
    back = DeviceChanged(at=at(0), endpoint=endpoint, registered=True)
    assert told(centre, switch) == [back]


def test_a_leg_of_nobody_is_dropped(centre: Centre, switch: Switch) -> None:
    stray = LegId("leg-o9-c9")
    switch.holds(stray)
    assert done(centre, switch) == [DropLeg(leg=stray)]


def test_a_customer_nobody_knows_is_shown_with_his_arrival(centre: Centre, switch: Switch) -> None:
    switch.holds(CUSTOMER)
    arrival = ContactArrived(at=at(0), contact=C1, leg=CUSTOMER, dialled="4001", caller="")
    seen = SeenLeg(contact=C1, role=LegRole.CUSTOMER, bridge=None, up=False, arrival=arrival)
    switch.legs[CUSTOMER] = seen
    (difference,) = found(centre, switch)
    assert difference.unknown == seen


def test_a_customer_in_wrap_up_who_is_still_there_is_shown(centre: Centre, switch: Switch) -> None:
    centre.talk(ANNA, "c1")
    centre.ends(ANNA, "c1")
    switch.holds(CUSTOMER)
    (difference,) = found(centre, switch)
    assert difference.unknown is not None


def test_a_customer_who_was_never_answered_is_answered(centre: Centre, switch: Switch) -> None:
    centre.calls("c1", "4001")
    switch.holds(CUSTOMER, up=False)
    assert done(centre, switch) == [AnswerCustomer(contact=C1, leg=CUSTOMER)]


def test_an_answer_nobody_heard_is_told(centre: Centre, switch: Switch) -> None:
    centre.calls("c1")
    switch.holds(CUSTOMER)
    switch.holds(agent_leg(centre))
    assert told(centre, switch) == [LegAnswered(at=at(0), leg=agent_leg(centre))]


def test_two_who_hear_each_other_unheard_are_told(centre: Centre, switch: Switch) -> None:
    centre.calls("c1")
    centre.picks_up(ANNA)
    switch.holds(CUSTOMER, bridge=BRIDGE)
    switch.holds(agent_leg(centre), bridge=BRIDGE)
    joined = LegJoined(at=at(0), contact=C1, leg=agent_leg(centre))
    assert told(centre, switch) == [joined]


@pytest.mark.parametrize("talking", [False, True])
def test_two_who_should_hear_each_other_are_joined_again(
    centre: Centre, switch: Switch, talking: bool
) -> None:
    centre.calls("c1")
    leg = agent_leg(centre)
    centre.answers(ANNA) if talking else centre.picks_up(ANNA)
    switch.holds(CUSTOMER, bridge=BRIDGE)
    switch.holds(leg)
    assert done(centre, switch) == [JoinLegs(contact=C1, customer_leg=CUSTOMER, leg=leg)]


def test_a_held_customer_who_is_heard_goes_to_the_music(centre: Centre, switch: Switch) -> None:
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    switch.holds(CUSTOMER, bridge=BRIDGE)
    switch.holds(LegId("leg-o1-c1"), bridge=BRIDGE)
    assert done(centre, switch) == [HoldCustomer(contact=C1, leg=CUSTOMER)]
    switch.holds(CUSTOMER)
    assert found(centre, switch) == []


def test_a_waiting_customer_left_alone_in_a_bridge_goes_to_the_music(switch: Switch) -> None:
    centre = Centre()
    centre.restarts("g1")
    centre.calls("c1")
    switch.holds(CUSTOMER, bridge=BRIDGE)
    assert done(centre, switch) == [HoldCustomer(contact=C1, leg=CUSTOMER)]


def test_a_restored_leg_is_followed_from_answer_to_joining(centre: Centre, switch: Switch) -> None:
    # Given a page that came back and wants a new leg
    centre.talk(ANNA, "c1")
    centre.reloads(ANNA)
    centre.asks_leg(ANNA)
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    switch.registered.clear()
    switch.holds(CUSTOMER)
    switch.holds(leg)
    # When each step of it goes unheard, Then the next one comes all the same
    answered = LegAnswered(at=at(0), leg=leg)
    assert told(centre, switch) == [answered]
    centre.say(answered)
    assert done(centre, switch) == [JoinLegs(contact=C1, customer_leg=CUSTOMER, leg=leg)]
    switch.holds(CUSTOMER, bridge=BRIDGE)
    switch.holds(leg, bridge=BRIDGE)
    assert told(centre, switch) == [LegJoined(at=at(0), contact=C1, leg=leg)]


def test_another_generation_is_told_and_forgets_what_was_suspected(
    centre: Centre, switch: Switch
) -> None:
    centre.talk(ANNA, "c1")
    reconciler = Reconciler()
    reconciler.confirmed(centre.state, switch.seen(), at(0))
    switch.generation = "g2"
    assert reconciler.confirmed(centre.state, switch.seen(), at(2)) == []
    (again,) = reconciler.confirmed(centre.state, switch.seen(), at(4))
    assert again.tell == SwitchRestarted(at=at(4), generation="g2")
    switch.generation = "g1"
    assert reconciler.confirmed(centre.state, switch.seen(), at(6)) == []


def test_after_a_start_nobody_stays_in_silence(centre: Centre) -> None:
    centre.calls("c2", "4001")
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centre.calls("c3")
    playing = centre.contact("c2").playback
    assert playing is not None
    ended = PlaybackEnded(at=at(9), contact=ContactId("c2"), playback=playing, failed=True)
    assert unheard_endings(centre.state, at(9)) == [ended]
    assert unheard_music(centre.state) == [
        HoldCustomer(contact=C1, leg=CUSTOMER),
        StartMusic(contact=ContactId("c3"), leg=LegId("c3-leg")),
    ]


def test_an_offer_of_the_last_driver_that_never_rang_is_to_be_rung_once(
    centre: Centre, switch: Switch
) -> None:
    # Given an offer that was written down, and a Driver that died before it was rung
    centre.calls("c1")
    switch.holds(CUSTOMER)
    offer = centre.state.offers[centre.offer_to(ANNA).offer]
    reconciler = Reconciler(perhaps_unrung(centre.state))
    # When the next one looks, long after
    sightings = [reconciler.confirmed(centre.state, switch.seen(), at(8 + 2 * n)) for n in range(4)]
    # Then it is rung, and only when that does not help it is gone
    assert sightings[0] == []
    assert sightings[1] == [Difference(f"unrung {offer.leg}", unrung=offer)]
    gone = LegEnded(at=at(14), leg=offer.leg, cause=LegCause.GONE)
    assert sightings[2] == []
    assert [d.tell for d in sightings[3]] == [gone]


def test_an_offer_that_was_seen_to_ring_is_not_rung_again(centre: Centre, switch: Switch) -> None:
    centre.calls("c1")
    centre.rings(ANNA)
    assert perhaps_unrung(centre.state) == []


def test_an_empty_bridge_of_nobody_is_left_over(centre: Centre, switch: Switch) -> None:
    centre.calls("c1")
    switch.holds(CUSTOMER)
    switch.holds(agent_leg(centre), up=False)
    # That of an open contact waits for its agent; one of somebody else is none of ours
    switch.bridges = {BRIDGE: frozenset(), "br-c0": frozenset(), "other": frozenset()}
    assert found(centre, switch) == [Difference("left over br-c0", left_over=ContactId("c0"))]


def test_a_contact_without_a_leg_is_not_looked_for_at_the_switch(
    centre: Centre, switch: Switch
) -> None:
    centre.say(
        ContactArrived(
            at=at(0),
            contact=C1,
            leg=CUSTOMER,
            dialled=DIRECT,
            caller="visitor",
            channel=Channel.CHAT,
        )
    )
    assert C1 in centre.state.contacts
    centre.now = 30
    assert found(centre, switch) == []
    assert unheard_music(centre.state) == []


def test_of_several_that_ring_the_one_that_was_picked_up_counts(switch: Switch) -> None:
    # Given a caller for whom two agents are rung, and the second one picked up unheard
    centre = Centre(a_routing(a_queue(SALES, strategy=RingStrategy.RING_ALL)))
    centre.restarts("g1")
    centre.signs_in(ANNA)
    centre.signs_in(BEN)
    switch.registered.add(Endpoint(f"ag-{BEN}"))
    centre.calls("c1")
    assert len(centre.contact("c1").offers) == 2
    switch.holds(CUSTOMER)
    switch.holds(centre.offer_to(ANNA).leg, up=False)
    switch.holds(centre.offer_to(BEN).leg)
    answered = LegAnswered(at=at(0), leg=centre.offer_to(BEN).leg)
    assert told(centre, switch) == [answered]
