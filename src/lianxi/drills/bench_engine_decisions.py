"""How long the engine thinks about one input, in a large centre with a long line.

The clock is the thread's processor time: what the neighbours on a shared machine take meanwhile is
none of the engine's thinking. The same by the wall's clock is told too.
"""

import gc
import random
import time
from collections import deque
from collections.abc import Callable
from statistics import median

from lianxi.drills.report import Report
from lianxi.engine.core import Engine
from lianxi.engine.messages.agent_events import WrapUpBegan
from lianxi.engine.messages.agent_inputs import AgentSignedIn, AgentStateAsked, WrapUpFinished
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.events import ContactConnected, ContactQueued, OfferMade, PromptBegan
from lianxi.engine.messages.flow import Flow, QueueNode
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    LegJoined,
    PlaybackEnded,
    RoutingPublished,
    Tick,
)
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Routing
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, FlowId, LegId, NodeId, QueueId, TeamId
from lianxi.kernel.time import Instant

QUEUES = 50
FEWEST_QUEUES, MOST_QUEUES = 5, 50
"""Of one agent."""

START = NodeId("queue")

STEP_MS = 80
"""From one deed of a person to the next, on average: nobody acts by a common beat."""


class Crowd:
    """An engine with everybody talking and a line of a given length, kept at that length.

    Args:
        agents: signed in, each with five to fifty queues.
        waiting: length of the line.
    """

    def __init__(
        self, agents: int = 1_000, waiting: int = 1_000, queues: int = QUEUES, seed: int = 1
    ) -> None:
        self.agents = agents
        self.waiting = waiting
        self.queues = queues
        self.engine = Engine()
        self.took_ns: dict[str, list[int]] = {}
        """By type of input, with "+offer" where an agent was given work."""
        self.is_timed = True
        self.clock: Callable[[], int] = time.thread_time_ns
        """Nanoseconds."""
        self._chance = random.Random(seed)
        self._now = 0
        self._count = 0
        self._line: list[ContactId] = []
        self._talking: list[ContactId] = []
        self._then: deque[Input] = deque()

    def fill(self) -> None:
        """Sign everybody in and let callers come; forget how long that took."""
        self.sign_in()
        self.come()
        self.took_ns.clear()
        gc.collect()

    def sign_in(self) -> None:
        """Everybody is ready."""
        self._tell(RoutingPublished(at=self._at(), routing=self.routing()))
        for setup in self.routing().agents:
            endpoint = Endpoint(f"ag-{setup.id}")
            self._tell(
                AgentSignedIn(
                    at=self._at(),
                    agent=setup.id,
                    session="bench",
                    device=DeviceKind.BROWSER,
                    endpoint=endpoint,
                )
            )
            self._tell(DeviceChanged(at=self._at(), endpoint=endpoint, registered=True))
            self._tell(AgentStateAsked(at=self._at(), agent=setup.id, to=Intent.READY))

    def come(self) -> None:
        """Callers come until everybody talks and the line is as long as wanted."""
        while len(self._talking) < self.agents or len(self._line) < self.waiting:
            self._arrive()

    def routing(self) -> Routing:
        """Fifty queues of three priorities, a number for each."""
        names = [QueueId(f"q{number}") for number in range(self.queues)]
        return Routing(
            version=1,
            queues=tuple(
                Queue(id=name, name=name, name_en=name, priority=number % 3)
                for number, name in enumerate(names)
            ),
            flows=tuple(
                Flow(
                    id=FlowId(str(name)),
                    version=1,
                    name=str(name),
                    start=START,
                    nodes={START: QueueNode(queue=name)},
                )
                for name in names
            ),
            numbers=tuple(NumberRule(number=str(name), flow=FlowId(str(name))) for name in names),
            agents=tuple(
                AgentSetup(
                    id=AgentId(f"a{number}"),
                    no=str(number),
                    name=f"Agent {number}",
                    team=TeamId("team"),
                    queues=tuple(
                        names[(number + step) % self.queues] for step in range(self._served(number))
                    ),
                )
                for number in range(self.agents)
            ),
        )

    def _served(self, number: int) -> int:
        """How many queues the agent with this number serves."""
        return min(FEWEST_QUEUES + number % (MOST_QUEUES - FEWEST_QUEUES + 1), self.queues)

    def act(self, deeds: int) -> None:
        """People do so many things: come, lose patience, end conversations, finish wrap-ups."""
        for _ in range(deeds):
            then = self._now + self._chance.randrange(2 * STEP_MS + 1)
            self._deadlines(then)
            self._now = then
            chance = self._chance.random()
            if len(self._line) < self.waiting:
                self._arrive()
            elif chance < 0.5 or not self._talking:
                self._gone(self._line)
            else:
                self._gone(self._talking)

    def _deadlines(self, until: int) -> None:
        while (due := self.engine.next_deadline()) is not None and due <= until:
            self._now = max(self._now, due)
            self._tell(Tick(at=self._at()))

    def _arrive(self) -> None:
        self._count += 1
        name = f"c{self._count}"
        self._tell(
            ContactArrived(
                at=self._at(),
                contact=ContactId(name),
                leg=LegId(name),
                dialled=f"q{self._chance.randrange(self.queues)}",
                caller=name,
            )
        )

    def _gone(self, among: list[ContactId]) -> None:
        """Somebody hangs up."""
        place = self._chance.randrange(len(among))
        among[place], among[-1] = among[-1], among[place]
        self._tell(ContactGone(at=self._at(), contact=among.pop()))

    def _at(self) -> Instant:
        return Instant(self._now)

    def _tell(self, given: Input) -> None:
        self._then.append(given)
        while self._then:
            self._step(self._then.popleft())

    def _step(self, given: Input) -> None:
        step = self.engine.step
        clock = self.clock
        began = clock()
        events = step(given)
        took = clock() - began
        kind = type(given).__name__
        for event in events:
            if isinstance(event, ContactQueued):
                self._line.append(event.contact)
            elif isinstance(event, OfferMade):
                kind = f"{type(given).__name__}+offer"
                self._then.append(LegJoined(at=self._at(), contact=event.contact, leg=event.leg))
            elif isinstance(event, ContactConnected):
                self._line.remove(event.contact)
                self._talking.append(event.contact)
            elif isinstance(event, PromptBegan):
                self._then.append(
                    PlaybackEnded(at=self._at(), contact=event.contact, playback=event.playback)
                )
            elif isinstance(event, WrapUpBegan):
                self._then.append(
                    WrapUpFinished(
                        at=self._at(), agent=event.agent, contact=event.contact, disposition=""
                    )
                )
        if self.is_timed:
            self.took_ns.setdefault(kind, []).append(took)


