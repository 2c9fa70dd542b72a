"""The switchboard as a service: leads, replays, drives, and starts again when something broke."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

import psycopg
import structlog

from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.commands import CloseContact
from lianxi.engine.messages.sighting import Device
from lianxi.engine.state import State
from lianxi.journal.contracts import JournalBroken
from lianxi.journal.inbox import InboxReader
from lianxi.journal.signals import LIFE, Life, Speaker
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.time import Instant
from lianxi.runtime.driver import Driver
from lianxi.runtime.leadership import leadership
from lianxi.runtime.ports import Channel
from lianxi.runtime.presence import Presence
from lianxi.runtime.reconciler import Difference, Reconciler, unheard_endings
from lianxi.runtime.watchdog import Stalled, watch

log = structlog.get_logger(__name__)

RECONCILE_EVERY_S = 2.0
ALIVE_EVERY_S = 1.0
START_AGAIN_S = 0.5

BROKEN = (JournalBroken, Stalled, psycopg.Error, OSError)
"""What ends one Driver and is answered by starting the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a switchboard is made of."""

    url: str
    """The database's SQLAlchemy address."""
    channel: Callable[[Callable[[], Iterable[Device]]], Channel]
    """Makes a channel, given a way to see the devices of signed-in agents."""
    is_connected: Callable[[Channel], bool]
    now: Callable[[], Instant]
    opening: Callable[[State], Awaitable[Sequence[Input]]]
    """What to tell the engine at every start: the configuration, if it is another by now."""


class Switchboard:
    """One per process of role `driver`; only the leader works."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.driver: Driver | None = None
        self.is_leading = asyncio.Event()

    async def run(self) -> None:
        """Lead and drive until cancelled; every fault starts a new Driver from the journal."""
        while True:
            try:
                async with leadership(self._parts.url):
                    await self._lead()
            except* BROKEN as broken:
                for error in broken.exceptions:
                    log.error("driver.broke", error=repr(error))
            finally:
                self.is_leading.clear()
                self.driver = None
            await asyncio.sleep(START_AGAIN_S)  # back-off: what broke needs a moment

    async def _lead(self) -> None:
        parts = self._parts
        journal = PostgresJournal(parts.url)
        snapshots = Snapshots(parts.url)
        engine, position = await rebuild(journal, snapshots)
        opening = await parts.opening(engine.state)
        async with asyncio.TaskGroup() as group:

            def keep(at: int, state: bytes) -> None:
                group.create_task(_keep(snapshots, at, state, parts.now()))

            def perform(command: Command) -> None:
                channel.perform(command)

            driver = Driver(
                engine,
                position=position,
                journal=journal,
                perform=perform,
                now=parts.now,
                snapshot=keep,
            )
            channel = parts.channel(lambda: devices(driver.state))
            for given in opening:
                driver.tell(given)
            for given in unheard_endings(driver.state, parts.now()):
                driver.tell(given)
            self.driver = driver
            group.create_task(channel.run(driver.tell))
            group.create_task(InboxReader(parts.url).run(driver.ask))
            group.create_task(Presence(parts.now).run(parts.url, driver.state, driver.tell))
            group.create_task(self._reconcile(driver, channel, journal))
            group.create_task(watch(driver.state, parts.now))
            group.create_task(self._live(driver, channel))
            group.create_task(driver.run())
            self.is_leading.set()
            log.info("driver.runs", position=position)

    async def _reconcile(self, driver: Driver, channel: Channel, journal: PostgresJournal) -> None:
        reconciler = Reconciler()
        while True:
            try:
                sighting = await channel.belief()
                for found in reconciler.confirmed(driver.state, sighting, self._parts.now()):
                    log.warning("reconciler.difference", about=found.about)
                    await _mend(found, driver, channel, journal)
            except ChannelFault as fault:
                log.info("reconciler.switch_silent", what=fault.what)
            await asyncio.sleep(RECONCILE_EVERY_S)  # pace: what nobody said has no event

    async def _live(self, driver: Driver, channel: Channel) -> None:
        speaker = Speaker(self._parts.url)
        try:
            while True:
                switch = self._parts.is_connected(channel)
                await speaker.say(LIFE, Life(switch=switch, position=driver.position))
                await asyncio.sleep(ALIVE_EVERY_S)  # pace: a sign of life each second
        finally:
            await speaker.close()


async def rebuild(journal: PostgresJournal, snapshots: Snapshots) -> tuple[Engine, int]:
    """The engine as the journal left it, and where that is."""
    found = await snapshots.newest()
    position, state = (0, State()) if found is None else found
    engine = Engine(state=state)
    while batch := await journal.read(position):
        engine = Engine((line.event for line in batch), engine.state)
        position = batch[-1].position
    return engine, position


def devices(state: State) -> list[Device]:
    """The devices that may register now."""
    return [
        Device(agent=agent.id, endpoint=agent.endpoint, kind=agent.device)
        for agent in state.agents.values()
    ]


async def _mend(
    found: Difference, driver: Driver, channel: Channel, journal: PostgresJournal
) -> None:
    if found.tell is not None:
        driver.tell(found.tell)
    if found.perform is not None:
        channel.perform(found.perform)
    if found.unknown is not None:
        contact = found.unknown.contact
        known = await journal.stream(f"contact:{contact}")
        if known or found.unknown.arrival is None:
            leg = next((leg for line in known if (leg := getattr(line.event, "leg", None))), None)
            if leg is not None:
                channel.perform(CloseContact(contact=contact, leg=leg))
        else:
            driver.tell(found.unknown.arrival)


async def _keep(snapshots: Snapshots, position: int, state: bytes, at: Instant) -> None:
    try:
        await snapshots.keep(position, state, at)
    except psycopg.Error as error:
        log.warning("snapshot.not_kept", error=repr(error))
