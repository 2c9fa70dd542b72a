"""How promises to call back become rows: one per promise, whatever the attempts."""

from lianxi.engine.messages import calling as c
from lianxi.engine.messages import events as e
from lianxi.engine.messages import floor_events as fl
from lianxi.engine.messages.base import Event
from lianxi.kernel.time import Instant
from lianxi.projections.callback_models import CallbackOutcome, FactCallback
from lianxi.projections.memory import Memory

KNOWN = (CallbackOutcome.REACHED, CallbackOutcome.TAKEN, CallbackOutcome.CANCELLED)
"""Outcomes that the end of the contact does not change."""


def fold_callback(event: Event, memory: Memory) -> None:
    """Apply one fact about a callback."""
    if isinstance(event, fl.CallbackRegistered):
        _register(event, memory)
        return
    contact = getattr(event, "contact", None)
    row = None if contact is None else memory.callbacks.get(contact)
    if row is None:
        return
    match event:
        case e.ContactConnected():
            row.taken_at = row.taken_at or event.at
            row.agent, row.team = event.agent, memory.team_of(event.agent)
            if row.outcome is CallbackOutcome.OPEN:
                row.outcome = CallbackOutcome.TAKEN
        case c.CallPlaced() if row.outcome is CallbackOutcome.TAKEN:
            row.outcome = CallbackOutcome.OPEN
        case c.CallAnswered():
            row.reached_at = event.at
            row.outcome = CallbackOutcome.REACHED
        case fl.CallbackDropped():
            _end(row, event.at, CallbackOutcome.CANCELLED)
        case e.ContactEnded():
            _end(row, event.at, CallbackOutcome.UNREACHED)
        case _:
            pass


def _register(event: fl.CallbackRegistered, memory: Memory) -> None:
    former = memory.promises.get((event.queue, event.number))
    if event.attempt > 1 and former is not None and former.outcome is CallbackOutcome.UNREACHED:
        former.outcome, former.ended_at = CallbackOutcome.OPEN, None
        former.attempts = event.attempt
        memory.renew(former, event.callback)
        return
    asker = memory.contacts.get(event.contact)
    memory.add(
        FactCallback(
            callback=event.callback,
            newest=event.callback,
            asker=event.contact,
            queue=event.queue,
            number="" if asker is None else asker.number,
            caller=event.number,
            registered_at=event.at,
            since=event.since,
            due_at=event.due,
            attempts=event.attempt,
        )
    )


def _end(row: FactCallback, at: Instant, outcome: CallbackOutcome) -> None:
    if row.ended_at is None:
        row.ended_at = max(at, row.registered_at)
    if row.outcome not in KNOWN:
        row.outcome = outcome
