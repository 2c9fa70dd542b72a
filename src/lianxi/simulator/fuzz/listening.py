"""Supervisors: in on conversations, heard or not, taking over, ending; help and words."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lianxi.engine.acd.monitor_targets import can_listen
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.helping import DeskMessageAsked, HelpAsked, HelpCancelled, HelpTaken
from lianxi.engine.messages.inputs import LegAnswered, LegEnded, LegRinging
from lianxi.engine.messages.monitoring import (
    CallMonitor,
    ContactEndAsked,
    EndMonitor,
    MonitorAsked,
    MonitorEndAsked,
    MonitorForbidden,
    MonitorMode,
    MonitorModeAsked,
    TakeOver,
    TakeOverAsked,
)
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import AgentId, MonitorId, TeamId
from lianxi.simulator.fuzz.picking import (
    CAUSES,
    a_busy_agent,
    a_contact,
    an_agent,
    at_now,
    contact_of,
)

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

MODES = list(MonitorMode)
TEAMS = ((), (), (TeamId("t1"),), (TeamId("t1"), TeamId("t2")))


def a_lead(world: "World") -> AgentId:
    """Somebody whose desk is free for it, if there is one."""
    free = [agent.id for agent in world.state.agents.values() if can_listen(agent)]
    return world.random.choice(free) if free and world.sometimes(0.9) else an_agent(world)


def _own(world: "World") -> tuple[AgentId, MonitorId]:
    """A listening under way and whose it is; now and then another one's."""
    monitors = list(world.state.monitors.values())
    if not monitors:
        return an_agent(world), MonitorId("m0")
    one = world.random.choice(monitors)
    return one.by if world.sometimes(0.9) else an_agent(world), one.id


def listens(world: "World") -> list[Input]:
    """A supervisor wants to be in on something."""
    by, at, mode = a_lead(world), at_now(world), world.random.choice(MODES)
    if world.sometimes(0.5):
        teams = world.random.choice(TEAMS)
        agent = a_busy_agent(world)
        return [MonitorAsked(at=at, by=by, agent=agent, mode=mode, teams=teams)]
    contact = contact_of(a_busy_agent(world), world)
    other = an_agent(world) if world.sometimes(0.05) else None
    teams = world.random.choice(TEAMS)
    return [MonitorAsked(at=at, by=by, agent=other, contact=contact, mode=mode, teams=teams)]


def loses_rights(world: "World") -> list[Input]:
    """A supervisor may not listen any more, or nobody who does."""
    return [MonitorForbidden(at=at_now(world), by=_own(world)[0])]


def changes_mode(world: "World") -> list[Input]:
    """Others are to hear the supervisor."""
    by, monitor = _own(world)
    mode = world.random.choice(MODES)
    return [MonitorModeAsked(at=at_now(world), by=by, monitor=monitor, mode=mode)]


def leaves(world: "World") -> list[Input]:
    """Heard enough."""
    by, monitor = _own(world)
    return [MonitorEndAsked(at=at_now(world), by=by, monitor=monitor)]


def takes_over(world: "World") -> list[Input]:
    """The conversation is to be the supervisor's."""
    by, monitor = _own(world)
    return [TakeOverAsked(at=at_now(world), by=by, monitor=monitor)]


def ends(world: "World") -> list[Input]:
    """A supervisor ends a conversation."""
    contact = contact_of(a_busy_agent(world), world)
    return [ContactEndAsked(at=at_now(world), contact=contact, by="7001", reason="x")]


def asks_help(world: "World") -> list[Input]:
    """An agent wants somebody, or nobody any more."""
    agent, at = a_busy_agent(world), at_now(world)
    if world.sometimes(0.3):
        asked = [*world.state.helps, agent]
        return [HelpCancelled(at=at, agent=asked[0])]
    contact = contact_of(agent, world) if world.sometimes(0.9) else a_contact(world)
    return [HelpAsked(at=at, agent=agent, contact=contact, words="x")]


def comes(world: "World") -> list[Input]:
    """A supervisor comes where help was asked for."""
    asked = list(world.state.helps)
    agent = world.random.choice(asked) if asked else an_agent(world)
    return [HelpTaken(at=at_now(world), by=a_lead(world), agent=agent)]


def tells(world: "World") -> list[Input]:
    """Words to everybody."""
    return [DeskMessageAsked(at=at_now(world), by="7001", by_name="x", team=None, words="x")]


LISTENING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = (
    (6, listens),
    (3, changes_mode),
    (1, leaves),
    (1, loses_rights),
    (2, takes_over),
    (1, ends),
    (2, asks_help),
    (2, comes),
    (1, tells),
)


def called(world: "World", command: CallMonitor) -> None:
    """The supervisor's device answers, mostly; and hangs up some time."""
    leg = command.leg
    world.legs.append(leg)
    world.expect(LegRinging(at=world.after(20, 500), leg=leg))
    draw = world.random.random()
    if draw < 0.85:
        world.expect(LegAnswered(at=world.after(100, 4_000), leg=leg))
    if draw > 0.7:
        cause = world.random.choice(CAUSES)
        world.expect(LegEnded(at=world.after(50, 60_000), leg=leg, cause=cause))


def dropped(world: "World", command: EndMonitor) -> None:
    """The switch says that the leg is gone."""
    if command.leg is not None:
        at = world.after(5, 200)
        world.expect(LegEnded(at=at, leg=command.leg, cause=LegCause.NORMAL))


def taken(world: "World", command: TakeOver) -> None:
    """The agent's leg ends."""
    at = world.after(5, 200)
    world.expect(LegEnded(at=at, leg=command.agent_leg, cause=LegCause.NORMAL))
