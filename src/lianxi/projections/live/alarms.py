"""What supervisors are told without looking for it: nobody there, somebody away for too long.

An alarm begins with the engine's fact and is over when what it was about is over.
"""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.floor_events import AgentOverstayed, QueueUnstaffed
from lianxi.engine.messages.values import Intent
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Instant


class Alarms:
    """The alarms that stand.

    Args:
        state: of a snapshot. Whose callers wait for nobody there is taken for told.
    """

    def __init__(self, state: State) -> None:
        self._unstaffed: dict[QueueId, Instant] = {}
        self._overstayed: dict[AgentId, str] = {}
        for entry in state.entries.values():
            if is_alone(entry.queue, state):
                since = self._unstaffed.get(entry.queue, entry.since)
                self._unstaffed[entry.queue] = min(since, entry.since)

    def take(self, event: Event) -> None:
        """Hear one event."""
        if isinstance(event, QueueUnstaffed):
            self._unstaffed.setdefault(event.queue, event.at)
        elif isinstance(event, AgentOverstayed):
            self._overstayed[event.agent] = event.reason

    def settle(self, state: State) -> None:
        """Forget what is over; called when all events of a moment are in the state."""
        for queue in [queue for queue in self._unstaffed if not is_alone(queue, state)]:
            del self._unstaffed[queue]
        for agent, reason in list(self._overstayed.items()):
            if not _is_away(agent, reason, state):
                del self._overstayed[agent]

    def unstaffed_since(self, queue: QueueId) -> Instant | None:
        """Since when it is told that callers of the queue wait for nobody."""
        return self._unstaffed.get(queue)

    def has_overstayed(self, agent: AgentId) -> bool:
        """Whether the agent is not ready for longer than the reason allows."""
        return agent in self._overstayed


def is_alone(queue: QueueId, state: State) -> bool:
    """Whether somebody waits in the queue while nobody who serves it is signed in."""
    return bool(state.floor.lines.get(queue)) and not state.floor.staffed.get(queue)


def _is_away(agent: AgentId, reason: str, state: State) -> bool:
    found = state.agents.get(agent)
    return found is not None and found.intent is Intent.NOT_READY and found.reason == reason
