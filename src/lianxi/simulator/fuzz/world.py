"""A random world around one engine: what is commanded happens late, wrongly, twice or never.

What the engine brings about makes the world expect something (`switch`, `people`); on top of that
the world does things of its own accord (`moves`). Which kind of day it is, is its mood. Everything
said to the engine is kept as a trace that can be played again without the world.
"""

from dataclasses import dataclass
from heapq import heappop, heappush
from random import Random

from msgspec.structs import replace

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import RoutingPublished, SwitchRestarted, Tick
from lianxi.engine.state import State
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant
from lianxi.simulator.fuzz.centre import a_centre
from lianxi.simulator.fuzz.moves import at_the_desk, move
from lianxi.simulator.fuzz.people import ON_EVENT
from lianxi.simulator.fuzz.switch import ON_COMMAND
from lianxi.simulator.fuzz.watched import Step, WatchedEngine

REMEMBERED = 64
"""How many of the latest inputs, and of the latest agents' legs, may be said again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What kind of day it is. Shares are 0..1."""

    busy: int = 8
    """Callers at the same time, about."""
    pace_ms: int = 3_000
    """Longest time from one move to the next."""
    lost: float = 0.02
    """Share of expected inputs that never come."""
    again: float = 0.03
    """Share of inputs that were said before."""
    disorder: float = 0.03
    """Share of inputs that overtake others."""
    backwards: float = 0.01
    """Share of inputs dated before the one that was said last."""
    late_ticks: float = 0.05
    """Share of inputs before which nobody asked for the deadlines."""
    chaos: float = 0.1
    """Share of a world's own moves that make no sense."""
    dialling: float = 0.0
    """Share of a world's own moves that are about outbound campaigns."""
    conferring: float = 0.0
    """Share of a world's own moves that are about more than two in a conversation."""
    everything: float = 0.0
    """Share of a world's own moves that are any of all, each as often as every other."""
    restart_every: int = 900
    """Inputs from one restart of the engine to the next, about."""


MOODS = (
    Mood(),
    Mood(busy=25, pace_ms=1_000),
    Mood(busy=4, pace_ms=8_000),
    Mood(lost=0.2, again=0.15, disorder=0.15, backwards=0.05, late_ticks=0.4),
    Mood(pace_ms=800, chaos=0.5, again=0.1, disorder=0.1),
    Mood(lost=0.0, again=0.0, disorder=0.0, backwards=0.0, late_ticks=0.0, chaos=0.0),
    Mood(dialling=0.3, busy=4),
    Mood(dialling=0.6, busy=3, pace_ms=6_000),
    Mood(pace_ms=9_000, late_ticks=0.5, restart_every=100),
    Mood(conferring=0.7, busy=3, pace_ms=2_000, chaos=0.02, restart_every=300),
    Mood(everything=0.5, busy=6, pace_ms=2_500, chaos=0.0, lost=0.0),
)


class World:
    """One random centre on one random day.

    Args:
        seed: of everything in it; the same seed and number are the same day.
        number: which of the seed's worlds; decides the mood.
    """

    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(f"{seed}/{number}")
        self.mood = MOODS[number % len(MOODS)]
        self.watched = WatchedEngine()
        self.now = 0
        self.trace: list[Step] = []
        self.past: list[Input] = []
        self.legs: list[LegId] = [LegId("stray")]
        """Agents' legs there were, to be spoken of again."""
        self.callers = 0
        self.plans = 0
        self.first_routing = a_centre(self.random)
        self.routing = self.first_routing
        self._expected: list[tuple[int, int, Input]] = []
        self._drawn = 0
        self._own_at = 0
        """When the world does something of its own accord next."""

    @property
    def state(self) -> State:
        """What the engine knows."""
        return self.watched.engine.state

    def run(self, events: int) -> int:
        """Live until the engine has written so many events; returns how many it wrote.

        Raises:
            Broken: a law does not hold.
            Exception: whatever the engine fails with.
        """
        self.say(RoutingPublished(at=Instant(0), routing=self.routing))
        self.say(SwitchRestarted(at=Instant(0), generation="g1"))
        for agent in self.routing.agents:
            self.expect(at_the_desk(agent.id, self))
        while self.watched.written < events:
            self.go_on()
        self.watched.look()
        self._told(None)
        return self.watched.written

    def go_on(self) -> None:
        """One input: the next that is expected, one of the world's own, or one said before."""
        random, mood = self.random, self.mood
        if not self._expected or self._expected[0][0] > self._own_at:
            self.now = max(self.now, self._own_at)
            self._own_at = self.now + random.randrange(mood.pace_ms)
            for given in move(self):
                self.say(given)
        elif self.past and random.random() < mood.again:
            self.say(replace(random.choice(self.past), at=Instant(self.now)))
        else:
            self.say(self._next_expected())
        if random.random() * mood.restart_every < 1:
            self._told(None)

    def _next_expected(self) -> Input:
        if self.random.random() < self.mood.disorder:
            at = self.random.randrange(len(self._expected))
            _, _, given = self._expected[at]
            self._expected[at] = self._expected[-1]
            self._expected.pop()
            self._expected.sort()
            return given
        return heappop(self._expected)[2]

    def after(self, least: int, most: int) -> Instant:
        """A moment so many milliseconds from now."""
        return Instant(self.now + self.random.randint(least, most))

    def sometimes(self, share: float) -> bool:
        """Whether, this time."""
        return self.random.random() < share

    def expect(self, given: Input) -> None:
        """It will be said at its moment, if it is not lost."""
        if self.random.random() < self.mood.lost:
            return
        self._drawn += 1
        heappush(self._expected, (given.at, self._drawn, given))

    def say(self, given: Input) -> None:
        """Tell the engine, after the deadlines before it; the world goes on from what follows."""
        random, mood = self.random, self.mood
        self.now = max(self.now, given.at)
        at = self.now
        if random.random() < mood.backwards:
            at = max(0, at - random.randrange(3_000))
        if given.at != at:
            given = replace(given, at=Instant(at))
        if random.random() >= mood.late_ticks:
            self._tick(at)
        self._told(given)

    def _tick(self, at: int) -> None:
        for _ in range(50):
            due = self.watched.engine.next_deadline()
            if due is None or due > at:
                return
            self._told(Tick(at=due))

    def _told(self, step: Step) -> None:
        self.trace.append(step)
        taken = self.watched.take(step)
        if taken is None:
            return
        for event in taken.events:
            reaction = ON_EVENT.get(type(event))
            if reaction is not None:
                reaction(self, event)
        for command in taken.commands:
            performed = ON_COMMAND.get(type(command))
            if performed is not None:
                performed(self, command)
        if taken.events:
            if len(self.past) < REMEMBERED:
                self.past.append(taken.given)
            else:
                self.past[self.random.randrange(REMEMBERED)] = taken.given
