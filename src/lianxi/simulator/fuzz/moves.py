"""What the world does of its own accord. A new kind of input is one function in a table."""

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkBack,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    FallbackSeen,
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
    RecordingProblem,
    ResumeAsked,
    RoutingPublished,
    SwitchRestarted,
    Tick,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.values import DeviceKind, Intent, LegCause
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, OfferId, PlaybackId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.centre import UNKNOWN, administered

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

CAUSES = list(LegCause)
DEVICES = list(DeviceKind)
INTENTS = list(Intent)
PAUSES_MS = (1, 1_000, 1_000, 5_000, 5_000, 20_000, 20_000, 60_000, 60_000, 600_000)
DIGITS = "0123459*"


def _at(world: "World") -> Instant:
    return Instant(world.now)


def _agent(world: "World") -> AgentId:
    """Somebody configured at first; now and then nobody."""
    if world.sometimes(0.02):
        return AgentId("8999")
    return world.random.choice(world.first_routing.agents).id


def _busy_agent(world: "World") -> AgentId:
    """Somebody in a conversation, if there is one; now and then anybody."""
    busy = [a.id for a in world.state.agents.values() if a.contact is not None]
    if not busy or world.sometimes(0.3):
        return _agent(world)
    return world.random.choice(busy)


def _contact(world: "World") -> ContactId:
    """One that is open; now and then one that is over or never was."""
    living = list(world.state.contacts)
    if not living or world.sometimes(0.1):
        return ContactId(f"c{world.random.randint(0, world.callers + 1)}")
    return world.random.choice(living)


def _contact_of(agent: AgentId, world: "World") -> ContactId:
    known = world.state.agents.get(agent)
    return known.contact if known is not None and known.contact is not None else _contact(world)


# --- sensible


def arrives(world: "World") -> list[Input]:
    """A caller, unless there are many."""
    if len(world.state.contacts) >= world.mood.busy:
        return []
    world.callers += 1
    contact = ContactId(f"c{world.callers}")
    numbers = [rule.number for rule in world.routing.numbers] or [UNKNOWN]
    return [
        ContactArrived(
            at=_at(world),
            contact=contact,
            leg=LegId(f"{contact}-leg"),
            dialled=UNKNOWN if world.sometimes(0.02) else world.random.choice(numbers),
            caller="13800138000",
            recording=f"{contact}.raw" if world.sometimes(0.3) else "",
        )
    ]


def gone(world: "World") -> list[Input]:
    """A caller hangs up at any moment."""
    cause = world.random.choice(CAUSES)
    return [ContactGone(at=_at(world), contact=_contact(world), cause=cause)]


def signs_in(world: "World") -> list[Input]:
    """A desk is taken, or taken over from another page or computer."""
    agent = _busy_agent(world)
    page = world.random.choice("aaab") if agent in world.state.agents else "a"
    return [at_the_desk(agent, world, page)]


def at_the_desk(agent: AgentId, world: "World", page: str = "a") -> AgentSignedIn:
    """An agent takes a desk."""
    return AgentSignedIn(
        at=_at(world),
        agent=agent,
        session=page,
        device=world.random.choice(DEVICES),
        endpoint=Endpoint(f"ag-{agent}-{page}"),
    )


def signs_out(world: "World") -> list[Input]:
    """The desk is left."""
    return [AgentSignedOut(at=_at(world), agent=_agent(world))]


def asks_state(world: "World") -> list[Input]:
    """Ready, a break, or something that cannot be asked for."""
    to = Intent.READY if world.sometimes(0.5) else world.random.choice(INTENTS)
    reason = world.random.choice(("break", "meal", "no_such_reason", ""))
    return [AgentStateAsked(at=_at(world), agent=_agent(world), to=to, reason=reason)]


def link_lost(world: "World") -> list[Input]:
    """A desk is not heard any more."""
    return [AgentLinkLost(at=_at(world), agent=_busy_agent(world))]


def page_reloads(world: "World") -> list[Input]:
    """The page says so; its leg ends before or after."""
    agent = _busy_agent(world)
    return [AgentLeft(at=_at(world), agent=agent)]


def forced(world: "World") -> list[Input]:
    """A supervisor sets a state."""
    to = world.random.choice((None, Intent.READY, Intent.NOT_READY, Intent.NOT_RESPONDING))
    return [AgentForced(at=_at(world), agent=_agent(world), to=to, reason="meal", by="7001")]


def holds(world: "World") -> list[Input]:
    """The customer to music and back."""
    agent = _busy_agent(world)
    contact = _contact_of(agent, world)
    kind = HoldAsked if world.sometimes(0.5) else ResumeAsked
    return [kind(at=_at(world), agent=agent, contact=contact)]


def hangs_up(world: "World") -> list[Input]:
    """The agent ends the conversation."""
    agent = _busy_agent(world)
    return [HangUpAsked(at=_at(world), agent=agent, contact=_contact_of(agent, world))]


