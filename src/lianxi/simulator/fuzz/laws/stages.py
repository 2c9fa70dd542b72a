"""Whoever waited for a wider circle of agents need not do so again."""

from collections.abc import Mapping

from lianxi.engine.acd.waiting import at_this_hour
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactEnded,
    ContactQueued,
)
from lianxi.engine.messages.floor_events import EntryWidened
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, QueueId
from lianxi.simulator.fuzz.laws.law import Law, Taken, Watch


class StagesAreKept(Law):
    """Who lost the agent goes on in the line at the stage of widening that was reached in it, as
    far as the queue still has it; else everybody begins at the first."""

    name = "the stage of widening is kept"

    def __init__(self) -> None:
        self.reached: dict[ContactId, tuple[QueueId, int]] = {}
        self.entered: list[tuple[ContactQueued, int]] = []
        """Of this step, with the stage that was reached before."""

    def watches(self) -> Mapping[type[Event], Watch]:
        """See `Law.watches`."""
        return {
            ContactQueued: self.enters,
            EntryWidened: self.widened,
            ContactEnded: self.ends,
        }

    def enters(self, event: ContactQueued) -> None:
        """At the first stage, or where it was."""
        queue, stage = self.reached.get(event.contact, (event.queue, 0))
        if not event.recovered or queue != event.queue:
            stage = 0
        if event.stage < stage or (not event.recovered and event.stage):
            self.entered.append((event, stage))
        self.reached[event.contact] = (event.queue, event.stage)

    def widened(self, event: EntryWidened) -> None:
        """One stage further, or more."""
        queue, stage = self.reached[event.contact]
        if event.stage < stage:
            self.broken(f"was at stage {stage}:", event)
        self.reached[event.contact] = (queue, event.stage)

    def ends(self, event: ContactEnded) -> None:
        """Forgotten."""
        self.reached.pop(event.contact, None)

    def settle(self, taken: Taken, state: State) -> None:
        """Fewer stages than were reached are no fault."""
        for event, stage in self.entered:
            queue = state.queue(event.queue)
            stages = at_this_hour(queue, state, event.at).stages if queue is not None else ()
            if event.stage < min(stage, max(len(stages) - 1, 0)) or not event.recovered:
                self.broken(f"had reached stage {stage}:", event)
        self.entered.clear()
