"""How facts about agents change the state."""

from typing import Final

from lianxi.engine.acd import pacing, releasing, seating, serving, staffing
from lianxi.engine.acd.seating import refresh
from lianxi.engine.at_desk import Agent, WrapUp
from lianxi.engine.evolving import changes
from lianxi.engine.messages.agent_events import (
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
from lianxi.engine.messages.floor_events import AgentOverstayed
from lianxi.engine.messages.values import Activity, Intent
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant, between

ACTIVITY_IDLE: Final = Activity.IDLE
ACTIVITY_WRAPPING: Final = Activity.WRAPPING
INTENT_READY: Final = Intent.READY


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
    seating.seat(state.agents[event.agent], state)
    _watch_staffing(event.agent, event.at, state)


def _watch_staffing(agent: AgentId, at: Instant, state: State) -> None:
    for queue in serving.served_by(agent, state):
        staffing.watch(queue, at, state)


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
    seating.unseat(event.agent, state)
    _watch_staffing(event.agent, event.at, state)
    del state.agents[event.agent]
    for timer in ("lost", "rest", "overstay", "return"):
        state.timers.clear(f"{timer}:{event.agent}")


@changes(AgentIntentChanged)
def _(event: AgentIntentChanged, state: State) -> None:
    agent = state.agents[event.agent]
    if event.intent is INTENT_READY and agent.intent is not INTENT_READY:
        agent.idle_since = event.at
    agent.intent = event.intent
    agent.reason = event.reason
    agent.next = None
    agent.next_reason = ""
    agent.misses = 0
    agent.is_resting = False
    agent.has_overstayed = False
    if agent.activity is ACTIVITY_IDLE:
        agent.since = event.at
    state.timers.clear(f"rest:{event.agent}")
    for timer, when in (("overstay", event.overstays_at), ("return", event.returns_at)):
        if when is not None:
            state.timers.set(f"{timer}:{event.agent}", when)
        else:
            state.timers.clear(f"{timer}:{event.agent}")
    refresh(agent, state)


@changes(AgentOverstayed)
def _(event: AgentOverstayed, state: State) -> None:
    state.agents[event.agent].has_overstayed = True
    state.timers.clear(f"overstay:{event.agent}")


@changes(AgentNextAsked)
def _(event: AgentNextAsked, state: State) -> None:
    agent = state.agents[event.agent]
    agent.next = event.intent
    agent.next_reason = event.reason
    refresh(agent, state)


@changes(AgentDeviceChanged)
def _(event: AgentDeviceChanged, state: State) -> None:
    agent = state.agents[event.agent]
    agent.registered = event.registered
    if agent.activity is ACTIVITY_IDLE:
        agent.since = event.at
    refresh(agent, state)


@changes(AgentLinkChanged)
def _(event: AgentLinkChanged, state: State) -> None:
    agent = state.agents[event.agent]
    agent.linked = event.linked
    if agent.activity is ACTIVITY_IDLE:
        agent.since = event.at
    if event.sign_out_at is not None:
        state.timers.set(f"lost:{event.agent}", event.sign_out_at)
    else:
        state.timers.clear(f"lost:{event.agent}")
    refresh(agent, state)


@changes(WrapUpBegan)
def _(event: WrapUpBegan, state: State) -> None:
    agent = state.agents[event.agent]
    contact = state.contacts[event.contact]
    wrap_up = WrapUp(
        contact=event.contact,
        queue=event.queue,
        since=event.at,
        until=event.until,
        disposition=contact.disposition,
        note=contact.note,
    )
    contact.wrapping += 1
    work = agent.texts.get(event.contact)
    if work is not None:
        work.wrap_up = wrap_up
    else:
        agent.activity = ACTIVITY_WRAPPING
        agent.contact = event.contact
        agent.since = event.at
        agent.wrap_up = wrap_up
    if event.until is not None:
        state.timers.set(f"wrap:{event.agent} {event.contact}", event.until)


@changes(AgentReleased)
def _(event: AgentReleased, state: State) -> None:
    _set_free(event.agent, event.contact, state, event.at)
    releasing.forget(event.contact, state)


@changes(WrapUpLengthened)
def _(event: WrapUpLengthened, state: State) -> None:
    wrap_up = _wrap_up(event.agent, event.contact, state)
    if wrap_up is not None:
        wrap_up.until = event.until
        wrap_up.extended += 1
        state.timers.set(f"wrap:{event.agent} {event.contact}", event.until)


@changes(WrapUpDrafted)
def _(event: WrapUpDrafted, state: State) -> None:
    wrap_up = _wrap_up(event.agent, event.contact, state)
    if wrap_up is not None:
        wrap_up.disposition = event.disposition
        wrap_up.note = event.note
    contact = state.contacts[event.contact]
    if contact.agent in (None, event.agent):
        contact.disposition = event.disposition
        contact.note = event.note


@changes(WrapUpEnded)
def _(event: WrapUpEnded, state: State) -> None:
    _set_free(event.agent, event.contact, state, event.at)
    contact = state.contacts.get(event.contact)
    if contact is not None:
        contact.wrapping -= 1
    releasing.forget(event.contact, state)


def _wrap_up(agent_id: AgentId, contact: ContactId, state: State) -> WrapUp | None:
    agent = state.agents[agent_id]
    if agent.wrap_up is not None and agent.wrap_up.contact == contact:
        return agent.wrap_up
    work = agent.texts.get(contact)
    return work.wrap_up if work is not None else None


def _set_free(agent_id: AgentId, contact_id: ContactId, state: State, at: Instant) -> None:
    agent = state.agents[agent_id]
    contact = state.contacts.get(contact_id)
    if contact is not None and contact.queue is not None and contact.connected_at is not None:
        took = between(contact.connected_at, at)
        pacing.handled(contact, serving.served_by(agent_id, state), took, state)
    releasing.set_free(agent, contact_id, state, at)
