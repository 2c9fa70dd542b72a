"""Hold: the customer to music and back, the alarm of a hold that lasts, and the way back from one
that was forgotten.

A telephone may hold with its own key, and then it hears and sends nothing: the customer hears music
as on any hold and the alarm counts, but nobody can bring the two together again except that key.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import releasing
from lianxi.engine.acd.talking import of_agent
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.evolving import changes
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import HoldAsked, ResumeAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.holding import (
    ContactHeld,
    ContactResumed,
    HoldAlarmed,
    HoldRule,
    LegHoldChanged,
    LegHoldTold,
)
from lianxi.engine.messages.values import DeviceKind, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, after, between

DEVICE_KIND_BROWSER: Final = DeviceKind.BROWSER
PHASE_HELD: Final = Phase.HELD
PHASE_TALKING: Final = Phase.TALKING


def rule_of(contact: Contact, state: State) -> HoldRule:
    """The queue's rule, else the centre's."""
    queue = state.queue(contact.queue) if contact.queue is not None else None
    own = queue.hold if queue is not None else None
    return state.routing.hold if own is None else own


@decides(HoldAsked)
def hold(given: HoldAsked, state: State) -> Iterator[Event]:
    """Customer to music; the agent has the time of the rule."""
    contact = of_agent(given.agent, given.contact, state)
    if contact is None or contact.phase is not PHASE_TALKING or not contact.has_media:
        return
    rule = rule_of(contact, state)
    yield ContactHeld(
        at=given.at,
        contact=contact.id,
        leg=contact.leg,
        agent=given.agent,
        alarm_at=after(given.at, rule.alarm) if rule.alarm else None,
        recall_at=after(given.at, rule.recall) if rule.recall else None,
    )


@decides(LegHoldTold)
def device_told(given: LegHoldTold, state: State) -> Iterator[Event]:
    """The device of an agent in conversation holds, or took the call back. What a hold means for
    the customer is for `attend`: with others in the conversation, they go on talking.

    A browser has no such key: its desk holds by asking here. What looks like one to the switch is a
    leg without a way for its sound, which the desk mends itself.
    """
    contact_id = state.legs.get(given.leg)
    contact = state.contacts.get(contact_id) if contact_id is not None else None
    if contact is None or contact.agent is None or contact.agent_leg != given.leg:
        return
    if given.held and state.agents[contact.agent].device is DEVICE_KIND_BROWSER:
        return
    was_held = given.leg in state.held_legs
    if was_held is given.held:
        return
    began_hold = was_held and state.held_legs[given.leg]
    yield LegHoldChanged(
        at=given.at, contact=contact.id, leg=given.leg, agent=contact.agent, held=given.held
    )
    if began_hold and not given.held and contact.phase is PHASE_HELD:
        yield ContactResumed(at=given.at, contact=contact.id, leg=contact.leg, agent=contact.agent)


def attend(state: State, at: Instant) -> Iterator[Event]:
    """Who talks to a telephone that holds is on hold: at once, and again after a recall, or when
    others have gone."""
    for leg in list(state.held_legs):
        contact_id = state.legs.get(leg)
        contact = state.contacts.get(contact_id) if contact_id is not None else None
        if contact is None or contact.agent_leg != leg or contact.parties:
            continue
        if contact.phase is PHASE_TALKING:
            yield _held_at_device(contact, state, at)


def _held_at_device(contact: Contact, state: State, at: Instant) -> ContactHeld:
    assert contact.agent is not None
    rule = rule_of(contact, state)
    return ContactHeld(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        agent=contact.agent,
        alarm_at=after(at, rule.alarm) if rule.alarm else None,
        by_device=True,
    )


def is_held_at_device(contact: Contact, state: State) -> bool:
    """Whether the agent's device holds by itself now."""
    return contact.agent_leg is not None and contact.agent_leg in state.held_legs


@decides(ResumeAsked)
def resume(given: ResumeAsked, state: State) -> Iterator[Event]:
    """Customer back; a second asking changes nothing."""
    contact = of_agent(given.agent, given.contact, state)
    if contact is not None and contact.phase is PHASE_HELD:
        yield ContactResumed(at=given.at, contact=contact.id, leg=contact.leg, agent=given.agent)


@deadline("hold")
def lasts(key: str, state: State, at: Instant) -> Iterator[Event]:
    """On hold for as long as the rule allows."""
    contact = state.contacts[ContactId(key)]
    assert contact.agent is not None
    assert contact.held_since is not None
    yield HoldAlarmed(
        at=at,
        contact=contact.id,
        agent=contact.agent,
        agent_leg=contact.agent_leg,
        held=between(contact.held_since, at),
    )


@deadline("recall")
def forgotten(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Nobody came back to the customer, so the customer comes back."""
    contact = state.contacts[ContactId(key)]
    assert contact.agent is not None
    yield ContactResumed(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        agent=contact.agent,
        recalled=True,
        agent_leg=contact.agent_leg,
    )


@changes(LegHoldChanged)
def leg_changed(event: LegHoldChanged, state: State) -> None:
    """Remembered while it lasts."""
    if event.held:
        state.held_legs[event.leg] = False
    else:
        state.held_legs.pop(event.leg, None)


@changes(ContactHeld)
def was_held(event: ContactHeld, state: State) -> None:
    """Music from now on, and the clocks of the rule."""
    contact = state.contacts[event.contact]
    if event.by_device and contact.agent_leg is not None:
        state.held_legs[contact.agent_leg] = True
    contact.phase = PHASE_HELD
    contact.held_since = event.at
    if event.alarm_at is not None:
        state.timers.set(f"hold:{event.contact}", event.alarm_at)
    if event.recall_at is not None:
        state.timers.set(f"recall:{event.contact}", event.recall_at)


@changes(HoldAlarmed)
def was_alarmed(event: HoldAlarmed, state: State) -> None:
    """Told once."""
    state.contacts[event.contact].hold_alarmed = True
    state.timers.clear(f"hold:{event.contact}")


@changes(ContactResumed)
def was_resumed(event: ContactResumed, state: State) -> None:
    """They talk again."""
    contact = state.contacts[event.contact]
    contact.phase = PHASE_TALKING
    releasing.stop_hold(contact, event.at, state)