def device(world: "World") -> list[Input]:
    """A telephone registers or is lost."""
    agent = world.state.agents.get(_agent(world))
    endpoint = Endpoint("ag-nobody") if agent is None else agent.endpoint
    return [DeviceChanged(at=_at(world), endpoint=endpoint, registered=world.sometimes(0.6))]


def administers(world: "World") -> list[Input]:
    """Another configuration, also with callers in a queue that is no more."""
    world.routing = administered(world.routing, world.first_routing, world.random)
    return [RoutingPublished(at=_at(world), routing=world.routing)]


def switch_connects(world: "World") -> list[Input]:
    """The switch is connected to; sometimes it is another one that knows nothing."""
    generation = world.state.generation or "g1"
    if world.sometimes(0.2):
        generation = f"g{world.random.randint(1, 9_999)}"
    return [SwitchRestarted(at=_at(world), generation=generation)]


def recording_fails(world: "World") -> list[Input]:
    """The disk is full, or a file is missing, also after the contact."""
    code = world.random.choice(("disk_full", "file_missing"))
    return [RecordingProblem(at=_at(world), contact=_contact(world), code=code)]


def fallback(world: "World") -> list[Input]:
    """A caller who was turned away while nobody decided."""
    world.callers += 1
    return [
        FallbackSeen(
            at=_at(world),
            contact=ContactId(f"c{world.callers}"),
            dialled="4001",
            caller="1",
            happened_at=world.now,
        )
    ]


def time_passes(world: "World") -> list[Input]:
    """Nothing for a while."""
    world.now += world.random.choice(PAUSES_MS)
    return [Tick(at=_at(world))]


# --- senseless


def stray_leg(world: "World") -> list[Input]:
    """Something about a leg that is, was or never was, in any order."""
    leg = world.random.choice(world.legs)
    at = _at(world)
    contact = _contact(world)
    return [
        world.random.choice(
            (
                LegRinging(at=at, leg=leg),
                LegAnswered(at=at, leg=leg),
                LegJoined(at=at, contact=contact, leg=leg),
                JoinFailed(at=at, contact=contact, leg=leg),
                LegEnded(at=at, leg=leg, cause=world.random.choice(CAUSES)),
            )
        )
    ]


def stray_wish(world: "World") -> list[Input]:
    """An agent asks for what may not be had now."""
    at, agent = _at(world), _agent(world)
    contact = _contact_of(agent, world)
    offers = list(world.state.offers) or [OfferId("o0")]
    return [
        world.random.choice(
            (
                OfferRefused(at=at, agent=agent, offer=world.random.choice(offers)),
                LegAsked(at=at, agent=agent),
                AgentLinkBack(at=at, agent=agent),
                WrapUpNoted(at=at, agent=agent, contact=contact, note="…"),
                WrapUpExtended(at=at, agent=agent, contact=contact),
                WrapUpFinished(at=at, agent=agent, contact=contact, disposition="other"),
                HangUpAsked(at=at, agent=agent, contact=contact),
            )
        )
    ]


def stray_sound(world: "World") -> list[Input]:
    """A key nobody asked for, a playing nobody began."""
    at, contact = _at(world), _contact(world)
    if world.sometimes(0.5):
        return [DigitPressed(at=at, contact=contact, digit=world.random.choice(DIGITS))]
    known = world.state.contacts.get(contact)
    playback = (known.playback if known is not None else None) or PlaybackId("p0")
    return [PlaybackEnded(at=at, contact=contact, playback=playback)]


def arrives_again(world: "World") -> list[Input]:
    """The arrival of a contact that is known is told again."""
    contact = _contact(world)
    return [
        ContactArrived(
            at=_at(world),
            contact=contact,
            leg=LegId(f"{contact}-leg"),
            dialled="4001",
            caller="13800138000",
        )
    ]


Move = Callable[["World"], list[Input]]

SENSIBLE: tuple[tuple[int, Move], ...] = (
    (40, arrives),
    (3, gone),
    (4, signs_in),
    (2, signs_out),
    (6, asks_state),
    (2, link_lost),
    (3, page_reloads),
    (2, forced),
    (2, holds),
    (2, hangs_up),
    (3, device),
    (2, administers),
    (1, switch_connects),
    (1, recording_fails),
    (1, fallback),
    (1, time_passes),
)

SENSELESS: tuple[tuple[int, Move], ...] = (
    (5, stray_leg),
    (5, stray_wish),
    (3, stray_sound),
    (1, arrives_again),
)


def _table(weighted: tuple[tuple[int, Move], ...]) -> tuple[list[Move], list[int]]:
    return [move for _, move in weighted], list(accumulate(weight for weight, _ in weighted))


_SENSIBLE, _SENSELESS = _table(SENSIBLE), _table(SENSELESS)


def move(world: "World") -> list[Input]:
    """What the world does next of its own accord."""
    functions, weights = _SENSELESS if world.sometimes(world.mood.chaos) else _SENSIBLE
    (chosen,) = world.random.choices(functions, cum_weights=weights)
    return chosen(world)
