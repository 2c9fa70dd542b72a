"""What random days found, each as the shortest story of its own."""

import pytest
from msgspec.structs import replace

from lianxi.engine.dialer.outlook import free_agents
from lianxi.engine.messages.agent_inputs import (
    CallbackAsked,
    ContactPulled,
    OfferTaken,
    TransferAsked,
)
from lianxi.engine.messages.calling import CallingRule
from lianxi.engine.messages.commands import StartMusic
from lianxi.engine.messages.events import (
    ContactBegan,
    ContactConnected,
    ContactEnded,
    OfferMade,
)
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.parties import ConsultAsked, Target
from lianxi.engine.messages.recordings import LegQualityMeasured, LegQualityTold
from lianxi.engine.messages.routing import (
    AgentSetup,
    Capacity,
    Destination,
    Load,
    NumberRule,
    OverflowRule,
    Queue,
    Routing,
)
from lianxi.engine.messages.values import Channel, OverflowWhen, Phase, RingStrategy
from lianxi.engine.snapshot import frozen, thawed
from lianxi.kernel.ids import AgentId, ContactId, FlowId, LegId, PromptName, QueueId
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, Centre, a_queue, a_routing, at, only

pytestmark = pytest.mark.unit

TEXT = "5001"
"""An address that leads straight into the sales queue."""

BOTH = Capacity(
    combinations=((Load(channel=Channel.VOICE, most=1), Load(channel=Channel.CHAT, most=1)),)
)


def routing(*queues: Queue, capacity: Capacity = BOTH) -> Routing:
    """Sales with an address for texts; everybody may take a call and a chat at once."""
    made = a_routing(*(queues or (a_queue(SALES), a_queue(SERVICE))))
    agents = tuple(replace(agent, capacity=capacity) for agent in made.agents)
    numbers = (*made.numbers, NumberRule(number=TEXT, queue=SALES))
    return replace(made, agents=agents, numbers=numbers)


def writes(centre: Centre, name: str, channel: Channel = Channel.CHAT) -> None:
    """A customer who has no leg at the switch."""
    centre.say(
        ContactArrived(
            at=at(centre.now),
            contact=ContactId(name),
            leg=LegId(""),
            dialled=TEXT,
            caller="13800138000",
            channel=channel,
        )
    )


def takes(centre: Centre, agent: AgentId) -> None:
    """The agent takes the text that is offered."""
    offer = centre.facts(OfferMade)[-1]
    centre.say(OfferTaken(at=at(centre.now), agent=agent, offer=offer.offer))


def test_a_mail_that_a_rule_sends_into_a_flow_ends_instead_of_hanging() -> None:
    closed = OverflowRule(when=OverflowWhen.NO_AGENTS, to=Destination(flow=FlowId("welcome")))
    centre = Centre(routing(a_queue(SALES, overflow=(closed,))))
    writes(centre, "m1", Channel.EMAIL)
    assert only(list(centre.journal), ContactEnded).contact == "m1"


def test_a_chat_to_an_unknown_address_ends_instead_of_hanging() -> None:
    centre = Centre(replace(routing(), numbers=()))
    writes(centre, "m1")
    assert only(list(centre.journal), ContactEnded).contact == "m1"


def test_a_queue_that_overflows_into_itself_does_not_go_round_for_ever() -> None:
    itself = OverflowRule(when=OverflowWhen.NO_AGENTS, to=Destination(queue=SALES))
    centre = Centre(routing(a_queue(SALES, overflow=(itself,))))
    centre.calls("c1")
    centre.wait(120)
    assert centre.phase("c1") is Phase.WAITING


def test_two_callbacks_of_one_caller_are_two_contacts() -> None:
    centre = Centre(routing())
    centre.calls("c1")
    asked = CallbackAsked(at=at(1), contact=ContactId("c1"), number="13900000001")
    centre.say(asked)
    centre.calls("c2")
    centre.say(replace(asked, contact=ContactId("c2"), number="13900000002"))
    later = CallbackAsked(
        at=at(2), contact=ContactId("c1"), number="13900000003", queue=QueueId("service")
    )
    centre.say(later)
    promised = [event.callback for event in centre.facts(CallbackRegistered)]
    begun = [e.contact for e in centre.facts(ContactBegan) if e.channel is Channel.CALLBACK]
    assert len(promised) == len(set(promised))
    assert begun == promised


