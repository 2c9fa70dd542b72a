"""How facts about offers change the state."""

from lianxi.engine.acd.availability import refresh
from lianxi.engine.evolving import changes
from lianxi.engine.messages.events import OfferAccepted, OfferEnded, OfferMade, OfferRang
from lianxi.engine.messages.values import Activity, OfferOutcome, Phase
from lianxi.engine.state import Offer, State


@changes(OfferMade)
def _(event: OfferMade, state: State) -> None:
    state.counters["offer"] = state.number("offer")
    state.offers[event.offer] = Offer(
        id=event.offer,
        contact=event.contact,
        agent=event.agent,
        leg=event.leg,
        made_at=event.at,
        expires_at=event.expires_at,
    )
    state.legs[event.leg] = event.contact
    state.step_out(state.entries[event.entry].place)
    contact = state.contacts[event.contact]
    contact.phase = Phase.OFFERED
    contact.offer = event.offer
    agent = state.agents[event.agent]
    agent.activity = Activity.OFFERED
    agent.offer = event.offer
    agent.since = event.at
    refresh(agent, state)
    state.timers.set(f"offer:{event.offer}", event.expires_at)


@changes(OfferRang)
def _(event: OfferRang, state: State) -> None:
    state.offers[event.offer].rang = True


@changes(OfferAccepted)
def _(event: OfferAccepted, state: State) -> None:
    state.offers[event.offer].accepted = True
    state.contacts[event.contact].phase = Phase.JOINING
    state.timers.set(f"offer:{event.offer}", event.join_by)


@changes(OfferEnded)
def _(event: OfferEnded, state: State) -> None:
    del state.offers[event.offer]
    state.timers.clear(f"offer:{event.offer}")
    state.legs.pop(event.leg, None)
    contact = state.contacts[event.contact]
    contact.offer = None
    contact.phase = Phase.WAITING
    agent = state.agents[event.agent]
    agent.offer = None
    agent.activity = Activity.IDLE
    agent.since = event.at
    refresh(agent, state)
    if event.outcome is not OfferOutcome.ANSWERED and contact.entry is not None:
        state.stand(state.entries[contact.entry].place)
