"""People called and people at desks around the real engine: an outbound floor in virtual time.

A person answers with a fixed chance after a normally distributed ringing time, and talks for an
exponentially distributed time, after which the agent wraps up for another. Nobody else answers: the
line rings until the switch gives it up. All chance comes from one seed.
"""

from dataclasses import dataclass, field
from heapq import heappop, heappush
from random import Random

from msgspec.structs import replace

from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.agent_events import WrapUpEnded
from lianxi.engine.messages.agent_inputs import AgentSignedIn, AgentStateAsked, WrapUpFinished
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.campaigns import Campaign, DialPlan, DialProgress, DialRecord
from lianxi.engine.messages.commands import PlayPrompts, RingAgent
from lianxi.engine.messages.dialing import (
    CallProgress,
    DialAnswered,
    DialDropped,
    DialNumber,
    DialPlanPublished,
    RecordsLoaded,
)
from lianxi.engine.messages.events import ContactConnected, ContactEnded
from lianxi.engine.messages.inputs import (
    ContactGone,
    DeviceChanged,
    LegAnswered,
    LegJoined,
    PlaybackEnded,
    RoutingPublished,
    Tick,
)
from lianxi.engine.messages.routing import AgentSetup, AnnouncementRule, Queue, Routing, WrapUpRule
from lianxi.engine.messages.values import DeviceKind, Intent, WrapUpMode
from lianxi.kernel.ids import AgentId, Endpoint, QueueId, RecordId, TeamId
from lianxi.kernel.time import Instant, Millis, after

OUTBOUND = QueueId("outbound")
PICK_UP = 200
"""Milliseconds until an agent's device has answered by itself and the media is joined."""
ANNOUNCEMENT = 8_000
IN_HAND = 400
"""Records handed in at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is called, and how agents work. Times in milliseconds."""

    agents: int
    answer_chance: float = 0.3
    ring_mean: float = 12_000.0
    ring_spread: float = 4_000.0
    unanswered: int = 22_000
    talk_mean: float = 120_000.0
    wrap_mean: float = 20_000.0


@dataclass(slots=True)
class Outcome:
    """What was measured."""

    agents: int
    hours: float
    busy_ms: int = 0
    answers: list[int] = field(default_factory=list)
    drops: list[int] = field(default_factory=list)
    dials: int = 0

    @property
    def busy(self) -> float:
        """Share of the agents' time in conversation and after-call work."""
        return self.busy_ms / (self.agents * self.hours * 3_600_000)

    @property
    def dropped(self) -> float:
        """Drops per live answer."""
        return len(self.drops) / len(self.answers) if self.answers else 0.0


def highest_share(outcome: Outcome, *, window_ms: int, least: int) -> float:
    """The highest share of drops over any window of this length that has enough answers."""
    facts = sorted([(at, 0) for at in outcome.answers] + [(at, 1) for at in outcome.drops])
    highest, first = 0.0, 0
    counts = [0, 0]
    for at, kind in facts:
        counts[kind] += 1
        while facts[first][0] <= at - window_ms:
            counts[facts[first][1]] -= 1
            first += 1
        if counts[0] >= least:
            highest = max(highest, counts[1] / counts[0])
    return highest


