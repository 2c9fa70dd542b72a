"""A recording that the agent pauses while a card number is said, and that goes on by itself."""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import releasing
from lianxi.engine.acd.recording_choice import ON_DEMAND, is_recorded
from lianxi.engine.acd.talking import of_agent
from lianxi.engine.at_desk import Agent
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.evolving import changes
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import RecordingPauseAsked, RecordingResumeAsked
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.pausing import PauseCause, RecordingPaused, RecordingResumed
from lianxi.engine.messages.recordings import RecordingStartAsked, RecordingStarted
from lianxi.engine.messages.values import Phase
from lianxi.engine.recorded import Recorded
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis, after

PAYMENT_FIELD: Final = PauseCause.PAYMENT_FIELD
PHASE_HELD: Final = Phase.HELD
PHASE_TALKING: Final = Phase.TALKING


def longest_pause(contact: Contact, state: State) -> Millis:
    """How long an agent may pause the recording of this contact; 0 = not at all."""
    queue = state.queue(contact.queue) if contact.queue is not None else None
    return state.routing.recording_pause if queue is None else queue.recording_pause


def start_refusal(given: RecordingStartAsked, agent: Agent, state: State) -> str | None:
    """Why the agent cannot begin to record now."""
    contact = state.contacts.get(given.contact)
    if contact is None or (agent.contact != contact.id and contact.id not in agent.texts):
        return "not_your_contact"
    if contact.agent != agent.id or contact.phase not in (PHASE_TALKING, PHASE_HELD):
        return "not_talking"
    if is_recorded(contact, state):
        return None
    queue = state.queue(contact.queue) if contact.queue is not None else None
    if queue is None or queue.recording is not ON_DEMAND or not contact.recording:
        return "recording_not_on_demand"
    known = state.recorded.get(contact.id)
    is_untold = known is not None and (known.heard is False or known.playback is not None)
    return "recording_unannounced" if is_untold else None


@decides(RecordingStartAsked)
def start(given: RecordingStartAsked, state: State) -> Iterator[Event]:
    """The rest of the conversation is kept; a second asking changes nothing."""
    if not is_recorded(state.contacts[given.contact], state):
        yield RecordingStarted(at=given.at, contact=given.contact, agent=given.agent)


@changes(RecordingStarted)
def was_started(event: RecordingStarted, state: State) -> None:
    """From now on."""
    state.recorded.setdefault(event.contact, Recorded()).started_at = event.at


@decides(RecordingPauseAsked)
def pause(given: RecordingPauseAsked, state: State) -> Iterator[Event]:
    """Silence in the recording from now on; a second asking changes nothing, the limit included,
    but that a pause which a field began becomes the agent's own."""
    contact = of_agent(given.agent, given.contact, state)
    if contact is None or contact.phase not in (PHASE_TALKING, PHASE_HELD):
        return
    until = state.timers.armed(f"record:{contact.id}")
    if until is None:
        until = after(given.at, longest_pause(contact, state))
    elif given.cause is PAYMENT_FIELD or not _is_of_field(contact, state):
        return
    yield RecordingPaused(
        at=given.at,
        contact=contact.id,
        leg=contact.leg,
        agent=given.agent,
        until=until,
        cause=given.cause,
    )


def _is_of_field(contact: Contact, state: State) -> bool:
    known = state.recorded.get(contact.id)
    return known is not None and known.is_field


@decides(RecordingResumeAsked)
def resume(given: RecordingResumeAsked, state: State) -> Iterator[Event]:
    """The recording goes on; a second asking changes nothing."""
    contact = of_agent(given.agent, given.contact, state)
    if contact is None or contact.recording_paused_at is None:
        return
    if given.cause is not PAYMENT_FIELD or _is_of_field(contact, state):
        yield RecordingResumed(at=given.at, contact=contact.id, leg=contact.leg, agent=given.agent)


@deadline("record")
def over(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Paused for as long as is allowed."""
    contact = state.contacts[ContactId(key)]
    yield RecordingResumed(at=at, contact=contact.id, leg=contact.leg)


@changes(RecordingPaused)
def was_paused(event: RecordingPaused, state: State) -> None:
    """Until then at the latest."""
    contact = state.contacts[event.contact]
    contact.recording_paused_at = event.at
    contact.recording_was_paused = True
    known = state.recorded.get(event.contact)
    if known is not None:
        known.is_field = event.cause is PAYMENT_FIELD
    elif event.cause is PAYMENT_FIELD:
        state.recorded[event.contact] = Recorded()
        state.recorded[event.contact].is_field = True
    state.timers.set(f"record:{event.contact}", event.until)


@changes(RecordingResumed)
def was_resumed(event: RecordingResumed, state: State) -> None:
    """All is recorded again."""
    releasing.stop_pause(state.contacts[event.contact], state)