def test_a_callback_that_moved_to_another_queue_may_be_asked_for_again() -> None:
    centre = Centre(routing())
    centre.calls("c1")
    centre.say(CallbackAsked(at=at(1), contact=ContactId("c1"), number="13900000001"))
    callback = centre.facts(CallbackRegistered)[0].callback
    to = Destination(queue=SERVICE)
    centre.say(ContactPulled(at=at(2), contact=callback, to=to, by="7001"))
    centre.hangs_up(str(callback))
    assert centre.state.callbacks == {}


def test_a_chat_handed_on_may_come_back_to_the_same_agent() -> None:
    centre = Centre(routing())
    centre.signs_in(ANNA)
    writes(centre, "m1")
    takes(centre, ANNA)
    to = Destination(queue=SALES)
    centre.say(TransferAsked(at=at(5), agent=ANNA, contact=ContactId("m1"), to=to))
    takes(centre, ANNA)
    assert [event.agent for event in centre.facts(ContactConnected)] == [ANNA, ANNA]
    assert centre.agent(ANNA).texts[ContactId("m1")].wrap_up is None


def test_an_agent_on_the_shelf_stands_there_by_the_newest_key() -> None:
    """Taking a chat counts for serving calls in turn; a thawed snapshot must say the same."""
    centre = Centre(routing(a_queue(SALES, strategy=RingStrategy.ROUND_ROBIN)))
    centre.signs_in(ANNA)
    writes(centre, "m1")
    assert thawed(frozen(centre.state)).floor == centre.state.floor


def test_nobody_waits_for_an_agent_who_is_configured_no_more() -> None:
    centre = Centre(routing())
    centre.signs_in(ANNA)
    now = routing()
    others: tuple[AgentSetup, ...] = tuple(a for a in now.agents if a.id != ANNA)
    queues = tuple(replace(queue, last_agent=60_000) for queue in now.queues)
    centre.publishes(replace(now, version=2, agents=others, queues=queues))
    centre.say(
        ContactArrived(
            at=at(1),
            contact=ContactId("m1"),
            leg=LegId(""),
            dialled=TEXT,
            caller="1",
            channel=Channel.SMS,
            wanted=ANNA,
        )
    )
    assert centre.facts(OfferMade) == []


def test_music_goes_on_when_a_notice_ends_while_the_agent_asks_a_colleague() -> None:
    calling = CallingRule(notice=(PromptName("recorded"),))
    centre = CallingCentre(replace(a_routing(a_queue(SALES)), calling=calling))
    centre.signs_in(ANNA, ready=False)
    centre.signs_in(BEN)
    call = centre.talks_to(ANNA, None)
    # Given the agent turns to a colleague while the customer is told of the recording
    asked = ConsultAsked(at=at(centre.now), agent=ANNA, contact=call.contact, to=Target(agent=BEN))
    centre.say(asked)
    # When the words are over
    centre.hears_all(call.contact)
    assert centre.commands[-1] == StartMusic(contact=call.contact, leg=call.leg)


def test_a_leg_of_a_call_that_is_over_is_no_news_until_its_end() -> None:
    centre = Centre()
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    bad = LegQualityMeasured(
        at=at(1), contact=ContactId("c1"), leg=LegId("c1-leg"), loss=0.4, jitter_ms=0.0,
        round_trip_ms=0.0, packets=5_000,
    )  # fmt: skip
    assert centre.say(bad) == []
    (told,) = centre.say(replace(bad, is_last=True))
    assert isinstance(told, LegQualityTold)
    assert centre.state.bad_legs == {}


def test_nobody_is_free_for_a_queue_that_is_no_more_also_where_somebody_still_stood_in_it() -> None:
    """A new Driver, which never saw who stood there, must say the same."""
    staff: dict[AgentId, tuple[QueueId, ...]] = {ANNA: (SALES, SERVICE)}
    centre = Centre(a_routing(a_queue(SALES), a_queue(SERVICE), agents=staff))
    centre.calls("c1")
    # Given a queue goes with a caller in it, and somebody whose queues still name it is free
    centre.publishes(replace(a_routing(a_queue(SERVICE), agents=staff), version=2))
    centre.signs_in(ANNA)
    assert centre.state.floor.free_in(SALES) == 0
    assert free_agents(SALES, centre.state) == ()
    assert free_agents(SERVICE, centre.state) == (ANNA,)
