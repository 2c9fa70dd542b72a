"""How facts about offers change the state."""

from typing import Final

from lianxi.engine.acd.releasing import release
from lianxi.engine.acd.seating import refresh, stand, step_out
from lianxi.engine.at_desk import Work
from lianxi.engine.evolving import changes
from lianxi.engine.living import Offer
from lianxi.engine.messages.events import OfferAccepted, OfferEnded, OfferMade, OfferRang
from lianxi.engine.messages.floor_events import AgentRested, AgentRests
from lianxi.engine.messages.values import Activity, OfferOutcome, Phase
from lianxi.engine.state import State

ACTIVITY_IDLE: Final = Activity.IDLE
ACTIVITY_OFFERED: Final = Activity.OFFERED
OFFER_OUTCOME_ANSWERED: Final = OfferOutcome.ANSWERED
PHASE_JOINING: Final = Phase.JOINING
PHASE_OFFERED: Final = Phase.OFFERED
PHASE_WAITING: Final = Phase.WAITING


@changes(OfferMade)
def _(event: OfferMade, state: State) -> None:
    at, offer_id, contact_id = event.at, event.offer, event.contact
    leg, expires_at = event.leg, event.expires_at
    agent = state.agents[event.agent]
    contact = state.contacts[contact_id]
    number = state.number("offer")
    state.counters["offer"] = number
    state.offers[offer_id] = Offer(
        id=offer_id,
        contact=contact_id,
        agent=agent.id,
        leg=leg,
        made_at=at,
        expires_at=expires_at,
    )
    if leg:
        state.legs[leg] = contact_id
        state.ringing[leg] = offer_id
    if not contact.offers:
        step_out(state.entries[event.entry], state)
    contact.phase = PHASE_OFFERED
    contact.offers = (*contact.offers, offer_id)
    agent.turn = number
    if contact.is_call:
        agent.activity = ACTIVITY_OFFERED
        agent.offer = offer_id
        agent.since = at
    else:
        agent.texts[contact_id] = Work(channel=contact.channel, offer=offer_id)
    refresh(agent, state)
    state.timers.set(f"offer:{offer_id}", expires_at)


@changes(OfferRang)
def _(event: OfferRang, state: State) -> None:
    state.offers[event.offer].rang = True


@changes(OfferAccepted)
def _(event: OfferAccepted, state: State) -> None:
    state.offers[event.offer].accepted = True
    state.contacts[event.contact].phase = PHASE_JOINING
    state.timers.set(f"offer:{event.offer}", event.join_by)


@changes(OfferEnded)
def _(event: OfferEnded, state: State) -> None:
    release(event.offer, state)
    agent = state.agents[event.agent]
    contact = state.contacts[event.contact]
    if event.contact in agent.texts:
        del agent.texts[event.contact]
    else:
        agent.activity = ACTIVITY_IDLE
        agent.since = event.at
    refresh(agent, state)
    if contact.offers:
        return
    contact.phase = PHASE_WAITING
    if event.outcome is not OFFER_OUTCOME_ANSWERED and contact.entry is not None:
        stand(state.entries[contact.entry], state)


@changes(AgentRests)
def _(event: AgentRests, state: State) -> None:
    agent = state.agents[event.agent]
    agent.misses = event.misses
    agent.is_resting = True
    state.timers.set(f"rest:{event.agent}", event.until)
    refresh(agent, state)


@changes(AgentRested)
def _(event: AgentRested, state: State) -> None:
    agent = state.agents[event.agent]
    agent.is_resting = False
    state.timers.clear(f"rest:{event.agent}")
    refresh(agent, state)
