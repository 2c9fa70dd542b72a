"""How facts about parties change the state."""

from typing import Final

from lianxi.engine.acd import releasing
from lianxi.engine.acd.party_sides import PARTY_TALKING, PHASE_OUTSIDE, TALK_PLAIN
from lianxi.engine.acd.seating import refresh
from lianxi.engine.evolving import changes
from lianxi.engine.living import Party
from lianxi.engine.messages.parties import (
    ContactHandedOver,
    PartyAsked,
    PartyJoined,
    PartyLeft,
    PartyRang,
    TalkArranged,
)
from lianxi.engine.messages.values import Activity, Phase
from lianxi.engine.state import State

ACTIVITY_IDLE: Final = Activity.IDLE
ACTIVITY_OFFERED: Final = Activity.OFFERED
ACTIVITY_TALKING: Final = Activity.TALKING
PHASE_HELD: Final = Phase.HELD
PHASE_TALKING: Final = Phase.TALKING


@changes(PartyAsked)
def _(event: PartyAsked, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.parties[event.leg] = Party(
        leg=event.leg, agent=event.agent, number=event.number, since=event.at
    )
    contact.parties[event.leg].trunk = event.trunk
    contact.parties[event.leg].tried = event.tried
    state.legs[event.leg] = event.contact
    state.counters["leg"] = state.number("leg")
    state.timers.set(f"party:{event.leg}", event.expires_at)
    if contact.agent is None:
        contact.phase = PHASE_OUTSIDE
    if event.agent is not None:
        agent = state.agents[event.agent]
        agent.activity = ACTIVITY_OFFERED
        agent.contact = event.contact
        agent.since = event.at
        refresh(agent, state)


@changes(PartyRang)
def _(event: PartyRang, state: State) -> None:
    state.contacts[event.contact].parties[event.leg].rang = True


@changes(PartyJoined)
def _(event: PartyJoined, state: State) -> None:
    party = state.contacts[event.contact].parties[event.leg]
    party.phase = PARTY_TALKING
    party.since = event.at
    state.timers.clear(f"party:{event.leg}")
    if event.agent is not None:
        agent = state.agents[event.agent]
        agent.activity = ACTIVITY_TALKING
        agent.since = event.at
        agent.busy_since = event.at
        agent.misses = 0


@changes(PartyLeft)
def _(event: PartyLeft, state: State) -> None:
    contact = state.contacts[event.contact]
    party = contact.parties.pop(event.leg)
    state.legs.pop(event.leg, None)
    state.timers.clear(f"party:{event.leg}")
    if not contact.parties:
        contact.talk = TALK_PLAIN
    if event.agent is None:
        return
    agent = state.agents[event.agent]
    if party.phase is PARTY_TALKING:
        releasing.set_free(agent, event.contact, state, event.at)
        return
    agent.activity = ACTIVITY_IDLE
    agent.contact = None
    agent.since = event.at
    refresh(agent, state)


@changes(TalkArranged)
def _(event: TalkArranged, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.talk = event.talk
    if contact.phase is PHASE_HELD:
        contact.phase = PHASE_TALKING
        releasing.stop_hold(contact, event.at, state)


@changes(ContactHandedOver)
def _(event: ContactHandedOver, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.hops = event.hops
    releasing.drop_agent_leg(contact, state)
    contact.agent = event.to_agent
    if event.to_agent is None:
        contact.phase = PHASE_OUTSIDE
        return
    del contact.parties[event.to_leg]
    contact.agent_leg = event.to_leg
    contact.connected_at = event.at
    contact.phase = PHASE_TALKING
