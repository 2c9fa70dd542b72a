"""The engine beside a real channel, without a database: what a call comes to from end to end."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec

from lianxi.engine.core import Engine
from lianxi.engine.effects import effects
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.inputs import RoutingPublished, Tick
from lianxi.engine.messages.routing import Routing
from lianxi.kernel.time import Instant
from lianxi.runtime.ports import Channel
from tests.channels.stage import WITHIN_S, Ear

Fact = TypeVar("Fact", bound=Event)


def now() -> Instant:
    return Instant(round(time.time() * 1000))


class Switchboard(Ear):
    """Hears a channel, decides, and lets the channel perform what follows."""

    def __init__(self, routing: Routing) -> None:
        super().__init__()
        self.engine = Engine()
        self.journal: list[Event] = []
        self.channel: Channel | None = None
        self._turned = asyncio.Event()
        self.say(RoutingPublished(at=now(), routing=routing))

    def hear(self, given: Input) -> None:
        super().hear(given)
        self.say(given)

    def say(self, given: Input) -> list[Event]:
        """One input, dated now."""
        events = self.engine.step(msgspec.structs.replace(given, at=now()))
        self.journal += events
        for event in events:
            for command in effects(event):
                if self.channel is not None:
                    self.channel.perform(command)
        self._turned.set()
        self._turned = asyncio.Event()
        return events

    async def keep_time(self) -> None:
        """Deadlines as they come, until cancelled."""
        while True:
            due = self.engine.next_deadline()
            if due is not None and due <= now():
                self.say(Tick(at=due))
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(None if due is None else (due - now()) / 1000):
                    await self._turned.wait()

    async def fact(self, kind: type[Fact], *, within_s: float = WITHIN_S) -> Fact:
        """Wait for the first event of a kind."""
        return await self._first(
            lambda: next((one for one in self.journal if isinstance(one, kind)), None), within_s
        )

    async def _first(self, look: Callable[[], Fact | None], within_s: float) -> Fact:
        async with asyncio.timeout(within_s):
            while (found := look()) is None:
                await self._turned.wait()
        return found
