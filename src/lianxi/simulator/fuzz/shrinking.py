"""From a day of thousands of inputs to the few that matter.

First the day is cut where a law is broken. Then everything about one contact or one agent is left
out, whoever can be; then ever smaller pieces (delta debugging: Zeller and Hildebrandt, "Simplifying
and isolating failure-inducing input", 2002), as long as the same law is broken; at last whatever
the configurations need not contain.
"""

from collections.abc import Iterator
from time import monotonic

from msgspec.structs import replace

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import RoutingChanged
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.journal.story import RULE, golden, read, written
from lianxi.simulator.fuzz.laws.book import LAWS
from lianxi.simulator.fuzz.playing import NEVER, Broke, broke, names_of
from lianxi.simulator.fuzz.watched import Step

RESTART = "# restart"
"""A line of a story: here the engine is restarted from its snapshot."""

SUBJECTS = ("contact", "agent", "endpoint", "leg")
CONFIGURED = ("queues", "agents", "flows", "numbers", "calendars", "reasons")


class Shrinker:
    """Leaves out what is not needed to break a law.

    Args:
        found: the law that a trace breaks, and the trace.
        limit_s: give up looking for less after so many seconds.
    """

    def __init__(self, found: Broke, *, limit_s: float = 60.0) -> None:
        self.found = found
        self._laws = [law for law in LAWS if law.name == found.law]
        self._until = monotonic() + limit_s
        self._names = names_of(found.trace)

    def shrink(self) -> Broke:
        """Look for the shortest; `found` is always the shortest so far."""
        self._try([step for step in self.found.trace if step is not None])
        for name in SUBJECTS:
            self._without_each(name)
        self._pieces()
        self._less_configured()
        return self.found

    def _try(self, trace: list[Step]) -> bool:
        """Keep this one if it still breaks the law."""
        if not trace or len(trace) == len(self.found.trace) or monotonic() > self._until:
            return False
        return self._keep(broke(trace, self._laws, former=self._names, look_every=NEVER))

    def _keep(self, shorter: Broke | None) -> bool:
        if shorter is None or shorter.law != self.found.law:
            return False
        self.found = shorter
        self._names = names_of(shorter.trace)
        return True

    def _without_each(self, name: str) -> None:
        """Leave out everything about half of the subjects, a quarter, …, one."""
        subjects = list(dict.fromkeys(getattr(step, name, None) for step in self.found.trace))
        for size in _sizes(len(subjects)):
            for at in range(0, len(subjects), size):
                out = {subject for subject in subjects[at : at + size] if subject is not None}
                self._try([s for s in self.found.trace if getattr(s, name, None) not in out])

    def _pieces(self) -> None:
        """Leave out half of the trace, a quarter, …, one step; that again while it helps."""
        for size in _sizes(len(self.found.trace)):
            self._pieces_of(size)
        while monotonic() < self._until:
            before = len(self.found.trace)
            self._pieces_of(1)
            if len(self.found.trace) == before:
                return

    def _pieces_of(self, size: int) -> None:
        at = 0
        while at < len(self.found.trace) and monotonic() < self._until:
            trace = self.found.trace
            if not self._try(trace[:at] + trace[at + size :]):
                at += size

    def _less_configured(self) -> None:
        for at in range(len(self.found.trace)):
            for name in CONFIGURED:
                if monotonic() < self._until:
                    self._less_of(name, at)

    def _less_of(self, name: str, at: int) -> None:
        given = self.found.trace[at] if at < len(self.found.trace) else None
        if not isinstance(given, RoutingPublished):
            return
        for one in getattr(given.routing, name):
            trace = list(self.found.trace)
            now = trace[at] if at < len(trace) else None
            if isinstance(now, RoutingPublished):
                rest = tuple(other for other in getattr(now.routing, name) if other != one)
                trace[at] = replace(now, routing=replace(now.routing, **{name: rest}))
                self._keep(broke(trace, self._laws, former=self._names, look_every=NEVER))


def _sizes(length: int) -> Iterator[int]:
    while length > 1:
        length = (length + 1) // 2
        yield length


def as_story(found: Broke, where: str) -> str:
    """A golden file: what was found, the inputs, and what the engine wrote until it broke.

    Args:
        found: the broken law and a trace that breaks it.
        where: how to find it again.
    """
    lines = [f"# {line}" for line in (f"{found.law}: {where}.", *found.seen.splitlines())]
    lines += [RESTART if step is None else written(step) for step in found.trace]
    return golden(lines, _events_of(found.trace))


def _events_of(trace: list[Step]) -> list[Event]:
    engine = Engine()
    events: list[Event] = []
    for step in trace:
        try:
            events += engine.step(step) if step is not None else []
        except Exception:
            break  # the engine's own failure ends the story; its head says which
    return [event for event in events if not isinstance(event, RoutingChanged)]


def steps_of(text: str) -> list[Step]:
    """What stands above the line of a story, restarts included."""
    steps: list[Step] = []
    for line in text.split(f"{RULE}\n", maxsplit=1)[0].splitlines():
        if line.strip() == RESTART:
            steps.append(None)
        elif line.strip() and not line.startswith("#"):
            steps.append(read(line))
    return steps
