"""What the world does of its own accord. A new kind of input is one function in a table."""

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from lianxi.engine.messages.agent_inputs import (
    AgentForced,
    AgentLeft,
    AgentLinkLost,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    FallbackSeen,
    RecordingProblem,
    RoutingPublished,
    SwitchRestarted,
    Tick,
)
from lianxi.engine.messages.pausing import PAUSE_FAILED
from lianxi.engine.messages.values import Channel, Intent
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, TrunkId
from lianxi.simulator.fuzz.administering import administered
from lianxi.simulator.fuzz.calling import CALLING
from lianxi.simulator.fuzz.centre import SKILLS, UNKNOWN
from lianxi.simulator.fuzz.conferring import CONFERRING
from lianxi.simulator.fuzz.dialing import blocks, loads, plans, recalls, stray_dial
from lianxi.simulator.fuzz.faxing import FAXING
from lianxi.simulator.fuzz.keeping import KEEPING
from lianxi.simulator.fuzz.listening import LISTENING
from lianxi.simulator.fuzz.picking import (
    CAUSES,
    DEVICES,
    INTENTS,
    PAUSES_MS,
    a_busy_agent,
    a_contact,
    an_agent,
    at_now,
    contact_of,
)
from lianxi.simulator.fuzz.stray import SENSELESS
from lianxi.simulator.fuzz.supervising import SUPERVISING
from lianxi.simulator.fuzz.trunking import TRUNKING, a_trunk

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

TEXTS = (Channel.CHAT, Channel.CHAT, Channel.EMAIL, Channel.SMS, Channel.FAX, Channel.TASK)
CALLERS = ("", "13800138000", "13800138001", "13800138002", "13800138003")


def arrives(world: "World") -> list[Input]:
    """A caller, unless there are many."""
    if len(world.state.contacts) >= world.mood.busy:
        return []
    world.callers += 1
    contact = ContactId(f"c{world.callers}")
    numbers = [rule.number for rule in world.routing.numbers] or [UNKNOWN]
    channel = world.random.choice(TEXTS) if world.sometimes(0.25) else Channel.VOICE
    if channel is not Channel.VOICE:
        numbers = [rule.number for rule in world.routing.numbers if rule.queue] or [UNKNOWN]
    return [
        ContactArrived(
            at=at_now(world),
            contact=contact,
            leg=LegId(f"{contact}-leg" if channel is Channel.VOICE else ""),
            dialled=UNKNOWN if world.sometimes(0.02) else world.random.choice(numbers),
            caller=world.random.choice(CALLERS),
            channel=channel,
            recording=f"{contact}.raw" if world.sometimes(0.7) else "",
            priority=world.random.choice((0, 0, 0, 1, -1, 4)),
            needs=_needs(world),
            wanted=an_agent(world) if world.sometimes(0.15) else None,
            trunk=a_trunk(world) if channel is Channel.VOICE else TrunkId(""),
        )
    ]


def _needs(world: "World") -> tuple[SkillNeed, ...]:
    if world.sometimes(0.85):
        return ()
    skills = world.random.sample(SKILLS, world.random.randint(1, len(SKILLS)))
    return tuple(SkillNeed(skill=skill, level=world.random.choice((1, 5))) for skill in skills)


def gone(world: "World") -> list[Input]:
    """A caller hangs up at any moment."""
    cause = world.random.choice(CAUSES)
    return [ContactGone(at=at_now(world), contact=a_contact(world), cause=cause)]


def signs_in(world: "World") -> list[Input]:
    """A desk is taken, or taken over from another page or computer."""
    agent = a_busy_agent(world)
    page = world.random.choice("aaab") if agent in world.state.agents else "a"
    return [at_the_desk(agent, world, page)]


def at_the_desk(agent: AgentId, world: "World", page: str = "a") -> AgentSignedIn:
    """An agent takes a desk."""
    return AgentSignedIn(
        at=at_now(world),
        agent=agent,
        session=page,
        device=world.random.choice(DEVICES),
        endpoint=Endpoint(f"ag-{agent}-{page}"),
    )


def signs_out(world: "World") -> list[Input]:
    """The desk is left."""
    return [AgentSignedOut(at=at_now(world), agent=an_agent(world))]


def asks_state(world: "World") -> list[Input]:
    """Ready, a break, or something that cannot be asked for."""
    to = Intent.READY if world.sometimes(0.5) else world.random.choice(INTENTS)
    reason = world.random.choice(("break", "meal", "rest", "no_such_reason", ""))
    return [AgentStateAsked(at=at_now(world), agent=an_agent(world), to=to, reason=reason)]


def link_lost(world: "World") -> list[Input]:
    """A desk is not heard any more."""
    return [AgentLinkLost(at=at_now(world), agent=a_busy_agent(world))]


