"""What a flow may ask of the switchboard."""

from lianxi.engine.acd.pacing import wait_on_entering
from lianxi.engine.hours import is_open
from lianxi.engine.living import Contact
from lianxi.engine.messages.expressions import FactName, FromFact, Value
from lianxi.engine.state import State
from lianxi.kernel.ids import CalendarId, QueueId
from lianxi.kernel.time import Instant


def known(wanted: FromFact, contact: Contact, state: State, at: Instant) -> Value:
    """The fact as it is at this moment."""
    fact = wanted.fact
    if fact is FactName.CALLER:
        return contact.caller
    if fact is FactName.CALLER_NAME:
        return contact.caller_name
    if fact is FactName.DIALLED:
        return contact.dialled
    if fact is FactName.LANGUAGE:
        return contact.language
    if fact is FactName.NOW:
        return at
    if fact is FactName.ARRIVED_AT:
        return contact.arrived_at
    if fact is FactName.IS_OPEN:
        calendar = state.calendar(CalendarId(wanted.of))
        return calendar is not None and is_open(calendar, at)
    return _about_queue(fact, QueueId(wanted.of), state, at)


def _about_queue(fact: FactName, queue: QueueId, state: State, at: Instant) -> int:
    if fact is FactName.WAITING:
        return waiting(queue, state)
    if fact is FactName.SIGNED_IN:
        return state.floor.staffed.get(queue, 0)
    if fact is FactName.AVAILABLE:
        return state.floor.free_in(queue)
    wait = wait_on_entering(queue, state, at)
    return 0 if wait is None else round(wait / 1_000)


def waiting(queue: QueueId, state: State) -> int:
    """How many contacts wait in the queue, offered ones included."""
    return state.floor.length(queue)
