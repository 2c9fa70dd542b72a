"""How facts about stays in queues change the state."""

from typing import Final

from lianxi.engine.acd import merging, pacing, releasing, seating, staffing
from lianxi.engine.evolving import changes
from lianxi.engine.living import Entry
from lianxi.engine.messages.events import (
    ContactConnected,
    ContactQueued,
    EntryEnded,
    PositionAnnounced,
)
from lianxi.engine.messages.floor_events import EntryOverdue, EntryRanked, EntryWidened
from lianxi.engine.messages.values import LINE_OF, Activity, Channel, EntryOutcome, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import EntryId
from lianxi.kernel.time import Instant

ACTIVITY_TALKING: Final = Activity.TALKING
CHANNEL_VOICE: Final = Channel.VOICE
ENTRY_OUTCOME_ANSWERED: Final = EntryOutcome.ANSWERED
ENTRY_OUTCOME_FLOW_OUT: Final = EntryOutcome.FLOW_OUT
ENTRY_OUTCOME_MOVED: Final = EntryOutcome.MOVED
ENTRY_OUTCOME_OVERFLOWED: Final = EntryOutcome.OVERFLOWED
PHASE_FLOW: Final = Phase.FLOW
PHASE_TALKING: Final = Phase.TALKING
PHASE_WAITING: Final = Phase.WAITING

STRICT = 10**10
"""What a step of priority was worth before ageing: more than any wait."""


@changes(ContactQueued)
def _(event: ContactQueued, state: State) -> None:
    contact = state.contacts[event.contact]
    number = state.number("entry")
    state.counters["entry"] = number
    stood = event.stood if event.stood is not None else event.since - event.priority * STRICT
    entry = Entry(
        id=event.entry,
        contact=event.contact,
        queue=event.queue,
        place=(0 if event.recovered else 1, stood, number, event.entry),
        entered_at=event.at,
        since=event.since,
        priority=event.priority,
        channel=contact.channel,
        needs=event.needs,
        level=event.level,
        wanted=event.wanted if event.wanted_until is not None else None,
    )
    state.entries[event.entry] = entry
    contact.phase = PHASE_WAITING
    contact.node = None
    contact.queue = event.queue
    contact.entry = event.entry
    contact.queued_since = event.since
    if contact.agent is not None:
        contact.agent = None
        state.timers.clear(f"recover:{event.contact}")
        releasing.drop_agent_leg(contact, state)
        releasing.stop_hold(contact, event.at, state)
    state.floor.enter(event.queue, entry.place)
    seating.stand(entry, state)
    if event.announce_at is not None:
        entry.is_timed = True
        state.timers.set(f"announce:{event.entry}", event.announce_at)
    if event.overflow_at is not None:
        entry.is_timed = True
        state.timers.set(f"overflow:{event.entry}", event.overflow_at)
    if event.wanted_until is not None:
        entry.is_timed = True
        state.timers.set(f"wanted:{event.entry}", event.wanted_until)
    if event.widen_at is not None:
        entry.is_timed = True
        state.timers.set(f"widen:{event.entry}", event.widen_at)
    staffing.watch(event.queue, event.at, state)
    merging.watch(event.queue, event.at, state)


@changes(PositionAnnounced)
def _(event: PositionAnnounced, state: State) -> None:
    if event.said:
        state.entries[event.entry].announced = event.position
    state.timers.set(f"announce:{event.entry}", event.next_at)


@changes(EntryWidened)
def _(event: EntryWidened, state: State) -> None:
    entry = state.entries[event.entry]
    is_waiting = not state.contacts[entry.contact].offers
    if is_waiting:
        seating.step_out(entry, state)
    entry.stage = event.stage
    entry.level = event.level
    if event.wanted_over:
        entry.wanted = None
        state.timers.clear(f"wanted:{event.entry}")
    elif event.next_at is None:
        state.timers.clear(f"widen:{event.entry}")
    if event.next_at is not None:
        state.timers.set(f"widen:{event.entry}", event.next_at)
    if is_waiting:
        seating.stand(entry, state)


@changes(EntryOverdue)
def _(event: EntryOverdue, state: State) -> None:
    state.entries[event.entry].is_overdue = True
    state.timers.clear(f"overflow:{event.entry}")


@changes(EntryRanked)
def _(event: EntryRanked, state: State) -> None:
    entry = state.entries[event.entry]
    is_waiting = not state.contacts[entry.contact].offers
    if is_waiting:
        seating.step_out(entry, state)
    state.floor.leave(entry.queue, entry.place)
    entry.priority = event.priority
    entry.place = (entry.place[0], event.stood, entry.place[2], entry.id)
    state.floor.enter(entry.queue, entry.place)
    if is_waiting:
        seating.stand(entry, state)


@changes(EntryEnded)
def _(event: EntryEnded, state: State) -> None:
    entry = _leave(event.entry, state, event.at, event.outcome)
    contact = state.contacts[entry.contact]
    if event.outcome is ENTRY_OUTCOME_OVERFLOWED:
        contact.hops += 1
    if event.outcome in (ENTRY_OUTCOME_FLOW_OUT, ENTRY_OUTCOME_OVERFLOWED, ENTRY_OUTCOME_MOVED):
        contact.phase = PHASE_FLOW


def _leave(entry_id: EntryId, state: State, at: Instant, outcome: EntryOutcome) -> Entry:
    entry = state.entries.pop(entry_id)
    contact = state.contacts[entry.contact]
    contact.entry = None
    if not contact.offers:
        seating.step_out(entry, state)
    state.floor.leave(entry.queue, entry.place)
    if entry.is_timed:
        for timer in ("announce", "overflow", "wanted", "widen"):
            state.timers.clear(f"{timer}:{entry_id}")
    pacing.left(entry, outcome, state, at)
    staffing.watch(entry.queue, at, state)
    return entry


@changes(ContactConnected)
def _(event: ContactConnected, state: State) -> None:
    contact = state.contacts[event.contact]
    if event.entry in state.entries:
        _leave(event.entry, state, event.at, ENTRY_OUTCOME_ANSWERED)
    was_reserved = releasing.release(event.offer, state)
    contact.phase = PHASE_TALKING
    contact.agent = event.agent
    contact.connected_at = event.at
    contact.waited = event.waited
    if event.leg:
        contact.agent_leg = event.leg
        state.legs[event.leg] = event.contact
    agent = state.agents[event.agent]
    agent.misses = 0
    if LINE_OF[contact.channel] is CHANNEL_VOICE:
        agent.activity = ACTIVITY_TALKING
        agent.contact = event.contact
        agent.since = event.at
        agent.busy_since = event.at
    elif event.contact in agent.texts:
        agent.texts[event.contact].offer = None
    if not was_reserved:  # in journals in which the offer had ended before
        seating.refresh(agent, state)