def page_reloads(world: "World") -> list[Input]:
    """The page says so; its leg ends before or after."""
    agent = a_busy_agent(world)
    return [AgentLeft(at=at_now(world), agent=agent)]


def forced(world: "World") -> list[Input]:
    """A supervisor sets a state."""
    to = world.random.choice((None, Intent.READY, Intent.NOT_READY, Intent.NOT_RESPONDING))
    return [AgentForced(at=at_now(world), agent=an_agent(world), to=to, reason="meal", by="7001")]


DURING_A_CALL = (HoldAsked, ResumeAsked, RecordingPauseAsked, RecordingResumeAsked)


def holds(world: "World") -> list[Input]:
    """The customer to music and back; the recording paused and on."""
    agent = a_busy_agent(world)
    contact = contact_of(agent, world)
    kind = world.random.choice(DURING_A_CALL)
    return [kind(at=at_now(world), agent=agent, contact=contact)]


def hangs_up(world: "World") -> list[Input]:
    """The agent ends the conversation."""
    agent = a_busy_agent(world)
    return [HangUpAsked(at=at_now(world), agent=agent, contact=contact_of(agent, world))]


def device(world: "World") -> list[Input]:
    """A telephone registers or is lost."""
    agent = world.state.agents.get(an_agent(world))
    endpoint = Endpoint("ag-nobody") if agent is None else agent.endpoint
    return [DeviceChanged(at=at_now(world), endpoint=endpoint, registered=world.sometimes(0.6))]


def administers(world: "World") -> list[Input]:
    """Another configuration, also with callers in a queue that is no more."""
    world.routing = administered(world.routing, world.first_routing, world.random)
    return [RoutingPublished(at=at_now(world), routing=world.routing)]


def switch_connects(world: "World") -> list[Input]:
    """The switch is connected to; sometimes it is another one that knows nothing."""
    generation = world.state.generation or "g1"
    if world.sometimes(0.2):
        generation = f"g{world.random.randint(1, 9_999)}"
    return [SwitchRestarted(at=at_now(world), generation=generation)]


def recording_fails(world: "World") -> list[Input]:
    """The disk is full, or a file is missing, also after the contact."""
    code = world.random.choice(("disk_full", "file_missing", PAUSE_FAILED))
    return [RecordingProblem(at=at_now(world), contact=a_contact(world), code=code)]


def fallback(world: "World") -> list[Input]:
    """A caller who was turned away while nobody decided."""
    world.callers += 1
    return [
        FallbackSeen(
            at=at_now(world),
            contact=ContactId(f"c{world.callers}"),
            dialled="4001",
            caller="1",
            happened_at=world.now,
        )
    ]


def time_passes(world: "World") -> list[Input]:
    """Nothing for a while."""
    world.now += world.random.choice(PAUSES_MS)
    return [Tick(at=at_now(world))]


Move = Callable[["World"], list[Input]]

DIALLING: tuple[tuple[int, Move], ...] = (
    (2, plans),
    (10, loads),
    (2, recalls),
    (2, blocks),
    (4, stray_dial),
)

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
    *((weight, chosen) for weight, chosen in SUPERVISING),
    *((weight, chosen) for weight, chosen in CONFERRING),
    *((weight, chosen) for weight, chosen in CALLING),
    *((weight, chosen) for weight, chosen in LISTENING),
    *((weight, chosen) for weight, chosen in TRUNKING),
    *((weight, chosen) for weight, chosen in KEEPING),
    *((weight, chosen) for weight, chosen in FAXING),
    (1, switch_connects),
    (1, recording_fails),
    (1, fallback),
    (1, time_passes),
)


def _table(weighted: tuple[tuple[int, Move], ...]) -> tuple[list[Move], list[int]]:
    return [move for _, move in weighted], list(accumulate(weight for weight, _ in weighted))


_SENSIBLE, _SENSELESS, _DIALLING = _table(SENSIBLE), _table(SENSELESS), _table(DIALLING)
_CONFERRING, _LISTENING = _table(CONFERRING), _table(LISTENING)
_EVERYTHING = [move for _, move in (*SENSIBLE, *DIALLING)]


def move(world: "World") -> list[Input]:
    """What the world does next of its own accord."""
    functions, weights = _SENSELESS if world.sometimes(world.mood.chaos) else _SENSIBLE
    if world.sometimes(world.mood.dialling):
        functions, weights = _DIALLING
    if world.sometimes(world.mood.conferring):
        functions, weights = _CONFERRING
    if world.sometimes(0.15 if world.state.monitors else 0.02):
        functions, weights = _LISTENING
    if world.sometimes(world.mood.everything):
        return world.random.choice(_EVERYTHING)(world)
    (chosen,) = world.random.choices(functions, cum_weights=weights)
    return chosen(world)
