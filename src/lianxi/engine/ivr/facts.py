"""What a flow may ask of the switchboard."""

from lianxi.engine.ivr.nodes.hours import is_open
from lianxi.engine.messages.expressions import FactName, FromFact, Value
from lianxi.engine.state import Contact, State
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
    return _about_queue(fact, QueueId(wanted.of), state)


def _about_queue(fact: FactName, queue: QueueId, state: State) -> int:
    if fact is FactName.WAITING:
        return waiting(queue, state)
    if fact is FactName.SIGNED_IN:
        return _staff(queue, state, available=False)
    if fact is FactName.AVAILABLE:
        return _staff(queue, state, available=True)
    pace = state.pace.get(queue)
    if pace is None or pace.every is None:
        return 0
    return round((waiting(queue, state) + 1) * pace.every / 1_000)


def waiting(queue: QueueId, state: State) -> int:
    """How many contacts wait in the queue, offered ones included."""
    return sum(1 for entry in state.entries.values() if entry.queue == queue)


def _staff(queue: QueueId, state: State, *, available: bool) -> int:
    count = 0
    for agent in state.agents.values():
        setup = state.setup(agent.id)
        if setup is not None and queue in setup.queues and (agent.is_available() or not available):
            count += 1
    return count
