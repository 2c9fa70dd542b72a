"""A whole switchboard on PostgreSQL with a switch in memory."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import TypeVar

import psycopg

from lianxi.channels.fake.switch import FakeSwitch
from lianxi.channels.fake.world import World
from lianxi.engine.messages.agent_events import AgentCame, AgentDeviceChanged, AgentIntentChanged
from lianxi.engine.messages.agent_inputs import AgentSignedIn, AgentStateAsked
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.events import ContactConnected, OfferRang
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.messages.values import DeviceKind, Intent
from lianxi.engine.state import State
from lianxi.journal.connecting import connect
from lianxi.journal.contracts import Outcome, Recorded
from lianxi.journal.inbox import Inbox
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.ids import AgentId, ContactId, Endpoint
from lianxi.runtime.clock import now
from lianxi.runtime.driver import Driver
from lianxi.runtime.enduring import endure
from lianxi.runtime.switchboard import Parts, Switchboard
from tests.builders.centre import ANNA, DIRECT, a_routing

Kind = TypeVar("Kind", bound=Event)
WITHIN_S = 20.0


class Flag(asyncio.Event):
    """An event whose end can be waited for too."""

    def __init__(self) -> None:
        super().__init__()
        self.cleared = asyncio.Event()

    def clear(self) -> None:
        """No longer so."""
        if self.is_set():
            self.cleared.set()
        super().clear()


class House:
    """Switchboards over one world, and somebody who asks them.

    Args:
        url: the address of a database with the tables.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.world = World(now=now, prompts_end_at_once=True)
        self.inbox = Inbox(url, now)
        self.lines: list[Recorded] = []
        self._grown = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._start(endure("inbox", self.inbox.run))
        self._start(endure("following", self._follow))

    def _start(self, work: object) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)  # type: ignore[arg-type]
        self._tasks.append(task)
        return task

    async def _follow(self) -> None:
        journal = PostgresJournal(self.url)
        try:
            after = self.lines[-1].position if self.lines else 0
            async with aclosing(journal.follow(after)) as batches:
                async for batch in batches:
                    self.lines += batch
                    grown, self._grown = self._grown, asyncio.Event()
                    grown.set()
        finally:
            await journal.close()

    def opens(self) -> tuple[Switchboard, asyncio.Task[None]]:
        """A switchboard begins to run, and leads as soon as it may."""

        async def opening(state: State) -> Sequence[Input]:
            wanted = a_routing()
            return () if state.routing == wanted else (RoutingPublished(at=now(), routing=wanted),)

        world = self.world
        board = Switchboard(
            Parts(
                url=self.url,
                channel=lambda devices: FakeSwitch(world, devices),
                is_connected=lambda channel: world.tell is not None,
                now=now,
                opening=opening,
                spares_memory=False,
            )
        )
        board.is_leading = Flag()
        return board, self._start(board.run())

    async def lost_lead(self, board: Switchboard) -> None:
        """Wait until a switchboard that led does not lead any more."""
        assert isinstance(board.is_leading, Flag)
        async with asyncio.timeout(WITHIN_S):
            await board.is_leading.cleared.wait()

    async def written(self, kind: type[Kind], count: int = 1, **facts: object) -> list[Kind]:
        """Wait until so many events of a kind are written; return them all."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                found = [
                    line.event
                    for line in self.lines
                    if isinstance(line.event, kind)
                    and all(getattr(line.event, name) == fact for name, fact in facts.items())
                ]
                if len(found) >= count:
                    return found
                await self._grown.wait()

    async def level(self, board: Switchboard) -> State:
        """Wait until all that the leader wrote is read and it decides nothing: its state then, to
        be compared with the lines before the next await."""
        async with asyncio.timeout(WITHIN_S):
            while not self._is_level(board.driver):  # noqa: ASYNC110
                # poll: that nothing more is under way has no event
                await asyncio.sleep(0.01)
        assert board.driver is not None
        return board.driver.state

    def _is_level(self, driver: Driver | None) -> bool:
        read = self.lines[-1].position if self.lines else 0
        return driver is not None and driver.behind_s == 0 and driver.position == read

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Ask the switchboard."""
        return await self.inbox.ask(given, key)

    async def agent_is_ready(self, agent: AgentId = ANNA) -> Endpoint:
        """An agent takes a desk, the device registers, the agent is ready."""
        endpoint = Endpoint(f"ag-{agent}")
        signed_in = AgentSignedIn(
            at=now(), agent=agent, session="tab", device=DeviceKind.BROWSER, endpoint=endpoint
        )
        assert (await self.ask(signed_in)).refused is None
        await self.written(AgentCame, agent=agent)
        self.world.device_registers(endpoint)
        await self.written(AgentDeviceChanged, agent=agent, registered=True)
        ready = AgentStateAsked(at=now(), agent=agent, to=Intent.READY)
        assert (await self.ask(ready)).refused is None
        await self.written(AgentIntentChanged, agent=agent, intent=Intent.READY)
        return endpoint

    async def call_connected(self, agent: AgentId = ANNA) -> ContactId:
        """A caller and a ready agent talk."""
        contact = self.world.caller_arrives(dialled=DIRECT)
        await self.written(OfferRang, contact=contact)
        self.world.agent_answers(Endpoint(f"ag-{agent}"))
        await self.written(ContactConnected, contact=contact)
        return contact

    async def terminate(self, condition: str) -> int:
        """End the database's sessions that fulfil a condition; return how many."""
        async with await connect(self.url) as connection:
            cursor = await connection.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                f"WHERE pid <> pg_backend_pid() AND datname = current_database() AND {condition}"
            )
            row = await cursor.fetchone()
        assert row is not None
        return int(str(row[0]))

    async def stop(self, *running: asyncio.Task[None]) -> None:
        """Cancel what runs: all of it unless told."""
        for task in running or self._tasks:
            task.cancel()
        await asyncio.gather(*(running or self._tasks), return_exceptions=True)

    async def close(self) -> None:
        """End everything; what failed on the way fails the test."""
        await self.stop()
        await self.inbox.close()
        for task in self._tasks:
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error


HOLDS_THE_LOCK = (
    "pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)
FOLLOWS = "query LIKE '%FROM journal WHERE position >%' AND query NOT LIKE '%max(position)%'"


async def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    """What a statement returns."""
    async with await connect(url) as connection:
        cursor: psycopg.AsyncCursor[tuple[object, ...]] = await connection.execute(
            statement.encode()
        )
        return await cursor.fetchall()
