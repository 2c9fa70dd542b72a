"""What the world must do because of each fact; most facts ask for nothing."""

from typing import TypeVar

import msgspec
import pytest

from lianxi.engine.core import Engine
from lianxi.engine.effects import RESTORED_RING, effects
from lianxi.engine.messages.agent_events import AgentCame, AgentMoved, AgentWent
from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.calling import (
    CallAnswered,
    CallDialled,
    CallPlaced,
    CallRerouted,
    DialOut,
)
from lianxi.engine.messages.commands import (
    AlertAgent,
    AnswerCustomer,
    AnyCommand,
    CloseContact,
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PauseRecording,
    PlayPrompts,
    ProvisionDevice,
    ResumeCustomer,
    ResumeRecording,
    RetireDevice,
    RingAgent,
    StartMusic,
    StopPrompts,
)
from lianxi.engine.messages.dialing import (
    DialEnded,
    DialNumber,
    DialRerouted,
    DialStarted,
    DropDial,
)
from lianxi.engine.messages.events import (
    AgentLegAnswered,
    AgentLegAsked,
    AgentLegFailed,
    AgentLegLost,
    AnyEvent,
    ContactBegan,
    ContactEnded,
    ContactQueued,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    PromptBegan,
    PromptEnded,
    RoutingChanged,
)
from lianxi.engine.messages.fax import FaxBegan, FaxBrokeOff, FaxDialled, ReceiveFax, SendFax
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CancelRequest,
    CheckIdentity,
    FindCustomer,
    HideDigits,
    RecordVoicemail,
    ShowDigits,
    TransferOut,
)
from lianxi.engine.messages.flowing import (
    CustomerAsked,
    DigitsHidden,
    DigitsShown,
    HttpAsked,
    IdentityAsked,
    RequestCancelled,
    TransferOutAsked,
    VoicemailBegan,
)
from lianxi.engine.messages.holding import ContactHeld, ContactResumed, HoldAlarmed
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.monitoring import (
    CallMonitor,
    EndMonitor,
    MonitorBegan,
    MonitorEnded,
    MonitorTakenOver,
    MonitorTuned,
    TakeOver,
    TuneMonitor,
)
from lianxi.engine.messages.parties import (
    Arrange,
    CallParty,
    ContactHandedOver,
    PartyAsked,
    PartyLeft,
    TalkArranged,
)
from lianxi.engine.messages.pausing import RecordingPaused, RecordingResumed
from lianxi.engine.messages.recordings import RecordingBegan, StartRecording
from lianxi.engine.messages.trunks import ArrangeTrunks, ContactBlocked, TurnAway
from lianxi.engine.messages.values import OfferOutcome
from lianxi.kernel.ids import Endpoint, LegId
from lianxi.kernel.time import Instant
from tests.builders.centre import ANNA, Centre, at
from tests.builders.examples import example_of
from tools.reference import members

pytestmark = pytest.mark.unit

E = TypeVar("E", bound=Event)
LEG, CUSTOMER = LegId("agent-leg"), LegId("customer-leg")


def of(kind: type[E], **facts: object) -> E:
    """An event of this kind with these facts, all others filled with anything."""
    return msgspec.structs.replace(example_of(kind), **facts)


def asked_by(event: Event) -> list[str]:
    """Names of the commands, in order."""
    return [type(command).__name__ for command in effects(event)]


