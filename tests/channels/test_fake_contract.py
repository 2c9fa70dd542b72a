"""The switch in memory keeps the channel contract."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from lianxi.channels.fake.calling import customer_answers
from lianxi.channels.fake.conversing import party_answers
from lianxi.channels.fake.faxing import machine_answers
from lianxi.channels.fake.flow_work import Reaching
from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import Habit, World
from lianxi.engine.messages.inputs import SwitchRestarted
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId, PromptName, RequestId
from lianxi.kernel.time import Instant
from tests.channels.contract import AgentContract, CallerContract, LossContract
from tests.channels.contract_calling import CallContract
from tests.channels.contract_fax import FaxContract
from tests.channels.contract_flows import FlowContract
from tests.channels.contract_hold import HoldContract
from tests.channels.contract_monitors import MonitorContract
from tests.channels.contract_parties import PartyContract
from tests.channels.contract_trunks import TrunkContract
from tests.channels.stage import CALLER, CALLER_NAME, DIALLED, Ear, a_desk

pytestmark = pytest.mark.unit


class FakeStage:
    """The contract's stage over a `World`."""

    def __init__(self) -> None:
        instants = itertools.count(1)
        self.world = World(
            now=lambda: Instant(next(instants)),
            missing_prompts={PromptName("no_such_prompt")},
            names={CALLER: CALLER_NAME},
        )
        self.desk = a_desk(1)
        self.channel = FakeSwitch(self.world, devices=lambda: [self.desk])
        self.ear = Ear()

    async def caller_arrives(self) -> ContactId:
        return self.world.caller_arrives(CALLER, DIALLED)

    async def caller_is_refused(self) -> None:
        self.world.caller_arrives(CALLER, DIALLED)

    async def caller_presses(self, contact: ContactId, digit: str) -> None:
        self.world.caller_presses(contact, digit)

    async def caller_hangs_up(self, contact: ContactId) -> None:
        self.world.caller_hangs_up(contact)

    async def caller_hears_out(self, contact: ContactId) -> None:
        self.world.prompts_end(contact)

    async def caller_is_gone(self, contact: ContactId) -> None:
        with pytest.raises(KeyError):
            self.world.customer(contact)

    async def desk_registers(self, habit: Habit) -> None:
        self.world.device_registers(self.desk.endpoint, habit)

    async def desk_unregisters(self) -> None:
        self.world.device_unregisters(self.desk.endpoint)

    async def agent_answers(self) -> None:
        self.world.agent_answers(self.desk.endpoint)

    async def agent_hangs_up(self) -> None:
        self.world.agent_hangs_up(self.desk.endpoint)

    async def agent_presses_hold(self, *, held: bool) -> None:
        self.world.device_holds(self.desk.endpoint, held=held)

    async def caller_is_heard_badly(self, contact: ContactId) -> None:
        self.world.is_heard(self.world.customer(contact), loss=0.2)

    async def agent_is_alerted(self) -> None:
        assert self.world.leg_at(self.desk.endpoint).alerts == 1

    async def desk_shows(self) -> str:
        return self.world.leg_at(self.desk.endpoint).shown

    async def while_away(self, act: Callable[[], Awaitable[None]]) -> None:
        self.channel.disconnect()
        await act()
        self.channel.connect()

    async def restart_switch(self) -> None:
        self.channel.restart()

    async def at_rest(self, contact: ContactId) -> None:
        pass

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        return self.channel.secret(contact, request)

    async def caller_speaks(self, contact: ContactId) -> None:
        assert contact in self.world.flows.messages

    async def outside_will(self, do: Reaching) -> None:
        self.world.flows.reaching = do

    async def outside_rings(self, contact: ContactId) -> None:
        assert contact in self.world.flows.outside

    async def outside_hangs_up(self, contact: ContactId) -> None:
        for told in self.world.flows.outside_leaves(contact):
            self.world.say(told)

    async def customer_answers(self, leg: LegId) -> None:
        customer_answers(self.world, leg)

    async def is_recorded(self, leg: LegId) -> None:
        assert self.world.legs[leg].is_recorded

    async def customer_refuses(self, leg: LegId) -> None:
        self.world.end(leg, LegCause.REJECTED)

    async def nobody_rings_outside(self) -> None:
        assert not any(leg.is_outward for leg in self.world.legs.values())

    async def party_answers(self, leg: LegId) -> None:
        party_answers(self.world, leg)

    async def party_hangs_up(self, leg: LegId) -> None:
        self.world.end(leg, LegCause.NORMAL)

    async def machine_answers(self, leg: LegId) -> None:
        machine_answers(self.world, leg)

    async def machine_hangs_up(self, leg: LegId) -> None:
        self.world.end(leg, LegCause.NORMAL)

    async def caller_hears_apology(self, contact: ContactId) -> None:
        assert [one.contact for one in self.world.unserved] == [contact]

    async def nobody_is_outside(self) -> None:
        assert not self.world.flows.outside


@pytest.fixture
async def stage() -> AsyncIterator[FakeStage]:
    stage = FakeStage()
    running = asyncio.create_task(stage.channel.run(stage.ear.hear))
    await stage.ear.expect(SwitchRestarted)
    yield stage
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


class TestFakeCallers(CallerContract):
    pass


class TestFakeAgents(AgentContract):
    pass


class TestFakeCalls(CallContract):
    pass


class TestFakeHolds(HoldContract):
    pass


class TestFakeFlows(FlowContract):
    pass


class TestFakeParties(PartyContract):
    pass


class TestFakeMonitors(MonitorContract):
    """Supervisors."""


class TestFakeTrunks(TrunkContract):
    """Trunks."""


class TestFakeFaxes(FaxContract):
    """Faxes."""


class TestFakeLosses(LossContract):
    pass
