"""How events become the gap-free table of agent intervals.

First the layers of the agent are changed, then the shown state is derived from them, and only
where it, its reason or its contact differs from the open interval is a cut made.
"""

from lianxi.engine.messages import agent_events as a
from lianxi.engine.messages import events as e
from lianxi.engine.messages import holding as h
from lianxi.engine.messages import monitoring as m
from lianxi.engine.messages import parties as p
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import Activity, Intent
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant
from lianxi.projections.fold_calls import work_of_call
from lianxi.projections.memory import Memory
from lianxi.projections.models import AgentPresence, FactAgentInterval
from lianxi.projections.presence import Conversation, ShownState, shown_state

FIRST_REASON = "signed_in"
"""Why somebody is not ready who has just come."""

WITH_REASON = {ShownState.NOT_READY}
WITH_CONTACT = {
    ShownState.RINGING,
    ShownState.TALKING,
    ShownState.HOLD,
    ShownState.RECOVERING,
    ShownState.ACW,
}


def fold_agent(event: Event, memory: Memory) -> None:
    """Change the layers of the agents this event is about and cut their intervals."""
    changed = _change_presence(event, memory) + _change_work(event, memory)
    for agent in changed + work_of_call(event, memory):
        cut(agent, event.at, memory)


def _change_presence(event: Event, memory: Memory) -> list[AgentPresence]:
    """First layer, device and desk."""
    match event:
        case a.AgentCame():
            return [_come(event, memory)]
        case a.AgentMoved() if agent := memory.agents.get(event.agent):
            agent.registered = agent.registered and event.endpoint == event.former_endpoint
            agent.linked = True
        case a.AgentWent() if agent := memory.agents.get(event.agent):
            agent.signed_in = False
            agent.activity = Activity.IDLE
            agent.contact = None
        case a.AgentIntentChanged() if agent := memory.agents.get(event.agent):
            agent.intent = event.intent
            agent.reason = event.reason
        case a.AgentDeviceChanged() if agent := memory.agents.get(event.agent):
            agent.registered = event.registered
        case a.AgentLinkChanged() if agent := memory.agents.get(event.agent):
            agent.linked = event.linked
        case _:
            return []
    return [agent]


def _come(event: a.AgentCame, memory: Memory) -> AgentPresence:
    agent = memory.agents.get(event.agent)
    if agent is None:
        agent = memory.add(AgentPresence(agent=event.agent, signed_in=True, since=event.at))
    agent.signed_in = True
    agent.intent = Intent.NOT_READY
    agent.reason = FIRST_REASON
    agent.registered = False
    agent.linked = True
    agent.activity = Activity.IDLE
    agent.contact = None
    return agent


def _change_work(event: Event, memory: Memory) -> list[AgentPresence]:
    """Second layer: what the system is doing with the agent."""
    match event:
        case e.OfferMade():
            return _work(event.agent, Activity.OFFERED, event.contact, memory)
        case e.OfferEnded():
            return _rest(event.agent, event.contact, {Activity.OFFERED}, memory)
        case e.ContactConnected():
            return _work(event.agent, Activity.TALKING, event.contact, memory)
        case h.ContactHeld():
            return _converse(event.contact, Conversation.HOLD, memory)
        case h.ContactResumed() | e.AgentLegRestored():
            return _converse(event.contact, Conversation.TALK, memory)
        case e.AgentLegLost():
            return _converse(event.contact, Conversation.RECOVERING, memory)
        case e.ContactEnded() | e.ContactQueued():
            return [
                agent
                for one in _talking(event.contact, memory)
                for agent in _rest(one.agent, event.contact, {Activity.TALKING}, memory)
            ]
        case m.MonitorTakenOver():
            return _work(event.by, Activity.TALKING, event.contact, memory)
        case p.PartyAsked(agent=agent) if agent is not None:
            return _work(agent, Activity.OFFERED, event.contact, memory)
        case p.PartyJoined(agent=agent) if agent is not None:
            return _work(agent, Activity.TALKING, event.contact, memory)
        case p.PartyLeft(agent=agent) if agent is not None:
            return _rest(agent, event.contact, {Activity.OFFERED, Activity.TALKING}, memory)
        case p.TalkArranged():
            held = _talking(event.contact, memory)
            if any(one.conversation is Conversation.HOLD for one in held):
                return _converse(event.contact, Conversation.TALK, memory)
            return []
        case a.WrapUpBegan():
            return _work(event.agent, Activity.WRAPPING, event.contact, memory)
        case a.WrapUpEnded():
            return _rest(event.agent, event.contact, {Activity.WRAPPING}, memory)
        case a.AgentReleased():
            working = {Activity.TALKING, Activity.OFFERED}
            return _rest(event.agent, event.contact, working, memory)
        case _:
            return []


def _work(
    agent_id: AgentId, activity: Activity, contact: ContactId, memory: Memory
) -> list[AgentPresence]:
    agent = memory.agents.get(agent_id)
    if agent is None or not agent.signed_in:
        return []
    agent.activity = activity
    agent.contact = contact
    agent.conversation = Conversation.TALK
    return [agent]


def _rest(
    agent_id: AgentId, contact: ContactId, while_: set[Activity], memory: Memory
) -> list[AgentPresence]:
    agent = memory.agents.get(agent_id)
    if agent is None or agent.contact != contact or agent.activity not in while_:
        return []
    agent.activity = Activity.IDLE
    agent.contact = None
    return [agent]


def _converse(
    contact: ContactId, conversation: Conversation, memory: Memory
) -> list[AgentPresence]:
    agents = _talking(contact, memory)
    for agent in agents:
        agent.conversation = conversation
    return agents


def _talking(contact: ContactId, memory: Memory) -> list[AgentPresence]:
    return [
        agent
        for agent in memory.agents.values()
        if agent.contact == contact and agent.activity is Activity.TALKING
    ]


def cut(agent: AgentPresence, at: Instant, memory: Memory) -> None:
    """End the open interval and begin the next where what is shown has changed.

    An interval of no length is overwritten: events of one instant leave one interval. A clock
    that was set back cuts at the beginning of the open interval, and who comes back by it begins
    where the last interval ended.
    """
    state = shown_state(agent if agent.signed_in else None, agent.conversation)
    reason = agent.reason if state in WITH_REASON else ""
    contact = agent.contact if state in WITH_CONTACT else None
    held = memory.intervals.get(agent.agent)
    if held is not None and (held.state, held.reason, held.contact) == (state, reason, contact):
        return
    at = max(at, agent.since if held is None else held.began_at)
    agent.since = at
    if held is not None and at == held.began_at:
        if state is ShownState.SIGNED_OUT:
            memory.take_back(held)
        else:
            held.state, held.reason, held.contact = state, reason, contact
        return
    if held is not None:
        held.ended_at = at
        del memory.intervals[agent.agent]
    if state is not ShownState.SIGNED_OUT:
        memory.add(
            FactAgentInterval(
                agent=agent.agent,
                began_at=at,
                team=memory.team_of(agent.agent),
                state=state,
                reason=reason,
                contact=contact,
            )
        )


def regroup(at: Instant, memory: Memory) -> None:
    """Agents who are in another team from now on begin a new interval: the time before stays with
    the team it was worked in."""
    for held in list(memory.intervals.values()):
        team = memory.team_of(held.agent)
        if team == held.team:
            continue
        if at <= held.began_at:
            held.team = team
            continue
        held.ended_at = at
        memory.add(
            FactAgentInterval(
                agent=held.agent,
                began_at=at,
                team=team,
                state=held.state,
                reason=held.reason,
                contact=held.contact,
            )
        )
