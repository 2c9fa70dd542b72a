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
from lianxi.engine.messages.values import Activity, EntryOutcome, Phase
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, Millis

ACTIVITY_TALKING: Final = Activity.TALKING
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
    # A field of a message that is read twice is read once: it costs as much as a look-up.
    at, queue, contact_id, entry_id = event.at, event.queue, event.contact, event.entry
    contact = state.contacts[contact_id]
    number = state.number("entry")
    state.counters["entry"] = number
    since, stood = event.since, event.stood
    if stood is None:
        stood = Instant(since - event.priority * STRICT)
    wanted_until = event.wanted_until
    entry = Entry(
        id=entry_id,
        contact=contact_id,
        queue=queue,
        place=(0 if event.recovered else 1, stood, number, entry_id),
        entered_at=at,
        since=since,
        priority=event.priority,
        channel=contact.channel,
        needs=event.needs,
        level=event.level,
        wanted=event.wanted if wanted_until is not None else None,
    )
    state.entries[entry_id] = entry
    contact.phase = PHASE_WAITING
    contact.node = None
    contact.queue = queue
    contact.entry = entry_id
    contact.queued_since = since
    if event.recovered:
        contact.handed_by = None
        entry.stage = event.stage
        entry.before = event.before
    if contact.agent is not None:
        contact.agent = None
        state.timers.clear(f"recover:{contact_id}")
        releasing.drop_agent_leg(contact, state)
        releasing.stop_hold(contact, at, state)
    state.floor.enter(queue, entry.place)
    seating.stand(entry, state)
    _arm("announce", event.announce_at, entry, state)
    _arm("overflow", event.overflow_at, entry, state)
    _arm("wanted", wanted_until, entry, state)
    _arm("widen", event.widen_at, entry, state)
    staffing.watch(queue, at, state)
    merging.watch(queue, at, state)


def _arm(kind: str, at: Instant | None, entry: Entry, state: State) -> None:
    if at is not None:
        entry.is_timed = True
        state.timers.set(f"{kind}:{entry.id}", at)


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
        state.contacts[entry.contact].handed_by = None
        state.timers.clear(f"wanted:{event.entry}")
    elif event.wanted is not None and event.wanted_until is not None:
        entry.wanted = event.wanted
        entry.is_timed = True
        state.contacts[entry.contact].handed_by = None
        state.timers.set(f"wanted:{event.entry}", event.wanted_until)
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
    outcome = event.outcome
    entry = _leave(state.entries[event.entry], state, event.at, outcome)
    contact = state.contacts[entry.contact]
    if outcome is ENTRY_OUTCOME_OVERFLOWED:
        contact.hops += 1
    if outcome in ON_THE_WAY:
        contact.phase = PHASE_FLOW


ON_THE_WAY: Final = (ENTRY_OUTCOME_FLOW_OUT, ENTRY_OUTCOME_OVERFLOWED, ENTRY_OUTCOME_MOVED)
"""The contact goes on elsewhere."""


def _leave(entry: Entry, state: State, at: Instant, outcome: EntryOutcome) -> Entry:
    del state.entries[entry.id]
    contact = state.contacts[entry.contact]
    contact.entry = None
    contact.stage = entry.stage
    contact.stood = Millis(entry.before + max(0, at - entry.entered_at))
    if not contact.offers:
        seating.step_out(entry, state)
    state.floor.leave(entry.queue, entry.place)
    if entry.is_timed:
        for timer in ("announce", "overflow", "wanted", "widen"):
            state.timers.clear(f"{timer}:{entry.id}")
    pacing.left(entry, outcome, state, at)
    staffing.watch(entry.queue, at, state)
    return entry


@changes(ContactConnected)
def _(event: ContactConnected, state: State) -> None:
    at, contact_id, leg = event.at, event.contact, event.leg
    contact = state.contacts[contact_id]
    entry = state.entries.get(event.entry)
    if entry is not None:
        _leave(entry, state, at, ENTRY_OUTCOME_ANSWERED)
    was_reserved = releasing.release(event.offer, state)
    agent = state.agents[event.agent]
    contact.phase = PHASE_TALKING
    contact.agent = agent.id
    contact.connected_at = at
    contact.waited = event.waited
    contact.handed_by = None
    if leg:
        contact.agent_leg = leg
        state.legs[leg] = contact_id
    agent.misses = 0
    if contact.is_call:
        agent.activity = ACTIVITY_TALKING
        agent.contact = contact_id
        agent.since = at
        agent.busy_since = at
    elif contact_id in agent.texts:
        agent.texts[contact_id].offer = None
    if not was_reserved:  # in journals in which the offer had ended before
        seating.refresh(agent, state)
