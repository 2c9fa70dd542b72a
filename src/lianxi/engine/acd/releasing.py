"""Letting go of what a contact holds: its reservation of an agent, its legs, the contact itself."""

from typing import Final

from lianxi.engine.acd.seating import come, refresh
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.values import Activity, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, OfferId
from lianxi.kernel.time import Instant, Millis, between

ACTIVITY_IDLE: Final = Activity.IDLE
PHASE_ENDED: Final = Phase.ENDED


def release(offer_id: OfferId, state: State) -> bool:
    """A reservation is over: owner, deadline and leg go with it. False: it was over before."""
    offer = state.offers.pop(offer_id, None)
    if offer is None:
        return False
    state.timers.clear(f"offer:{offer_id}")
    if offer.leg:
        state.legs.pop(offer.leg, None)
        state.ringing.pop(offer.leg, None)
    contact = state.contacts[offer.contact]
    contact.offers = tuple(one for one in contact.offers if one != offer_id)
    agent = state.agents[offer.agent]
    if agent.offer == offer_id:
        agent.offer = None
    return True


def drop_agent_leg(contact: Contact, state: State) -> None:
    """The contact has no leg of an agent any more."""
    if contact.agent_leg is not None:
        state.legs.pop(contact.agent_leg, None)
        if state.held_legs:
            state.held_legs.pop(contact.agent_leg, None)
    contact.agent_leg = None
    contact.is_rejoining = False


def stop_hold(contact: Contact, at: int, state: State) -> None:
    """Time on hold ends here, and with it its clocks."""
    if contact.held_since is not None:
        contact.held = Millis(contact.held + max(0, at - contact.held_since))
        contact.held_since = None
        contact.hold_alarmed = False
        state.timers.clear(f"hold:{contact.id}")
        state.timers.clear(f"recall:{contact.id}")


def stop_pause(contact: Contact, state: State) -> None:
    """Nothing is kept from the recording any more."""
    if contact.recording_paused_at is not None:
        contact.recording_paused_at = None
        state.timers.clear(f"record:{contact.id}")


def set_free(agent: Agent, contact: ContactId, state: State, at: Instant) -> None:
    """The agent has nothing more to do for a contact: idle time begins here."""
    work = agent.texts.pop(contact, None)
    is_call = work is None
    if is_call:
        agent.busy = Millis(agent.busy + between(agent.busy_since, at))
        agent.activity = ACTIVITY_IDLE
        agent.wrap_up = None
        agent.contact = None
        agent.since = at
    agent.idle_since = at
    agent.occupied = agent.busy * 1_000_000 // max(1, at - agent.signed_in_at)
    state.timers.clear(f"wrap:{agent.id} {contact}")
    if is_call:
        come(agent, state)
    else:
        refresh(agent, state)


def forget(contact_id: ContactId, state: State) -> None:
    """Drop a contact of which nothing is open any more."""
    contact = state.contacts.get(contact_id)
    if contact is not None and contact.phase is PHASE_ENDED and not contact.wrapping:
        del state.contacts[contact_id]
