"""Brings the scripted people together: `lianxi up --demo`."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

import lianxi
from lianxi.channels.fake.sip.address import Address
from lianxi.journal.heartbeats import words
from lianxi.journal.inbox import Inbox
from lianxi.journal.signals import BEATS, Beat, Speaker
from lianxi.kernel.ids import AgentId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.customers import facade as customers
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.desks import Desks
from lianxi.modules.routing.seed import HOTLINE
from lianxi.runtime.enduring import endure
from lianxi.settings import Settings
from lianxi.worker.demo.agent import AWAY, DemoAgent, Room
from lianxi.worker.demo.agent_script import AgentScript
from lianxi.worker.demo.caller_script import KNOWN, CallerScript
from lianxi.worker.demo.callers import Callers
from lianxi.worker.demo.floor import Floor
from lianxi.worker.demo.orders import OrdersPlayed

log = structlog.get_logger(__name__)

AGENTS = tuple(AgentId(number) for number in ("8003", "8004", "8005", "8006"))
"""Who works by script; the other desks stay free for people."""

SEED = 4001
BEAT_EVERY_S = 3.0
LEAVE_WITHIN_S = 6.0
SPEECH = Path(lianxi.__file__).parent / "assets" / "samples"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoParts:
    """What the composition root gives."""

    settings: Settings
    url: str
    """The database's SQLAlchemy address."""
    sessions: async_sessionmaker[AsyncSession]
    desks: Desks
    inbox: Inbox
    now: Callable[[], Instant]


async def demonstrate(parts: DemoParts) -> None:
    """Let agents work and customers call until cancelled; then hang up and sign everybody out.

    The switchboard and `inbox.run` must still be running while it ends.
    """
    room = Room(
        floor=Floor(parts.url),
        inbox=parts.inbox,
        desks=parts.desks,
        server=_switch(parts.settings),
        speech=SPEECH / "agent_zh.wav",
        now=parts.now,
    )
    people = await _people(parts)
    await _orders(parts)
    agents = [
        DemoAgent(room, agent, user, AgentScript(random.Random(f"{SEED}/{agent}")))
        for agent, user in people.items()
    ]
    callers = Callers(
        room.floor,
        CallerScript(random.Random(SEED)),
        number=HOTLINE,
        server=room.server,
        speech=SPEECH / "customer_zh.wav",
        now=parts.now,
    )
    following = asyncio.create_task(endure("demo.floor", room.floor.run))
    try:
        await _work(parts.url, agents, callers)
    finally:
        await _leave(agents)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def _work(url: str, agents: Sequence[DemoAgent], callers: Callers) -> None:
    async with asyncio.TaskGroup() as group:
        for agent in agents:
            group.create_task(agent.run())
        group.create_task(callers.run())
        group.create_task(endure("demo.beats", lambda: _beat(url, agents)))


async def _leave(agents: Sequence[DemoAgent]) -> None:
    try:
        async with asyncio.timeout(LEAVE_WITHIN_S):
            ends = await asyncio.gather(
                *(agent.leave() for agent in agents), return_exceptions=True
            )
    except TimeoutError:
        log.warning("demo.left_without_goodbye")
        return
    for end in ends:
        if isinstance(end, AWAY):
            log.warning("demo.left_without_goodbye", error=repr(end)[:200])
        elif isinstance(end, BaseException):
            raise end


async def _beat(url: str, agents: Sequence[DemoAgent]) -> None:
    speaker = Speaker(url)
    try:
        while True:
            here = [Beat(agent=at.agent, session=at.session) for at in agents if at.is_here]
            for word in words(here):
                await speaker.say(BEATS, word)
            await asyncio.sleep(BEAT_EVERY_S)  # pace: a sign of life of each desk
    finally:
        await speaker.close()


async def _people(parts: DemoParts) -> dict[AgentId, UserId]:
    """The scripted agents who exist in this centre; the known customers are stored if missing."""
    async with parts.sessions.begin() as session:
        for number, name in KNOWN.items():
            if not await customers.name_for(session, number):
                await customers.add(session, name, [number], at=parts.now())
        users = await identity.users(session)
    found = {user.agent: user.id for user in users if user.agent and user.disabled_at is None}
    missing = [agent for agent in AGENTS if agent not in found]
    if missing:
        log.warning("demo.agents_missing", agents=missing)
    return {agent: found[agent] for agent in AGENTS if agent in found}


async def _orders(parts: DemoParts) -> None:
    """Work orders of the days before, unless somebody has made one already."""
    async with parts.sessions.begin() as session:
        if await cases.is_any(session):
            return
        who = {number: await customers.id_for(session, number) for number in KNOWN}
        known = {number: id for number, id in who.items() if id is not None}
        story = OrdersPlayed(zone=parts.settings.time_zone, now=parts.now(), customers=known)
        log.info("demo.work_orders", made=await story.play(session))


def _switch(settings: Settings) -> Address:
    host = "127.0.0.1" if settings.sip_bind in ("0.0.0.0", "::") else settings.sip_bind
    return (host, settings.sip_port)
