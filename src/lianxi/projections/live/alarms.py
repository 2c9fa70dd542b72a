"""What supervisors are told without looking for it: callers who wait for nobody.

An alarm begins with the engine's fact and is over when what it was about is over. Who is away for
too long, and who is on hold for too long, stands in the engine's state itself.
"""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import QueueUnstaffed
from lianxi.engine.state import State
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant


class Alarms:
    """The alarms that stand.

    Args:
        state: of a snapshot. Whose callers wait for nobody there is taken for told.
    """

    def __init__(self, state: State) -> None:
        self._unstaffed: dict[QueueId, Instant] = {}
        for entry in state.entries.values():
            if is_alone(entry.queue, state):
                since = self._unstaffed.get(entry.queue, entry.since)
                self._unstaffed[entry.queue] = min(since, entry.since)

    def take(self, event: Event) -> None:
        """Hear one event."""
        if isinstance(event, QueueUnstaffed):
            self._unstaffed.setdefault(event.queue, event.at)

    def settle(self, state: State) -> None:
        """Forget what is over; called when all events of a moment are in the state."""
        for queue in [queue for queue in self._unstaffed if not is_alone(queue, state)]:
            del self._unstaffed[queue]

    def unstaffed_since(self, queue: QueueId) -> Instant | None:
        """Since when it is told that callers of the queue wait for nobody."""
        return self._unstaffed.get(queue)


def is_alone(queue: QueueId, state: State) -> bool:
    """Whether somebody waits in the queue while nobody who serves it is signed in."""
    return bool(state.floor.lines.get(queue)) and not state.floor.staffed.get(queue)
