"""The stage on which the channel contract is played: what both switches can be made to do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from lianxi.channels.fake.flow_work import Reaching
from lianxi.channels.fake.world import Habit
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.sighting import Device
from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, LegId, RequestId
from lianxi.runtime.ports import Channel

Kind = TypeVar("Kind", bound=Input)

CALLER = "13800138000"
CALLER_NAME = "王先生"
DIALLED = "4001"
PASSWORD = "a-desk-password"

WITHIN_S = 20.0
"""What a switch does at once takes that long only where it shares its machine."""


def a_desk(number: int) -> Device:
    """A device of one agent; each sign-in has a name of its own."""
    endpoint = Endpoint(f"ag-8001-{number}")
    return Device(agent=AgentId("8001"), endpoint=endpoint, kind=DeviceKind.PHONE)


class NeverTold(AssertionError):
    """An input that was waited for did not come."""


class Ear:
    """Collects what a channel tells."""

    def __init__(self) -> None:
        self.told: list[Input] = []
        self._changed = asyncio.Event()

    def hear(self, given: Input) -> None:
        self.told.append(given)
        self._changed.set()
        self._changed = asyncio.Event()

    def all(self, kind: type[Kind], **facts: object) -> list[Kind]:
        """Everything of a kind told so far."""
        return [
            one
            for one in self.told
            if isinstance(one, kind)
            and all(getattr(one, name) == fact for name, fact in facts.items())
        ]

    async def expect(
        self, kind: type[Kind], *, count: int = 1, within_s: float = WITHIN_S, **facts: object
    ) -> Kind:
        """Wait until it has been told `count` times."""
        try:
            async with asyncio.timeout(within_s):
                while len(found := self.all(kind, **facts)) < count:
                    await self._changed.wait()
        except TimeoutError:
            told = "\n  ".join(str(one) for one in self.told)
            raise NeverTold(
                f"no {kind.__name__} {facts} within {within_s} s; told:\n  {told}"
            ) from None
        return found[count - 1]


class Stage(Protocol):
    """A channel, what it tells, and the people around it."""

    channel: Channel
    ear: Ear
    desk: Device

    async def caller_arrives(self) -> ContactId:
        """CALLER, whose name is CALLER_NAME, calls DIALLED; done when the channel has told it."""
        ...

    async def caller_is_refused(self) -> None:
        """CALLER calls while nobody is connected; done when the apology has begun."""
        ...

    async def caller_presses(self, contact: ContactId, digit: str) -> None: ...

    async def caller_hangs_up(self, contact: ContactId) -> None: ...

    async def caller_hears_out(self, contact: ContactId) -> None:
        """Let what plays come to its end."""
        ...

    async def caller_is_gone(self, contact: ContactId) -> None:
        """Wait until the caller has noticed the end of the call."""
        ...

    async def desk_registers(self, habit: Habit) -> None:
        """The desk registers; it was provisioned before."""
        ...

    async def desk_unregisters(self) -> None: ...

    async def agent_answers(self) -> None: ...

    async def agent_hangs_up(self) -> None: ...

    async def agent_presses_hold(self, *, held: bool) -> None:
        """The own hold key of the agent's telephone."""
        ...

    async def caller_is_heard_badly(self, contact: ContactId) -> None:
        """Every fifth packet of the caller is lost for a while; done when somebody counted."""
        ...

    async def agent_is_alerted(self) -> None:
        """Wait until the agent has heard one more tone of alarm."""
        ...

    async def desk_shows(self) -> str:
        """The caller's number on the desk's display while it rings."""
        ...

    async def while_away(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do something while the channel's client has no connection, which then returns."""
        ...

    async def restart_switch(self) -> None:
        """The switch loses everything and is there again."""
        ...

    async def at_rest(self, contact: ContactId) -> None:
        """Wait until everything wanted for a contact so far has been done."""
        ...

    def secret(self, contact: ContactId, request: RequestId) -> str | None:
        """The digits that the channel keeps to itself."""
        ...

    async def caller_speaks(self, contact: ContactId) -> None:
        """For some seconds, after the tone."""
        ...

    async def outside_will(self, do: Reaching) -> None:
        """Whoever is called outside does this."""
        ...

    async def outside_rings(self, contact: ContactId) -> None:
        """Wait until it rings outside."""
        ...

    async def outside_hangs_up(self, contact: ContactId) -> None: ...

    async def customer_answers(self, leg: LegId) -> None:
        """Who is called outside as a customer picks up."""
        ...

    async def is_recorded(self, leg: LegId) -> None:
        """Wait until a leg to somebody outside is recorded."""
        ...

    async def customer_refuses(self, leg: LegId) -> None: ...

    async def nobody_rings_outside(self) -> None:
        """Wait until the telephone outside is silent."""
        ...

    async def party_answers(self, leg: LegId) -> None:
        """Who rings outside as a party picks up."""
        ...

    async def party_hangs_up(self, leg: LegId) -> None: ...

    async def machine_answers(self, leg: LegId) -> None:
        """What is called outside to be sent a fax picks up."""
        ...

    async def machine_hangs_up(self, leg: LegId) -> None:
        """In the middle of it."""
        ...

    async def caller_hears_apology(self, contact: ContactId) -> None:
        """Wait until a caller who is not taken in is spoken to, and hangs up."""
        ...

    async def nobody_is_outside(self) -> None:
        """Wait until no call goes out any more."""
        ...
