"""A customer whom the agent forgets on hold: the alarm, and the way back."""

import pytest

from lianxi.engine.messages.agent_inputs import TransferAsked
from lianxi.engine.messages.commands import AlertAgent, HoldCustomer, ResumeCustomer
from lianxi.engine.messages.holding import ContactHeld, ContactResumed, HoldAlarmed, HoldRule
from lianxi.engine.messages.routing import Destination, Queue
from lianxi.engine.messages.values import DeviceKind, LegCause, Phase
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Millis
from tests.builders.centre import (
    ANNA,
    BEN,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    a_routing,
    at,
    kinds,
    only,
)

pytestmark = pytest.mark.unit

C1, CUSTOMER = ContactId("c1"), LegId("c1-leg")
CLOCKS = ("hold:c1", "recall:c1")


def rule(alarm_s: float = 60, recall_s: float = 180) -> HoldRule:
    return HoldRule(alarm=Millis(round(alarm_s * 1000)), recall=Millis(round(recall_s * 1000)))


def talking(hold: HoldRule | None = None, device: DeviceKind = DeviceKind.BROWSER) -> Centre:
    """ANNA talks to a caller of a queue with this rule for hold."""
    queues: tuple[Queue, ...] = (a_queue(SALES, hold=hold or rule()), a_queue(SERVICE))
    centre = Centre(a_routing(*queues))
    centre.talk(ANNA, "c1", device=device)
    return centre


def clocks(centre: Centre) -> list[str]:
    armed = centre.state.timers.as_dict()
    return [name for name in CLOCKS if name in armed]


@pytest.mark.parametrize("device", list(DeviceKind))
def test_acd_36_a_forgotten_hold_is_told_and_then_ended(device: DeviceKind) -> None:
    """https://github.com/signalwire/freeswitch/issues/1140

    "We had an agent forget about the call they put on hold and the customer was on hold for a long
    time." "There should be something like a MAX_CALL_HOLD timer whereby if that expires it will
    ringback to the place it was put on hold from."
    """
    # Given a queue that warns after one minute and ends a hold after three
    centre = talking(rule(alarm_s=60, recall_s=180), device)
    leg = centre.contact("c1").agent_leg
    assert leg is not None
    # When the agent holds the customer and walks away
    centre.holds(ANNA, "c1")
    # Then after one minute agent and team lead are told, once, and the agent hears a tone
    assert centre.wait(59.9) == []
    told = only(centre.wait(0.1), HoldAlarmed)
    assert (told.agent, told.held) == (ANNA, 60_000)
    assert centre.commands[-1] == AlertAgent(contact=C1, leg=leg)
    assert centre.contact("c1").hold_alarmed
    assert centre.phase("c1") is Phase.HELD
    # And after three the customer is back in the conversation, unasked
    assert centre.wait(119.9) == []
    back = only(centre.wait(0.1), ContactResumed)
    assert (back.at, back.recalled) == (at(180), True)
    assert centre.commands[-2:] == [
        AlertAgent(contact=C1, leg=leg),
        ResumeCustomer(contact=C1, leg=CUSTOMER),
    ]
    assert centre.phase("c1") is Phase.TALKING
    assert (centre.contact("c1").held, centre.contact("c1").hold_alarmed) == (180_000, False)
    assert clocks(centre) == []


def test_who_comes_back_in_time_is_never_told() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    centre.wait(59)
    centre.resumes(ANNA, "c1")
    assert clocks(centre) == []
    assert centre.wait(600) == []
    assert not only(centre.journal, ContactResumed).recalled


def test_who_comes_back_by_choice_hears_no_tone() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    centre.wait(70)
    centre.resumes(ANNA, "c1")
    assert centre.commands[-1] == ResumeCustomer(contact=C1, leg=CUSTOMER)
    assert not isinstance(centre.commands[-2], HoldCustomer)
    assert not centre.contact("c1").hold_alarmed


def test_a_second_hold_has_the_whole_time_again() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    centre.wait(50)
    centre.resumes(ANNA, "c1")
    centre.holds(ANNA, "c1")
    assert centre.wait(59.9) == []
    assert only(centre.wait(0.1), HoldAlarmed).held == 60_000


def test_a_customer_who_was_brought_back_may_be_held_again() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    centre.wait(180)
    centre.holds(ANNA, "c1")
    assert centre.phase("c1") is Phase.HELD
    assert clocks(centre) == list(CLOCKS)
    centre.wait(180)
    assert centre.contact("c1").held == 360_000


def test_a_second_asking_does_not_begin_the_time_anew() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    centre.wait(50)
    assert centre.holds(ANNA, "c1") == []
    assert kinds(centre.wait(10)) == ["HoldAlarmed"]


def test_a_queue_without_a_rule_follows_the_centre() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.holds(ANNA, "c1")
    centres = centre.state.routing.hold
    held = only(centre.journal, ContactHeld)
    assert (held.alarm_at, held.recall_at) == (at(60), at(180))
    assert (centres.alarm, centres.recall) == (60_000, 180_000)


def test_a_rule_of_nought_warns_and_ends_never() -> None:
    centre = talking(rule(alarm_s=0, recall_s=0))
    centre.holds(ANNA, "c1")
    assert clocks(centre) == []
    assert centre.wait(7_200) == []
    assert centre.phase("c1") is Phase.HELD


def test_a_way_back_that_is_due_before_the_alarm_leaves_no_alarm() -> None:
    centre = talking(rule(alarm_s=60, recall_s=30))
    centre.holds(ANNA, "c1")
    assert kinds(centre.wait(120)) == ["ContactResumed"]


def test_a_hold_under_way_keeps_the_time_it_began_with() -> None:
    centre = talking()
    centre.holds(ANNA, "c1")
    centre.publishes(a_routing(a_queue(SALES, hold=rule(1, 2)), a_queue(SERVICE)))
    assert centre.wait(59) == []
    assert kinds(centre.wait(1)) == ["HoldAlarmed"]


def customer_hangs_up(centre: Centre) -> None:
    centre.hangs_up("c1")


def agent_hangs_up(centre: Centre) -> None:
    centre.ends(ANNA, "c1")


def page_is_gone(centre: Centre) -> None:
    centre.reloads(ANNA)


def telephone_fails(centre: Centre) -> None:
    centre.leg_ends(ANNA, LegCause.FAILED)


def switch_restarts(centre: Centre) -> None:
    centre.restarts("another")


def transferred(centre: Centre) -> None:
    to = Destination(queue=SERVICE)
    centre.say(TransferAsked(at=at(centre.now), agent=ANNA, contact=C1, to=to))


@pytest.mark.parametrize(
    "ends",
    [
        customer_hangs_up, agent_hangs_up, page_is_gone, telephone_fails, switch_restarts,
        transferred,
    ],
)  # fmt: skip
@pytest.mark.parametrize("held_s", [10, 70])
def test_whatever_ends_a_hold_ends_its_clocks(ends: object, held_s: int) -> None:
    device = DeviceKind.PHONE if ends is telephone_fails else DeviceKind.BROWSER
    centre = talking(device=device)
    centre.signs_in(BEN, ready=False)
    centre.holds(ANNA, "c1")
    centre.wait(held_s)
    assert callable(ends)
    ends(centre)
    assert clocks(centre) == []
    contact = centre.state.contacts.get(C1)
    if contact is not None:
        assert (contact.held, contact.hold_alarmed) == (held_s * 1000, False)
    told = len(centre.facts(HoldAlarmed))
    centre.wait(600)
    assert len(centre.facts(HoldAlarmed)) == told
    assert centre.facts(ContactResumed) == []
