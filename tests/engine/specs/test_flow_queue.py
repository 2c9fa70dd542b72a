"""From a flow into a queue: what the flow adds to the contact's wishes."""

import msgspec
import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.commands import PlayPrompts
from lianxi.engine.messages.events import ContactEnded, ContactQueued, OfferMade, PromptBegan
from lianxi.engine.messages.expressions import Variable
from lianxi.engine.messages.flow import (
    AnyNode,
    HangUpNode,
    MenuNode,
    PlayNode,
    QueueNode,
    TransferNode,
)
from lianxi.engine.messages.flow_values import SkillNeed, ToAgent
from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.routing import Destination, OverflowRule
from lianxi.engine.messages.values import Channel, OverflowWhen
from lianxi.kernel.ids import ContactId, FlowId, LegId, QueueId, SkillName
from tests.builders.centre import (
    ANNA,
    BEN,
    OPERATOR,
    SALES,
    SERVICE,
    Centre,
    a_queue,
    at,
    kinds,
    only,
)
from tests.builders.flows import HELLO, HOTLINE, a_flow, a_routing_of, called, const, n, var

pytestmark = pytest.mark.unit


def staffed(node: AnyNode) -> Centre:
    """A centre whose hotline begins at this node, with two agents ready, the first for longer."""
    centre = Centre(a_routing_of(a_flow({"start": node})))
    centre.signs_in(ANNA)
    centre.now = 1
    centre.signs_in(BEN)
    centre.now = 2
    return centre


def offered_to(events: list[Event]) -> str:
    return only(events, OfferMade).agent


def test_priority_is_added_to_the_queues_own() -> None:
    _, events = called({"start": QueueNode(queue=SALES, prompts=(), priority=3)})
    assert only(events, ContactQueued).priority == 3


def waited_twice() -> list[ContactQueued]:
    """Somebody of priority 1 waits 30 s each in sales, to which the first flow adds 3; in service,
    to which the second adds 2; and then for the operator, to which the third adds nothing."""
    flows = [
        a_flow({"start": QueueNode(queue=SALES, prompts=(), priority=3)}),
        a_flow({"start": QueueNode(queue=SERVICE, prompts=(), priority=2)}, name="second"),
        a_flow({"start": QueueNode(queue=OPERATOR, prompts=())}, name="third"),
    ]

    def after_half_a_minute(flow: str) -> tuple[OverflowRule, ...]:
        to = Destination(flow=FlowId(flow))
        return (OverflowRule(when=OverflowWhen.WAITED, threshold=30_000, to=to),)

    queues = (
        a_queue(SALES, overflow=after_half_a_minute("second")),
        a_queue(SERVICE, overflow=after_half_a_minute("third")),
        a_queue(OPERATOR),
    )
    centre = Centre(msgspec.structs.replace(a_routing_of(*flows), queues=queues))
    arrived = ContactArrived(
        at=at(0),
        contact=ContactId("c1"),
        leg=LegId("c1-leg"),
        dialled=HOTLINE,
        caller="13800138000",
        priority=1,
    )
    centre.say(arrived)
    centre.wait(30)
    centre.wait(30)
    return centre.facts(ContactQueued)


def test_the_priority_of_the_next_step_takes_the_place_of_the_one_before() -> None:
    assert [(e.queue, e.priority) for e in waited_twice()] == [
        (SALES, 1 + 3),
        (SERVICE, 1 + 2),
        (OPERATOR, 1),
    ]


def test_acd_29_the_age_in_line_is_kept_over_menus_between_the_queues() -> None:
    """https://github.com/MicrosoftDocs/OfficeDocs-SkypeForBusiness/issues/9902"""
    assert [(e.at, e.since) for e in waited_twice()] == [
        (at(0), at(0)),
        (at(30), at(0)),
        (at(60), at(0)),
    ]


def test_skills_that_are_needed_stand_with_the_entry() -> None:
    needs = (SkillNeed(skill=SkillName("english"), level=5),)
    _, events = called({"start": QueueNode(queue=SALES, prompts=(), needs=needs)})
    assert only(events, ContactQueued).needs == needs


def test_a_wanted_agent_comes_before_the_longest_idle() -> None:
    anybody = staffed(QueueNode(queue=SALES, prompts=()))
    assert offered_to(anybody.calls("c1", HOTLINE)) == ANNA
    ben = staffed(QueueNode(queue=SALES, prompts=(), wanted=const(str(BEN))))
    assert offered_to(ben.calls("c1", HOTLINE)) == BEN


def test_a_wanted_agent_who_is_not_there_is_not_waited_for() -> None:
    centre = staffed(QueueNode(queue=SALES, prompts=(), wanted=const("8003")))
    assert offered_to(centre.calls("c1", HOTLINE)) == ANNA
    nobody = QueueNode(queue=SALES, prompts=(), wanted=var("agent"))
    centre, events = called({"start": nobody}, variables=(Variable(name="agent"),))
    assert only(events, ContactQueued).wanted is None


def test_a_transfer_to_an_agent_is_offered_to_that_agent() -> None:
    centre = staffed(TransferNode(to=ToAgent(agent=BEN, queue=SERVICE), prompts=()))
    events = centre.calls("c1", HOTLINE)
    assert offered_to(events) == BEN
    assert only(events, ContactQueued).queue == SERVICE


def writes(node: AnyNode) -> tuple[Centre, list[Event]]:
    """Somebody comes by chat to a flow that was made for calls."""
    centre = Centre(a_routing_of(a_flow({"start": node})))
    arrived = ContactArrived(
        at=at(0),
        contact=ContactId("c1"),
        leg=LegId(""),
        dialled=HOTLINE,
        caller="web",
        channel=Channel.CHAT,
    )
    return centre, centre.say(arrived)


def test_who_cannot_hear_is_not_kept_by_words() -> None:
    centre, events = writes(PlayNode(prompts=HELLO, next=n("sales")))
    assert only(events, ContactQueued).queue == SALES
    assert not any(isinstance(c, PlayPrompts) for c in centre.commands)
    assert "ContactEnded" in kinds(writes(HangUpNode(prompts=HELLO))[1])
    _, events = writes(QueueNode(queue=QueueId("nowhere")))
    assert only(events, ContactEnded).contact == "c1"


def test_who_cannot_press_keys_takes_the_default_way_of_a_menu() -> None:
    menu = MenuNode(prompts=HELLO, choices=(), default=n("sales"), retries=0)
    centre, _ = writes(menu)
    assert only(centre.wait(5), ContactQueued).queue == SALES


def test_a_queue_that_is_gone_is_told_to_callers() -> None:
    _, events = called({"start": QueueNode(queue=QueueId("nowhere"))})
    assert only(events, PromptBegan).prompts == ("sorry_all_lines",)
