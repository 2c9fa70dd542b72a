"""How far the wait that callers are told is from the wait they live, in simulated centres.

    python -m tools.waiting_estimate examples/small-centre.toml --replications 10

Asked for every tenth caller who has to wait, at the moment of entering, and compared with the time
until an agent rings. These callers do not give up: else only short waits would be lived to their
end, and every estimate would look too long. Beside it stands the estimate that takes every ready
agent of a queue for its own.
"""

import argparse
from pathlib import Path

from lianxi.engine.acd import pacing
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactQueued, EntryEnded, OfferMade
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, QueueId
from lianxi.kernel.time import Instant
from lianxi.simulator.actors import Caller
from lianxi.simulator.reading import load
from lianxi.simulator.scenario import Scenario
from lianxi.simulator.world import World

MS_PER_S = 1_000
ASKED_EVERY = 10


class Asked:
    """The estimates of one caller, in milliseconds."""

    def __init__(self, queue: QueueId, at: Instant, shared: float, alone: float) -> None:
        self.queue = queue
        self.at = at
        self.shared = shared
        self.alone = alone


class Errors:
    """Differences of estimate and lived wait, in seconds."""

    def __init__(self) -> None:
        self.count = 0
        self.lived = 0.0
        self.shared = self.shared_bias = 0.0
        self.alone = self.alone_bias = 0.0

    def add(self, asked: Asked, lived: float) -> None:
        """One caller who was answered."""
        self.count += 1
        self.lived += lived / MS_PER_S
        self.shared += abs(asked.shared - lived) / MS_PER_S
        self.shared_bias += (asked.shared - lived) / MS_PER_S
        self.alone += abs(asked.alone - lived) / MS_PER_S
        self.alone_bias += (asked.alone - lived) / MS_PER_S

    def line(self, name: str) -> str:
        """A row of the table."""
        n = max(self.count, 1)
        return (
            f"{name:12} {self.count:8} {self.lived / n:9.1f} "
            f"{self.shared / n:9.1f} {self.shared_bias / n:+9.1f} "
            f"{self.alone / n:9.1f} {self.alone_bias / n:+9.1f}"
        )


class Watched(World):
    """A replication in which everybody who has to wait is told how long."""

    def __init__(self, scenario: Scenario, replication: int, errors: dict[str, Errors]) -> None:
        self._errors = errors
        self._asked: dict[ContactId, Asked] = {}
        self._waited = 0
        super().__init__(scenario, replication)

    def _hear(self, events: list[Event]) -> None:
        rung = {event.contact for event in events if isinstance(event, OfferMade)}
        for event in events:
            if isinstance(event, ContactQueued) and event.contact not in rung:
                self._ask(event)
            elif isinstance(event, OfferMade):
                asked = self._asked.pop(event.contact, None)
                if asked is not None:
                    for name in (asked.queue, "all"):
                        errors = self._errors.setdefault(name, Errors())
                        errors.add(asked, event.at - asked.at)
            elif isinstance(event, EntryEnded):
                self._asked.pop(event.contact, None)
        super()._hear(events)

    def _give_up(self, at: Instant, caller: Caller) -> None:
        if caller.contact not in self._asked:
            super()._give_up(at, caller)

    def _ask(self, event: ContactQueued) -> None:
        self._waited += 1
        if self._waited % ASKED_EVERY:
            return
        state: State = self.engine.state
        entry = state.entries[event.entry]
        position = state.position(entry)
        shared = pacing.expected_wait(event.queue, position, entry.place, state)
        pace = state.pace.get(event.queue)
        if shared is None or pace is None or pace.handled is None:
            return
        service = state.floor.serving[event.queue] / pace.handled
        alone = pacing.by_length(position, service, pacing.giving_up(pace))
        self._asked[event.contact] = Asked(event.queue, event.at, shared, alone)


def main() -> None:
    """Print a table for each scenario."""
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("scenarios", nargs="+", type=Path)
    reads.add_argument("--replications", type=int, default=10)
    given = reads.parse_args()
    for path in given.scenarios:
        scenario = load(path)
        errors: dict[str, Errors] = {}
        for replication in range(given.replications):
            Watched(scenario, replication, errors).run()
        print(f"{path.stem}: seconds, mean absolute error and mean error")
        print(f"{'queue':12} {'callers':>8} {'waited':>9} {'shared':>19} {'alone':>19}")
        for name in sorted(errors, key=lambda each: (each == "all", each)):
            print(errors[name].line(name))


if __name__ == "__main__":
    main()
