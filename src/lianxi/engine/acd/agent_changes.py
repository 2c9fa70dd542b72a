"""How facts about agents change the state."""

from lianxi.engine.acd.availability import refresh
from lianxi.engine.acd.contact_changes import forget
from lianxi.engine.evolving import changes
from lianxi.engine.messages.events import (
    AgentCame,
    AgentDeviceChanged,
    AgentIntentChanged,
    AgentLinkChanged,
    AgentMoved,
    AgentNextAsked,
    AgentReleased,
    AgentWent,
    WrapUpBegan,
    WrapUpDrafted,
    WrapUpEnded,
    WrapUpLengthened,
)
from lianxi.engine.messages.values import Activity, Intent, Phase
from lianxi.engine.state import Agent, State, WrapUp
from lianxi.kernel.time import Instant


@changes(AgentCame)
def _(event: AgentCame, state: State) -> None:
    state.agents[event.agent] = Agent(
        id=event.agent,
        no=event.no,
        name=event.name,
        team=event.team,
        session=event.session,
        device=event.device,
        endpoint=event.endpoint,
        signed_in_at=event.at,
        idle_since=event.at,
        since=event.at,
    )


@changes(AgentMoved)
def _(event: AgentMoved, state: State) -> None:
    agent = state.agents[event.agent]
    agent.session = event.session
    agent.device = event.device
    if agent.endpoint != event.endpoint:
        agent.endpoint = event.endpoint
        agent.registered = False
    agent.linked = True
    state.timers.clear(f"lost:{event.agent}")
    refresh(agent, state)


@changes(AgentWent)
def _(event: AgentWent, state: State) -> None:
    del state.agents[event.agent]
    state.free.pop(event.agent, None)
    state.timers.clear(f"lost:{event.agent}")


@changes(AgentIntentChanged)
def _(event: AgentIntentChanged, state: State) -> None:
    agent = state.agents[event.agent]
    if event.intent is Intent.READY and agent.intent is not Intent.READY:
        agent.idle_since = event.at
    agent.intent = event.intent
    agent.reason = event.reason
    agent.next = None
    agent.next_reason = ""
    if agent.activity is Activity.IDLE:
        agent.since = event.at
    refresh(agent, state)


@changes(AgentNextAsked)
def _(event: AgentNextAsked, state: State) -> None:
    agent = state.agents[event.agent]
    agent.next = event.intent
    agent.next_reason = event.reason


@changes(AgentDeviceChanged)
def _(event: AgentDeviceChanged, state: State) -> None:
    agent = state.agents[event.agent]
    agent.registered = event.registered
    if agent.activity is Activity.IDLE:
        agent.since = event.at
    refresh(agent, state)


@changes(AgentLinkChanged)
def _(event: AgentLinkChanged, state: State) -> None:
    agent = state.agents[event.agent]
    agent.linked = event.linked
    if agent.activity is Activity.IDLE:
        agent.since = event.at
    if event.sign_out_at is not None:
        state.timers.set(f"lost:{event.agent}", event.sign_out_at)
    else:
        state.timers.clear(f"lost:{event.agent}")
    refresh(agent, state)


@changes(WrapUpBegan)
def _(event: WrapUpBegan, state: State) -> None:
    agent = state.agents[event.agent]
    agent.activity = Activity.WRAPPING
    agent.contact = event.contact
    agent.since = event.at
    agent.wrap_up = WrapUp(
        contact=event.contact, queue=event.queue, since=event.at, until=event.until
    )
    if event.until is not None:
        state.timers.set(f"wrap:{event.agent}", event.until)


@changes(AgentReleased)
def _(event: AgentReleased, state: State) -> None:
    _set_idle(state.agents[event.agent], state, event.at)
    contact = state.contacts.get(event.contact)
    if contact is not None and contact.phase is Phase.ENDED:
        forget(event.contact, state)


@changes(WrapUpLengthened)
def _(event: WrapUpLengthened, state: State) -> None:
    wrap_up = state.agents[event.agent].wrap_up
    if wrap_up is not None:
        wrap_up.until = event.until
        wrap_up.extended += 1
        state.timers.set(f"wrap:{event.agent}", event.until)


@changes(WrapUpDrafted)
def _(event: WrapUpDrafted, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.disposition = event.disposition
    contact.note = event.note


@changes(WrapUpEnded)
def _(event: WrapUpEnded, state: State) -> None:
    _set_idle(state.agents[event.agent], state, event.at)
    forget(event.contact, state)


def _set_idle(agent: Agent, state: State, at: Instant) -> None:
    agent.activity = Activity.IDLE
    agent.wrap_up = None
    agent.contact = None
    agent.idle_since = at
    agent.since = at
    state.timers.clear(f"wrap:{agent.id}")
    refresh(agent, state)
