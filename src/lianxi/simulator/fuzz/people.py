"""What callers and agents do because of facts. A new one is added by one function in the table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lianxi.engine.messages.agent_events import (
    AgentCame,
    AgentDeviceChanged,
    AgentIntentChanged,
    AgentLinkChanged,
    AgentWent,
    WrapUpBegan,
)
from lianxi.engine.messages.agent_inputs import (
    AgentLinkBack,
    AgentSignedIn,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    OfferRefused,
    OfferTaken,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
    TransferAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.dialing import PreviewMade
from lianxi.engine.messages.events import (
    AgentLegLost,
    ContactBegan,
    ContactConnected,
    InputAwaited,
    OfferMade,
)
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.floor_events import AgentRests
from lianxi.engine.messages.helping import AgentHelpAsked, HelpTaken
from lianxi.engine.messages.holding import ContactHeld
from lianxi.engine.messages.inputs import ContactGone, DeviceChanged, DigitPressed, LegEnded
from lianxi.engine.messages.parties import PartyAsked, PartyJoined
from lianxi.engine.messages.pausing import RecordingPaused
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause
from lianxi.kernel.ids import Endpoint
from lianxi.simulator.fuzz.centre import anywhere
from lianxi.simulator.fuzz.conferring import asked, joined
from lianxi.simulator.fuzz.conferring import connected as advised
from lianxi.simulator.fuzz.dialing import previewed
from lianxi.simulator.fuzz.listening import a_lead

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

ENDINGS = (
    LegCause.BUSY,
    LegCause.NO_ANSWER,
    LegCause.REJECTED,
    LegCause.UNREACHABLE,
    LegCause.FAILED,
    LegCause.NORMAL,
)
ANSWERS: tuple[dict[str, Value], ...] = (
    {},
    {"status": "sent", "count": 2, "name": "王"},
    {"status": 5, "count": "x"},
)
DIGITS = "1112223345#*"
DEVICES = list(DeviceKind)
CODES = ("other", "sold", "", "no_such_code")


def came_in(world: "World", event: ContactBegan) -> None:
    """Patience ends some time."""
    longest = 20_000 if world.sometimes(0.3) else 400_000
    world.expect(ContactGone(at=world.after(100, longest), contact=event.contact))


def awaited(world: "World", event: InputAwaited) -> None:
    """A key, or silence."""
    if world.sometimes(0.8):
        for digit in world.random.choices(DIGITS, k=world.random.randint(1, 3)):
            at = world.after(100, 6_000)
            world.expect(DigitPressed(at=at, contact=event.contact, digit=digit))


def connected(world: "World", event: ContactConnected) -> None:
    """They talk; on the way hold and a note; in the end somebody hangs up."""
    agent, contact = event.agent, event.contact
    advised(world, event)
    if world.sometimes(0.25):
        world.expect(HoldAsked(at=world.after(500, 20_000), agent=agent, contact=contact))
    if world.sometimes(0.15):
        at = world.after(500, 20_000)
        world.expect(RecordingPauseAsked(at=at, agent=agent, contact=contact))
    if world.sometimes(0.1):
        queues = tuple(queue.id for queue in world.first_routing.queues)
        to = anywhere(queues, world.random)
        at = world.after(500, 20_000)
        world.expect(TransferAsked(at=at, agent=agent, contact=contact, to=to))
    if world.sometimes(0.2):
        code = world.random.choice(CODES)
        world.expect(
            WrapUpNoted(at=world.after(500, 60_000), agent=agent, contact=contact, disposition=code)
        )
    draw = world.random.random()
    at = world.after(1_000, 60_000)
    if draw < 0.4:
        world.expect(HangUpAsked(at=at, agent=agent, contact=contact))
    elif draw < 0.75:
        world.expect(ContactGone(at=at, contact=contact))
    elif draw < 0.95:
        cause = LegCause.NORMAL if world.sometimes(0.6) else LegCause.FAILED
        world.expect(LegEnded(at=at, leg=event.leg, cause=cause))


def offered(world: "World", event: OfferMade) -> None:
    """Work without a call is taken or declined at the desk."""
    if event.leg:
        return
    at = world.after(300, 6_000)
    draw = world.random.random()
    if draw < 0.75:
        world.expect(OfferTaken(at=at, offer=event.offer, agent=event.agent))
    elif draw < 0.9:
        world.expect(OfferRefused(at=at, offer=event.offer, agent=event.agent))


def rests(world: "World", event: AgentRests) -> None:
    """Somebody who missed an offer wants to go on at once."""
    if world.sometimes(0.2):
        at = world.after(100, 3_000)
        world.expect(AgentStateAsked(at=at, agent=event.agent, to=Intent.READY))


def held(world: "World", event: ContactHeld) -> None:
    """The customer comes back, mostly."""
    if world.sometimes(0.9):
        at = world.after(500, 20_000)
        world.expect(ResumeAsked(at=at, agent=event.agent, contact=event.contact))


def asks_help(world: "World", event: AgentHelpAsked) -> None:
    """A supervisor who is free comes, mostly."""
    if world.sometimes(0.7):
        at = world.after(100, 6_000)
        world.expect(HelpTaken(at=at, by=a_lead(world), agent=event.agent))


def paused(world: "World", event: RecordingPaused) -> None:
    """The card number is said; sometimes nobody thinks of it any more."""
    if world.sometimes(0.7):
        at = world.after(200, 20_000)
        asked = RecordingResumeAsked(at=at, agent=event.agent, contact=event.contact)
        world.expect(asked)


def wrapping(world: "World", event: WrapUpBegan) -> None:
    """A code, more time, or nothing until the time is over."""
    agent, contact = event.agent, event.contact
    if world.sometimes(0.2):
        world.expect(WrapUpExtended(at=world.after(100, 8_000), agent=agent, contact=contact))
    if world.sometimes(0.9):
        then = world.random.choice((None, None, Intent.READY, Intent.NOT_READY))
        for code in world.random.sample(CODES, 2):
            world.expect(
                WrapUpFinished(
                    at=world.after(500, 20_000),
                    agent=agent,
                    contact=contact,
                    disposition=code,
                    then=then,
                    reason="break",
                )
            )


def signed_in(world: "World", event: AgentCame) -> None:
    """Ready to work."""
    if world.sometimes(0.9):
        at = world.after(100, 3_000)
        world.expect(AgentStateAsked(at=at, agent=event.agent, to=Intent.READY))


def signed_out(world: "World", event: AgentWent) -> None:
    """Comes back to the desk after a while."""
    world.expect(
        AgentSignedIn(
            at=world.after(1_000, 30_000),
            agent=event.agent,
            session="a",
            device=world.random.choice(DEVICES),
            endpoint=Endpoint(f"ag-{event.agent}-a"),
        )
    )


def intent_changed(world: "World", event: AgentIntentChanged) -> None:
    """Who is not ready becomes ready again."""
    if event.intent is not Intent.READY and world.sometimes(0.95):
        at = world.after(500, 30_000)
        world.expect(AgentStateAsked(at=at, agent=event.agent, to=Intent.READY))


def device_changed(world: "World", event: AgentDeviceChanged) -> None:
    """A device that went away registers again."""
    agent = world.state.agents.get(event.agent)
    if not event.registered and agent is not None:
        at = world.after(200, 10_000)
        world.expect(DeviceChanged(at=at, endpoint=agent.endpoint, registered=True))


def leg_lost(world: "World", event: AgentLegLost) -> None:
    """The page is back and wants its conversation."""
    if world.sometimes(0.8):
        world.expect(LegAsked(at=world.after(300, 12_000), agent=event.agent))


def link_changed(world: "World", event: AgentLinkChanged) -> None:
    """A desk that was lost is heard again, sometimes too late."""
    if not event.linked and world.sometimes(0.8):
        world.expect(AgentLinkBack(at=world.after(200, 150_000), agent=event.agent))


ON_EVENT: dict[type[Event], Callable[["World", Any], None]] = {
    ContactBegan: came_in,
    InputAwaited: awaited,
    ContactConnected: connected,
    ContactHeld: held,
    AgentHelpAsked: asks_help,
    RecordingPaused: paused,
    WrapUpBegan: wrapping,
    AgentCame: signed_in,
    AgentWent: signed_out,
    AgentIntentChanged: intent_changed,
    AgentDeviceChanged: device_changed,
    AgentLegLost: leg_lost,
    AgentLinkChanged: link_changed,
    PreviewMade: previewed,
    OfferMade: offered,
    AgentRests: rests,
    PartyAsked: asked,
    PartyJoined: joined,
}
