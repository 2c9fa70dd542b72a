"""What the world does because of commands and facts: switch, callers, agents. Late, wrong or never.

A new command or event is added by one function in the table.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.commands import (
    CloseContact,
    DropLeg,
    JoinLegs,
    PlayPrompts,
    ProvisionDevice,
    RetireDevice,
    RingAgent,
)
from lianxi.engine.messages.events import (
    AgentCame,
    AgentDeviceChanged,
    AgentIntentChanged,
    AgentLegLost,
    AgentLinkChanged,
    AgentWent,
    ContactBegan,
    ContactConnected,
    ContactHeld,
    InputAwaited,
    WrapUpBegan,
)
from lianxi.engine.messages.inputs import (
    AgentLinkBack,
    AgentSignedIn,
    AgentStateAsked,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    HangUpAsked,
    HoldAsked,
    JoinFailed,
    LegAnswered,
    LegAsked,
    LegEnded,
    LegJoined,
    LegRinging,
    OfferRefused,
    PlaybackEnded,
    ResumeAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause
from lianxi.kernel.ids import Endpoint

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
DIGITS = "1122345"
DEVICES = list(DeviceKind)
CODES = ("other", "sold", "", "no_such_code")


# --- the switch performs


def ringing(world: "World", command: RingAgent) -> None:
    """The device rings and is answered, or one of the other things that happen to devices."""
    draw = world.random.random()
    leg = command.leg
    world.legs.append(leg)
    if len(world.legs) > 40:
        del world.legs[:20]
    world.expect(LegRinging(at=world.after(20, 900), leg=leg))
    if draw < 0.62:
        world.expect(LegAnswered(at=world.after(300, 5_500), leg=leg))
    elif draw < 0.70:
        world.expect(LegJoined(at=world.after(300, 5_500), contact=command.contact, leg=leg))
    elif draw < 0.85:
        cause = world.random.choice(ENDINGS)
        world.expect(LegEnded(at=world.after(20, 25_000), leg=leg, cause=cause))
    elif draw < 0.92 and command.offer is not None:
        world.expect(
            OfferRefused(at=world.after(500, 9_000), offer=command.offer, agent=command.agent)
        )


def joining(world: "World", command: JoinLegs) -> None:
    """Media flows; sometimes it does not, sometimes nobody says."""
    draw = world.random.random()
    contact, leg = command.contact, command.leg
    if draw < 0.9:
        world.expect(LegJoined(at=world.after(10, 400), contact=contact, leg=leg))
    elif draw < 0.96:
        world.expect(JoinFailed(at=world.after(10, 400), contact=contact, leg=leg))


def playing(world: "World", command: PlayPrompts) -> None:
    """It comes to its end, or a key is pressed meanwhile."""
    contact = command.contact
    if world.sometimes(0.2):
        digit = world.random.choice(DIGITS)
        world.expect(DigitPressed(at=world.after(100, 4_000), contact=contact, digit=digit))
    world.expect(
        PlaybackEnded(
            at=world.after(500, 8_000),
            contact=contact,
            playback=command.playback,
            failed=world.sometimes(0.05),
        )
    )


def dropping(world: "World", command: DropLeg) -> None:
    """The switch says that the leg is gone."""
    world.expect(LegEnded(at=world.after(5, 200), leg=command.leg, cause=LegCause.NORMAL))


def closing(world: "World", command: CloseContact) -> None:
    """The switch says that the caller is gone."""
    world.expect(ContactGone(at=world.after(5, 200), contact=command.contact))


def provisioning(world: "World", command: ProvisionDevice) -> None:
    """The device registers."""
    world.expect(DeviceChanged(at=world.after(20, 800), endpoint=command.endpoint, registered=True))


def retiring(world: "World", command: RetireDevice) -> None:
    """The device goes away."""
    world.expect(
        DeviceChanged(at=world.after(20, 800), endpoint=command.endpoint, registered=False)
    )


# --- callers and agents act


def came_in(world: "World", event: ContactBegan) -> None:
    """Patience ends some time."""
    longest = 20_000 if world.sometimes(0.3) else 400_000
    world.expect(ContactGone(at=world.after(100, longest), contact=event.contact))


def awaited(world: "World", event: InputAwaited) -> None:
    """A key, or silence."""
    if world.sometimes(0.8):
        digit = world.random.choice(DIGITS)
        world.expect(DigitPressed(at=world.after(100, 6_000), contact=event.contact, digit=digit))


def connected(world: "World", event: ContactConnected) -> None:
    """They talk; on the way hold and a note; in the end somebody hangs up."""
    agent, contact = event.agent, event.contact
    if world.sometimes(0.25):
        world.expect(HoldAsked(at=world.after(500, 20_000), agent=agent, contact=contact))
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


def held(world: "World", event: ContactHeld) -> None:
    """The customer comes back, mostly."""
    if world.sometimes(0.9):
        at = world.after(500, 20_000)
        world.expect(ResumeAsked(at=at, agent=event.agent, contact=event.contact))


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


ON_COMMAND: dict[type[Command], Callable[["World", Any], None]] = {
    RingAgent: ringing,
    JoinLegs: joining,
    PlayPrompts: playing,
    DropLeg: dropping,
    CloseContact: closing,
    ProvisionDevice: provisioning,
    RetireDevice: retiring,
}

ON_EVENT: dict[type[Event], Callable[["World", Any], None]] = {
    ContactBegan: came_in,
    InputAwaited: awaited,
    ContactConnected: connected,
    ContactHeld: held,
    WrapUpBegan: wrapping,
    AgentCame: signed_in,
    AgentWent: signed_out,
    AgentIntentChanged: intent_changed,
    AgentDeviceChanged: device_changed,
    AgentLegLost: leg_lost,
    AgentLinkChanged: link_changed,
}
