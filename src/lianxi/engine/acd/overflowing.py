"""Leaving a queue by rule: too long a wait or a line, nobody there, closed; and where to instead.

A rule never cuts an offer short: while an agent is being rung the contact is only marked, and moves
on if the offer comes to nothing. A contact that has been moved often enough stays where it is.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import callbacks, outward_recording, pacing, recording_notice, waiting
from lianxi.engine.acd.ending import end
from lianxi.engine.acd.outward_recording import PLACED
from lianxi.engine.acd.prompting import hush, say
from lianxi.engine.deciding import deadline
from lianxi.engine.hours import is_open
from lianxi.engine.ivr import interpreter
from lianxi.engine.living import Contact, Entry
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import EntryOverdue
from lianxi.engine.messages.recordings import RecordingNoticeEnded
from lianxi.engine.messages.routing import Destination, OverflowRule, Queue
from lianxi.engine.messages.values import (
    EntryOutcome,
    FlowEnd,
    LegCause,
    OverflowWhen,
    Party,
    Phase,
)
from lianxi.engine.recorded import Recorded
from lianxi.engine.state import State
from lianxi.kernel.ids import EntryId, PromptName, QueueId
from lianxi.kernel.time import Instant

ENTRY_OUTCOME_CALLBACK: Final = EntryOutcome.CALLBACK
ENTRY_OUTCOME_FLOW_OUT: Final = EntryOutcome.FLOW_OUT
ENTRY_OUTCOME_MOVED: Final = EntryOutcome.MOVED
ENTRY_OUTCOME_OVERFLOWED: Final = EntryOutcome.OVERFLOWED
FLOW_END_TURNED_AWAY: Final = FlowEnd.TURNED_AWAY
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
OVERFLOW_WHEN_CLOSED: Final = OverflowWhen.CLOSED
OVERFLOW_WHEN_ESTIMATED_WAIT: Final = OverflowWhen.ESTIMATED_WAIT
OVERFLOW_WHEN_LENGTH: Final = OverflowWhen.LENGTH
OVERFLOW_WHEN_NO_AGENTS: Final = OverflowWhen.NO_AGENTS
OVERFLOW_WHEN_SERVICE_LEVEL: Final = OverflowWhen.SERVICE_LEVEL
OVERFLOW_WHEN_WAITED: Final = OverflowWhen.WAITED
PARTY_SYSTEM: Final = Party.SYSTEM
PHASE_WAITING: Final = Phase.WAITING

SORRY = (PromptName("sorry_all_lines"),)


def rules_of(queue: Queue, state: State, at: Instant) -> tuple[OverflowRule, ...]:
    """The queue's rules at this time of day."""
    return waiting.at_this_hour(queue, state, at).overflow


def on_entering(queue: Queue, state: State, at: Instant) -> Destination | None:
    """Where somebody goes who would enter the queue now; `None` = into it."""
    is_closed = queue.calendar is not None and not _is_open(queue, state, at)
    for rule in rules_of(queue, state, at):
        if _holds(rule, queue, state, at, is_closed=is_closed):
            return rule.to
    return Destination(prompts=SORRY) if is_closed else None


def _is_open(queue: Queue, state: State, at: Instant) -> bool:
    calendar = state.calendar(queue.calendar) if queue.calendar is not None else None
    return calendar is not None and is_open(calendar, at)


def _holds(rule: OverflowRule, queue: Queue, state: State, at: Instant, *, is_closed: bool) -> bool:
    length = state.floor.length(queue.id)
    if rule.when is OVERFLOW_WHEN_CLOSED:
        return is_closed
    if rule.when is OVERFLOW_WHEN_LENGTH:
        return length >= rule.threshold
    if rule.when is OVERFLOW_WHEN_ESTIMATED_WAIT:
        wait = pacing.wait_on_entering(queue.id, state, at) if length else None
        return wait is not None and wait > rule.threshold
    if rule.when is OVERFLOW_WHEN_SERVICE_LEVEL:
        level = pacing.service_level(queue.id, state)
        return level is not None and level < rule.threshold
    if rule.when is OVERFLOW_WHEN_NO_AGENTS:
        return rule.threshold == 0 and not state.floor.staffed.get(queue.id)
    return rule.threshold == 0


