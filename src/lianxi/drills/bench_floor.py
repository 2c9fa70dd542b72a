"""Agents and callers of the bench: they keep a Driver busy, one deed at a time."""

import time
from collections import deque
from collections.abc import Callable

from lianxi.channels.fake.world import World
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.flow import Flow, QueueNode
from lianxi.engine.messages.inputs import (
    AgentSignedIn,
    AgentStateAsked,
    RoutingPublished,
    WrapUpFinished,
)
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, Routing
from lianxi.engine.messages.values import Activity, DeviceKind, Intent
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, FlowId, NodeId, QueueId, TeamId
from lianxi.runtime.clock import now
from lianxi.runtime.driver import Driver

AGENTS = 40
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


class Floor:
    """Agents and callers who keep the Driver busy, one deed at a time."""

    def __init__(self, driver: Driver, world: World, tell: Callable[[Input], None]) -> None:
        self._driver = driver
        self._world = world
        self._tell = tell
        self._deeds: deque[Callable[[], bool]] = deque()

    def open(self) -> None:
        """Everybody signs in and is ready."""
        self._tell(RoutingPublished(at=now(), routing=routing()))
        for setup in routing().agents:
            endpoint = Endpoint(f"ag-{setup.id}")
            self._tell(
                AgentSignedIn(
                    at=now(),
                    agent=setup.id,
                    session="bench",
                    device=DeviceKind.BROWSER,
                    endpoint=endpoint,
                )
            )
            self._tell(AgentStateAsked(at=now(), agent=setup.id, to=Intent.READY))

    def register(self) -> None:
        """Their devices register."""
        for endpoint in list(self._world.phones):
            self._world.device_registers(endpoint)

    def act(self) -> None:
        """One person does one thing: what is due of an earlier call, or a new caller."""
        for _ in range(len(self._deeds)):
            deed = self._deeds.popleft()
            if deed():
                return
            self._deeds.append(deed)  # not yet: the switch has not done its part
        contact = self._world.caller_arrives(number=str(13_900_000_000 + int(time.time() * 1000)))
        self._deeds.append(lambda: self._answer(contact))

    def _answer(self, contact: ContactId) -> bool:
        known = self._driver.state.contacts.get(contact)
        offer = self._driver.state.offers.get(known.offer) if known and known.offer else None
        if offer is None or offer.leg not in self._world.legs:
            return False
        agent = self._driver.state.agents[offer.agent]
        self._world.agent_answers(agent.endpoint)
        self._deeds.append(lambda: self._hang_up(contact, agent.id))
        return True

    def _hang_up(self, contact: ContactId, agent: AgentId) -> bool:
        if self._driver.state.contacts[contact].connected_at is None:
            return False
        self._world.caller_hangs_up(contact)
        self._deeds.append(lambda: self._wrap_up(contact, agent))
        return True

    def _wrap_up(self, contact: ContactId, agent: AgentId) -> bool:
        if self._driver.state.agents[agent].activity is not Activity.WRAPPING:
            return False
        self._tell(WrapUpFinished(at=now(), agent=agent, contact=contact, disposition=""))
        return True
