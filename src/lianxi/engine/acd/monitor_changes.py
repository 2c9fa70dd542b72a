"""How facts about supervisors in conversations change the state."""

from typing import Final

from lianxi.engine.acd import releasing
from lianxi.engine.acd.seating import refresh
from lianxi.engine.evolving import changes
from lianxi.engine.messages.monitoring import (
    ContactEndForced,
    MonitorBegan,
    MonitorEnded,
    MonitorJoined,
    MonitorModeChanged,
    MonitorTakenOver,
    MonitorTuned,
)
from lianxi.engine.messages.values import Activity, Phase
from lianxi.engine.state import State
from lianxi.engine.supervised import Monitor

ACTIVITY_TALKING: Final = Activity.TALKING
PHASE_TALKING: Final = Phase.TALKING


@changes(MonitorBegan)
def _(event: MonitorBegan, state: State) -> None:
    state.monitors[event.monitor] = Monitor(
        id=event.monitor,
        by=event.by,
        endpoint=event.endpoint,
        leg=event.leg,
        follows_agent=event.agent,
        follows=event.contact,
        since=event.at,
        mode=event.mode,
    )
    state.monitors[event.monitor].teams = event.teams
    state.listening[event.leg] = event.monitor
    state.counters["monitor"] = state.number("monitor")
    state.timers.set(f"monitor:{event.monitor}", event.expires_at)
    agent = state.agents[event.by]
    agent.monitor = event.monitor
    refresh(agent, state)


@changes(MonitorJoined)
def _(event: MonitorJoined, state: State) -> None:
    state.monitors[event.monitor].is_up = True
    state.timers.clear(f"monitor:{event.monitor}")


@changes(MonitorTuned)
def _(event: MonitorTuned, state: State) -> None:
    monitor = state.monitors[event.monitor]
    monitor.contact = event.contact
    monitor.agent = event.agent
    monitor.agent_leg = event.agent_leg
    monitor.tuned = event.mode


@changes(MonitorModeChanged)
def _(event: MonitorModeChanged, state: State) -> None:
    state.monitors[event.monitor].mode = event.mode


@changes(MonitorEnded)
def _(event: MonitorEnded, state: State) -> None:
    del state.monitors[event.monitor]
    state.listening.pop(event.leg, None)
    state.timers.clear(f"monitor:{event.monitor}")
    agent = state.agents.get(event.by)
    if agent is not None and agent.monitor == event.monitor:
        agent.monitor = None
        refresh(agent, state)


@changes(MonitorTakenOver)
def _(event: MonitorTakenOver, state: State) -> None:
    del state.monitors[event.monitor]
    state.listening.pop(event.leg, None)
    contact = state.contacts[event.contact]
    releasing.stop_hold(contact, event.at, state)
    releasing.drop_agent_leg(contact, state)
    contact.phase = PHASE_TALKING
    contact.agent = event.by
    contact.agent_leg = event.leg
    contact.connected_at = event.at
    state.legs[event.leg] = event.contact
    agent = state.agents[event.by]
    agent.monitor = None
    agent.activity = ACTIVITY_TALKING
    agent.contact = event.contact
    agent.since = event.at
    agent.busy_since = event.at
    agent.misses = 0
    refresh(agent, state)


@changes(ContactEndForced)
def _(event: ContactEndForced, state: State) -> None:
    pass  # what follows from it is a fact of its own