DEEDS = 20_000
P50_GOAL_US, P99_GOAL_US = 10.0, 50.0

FEW, MANY = 100, 10_000
SEEN_OFTEN = 50
"""Types of input seen less often are not compared."""

FLAT = 4.0
"""A hundred times the people may cost at most so many times the thinking (linear: a hundred)."""


def measure_decisions(report: Report, deeds: int = DEEDS) -> None:
    """Note the times of a centre of 1,000 agents, 50 queues and 1,000 waiting; state the goals."""
    crowd = Crowd()
    crowd.fill()
    crowd.act(deeds // 10)
    crowd.clock = time.perf_counter_ns
    by_wall = _acted(crowd, deeds)
    report.figure("decision_wall_p50_us", _share(by_wall, 0.5))
    report.figure("decision_wall_p99_us", _share(by_wall, 0.99))
    crowd.clock = time.thread_time_ns
    whole = _acted(crowd, deeds)
    p50, p99 = _share(whole, 0.5), _share(whole, 0.99)
    report.figure("decision_p50_us", p50)
    report.figure("decision_p99_us", p99)
    report.figure("decision_inputs", len(whole))
    for kind, took in sorted(crowd.took_ns.items()):
        took.sort()
        name = kind.replace("+", "_and_").lower()
        report.figure(f"decision_{name}_p50_us", _share(took, 0.5))
        report.figure(f"decision_{name}_p99_us", _share(took, 0.99))
    report.state(
        f"Half of all decisions take at most {P50_GOAL_US:.0f} microseconds",
        p50 <= P50_GOAL_US,
        f"p50 {p50:.1f} us; 1,000 agents, 50 queues, 1,000 waiting; {len(whole):,} inputs",
    )
    report.state(
        f"99 of 100 decisions take at most {P99_GOAL_US:.0f} microseconds",
        p99 <= P99_GOAL_US,
        f"p99 {p99:.1f} us",
    )


def _acted(crowd: Crowd, deeds: int) -> list[int]:
    """All times in nanoseconds, in order of length."""
    crowd.took_ns.clear()
    crowd.act(deeds)
    return sorted(ns for took in crowd.took_ns.values() for ns in took)


def measure_scaling(report: Report, deeds: int = DEEDS // 10) -> None:
    """Compare a hundred with ten thousand, agents and waiting; state that nothing grows with them.

    Of each type of input the median is compared: a step that looked at every agent or at everybody
    waiting would cost a hundred times as much.
    """
    for name, few, many in (
        ("waiting", Crowd(waiting=FEW), Crowd(waiting=MANY)),
        ("agents", Crowd(agents=FEW), Crowd(agents=MANY)),
    ):
        small, large = _medians(few, deeds), _medians(many, deeds)
        ratios = {kind: large[kind] / small[kind] for kind in small if kind in large}
        worst = max(ratios, key=lambda kind: ratios[kind])
        report.figure(f"scaling_{name}_x100", ratios[worst])
        report.state(
            f"No decision grows with the number of {name}",
            ratios[worst] <= FLAT,
            f"{MANY:,} instead of {FEW}: at most x {ratios[worst]:.1f} ({worst}, "
            f"{small[worst]:.1f} to {large[worst]:.1f} us)",
        )


def _medians(crowd: Crowd, deeds: int) -> dict[str, float]:
    crowd.fill()
    crowd.act(deeds)
    return {
        kind: median(took) / 1000 for kind, took in crowd.took_ns.items() if len(took) >= SEEN_OFTEN
    }


def _share(ordered: list[int], share: float) -> float:
    """A quantile, in microseconds."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] / 1000
