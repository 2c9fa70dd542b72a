"""What a supervisor who is in on a conversation should hear now. Looks, changes nothing."""

from typing import Final

from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.monitoring import MonitorMode, MonitorRule
from lianxi.engine.messages.values import Activity, Phase, Talk
from lianxi.engine.state import State
from lianxi.engine.supervised import Monitor
from lianxi.kernel.ids import AgentId, ContactId, LegId

ACTIVITY_IDLE: Final = Activity.IDLE
BARGE: Final = MonitorMode.BARGE
LISTEN: Final = MonitorMode.LISTEN
PHASE_ENDED: Final = Phase.ENDED
PHASE_HELD: Final = Phase.HELD
PHASE_TALKING: Final = Phase.TALKING
TALK_ASIDE: Final = Talk.ASIDE

Target = tuple[ContactId | None, AgentId | None, LegId | None, MonitorMode]
"""Whose conversation, with whom, at which leg, and how."""

SILENCE: Final[Target] = (None, None, None, LISTEN)


def rule_of(contact: Contact, state: State) -> MonitorRule:
    """The queue's rule, else the centre's."""
    queue = state.queue(contact.queue) if contact.queue is not None else None
    own = queue.monitoring if queue is not None else None
    return state.routing.monitoring if own is None else own


def can_listen(agent: Agent) -> bool:
    """Whether a supervisor's desk is free for it: there, and with nothing else in hand."""
    return (
        agent.linked
        and agent.registered
        and agent.activity is ACTIVITY_IDLE
        and not agent.is_held
        and agent.monitor is None
        and not agent.texts
    )


def followed(monitor: Monitor, state: State) -> Contact | None:
    """The contact it is about now, if there is one."""
    contact_id = monitor.follows
    if monitor.follows_agent is not None:
        agent = state.agents.get(monitor.follows_agent)
        contact_id = agent.contact if agent is not None else None
    return state.contacts.get(contact_id) if contact_id is not None else None


def listeners(contact: ContactId, state: State) -> list[Monitor]:
    """Who is in on a conversation now, or is being called for it."""
    return [
        one
        for one in state.monitors.values()
        if one.contact == contact or (not one.is_up and one.follows == contact)
    ]


def target_of(monitor: Monitor, state: State) -> Target:
    """What the supervisor should hear now: the side of whoever has the conversation. A conversation
    with as many listeners as the rule allows is passed over."""
    contact = followed(monitor, state) if monitor.is_up else None
    if contact is None or contact.phase not in (PHASE_TALKING, PHASE_HELD):
        return SILENCE
    leg, agent = contact.agent_leg, contact.agent
    if monitor.follows_agent is not None and agent != monitor.follows_agent:
        leg, agent = _leg_of(monitor.follows_agent, contact, state), monitor.follows_agent
    if leg is None or agent is None or agent == monitor.by:
        return SILENCE
    if monitor.contact != contact.id:
        others = [one for one in listeners(contact.id, state) if one.id != monitor.id and one.is_up]
        if len(others) >= rule_of(contact, state).most:
            return SILENCE
    mode = monitor.mode
    if mode is BARGE and contact.talk is TALK_ASIDE:
        mode = LISTEN
    return contact.id, agent, leg, mode


def _leg_of(agent: AgentId, contact: Contact, state: State) -> LegId | None:
    """Of a colleague in somebody else's conversation; `None` = the agent is out of it, and only
    writes down what it was about."""
    for party in contact.parties.values():
        if party.agent == agent:
            return party.leg
    call = state.calls.get(contact.id)
    return call.leg if call is not None and call.to == agent else None


def is_over(monitor: Monitor, state: State) -> bool:
    """Whether who was followed is gone."""
    if monitor.follows_agent is not None:
        return monitor.follows_agent not in state.agents
    contact = state.contacts.get(monitor.follows) if monitor.follows is not None else None
    return contact is None or contact.phase is PHASE_ENDED


def is_forbidden(monitor: Monitor, state: State) -> bool:
    """Whether who is followed has come out of the supervisor's sight: the agent is of another team
    now, or the customer is with an agent of another team."""
    if not monitor.teams:
        return False
    heard = monitor.follows_agent
    if heard is None:
        contact = followed(monitor, state)
        heard = contact.agent if contact is not None else None
    if heard is None:
        return False
    setup = state.setup(heard)
    return setup is None or setup.team not in monitor.teams