COMMANDS: list[tuple[Event, list[type[Command]]]] = [
    (of(ContactBegan), [AnswerCustomer]),
    (of(PromptBegan), [PlayPrompts]),
    (of(PromptEnded, cut=True, music=False), [StopPrompts]),
    (of(PromptEnded, cut=False, music=True), [StartMusic]),
    (of(PromptEnded, cut=False, music=False), []),
    (of(ContactQueued, recovered=False), [StartMusic]),
    (of(ContactQueued, recovered=True), [HoldCustomer]),
    (of(ContactHeld), [HoldCustomer]),
    (of(HoldAlarmed, agent_leg=LEG), [AlertAgent]),
    (of(RecordingPaused), [PauseRecording]),
    (of(RecordingResumed), [ResumeRecording]),
    (of(HoldAlarmed, agent_leg=None), []),
    (of(ContactResumed, recalled=True, agent_leg=LEG), [AlertAgent, ResumeCustomer]),
    (of(ContactResumed, agent_leg=None), [ResumeCustomer]),
    (of(ContactEnded, agent_leg=None), [CloseContact]),
    (of(ContactEnded, leg=LegId(""), agent_leg=None), []),
    (of(ContactQueued, media=False, recovered=False), []),
    (of(ContactBegan, leg=LegId("")), []),
    (of(OfferMade, leg=LegId("")), []),
    (of(ContactTransferred, agent_leg=LEG), [DropLeg, HoldCustomer]),
    (of(ContactTransferred, agent_leg=None), [HoldCustomer]),
    (of(ContactEnded, agent_leg=LEG), [CloseContact, DropLeg]),
    (of(OfferMade), [RingAgent]),
    (of(OfferAccepted), [JoinLegs]),
    (of(OfferEnded, outcome=OfferOutcome.ANSWERED), []),
    (of(OfferEnded, outcome=OfferOutcome.REFUSED, customer_leg=None), [DropLeg]),
    (
        of(OfferEnded, outcome=OfferOutcome.JOIN_FAILED, customer_leg=CUSTOMER),
        [DropLeg, HoldCustomer],
    ),
    (of(AgentLegLost, agent_leg=LEG), [DropLeg, HoldCustomer, PlayPrompts]),
    (of(AgentLegLost, agent_leg=None), [HoldCustomer, PlayPrompts]),
    (of(AgentLegAsked), [RingAgent]),
    (of(AgentLegAnswered), [JoinLegs]),
    (of(AgentLegFailed, customer_leg=None), [DropLeg]),
    (of(AgentLegFailed, customer_leg=CUSTOMER), [DropLeg, HoldCustomer]),
    (of(AgentCame), [ProvisionDevice]),
    (
        of(AgentMoved, endpoint=Endpoint("new"), former_endpoint=Endpoint("old")),
        [RetireDevice, ProvisionDevice],
    ),
    (of(AgentMoved, endpoint=Endpoint("same"), former_endpoint=Endpoint("same")), []),
    (of(AgentWent), [RetireDevice]),
    (of(RoutingChanged), [ArrangeTrunks]),
    (of(ContactBlocked, leg=LegId("1.5")), [TurnAway]),
    (of(ContactBlocked, leg=LegId("")), []),
    (of(DigitsHidden), [HideDigits]),
    (of(DigitsShown), [ShowDigits]),
    (of(HttpAsked), [AskHttp]),
    (of(CustomerAsked), [FindCustomer]),
    (of(VoicemailBegan), [RecordVoicemail]),
    (of(FaxBegan), [ReceiveFax]),
    (of(FaxDialled), [SendFax]),
    (of(FaxBrokeOff), [DropLeg]),
    (of(TransferOutAsked), [TransferOut]),
    (of(RequestCancelled), [CancelRequest]),
    (of(PartyAsked), [RingAgent]),
    (of(PartyAsked, agent=None), [CallParty]),
    (of(PartyLeft), [DropLeg]),
    (of(TalkArranged), [Arrange]),
    (of(ContactHandedOver), [DropLeg]),
    (of(ContactHandedOver, agent_leg=None), []),
    (of(MonitorBegan), [CallMonitor]),
    (of(MonitorTuned), [TuneMonitor]),
    (of(MonitorEnded), [EndMonitor]),
    (of(MonitorTakenOver), [TakeOver]),
    (of(CallPlaced), [RingAgent]),
    (of(CallDialled, to=None), [DialOut]),
    (of(CallDialled, to=ANNA), [RingAgent]),
    (of(CallRerouted), [DialOut]),
    (of(CallAnswered), [JoinLegs]),
    (of(RecordingBegan), [StartRecording]),
    (of(IdentityAsked), [CheckIdentity]),
    (of(DialStarted), [DialNumber]),
    (of(DialRerouted), [DialNumber]),
    (of(DialEnded, hang_up=True), [DropDial]),
    (of(DialEnded, hang_up=False), []),
]

TALKATIVE = {type(event) for event, _ in COMMANDS}
SILENT = [kind for kind in members(AnyEvent) if kind not in TALKATIVE]


@pytest.mark.parametrize(
    ("event", "commands"),
    COMMANDS,
    ids=[f"{type(event).__name__}-{n}" for n, (event, _) in enumerate(COMMANDS)],
)
def test_a_fact_asks_for_its_commands_in_order(event: Event, commands: list[type[Command]]) -> None:
    assert asked_by(event) == [kind.__name__ for kind in commands]


@pytest.mark.parametrize("kind", SILENT, ids=lambda kind: kind.__name__)
def test_a_fact_that_only_changes_the_state_asks_for_nothing(kind: type[Event]) -> None:
    assert effects(example_of(kind)) == []


def test_every_command_is_asked_for_by_some_fact() -> None:
    assert {kind for _, kinds in COMMANDS for kind in kinds} == set(members(AnyCommand))


def test_a_device_rings_as_long_as_its_offer_stands() -> None:
    (ring,) = effects(of(OfferMade, at=at(10), expires_at=at(30)))
    assert isinstance(ring, RingAgent)
    assert ring.ring == 20_000


def test_a_restored_leg_rings_without_an_offer_for_ten_seconds() -> None:
    (ring,) = effects(of(AgentLegAsked))
    assert isinstance(ring, RingAgent)
    assert (ring.offer, ring.ring) == (None, RESTORED_RING)


def test_the_bad_leg_is_dropped_and_the_good_one_kept() -> None:
    ended = of(OfferEnded, outcome=OfferOutcome.JOIN_FAILED, leg=LEG, customer_leg=CUSTOMER)
    dropped, held = effects(ended)
    assert isinstance(dropped, DropLeg)
    assert isinstance(held, HoldCustomer)
    assert (dropped.leg, held.leg) == (LEG, CUSTOMER)


def test_a_replayed_day_asks_for_nothing() -> None:
    centre = Centre()
    # Given a day with a call, its wrap-up and a device that rings
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    centre.completes(ANNA, "c1")
    centre.calls("c2")
    # When another Driver rebuilds the switchboard and the clock ticks
    rebuilt = Engine(centre.journal)
    # Then no fact follows, so nothing is asked for a second time
    assert rebuilt.step(Tick(at=Instant(0))) == []
    assert rebuilt.state == centre.state
