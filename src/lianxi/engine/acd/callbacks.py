"""Called back instead of waiting on the line: the place in line is kept by a contact of its own.

The callback waits in the queue with the age of the caller who asked. When its turn comes an agent
is reserved first and the customer is called then, so there are never more calls out than agents for
them; and who asks twice is called back once.
"""

from collections.abc import Iterator
from typing import Final

from lianxi.engine.acd import offering, waiting
from lianxi.engine.acd.ending import end
from lianxi.engine.acd.prompting import hush
from lianxi.engine.deciding import deadline, decides
from lianxi.engine.evolving import changes
from lianxi.engine.ivr.moving import leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import CallbackAsked, CallbackCancelled
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactBegan
from lianxi.engine.messages.floor_events import CallbackDropped, CallbackRegistered
from lianxi.engine.messages.values import (
    Channel,
    EntryOutcome,
    FlowEnd,
    LegCause,
    OfferOutcome,
    Party,
    Phase,
    StepOutcome,
)
from lianxi.engine.promised import NO_PROMISE, Planned, Promise
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, LegId, QueueId
from lianxi.kernel.time import Instant, after

CHANNEL_CALLBACK: Final = Channel.CALLBACK
ENTRY_OUTCOME_ENDED: Final = EntryOutcome.ENDED
FLOW_END_CALLBACK: Final = FlowEnd.CALLBACK
LEG_CAUSE_FAILED: Final = LegCause.FAILED
LEG_CAUSE_NORMAL: Final = LegCause.NORMAL
OFFER_OUTCOME_MOVED: Final = OfferOutcome.MOVED
PARTY_SYSTEM: Final = Party.SYSTEM

MAY_LEAVE = (Phase.FLOW, Phase.WAITING, Phase.OFFERED)
"""Where a caller can still be who would rather be called back."""


@decides(CallbackAsked)
def asked(given: CallbackAsked, state: State) -> Iterator[Event]:
    """By the caller of a contact, or by anybody through another door."""
    contact = state.contacts.get(given.contact)
    queue = given.queue
    if queue is None and contact is not None:
        queue = contact.queue
    if queue is None or state.queue(queue) is None:
        return
    if contact is not None:
        if contact.phase in MAY_LEAVE and contact.channel is not CHANNEL_CALLBACK:
            yield from register(contact, given.number, queue, state, given.at, due=given.due)
    elif not state.is_known(_id_of(given.contact)):
        yield from _plan(
            given.contact,
            given.number,
            queue,
            given.at,
            given.due,
            state,
            given.at,
            promise=Promise(until=given.until, remark=given.remark, by=given.agent),
        )


def register(
    contact: Contact,
    number: str,
    queue: QueueId,
    state: State,
    at: Instant,
    *,
    due: Instant | None = None,
    outcome: EntryOutcome = EntryOutcome.CALLBACK,
) -> Iterator[Event]:
    """The caller will be called back and need not stay on the line."""
    since = contact.queued_since if contact.queued_since is not None else at
    yield from offering.withdraw(contact, OFFER_OUTCOME_MOVED, state, at)
    if contact.node is not None:
        yield leave(contact, StepOutcome.ENDED, at)
    if contact.entry is not None:
        yield waiting.left(contact.entry, outcome, state, at, ringing=False)
    yield from hush(contact, at)
    yield from plan(contact, number, queue, state, at, since=since, due=due)
    yield from end(
        contact, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_NORMAL, flow_end=FLOW_END_CALLBACK
    )


def plan(
    contact: Contact,
    number: str,
    queue: QueueId,
    state: State,
    at: Instant,
    *,
    since: Instant | None = None,
    due: Instant | None = None,
) -> Iterator[Event]:
    """Keep a place in line for the caller, who may go on with something else."""
    kept = contact.queued_since if since is None else since
    kept = at if kept is None else kept
    yield from _plan(contact.id, number, queue, kept, due, state, at, contact)