@deadline("overflow")
def waited_too_long(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The wait the rule allows is over."""
    entry = state.entries[EntryId(key)]
    yield EntryOverdue(at=at, contact=entry.contact, entry=entry.id)
    if not state.contacts[entry.contact].offers:
        yield from _move_on(entry, state, at)


def after_offer(entry: Entry, state: State, at: Instant) -> Iterator[Event]:
    """Nobody is rung for the contact any more: it waits on, unless it is overdue or its queue is
    configured no more."""
    if state.queue(entry.queue) is None:
        yield from strand(entry, state, at)
    elif entry.is_overdue:
        yield from _move_on(entry, state, at)
    elif entry.wanted is not None and state.contacts[entry.contact].handed_by is not None:
        yield from waiting.not_served(entry, state, at)


def _move_on(entry: Entry, state: State, at: Instant) -> Iterator[Event]:
    queue = state.queue(entry.queue)
    contact = state.contacts[entry.contact]
    if queue is None or contact.hops >= state.routing.most_hops:
        return
    for rule in rules_of(queue, state, at):
        if rule.when is OVERFLOW_WHEN_WAITED:
            yield from go(contact, rule.to, state, at, ENTRY_OUTCOME_OVERFLOWED)
            return


def empty_out(queue_id: QueueId, state: State, at: Instant) -> Iterator[Event]:
    """Nobody is signed in: everybody in line goes where the rule says, the first in line first."""
    queue = state.queue(queue_id)
    for rule in rules_of(queue, state, at) if queue is not None else ():
        if rule.when is OVERFLOW_WHEN_NO_AGENTS:
            for place in list(state.floor.lines.get(queue_id, ())):
                contact = state.contacts[state.entries[place[3]].contact]
                if not contact.offers and contact.hops < state.routing.most_hops:
                    yield from go(contact, rule.to, state, at, ENTRY_OUTCOME_OVERFLOWED)
            return


def turn_away_stranded(state: State, at: Instant) -> Iterator[Event]:
    """Callers in line for a queue that is configured no more: nobody would ever serve them."""
    for queue in [q for q in state.floor.lines if q not in state.floor.queues]:
        for place in list(state.floor.lines[queue]):
            entry = state.entries[place[3]]
            if not state.contacts[entry.contact].offers:
                yield from strand(entry, state, at)


def strand(entry: Entry, state: State, at: Instant) -> Iterator[Event]:
    """On to the queue that takes over, with the age kept; or told so and let go."""
    contact = state.contacts[entry.contact]
    to = next((m.to for m in state.routing.moves if m.gone == entry.queue), None)
    if to is not None and state.queue(to) is not None:
        yield from go(contact, Destination(queue=to), state, at, ENTRY_OUTCOME_MOVED)
    else:
        yield from go(contact, Destination(prompts=SORRY), state, at, ENTRY_OUTCOME_FLOW_OUT)


def go(
    contact: Contact, to: Destination, state: State, at: Instant, outcome: EntryOutcome
) -> Iterator[Event]:
    """Leave the line, if in one, and go there. What cannot be reached is as if not named."""
    if to.callback and contact.queue is not None and contact.caller:
        yield from callbacks.register(
            contact, contact.caller, contact.queue, state, at, outcome=ENTRY_OUTCOME_CALLBACK
        )
        return
    since = contact.queued_since
    yield from hush(contact, at)
    if contact.entry is not None:
        yield waiting.left(contact.entry, outcome, state, at, ringing=False)
    queue = state.queue(to.queue) if to.queue is not None else None
    if queue is None and to.agent is not None and contact.queue is not None:
        queue = state.queue(contact.queue)
    flow = next((f for f in state.routing.flows if f.id == to.flow), None)
    if queue is not None:
        yield from enter(contact, queue, to, state, at, since=since)
    elif flow is not None and contact.has_media:
        yield from interpreter.start(flow, contact, state, at)
    elif to.prompts and contact.has_media:
        yield from say(contact, to.prompts, state, at)
    else:
        yield from end(
            contact, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_NORMAL,
            flow_end=FLOW_END_TURNED_AWAY,
        )  # fmt: skip


def notice_over(
    contact: Contact, waits: Recorded, state: State, at: Instant, *, heard: bool
) -> Iterator[Event]:
    """The caller was told of the recording, or could not be: now the wait begins."""
    assert waits.queue is not None
    to = Destination(agent=waits.agent, prompts=waits.prompts)
    queue, since = state.queue(waits.queue), waits.since
    yield RecordingNoticeEnded(at=at, contact=contact.id, queue=waits.queue, heard=heard)
    if queue is None:
        yield from go(contact, Destination(prompts=SORRY), state, at, ENTRY_OUTCOME_FLOW_OUT)
    else:
        yield from enter(contact, queue, to, state, at, since=since)


def enter(
    contact: Contact,
    queue: Queue,
    to: Destination,
    state: State,
    at: Instant,
    *,
    since: Instant | None = None,
) -> Iterator[Event]:
    """Into a queue, or where its rules send whoever would enter now."""
    if contact.channel in PLACED and not contact.recording:
        yield from outward_recording.take_up(contact, queue, state, at)
    if recording_notice.is_owed(contact, queue, state):
        yield from recording_notice.begin(contact, queue, to, state, at, since=since)
        return
    elsewhere = None
    if contact.hops < state.routing.most_hops:
        elsewhere = on_entering(queue, state, at)
    if elsewhere is None:
        yield waiting.joined(contact, queue, state, at, since=since, wanted=to.agent)
        if contact.has_media and to.prompts and contact.phase is PHASE_WAITING:
            yield from say(contact, to.prompts, state, at)
        return
    yield waiting.joined(contact, queue, state, at, since=since)
    yield from go(contact, elsewhere, state, at, ENTRY_OUTCOME_OVERFLOWED)