class OutboundFloor:
    """One campaign over some hours."""

    def __init__(self, campaign: Campaign, people: People, *, seed: int) -> None:
        self.engine = Engine()
        self.campaign = campaign
        self.people = people
        self.luck = Random(seed)
        self.ahead: list[tuple[int, int, Input]] = []
        self.number = 0
        self.records = 0
        self.now = Instant(0)
        self.busy_since: dict[AgentId, int] = {}
        self.outcome = Outcome(agents=people.agents, hours=0.0)

    def run(self, hours: float) -> Outcome:
        """Play so many hours."""
        end = Instant(round(hours * 3_600_000))
        self.outcome.hours = hours
        self._open()
        while True:
            due = self.engine.next_deadline()
            if self.ahead and (due is None or self.ahead[0][0] < due):
                given = heappop(self.ahead)[2]
            elif due is not None:
                given = Tick(at=due)
            else:
                break
            if given.at >= end:
                break
            self._say(given)
        for since in self.busy_since.values():
            self.outcome.busy_ms += end - since
        return self.outcome

    def _open(self) -> None:
        names = [AgentId(f"a{number}") for number in range(self.people.agents)]
        queue = Queue(
            id=OUTBOUND,
            name="外呼",
            name_en="Outbound",
            wrap_up=WrapUpRule(mode=WrapUpMode.FREE),
            announcements=AnnouncementRule(every=Millis(0)),
        )
        staff = tuple(
            AgentSetup(id=name, no=name, name=name, team=TeamId("t"), queues=(OUTBOUND,))
            for name in names
        )
        self._say(RoutingPublished(at=self.now, routing=Routing(queues=(queue,), agents=staff)))
        self._say(DialPlanPublished(at=self.now, plan=DialPlan(campaigns=(self.campaign,))))
        for name in names:
            endpoint = Endpoint(f"e-{name}")
            self._say(
                AgentSignedIn(
                    at=self.now,
                    agent=name,
                    session=name,
                    device=DeviceKind.BROWSER,
                    endpoint=endpoint,
                )
            )
            self._say(DeviceChanged(at=self.now, endpoint=endpoint, registered=True))
            self._say(AgentStateAsked(at=self.now, agent=name, to=Intent.READY))
        self._hand_in()

    def _hand_in(self) -> None:
        first, self.records = self.records, self.records + IN_HAND
        records = tuple(
            DialRecord(id=RecordId(f"r{number}"), number=f"{13_000_000_000 + number}")
            for number in range(first, self.records)
        )
        self._say(RecordsLoaded(at=self.now, campaign=self.campaign.id, records=records))

    def _say(self, given: Input) -> None:
        self.now = given.at
        events = self.engine.step(given)
        for event in events:
            self._count(event)
            for command in effects(event):
                self._perform(command)
        memory = self.engine.state.dialing.campaigns.get(self.campaign.id)
        if memory is not None and len(memory.waiting) < IN_HAND // 2 and self.busy_since:
            self._hand_in()

    def _count(self, event: Event) -> None:
        if isinstance(event, DialAnswered):
            self.outcome.answers.append(event.at)
        elif isinstance(event, DialDropped):
            self.outcome.drops.append(event.at)
        elif isinstance(event, ContactConnected):
            self.busy_since[event.agent] = event.at
            talk = self.luck.expovariate(1.0 / self.people.talk_mean)
            self._later(talk, ContactGone(at=self.now, contact=event.contact))
        elif isinstance(event, WrapUpEnded):
            self.outcome.busy_ms += event.at - self.busy_since.pop(event.agent)
        elif isinstance(event, ContactEnded):
            self._wrap_up(event)

    def _wrap_up(self, event: ContactEnded) -> None:
        contact = self.engine.state.contacts.get(event.contact)
        if contact is None or contact.agent is None:
            return
        done = WrapUpFinished(
            at=self.now, agent=contact.agent, contact=event.contact, disposition=""
        )
        self._later(self.luck.expovariate(1.0 / self.people.wrap_mean), done)

    def _perform(self, command: Command) -> None:
        if isinstance(command, DialNumber):
            self.outcome.dials += 1
            answers = self.luck.random() < self.people.answer_chance
            rings = self.luck.gauss(self.people.ring_mean, self.people.ring_spread)
            progress = DialProgress.ANSWERED if answers else DialProgress.NO_ANSWER
            wait = max(1_000.0, rings) if answers else self.people.unanswered
            self._later(wait, CallProgress(at=self.now, dial=command.dial, progress=progress))
        elif isinstance(command, RingAgent):
            self._later(PICK_UP, LegAnswered(at=self.now, leg=command.leg))
            joined = LegJoined(at=self.now, contact=command.contact, leg=command.leg)
            self._later(PICK_UP + 1, joined)
        elif isinstance(command, PlayPrompts):
            ended = PlaybackEnded(at=self.now, contact=command.contact, playback=command.playback)
            self._later(ANNOUNCEMENT, ended)

    def _later(self, wait: float, given: Input) -> None:
        self.number += 1
        at = after(self.now, Millis(max(1, round(wait))))
        heappush(self.ahead, (at, self.number, _at(given, at)))


def _at(given: Input, at: Instant) -> Input:
    """The same input at its moment."""
    return replace(given, at=at)