def _plan(
    asker: ContactId,
    number: str,
    queue: QueueId,
    since: Instant,
    due: Instant | None,
    state: State,
    at: Instant,
    contact: Contact | None = None,
    attempt: int = 1,
    promise: Promise = NO_PROMISE,
) -> Iterator[Event]:
    if f"{queue} {number}" in state.callbacks:
        return
    callback, n = _id_of(asker), 1
    while state.is_known(callback) or callback in state.planned:
        n += 1
        callback = ContactId(f"{_id_of(asker)}{n}")
    yield CallbackRegistered(
        at=at,
        contact=asker,
        callback=callback,
        number=number,
        queue=queue,
        since=since,
        due=due if due is not None and due > at else None,
        attempt=attempt,
        until=promise.until,
        remark=promise.remark,
        agent=promise.by,
    )
    if callback not in state.planned:
        return
    if state.timers.armed(f"callback:{callback}") is None:
        yield from _begin(state.planned[callback], state, at, contact)


def again(contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """The customer was not reached: once more after a while, with the age kept, as often as the
    queue has it, and not beside a callback that was asked for meanwhile."""
    queue = state.queue(contact.queue) if contact.queue is not None else None
    if queue is None or contact.attempt >= queue.callbacks.attempts:
        return
    asker = ContactId(contact.id.partition("-callback")[0])
    since = contact.queued_since if contact.queued_since is not None else at
    due = after(at, queue.callbacks.again_after)
    attempt = contact.attempt + 1
    promise = Promise(until=contact.until, remark=contact.remark, by=contact.promised_by)
    yield from _plan(
        asker, contact.caller, queue.id, since, due, state, at, attempt=attempt, promise=promise
    )


@deadline("callback")
def due(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The agreed moment has come: into the line."""
    yield from _begin(state.planned[ContactId(key)], state, at)


def _begin(
    planned: Planned, state: State, at: Instant, contact: Contact | None = None
) -> Iterator[Event]:
    yield ContactBegan(
        at=at,
        contact=planned.contact,
        leg=LegId(""),
        channel=CHANNEL_CALLBACK,
        dialled=contact.dialled if contact is not None else "",
        caller=planned.number,
        caller_name=contact.caller_name if contact is not None else "",
        recording="",
        priority=contact.priority if contact is not None else 0,
        needs=contact.needs if contact is not None else (),
        wanted=contact.wanted if contact is not None else None,
    )
    queue = state.queue(planned.queue)
    begun = state.contacts[planned.contact]
    if queue is not None:
        yield waiting.joined(begun, queue, state, at, since=planned.since)
    else:
        yield from end(begun, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_FAILED)


@decides(CallbackCancelled)
def cancelled(given: CallbackCancelled, state: State) -> Iterator[Event]:
    """Nobody is to be called: out of the line, or it never gets there."""
    at = given.at
    if not is_open(given.callback, state):
        return
    yield CallbackDropped(at=at, contact=given.callback, by=given.by)
    contact = state.contacts.get(given.callback)
    if contact is not None:
        yield from offering.withdraw(contact, OFFER_OUTCOME_MOVED, state, at)
        if contact.entry is not None:
            yield waiting.left(contact.entry, ENTRY_OUTCOME_ENDED, state, at, ringing=False)
        yield from end(contact, state, at, by=PARTY_SYSTEM, cause=LEG_CAUSE_NORMAL)


def is_open(callback: ContactId, state: State) -> bool:
    """Whether it can still be cancelled: promised, or in line, and in nobody's hand."""
    if callback in state.planned:
        return True
    contact = state.contacts.get(callback)
    return (
        contact is not None and contact.channel is CHANNEL_CALLBACK and contact.phase in MAY_LEAVE
    )


def _id_of(asker: ContactId) -> ContactId:
    return ContactId(f"{asker}-callback")


@changes(CallbackRegistered)
def _registered(event: CallbackRegistered, state: State) -> None:
    state.callbacks[f"{event.queue} {event.number}"] = event.callback
    state.planned[event.callback] = Planned(
        contact=event.callback, number=event.number, queue=event.queue, since=event.since
    )
    planned = state.planned[event.callback]
    planned.attempt, planned.until = event.attempt, event.until
    planned.remark, planned.promised_by = event.remark, event.agent
    if event.due is not None:
        state.timers.set(f"callback:{event.callback}", event.due)


@changes(CallbackDropped)
def _dropped(event: CallbackDropped, state: State) -> None:
    planned = state.planned.pop(event.contact, None)
    if planned is not None:
        state.callbacks.pop(f"{planned.queue} {planned.number}", None)
        state.timers.clear(f"callback:{event.contact}")
