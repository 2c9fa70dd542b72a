"""Agents and callers of the bench: they keep a switchboard busy, one deed at a time.

Half of the deeds come from the switch (a caller arrives, a telephone is picked up, a caller hangs
up), half are asked through the durable inbox as the desks of agents do (hold, resume, hang up,
finish the wrap-up).
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.engine.messages.agent_inputs import (
    AgentSignedIn,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    ResumeAsked,
    WrapUpFinished,
)
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import (
    AnswerCustomer,
    CloseContact,
    HoldCustomer,
    JoinLegs,
    ResumeCustomer,
)
from lianxi.engine.messages.flow import Flow, QueueNode
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Routing
from lianxi.engine.messages.sighting import Device
from lianxi.engine.messages.values import Activity, DeviceKind, Intent
from lianxi.engine.state import State
from lianxi.journal.contracts import Outcome
from lianxi.journal.inbox import Inbox
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, FlowId, NodeId, QueueId, TeamId
from lianxi.runtime.clock import now

AGENTS = 40
SESSION = "bench"
QUEUE, FLOW, START = QueueId("service"), FlowId("bench"), NodeId("queue")


def routing() -> Routing:
    """One queue, forty agents, one number that leads straight to the queue."""
    flow = Flow(
        id=FLOW, version=1, name="Bench", start=START, nodes={START: QueueNode(queue=QUEUE)}
    )
    return Routing(
        version=1,
        queues=(Queue(id=QUEUE, name="售后", name_en="Service"),),
        agents=tuple(
            AgentSetup(
                id=AgentId(str(9000 + index)),
                no=str(9000 + index),
                name=f"Agent {index}",
                team=TeamId("team"),
                queues=(QUEUE,),
            )
            for index in range(AGENTS)
        ),
        flows=(flow,),
        numbers=(NumberRule(number="4001", flow=FLOW),),
    )


class Way(StrEnum):
    """How an input reaches the Driver."""

    TOLD = "told"
    """By the channel, in the same process."""
    ASKED = "asked"
    """Through the durable inbox."""


@dataclass(slots=True)
class StopWatch:
    """Seconds from an input to the command that it leads to, and from a question to its answer."""

    to_command: dict[Way, list[float]] = field(default_factory=lambda: {way: [] for way in Way})
    to_answer: list[float] = field(default_factory=list)
    deeds: int = 0
    refusals: list[str] = field(default_factory=list)
    _begun: dict[tuple[ContactId, type[Command]], tuple[Way, float]] = field(default_factory=dict)

    def begin(self, contact: ContactId, awaited: type[Command], way: Way) -> None:
        """An input is about to be given; `awaited` is what shall follow."""
        self._begun[contact, awaited] = way, time.perf_counter()

    def performed(self, command: Command) -> None:
        """A command reached the switch."""
        contact = getattr(command, "contact", None)
        begun = self._begun.pop((contact, type(command)), None) if contact is not None else None
        if begun is not None:
            way, at = begun
            self.to_command[way].append(time.perf_counter() - at)

    def marks(self) -> dict[Way, int]:
        """How many were measured so far."""
        return {way: len(taken) for way, taken in self.to_command.items()}

    def since(self, marks: dict[Way, int]) -> list[float]:
        """What was measured after the marks, both ways together."""
        return [second for way, taken in self.to_command.items() for second in taken[marks[way] :]]

    @property
    def open(self) -> int:
        """Inputs whose command has not come."""
        return len(self._begun)

    def clear(self) -> None:
        """Forget what was measured."""
        self.to_command = {way: [] for way in Way}
        self.to_answer, self.refusals, self.deeds = [], [], 0
        self._begun.clear()


class WatchedSwitch(FakeSwitch):
    """The switch in memory, with a stop-watch on its commands."""

    def __init__(
        self, world: World, devices: Callable[[], Iterable[Device]], watch: StopWatch
    ) -> None:
        super().__init__(world, devices)
        self._watch = watch

    def perform(self, command: Command) -> None:
        """See `Channel.perform`."""
        self._watch.performed(command)
        super().perform(command)


class Floor:
    """Agents and callers who keep the switchboard busy, one deed at a time.

    Args:
        world: where the callers are.
        inbox: what the desks ask through.
        state: the switchboard's, to see what is due.
        watch: takes the times.
    """

    def __init__(
        self, world: World, inbox: Inbox, state: Callable[[], State], watch: StopWatch
    ) -> None:
        self._world = world
        self._inbox = inbox
        self._state = state
        self._watch = watch
        self._deeds: deque[Callable[[], bool]] = deque()
        self._asking: set[asyncio.Task[None]] = set()
        self._calls = 0

    async def open(self) -> None:
        """Everybody signs in, gets a telephone and is ready."""
        for setup in routing().agents:
            endpoint = Endpoint(f"ag-{setup.id}")
            await self._inbox.ask(
                AgentSignedIn(
                    at=now(),
                    agent=setup.id,
                    session=SESSION,
                    device=DeviceKind.BROWSER,
                    endpoint=endpoint,
                )
            )
            await self._inbox.ask(AgentStateAsked(at=now(), agent=setup.id, to=Intent.READY))
        for endpoint in list(self._world.phones):
            self._world.device_registers(endpoint)

    async def settled(self) -> None:
        """Wait for the answers to what was asked."""
        while self._asking:
            await asyncio.wait(self._asking)

    def act(self) -> None:
        """One person does one thing: what is due of an earlier call, or a new caller."""
        self._watch.deeds += 1
        for _ in range(len(self._deeds)):
            deed = self._deeds.popleft()
            if deed():
                return
            self._deeds.append(deed)  # not yet: somebody else has not done his part
        self._call()

    # --- the deeds of one call

    def _call(self) -> None:
        contact = self._world.caller_arrives(number=str(13_900_000_000 + self._calls))
        self._watch.begin(contact, AnswerCustomer, Way.TOLD)  # nothing is decided before we return
        self._calls += 1
        is_patient = self._calls % 2 == 0
        self._deeds.append(lambda: self._pick_up(contact, is_patient=is_patient))

    def _pick_up(self, contact: ContactId, *, is_patient: bool) -> bool:
        state = self._state()
        known = state.contacts.get(contact)
        offer = state.offers.get(known.offer) if known and known.offer else None
        if offer is None or offer.leg not in self._world.legs:
            return False
        agent = state.agents[offer.agent]
        self._watch.begin(contact, JoinLegs, Way.TOLD)
        self._world.agent_answers(agent.endpoint)
        self._deeds.append(lambda: self._hold(contact, agent.id, is_patient=is_patient))
        return True

    def _hold(self, contact: ContactId, agent: AgentId, *, is_patient: bool) -> bool:
        if self._state().contacts[contact].connected_at is None:
            return False
        self._ask(HoldAsked(at=now(), agent=agent, contact=contact), contact, HoldCustomer)
        self._deeds.append(lambda: self._resume(contact, agent, is_patient=is_patient))
        return True

    def _resume(self, contact: ContactId, agent: AgentId, *, is_patient: bool) -> bool:
        if self._state().contacts[contact].held_since is None:
            return False
        self._ask(ResumeAsked(at=now(), agent=agent, contact=contact), contact, ResumeCustomer)
        self._deeds.append(lambda: self._hang_up(contact, agent, is_patient=is_patient))
        return True

    def _hang_up(self, contact: ContactId, agent: AgentId, *, is_patient: bool) -> bool:
        if self._state().contacts[contact].held_since is not None:
            return False
        if is_patient:
            given = HangUpAsked(at=now(), agent=agent, contact=contact)
            self._ask(given, contact, CloseContact)
        else:
            self._watch.begin(contact, CloseContact, Way.TOLD)
            self._world.caller_hangs_up(contact)
        self._deeds.append(lambda: self._wrap_up(contact, agent))
        return True

    def _wrap_up(self, contact: ContactId, agent: AgentId) -> bool:
        if self._state().agents[agent].activity is not Activity.WRAPPING:
            return False
        self._ask(WrapUpFinished(at=now(), agent=agent, contact=contact, disposition=""))
        return True

    def _ask(
        self, given: Input, contact: ContactId | None = None, awaited: type[Command] | None = None
    ) -> None:
        if contact is not None and awaited is not None:
            self._watch.begin(contact, awaited, Way.ASKED)
        task = asyncio.create_task(self._answered(given))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _answered(self, given: Input) -> None:
        began = time.perf_counter()
        outcome: Outcome = await self._inbox.ask(given)
        self._watch.to_answer.append(time.perf_counter() - began)
        if outcome.refused is not None:
            self._watch.refusals.append(f"{type(given).__name__}: {outcome.refused}")
