"""The switchboard as a service: leads, replays, drives, and starts again when something broke."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import psycopg
import structlog

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.sighting import Device
from lianxi.engine.state import State
from lianxi.journal.contracts import JournalBroken
from lianxi.journal.inbox_reading import InboxReader
from lianxi.journal.signals import LIFE, Life, spoken
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.time import Instant
from lianxi.runtime.asking import Asking
from lianxi.runtime.clock import SteadyClock
from lianxi.runtime.driver import Driver
from lianxi.runtime.flows import unheard_answers
from lianxi.runtime.lateness import Gate
from lianxi.runtime.leadership import leadership
from lianxi.runtime.memory import set_aside, set_aside_what_came
from lianxi.runtime.mending import reconcile
from lianxi.runtime.monitors import untuned
from lianxi.runtime.parties import orders_anew
from lianxi.runtime.ports import AsksConnectors, Channel, KnowsCustomers
from lianxi.runtime.presence import Presence
from lianxi.runtime.rebuilding import last_moment, rebuild
from lianxi.runtime.reconciler import (
    unheard_endings,
    unheard_music,
    unsaid_pauses,
    unsaid_recordings,
)
from lianxi.runtime.snapshotting import Snapshotter
from lianxi.runtime.watchdog import Pair, Stalled, watch

log = structlog.get_logger(__name__)

ALIVE_EVERY_S = 1.0

START_AGAIN_S = 0.5
LONGEST_WAIT_S = 5.0
SETTLED_AFTER_S = 30.0
LASTING_S = 60.0
"""A Driver that ran so long had no fault at its start."""

STANDS_STILL = "distribution_stalled"
"""Alarm: starting anew did not help a waiting caller to a free agent."""

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
    connectors: AsksConnectors | None = None
    """Systems outside that flows ask; None = nobody is asked, and the flows are told so."""
    customers: KnowsCustomers | None = None
    spares_memory: bool = True
    """Set aside from garbage collection what is loaded at a start: not for many in one process."""


class Switchboard:
    """One per process of role `driver`; only the leader works.

    A fault of any part ends one Driver and starts the next from the journal, never the process:
    conversations go on at the switch meanwhile.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._given_up: set[Pair] = set()
        """Pairs that starting anew did not help; they are an alarm and nothing more."""
        self._stalled: set[Pair] = set()
        self.driver: Driver | None = None
        self.is_leading = asyncio.Event()

    async def run(self) -> None:
        """Lead and drive until cancelled."""
        loop, faults = asyncio.get_running_loop(), 0
        while True:
            began, wait = loop.time(), START_AGAIN_S
            try:
                async with leadership(self._parts.url) as journal:
                    await self._lead(journal)
            except* BROKEN as broken:
                log.error("driver.broke", errors=[repr(error)[:300] for error in leaves(broken)])
                self._note_stalls(broken)
            except* Exception as fault:
                faults = 0 if loop.time() - began > LASTING_S else faults + 1
                wait = min(START_AGAIN_S * 2**faults, LONGEST_WAIT_S)
                log.error("driver.fault", exc_info=fault, starts_again_in_s=wait)
            finally:
                self.is_leading.clear()
                self.driver = None
            await asyncio.sleep(wait)  # back-off: what broke needs a moment

    def _note_stalls(self, broken: BaseExceptionGroup[BaseException]) -> None:
        for error in leaves(broken):
            if isinstance(error, Stalled):
                if error.pair in self._stalled:
                    self._given_up.add(error.pair)
                self._stalled.add(error.pair)

    async def _lead(self, journal: PostgresJournal) -> None:
        parts = self._parts
        snapshots, snapshotter = Snapshots(parts.url), Snapshotter(parts.url)
        engine, position = await rebuild(journal, snapshots)
        now = SteadyClock(parts.now, not_before=await last_moment(journal, position))
        opening = await parts.opening(engine.state)
        if parts.spares_memory:
            set_aside()
        async with asyncio.TaskGroup() as group:

            def perform(command: Command) -> None:
                if asking is None or not asking.perform(command):
                    channel.perform(command)

            driver = Driver(
                engine,
                position=position,
                journal=journal,
                perform=perform,
                now=now,
                rebuild=lambda: rebuild(journal, snapshots),
                snapshot=snapshotter.want,
            )
            state = driver.state
            channel = parts.channel(lambda: devices(state))
            asking = self._asking(channel, now)
            unheard = (*unheard_endings(state, now()), *unheard_answers(state, now()))
            for given in (*opening, *unheard):
                driver.tell(given)
            unsaid = (*unsaid_recordings(state), *unsaid_pauses(state))
            for command in (*unheard_music(state), *unsaid, *untuned(state)):
                channel.perform(command)
            for order in orders_anew(state, now()):
                channel.perform(order)
            self.driver, gate = driver, Gate(driver, channel)
            group.create_task(channel.run(gate.tell))
            if asking is not None:
                group.create_task(asking.run(driver.tell))
            group.create_task(InboxReader(parts.url, parts.now).run(driver.ask))
            group.create_task(Presence(now).run(parts.url, state, driver.tell))
            group.create_task(reconcile(driver, channel, journal, now, gate))
            group.create_task(watch(state, now, self._given_up))
            group.create_task(self._live(driver, channel, journal, gate))
            group.create_task(snapshotter.run())
            group.create_task(self._settle())
            group.create_task(driver.run())
            self.is_leading.set()
            log.info("driver.runs", position=position)

    def _asking(self, channel: Channel, now: Callable[[], Instant]) -> Asking | None:
        parts = self._parts
        if parts.connectors is None or parts.customers is None:
            return None
        secret = getattr(channel, "secret", lambda contact, request: None)
        return Asking(parts.connectors, parts.customers, secret=secret, now=now)

    async def _settle(self) -> None:
        """What the other roles of this process load comes after the Driver's start."""
        if self._parts.spares_memory:
            await asyncio.sleep(SETTLED_AFTER_S)  # pace: nobody says when all is loaded
            set_aside_what_came()

    async def _live(
        self, driver: Driver, channel: Channel, journal: PostgresJournal, gate: Gate
    ) -> None:
        """Signs of life, by the connection that holds the lock: a leader that lost it ends here."""
        while True:
            word = Life(
                switch=self._parts.is_connected(channel),
                position=driver.position,
                alarm=driver.alarm or (STANDS_STILL if self._given_up else gate.alarm),
            )
            await journal.tell(LIFE, spoken(word))
            await asyncio.sleep(ALIVE_EVERY_S)  # pace: a sign of life each second


def leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    """The exceptions in a group of groups."""
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from leaves(error)
        else:
            yield error


def devices(state: State) -> list[Device]:
    """The devices that may register now."""
    return [
        Device(agent=agent.id, endpoint=agent.endpoint, kind=agent.device)
        for agent in state.agents.values()
    ]
