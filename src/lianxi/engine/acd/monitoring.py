"""Supervisors in conversations: they begin, change who hears them, take over, end.

What each of them should hear follows from the conversation; `attend` compares it with what each
hears after every step, so no way in which a conversation can change has to know of supervisors.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import ending, party_ends
from lianxi.engine.acd.monitor_targets import is_forbidden, is_over, target_of
from lianxi.engine.acd.party_sides import IN_CONSULT, arranged
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.helping import AgentHelpOver
from lianxi.engine.messages.inputs import LegAnswered, LegEnded
from lianxi.engine.messages.monitoring import (
    ContactEndAsked,
    ContactEndForced,
    MonitorAsked,
    MonitorBegan,
    MonitorEnd,
    MonitorEndAsked,
    MonitorEnded,
    MonitorForbidden,
    MonitorJoined,
    MonitorMode,
    MonitorModeAsked,
    MonitorModeChanged,
    MonitorTakenOver,
    MonitorTuned,
    TakeOverAsked,
)
from lianxi.engine.messages.values import LegCause, Party, Phase
from lianxi.engine.state import State
from lianxi.engine.supervised import Monitor
from lianxi.kernel.ids import AgentId, ContactId, LegId, MonitorId, TeamId
from lianxi.kernel.time import Instant, Millis, after, between

ASKED: Final = MonitorEnd.ASKED
FORBIDDEN: Final = MonitorEnd.FORBIDDEN
HUNG_UP: Final = MonitorEnd.HUNG_UP
LEFT: Final = MonitorEnd.LEFT
NOT_ANSWERED: Final = MonitorEnd.NOT_ANSWERED
OVER: Final = MonitorEnd.OVER
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
LEG_CAUSE_NO_ANSWER: Final = LegCause.NO_ANSWER
PARTY_SYSTEM: Final = Party.SYSTEM
PHASE_ENDED: Final = Phase.ENDED

RING: Final = Millis(15_000)
"""A browser answers by itself, somebody with a desk phone has to pick it up."""


def begin(
    by: AgentId,
    agent: AgentId | None,
    contact: ContactId | None,
    mode: MonitorMode,
    state: State,
    at: Instant,
    *,
    teams: tuple[TeamId, ...],
) -> MonitorBegan:
    """A supervisor's device is called."""
    number = state.number("monitor")
    return MonitorBegan(
        at=at,
        monitor=MonitorId(f"m{number}"),
        by=by,
        endpoint=state.agents[by].endpoint,
        leg=LegId(f"leg-m{number}"),
        agent=agent,
        contact=contact,
        mode=mode,
        expires_at=after(at, RING),
        teams=teams,
    )


@decides(MonitorAsked)
def asked(given: MonitorAsked, state: State) -> Iterator[Event]:
    """The supervisor's device is called."""
    yield begin(
        given.by, given.agent, given.contact, given.mode, state, given.at, teams=given.teams
    )


@decides(MonitorForbidden)
def forbidden(given: MonitorForbidden, state: State) -> Iterator[Event]:
    """The rights are others now; who still may begins anew."""
    desk = state.agents.get(given.by)
    monitor = state.monitors.get(desk.monitor) if desk is not None and desk.monitor else None
    if monitor is not None:
        yield ended(monitor, FORBIDDEN, LEG_CAUSE_NORMAL, given.at)


@decides(MonitorModeAsked)
def mode_asked(given: MonitorModeAsked, state: State) -> Iterator[Event]:
    """Heard by others than until now, without a gap."""
    if state.monitors[given.monitor].mode is not given.mode:
        yield MonitorModeChanged(at=given.at, monitor=given.monitor, by=given.by, mode=given.mode)


@decides(MonitorEndAsked)
def end_asked(given: MonitorEndAsked, state: State) -> Iterator[Event]:
    """Heard enough."""
    yield ended(state.monitors[given.monitor], ASKED, LEG_CAUSE_NORMAL, given.at)


def ended(monitor: Monitor, why: MonitorEnd, cause: LegCause, at: Instant) -> MonitorEnded:
    """The supervisor is out of it."""
    return MonitorEnded(
        at=at,
        monitor=monitor.id,
        by=monitor.by,
        leg=monitor.leg,
        contact=monitor.contact if monitor.contact is not None else monitor.follows,
        agent=monitor.agent if monitor.agent is not None else monitor.follows_agent,
        why=why,
        cause=cause,
        lasted=between(monitor.since, at),
    )


def about_leg(given: Input, monitor: Monitor) -> Iterator[Event]:
    """The switch speaks about a supervisor's leg."""
    match given:
        case LegAnswered() if not monitor.is_up:
            yield MonitorJoined(at=given.at, monitor=monitor.id, by=monitor.by)
        case LegEnded():
            yield ended(monitor, HUNG_UP if monitor.is_up else NOT_ANSWERED, given.cause, given.at)


@deadline("monitor")
def not_answered(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Called for long enough."""
    yield ended(state.monitors[MonitorId(key)], NOT_ANSWERED, LEG_CAUSE_NO_ANSWER, at)


def end_all(state: State, at: Instant) -> Iterator[Event]:
    """The switch lost everything."""
    for monitor in list(state.monitors.values()):
        yield ended(monitor, MonitorEnd.SWITCH_LOST, LegCause.GONE, at)


def attend(state: State, at: Instant) -> Iterator[Event]:
    """After a step: whoever listens hears what there is to hear now, or is through; and nobody
    waits for help in a conversation that is over."""
    for monitor in list(state.monitors.values()):
        desk = state.agents.get(monitor.by)
        if (
            desk is None
            or desk.endpoint != monitor.endpoint
            or not desk.linked
            or not desk.registered
        ):
            yield ended(monitor, LEFT, LEG_CAUSE_NORMAL, at)
        elif is_over(monitor, state):
            yield ended(monitor, OVER, LEG_CAUSE_NORMAL, at)
        elif is_forbidden(monitor, state):
            yield ended(monitor, FORBIDDEN, LEG_CAUSE_NORMAL, at)
        else:
            contact, agent, leg, mode = target_of(monitor, state)
            heard = (monitor.contact, monitor.agent, monitor.agent_leg, monitor.tuned)
            if (contact, agent, leg, mode) != heard:
                yield MonitorTuned(
                    at=at,
                    monitor=monitor.id,
                    by=monitor.by,
                    leg=monitor.leg,
                    contact=contact,
                    agent=agent,
                    agent_leg=leg,
                    mode=mode,
                )
    for agent_id in list(state.helps):
        yield from _attend_help(agent_id, state, at)


def _attend_help(agent_id: AgentId, state: State, at: Instant) -> Iterator[Event]:
    asked_for = state.helps[agent_id]
    contact = state.contacts.get(asked_for.contact)
    if contact is None or contact.phase is PHASE_ENDED or contact.agent != agent_id:
        yield AgentHelpOver(
            at=at,
            agent=agent_id,
            contact=asked_for.contact,
            cancelled=False,
            waited=between(asked_for.since, at),
        )


@decides(TakeOverAsked)
def take_over(given: TakeOverAsked, state: State) -> Iterator[Event]:
    """The supervisor's leg becomes the contact's, the agent goes to after-call work."""
    at, monitor = given.at, state.monitors[given.monitor]
    assert monitor.contact is not None
    contact = state.contacts[monitor.contact]
    assert contact.agent is not None
    assert contact.agent_leg is not None
    agent, leg = state.agents[contact.agent], contact.agent_leg
    yield from ending.unpause(contact, at)
    if contact.talk in IN_CONSULT:
        yield from party_ends.dismiss(contact, state, at)
    yield MonitorTakenOver(
        at=at,
        monitor=monitor.id,
        by=monitor.by,
        leg=monitor.leg,
        contact=contact.id,
        customer_leg=contact.leg,
        agent=agent.id,
        agent_leg=leg,
        reason=given.reason,
        lasted=between(monitor.since, at),
    )
    yield from ending.wrap_up(agent, contact, state, at)
    if contact.parties:
        yield arranged(contact, contact.talk, at)


@decides(ContactEndAsked)
def end_contact(given: ContactEndAsked, state: State) -> Iterator[Event]:
    """A supervisor ends a conversation."""
    contact = state.contacts[given.contact]
    yield ContactEndForced(
        at=given.at, contact=contact.id, agent=contact.agent, by=given.by, reason=given.reason
    )
    yield from ending.end(contact, state, given.at, by=PARTY_SYSTEM, cause=LEG_CAUSE_NORMAL)
