"""The centre of the bench: its roles in processes of their own, a thousand desks signed in."""

import asyncio
import base64
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import migrate
from lianxi.db.session import Database
from lianxi.drills.bench_voice.console import Console
from lianxi.drills.errors import CentreDidNotStart
from lianxi.engine.messages.agent_inputs import AgentSignedIn, AgentStateAsked
from lianxi.engine.messages.routing import AgentSetup, NumberRule, Queue, WrapUpRule
from lianxi.engine.messages.values import DeviceKind, Intent, WrapUpMode
from lianxi.journal.heartbeats import GATHER_S, words
from lianxi.journal.inbox import Inbox
from lianxi.journal.signals import BEATS, Beat, spoken
from lianxi.kernel.ids import AgentId, QueueId, TeamId, UserId
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import NewUser, Role, Team
from lianxi.modules.identity.desks import Desks
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.vault import Vault
from lianxi.modules.routing import facade as routing
from lianxi.parts.secrets import load_or_make_secrets
from lianxi.runtime.clock import now
from lianxi.settings import Home, Settings

PROGRAM = str(Path(sys.executable).parent / "lianxi")
NUMBER = "4100"
"""Leads straight to the queue; answered when an agent answers."""

QUEUE = QueueId("bench")
TEAM = Team(id=TeamId("bench"), name="一班", name_en="Team 1")
SESSION = "bench"
BEAT_EVERY_S = 3.0
"""As a page does."""

BEAT_PARTS = round(BEAT_EVERY_S / GATHER_S)
"""Told in as many words as an API tells them."""
STARTED_WITHIN_S = 120.0
STOPPED_WITHIN_S = 20.0
AT_ONCE = 20
_LOOK_EVERY_S = 0.1


def agent_ids(count: int) -> list[AgentId]:
    """The agents of the bench."""
    return [AgentId(str(20_000 + index)) for index in range(count)]


@dataclass(slots=True)
class BenchCentre:
    """A running centre.

    Args:
        home: its folders.
        ports: SIP, ARI.
        agents: how many are configured.
    """

    home: Home
    sip_port: int
    ari_port: int
    agents: int
    url: str = ""
    driver_pid: int = 0
    signed_in: list[AgentId] = field(default_factory=list)
    inbox: Inbox | None = None
    desks: Desks | None = None
    user: UserId = field(default=UserId(""))
    _children: list[asyncio.subprocess.Process] = field(default_factory=list)

    @property
    def console(self) -> Console:
        """The switch's console."""
        return Console(self.home.asterisk / "etc" / "asterisk.conf")

    @property
    def ari(self) -> tuple[str, str]:
        """Address and password of the switch's REST interface."""
        password = load_or_make_secrets(self.home.secrets).ari_password
        return f"http://127.0.0.1:{self.ari_port}/ari", password

    async def start_role(self, *roles: str) -> int:
        """Start a process that plays roles; returns its pid."""
        environment = {
            **os.environ,
            "LIANXI_HOME": str(self.home.root),
            "LIANXI_DATABASE_URL": self.url,
            "LIANXI_SIP_PORT": str(self.sip_port),
            "LIANXI_ARI_PORT": str(self.ari_port),
            "LIANXI_RTP_START": "20000",
            "LIANXI_RTP_END": "29999",
        }
        arguments = [word for role in roles for word in ("--role", role)]
        log = self.home.root.parent / f"{'-'.join(roles)}.log"
        with log.open("ab") as output:
            child = await asyncio.create_subprocess_exec(
                PROGRAM, "serve", *arguments, env=environment,
                stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        self._children.append(child)
        return child.pid

    async def stop(self) -> None:
        """Stop the processes, the newest first."""
        for child in reversed(self._children):
            if child.returncode is None:
                child.terminate()
                try:
                    async with asyncio.timeout(STOPPED_WITHIN_S):
                        await child.wait()
                except TimeoutError:
                    child.kill()
                    await child.wait()

    async def until_it_leads(self) -> None:
        """Wait until the switchboard answers.

        Raises:
            TimeoutError: it does not.
        """
        asked = AgentStateAsked(at=now(), agent=AgentId("nobody"), to=Intent.READY)
        async with asyncio.timeout(STARTED_WITHIN_S):
            while self.inbox is not None:
                self._check_children()
                try:
                    await self.inbox.ask(asked)
                except Exception as error:
                    if getattr(error, "code", "") not in ("switchboard_silent", "database_away"):
                        return  # it refuses: it is there
                    # poll: a process that starts tells nobody
                    await asyncio.sleep(_LOOK_EVERY_S)
                else:
                    return

    def _check_children(self) -> None:
        if any(child.returncode is not None for child in self._children):
            raise CentreDidNotStart(within_s=round(STARTED_WITHIN_S), words=self._last_words())

    def _last_words(self) -> str:
        logs = sorted(self.home.root.parent.glob("*.log"))
        lines = [line for log in logs for line in log.read_text(errors="replace").splitlines()]
        return " | ".join(line for line in lines[-6:] if line)

    async def sign_in(self, wanted: int) -> None:
        """So many agents are signed in and ready."""
        fresh = agent_ids(wanted)[len(self.signed_in) :]
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(agent: AgentId) -> None:
            async with gate:
                await self._sign_in(agent)

        await asyncio.gather(*(one(agent) for agent in fresh))
        self.signed_in += fresh

    async def _sign_in(self, agent: AgentId) -> None:
        if self.inbox is None or self.desks is None:
            raise RuntimeError("the centre was not opened")
        desk = await self.desks.open(
            agent=agent,
            user=self.user,
            tab=SESSION,
            device=DeviceKind.PHONE,
            key=None,
            at=now(),
        )
        given = AgentSignedIn(
            at=now(),
            agent=agent,
            session=SESSION,
            device=DeviceKind.PHONE,
            endpoint=desk.endpoint,
        )
        await self.inbox.ask(given)
        await self.inbox.ask(AgentStateAsked(at=now(), agent=agent, to=Intent.READY))

    async def until_registered(self, wanted: int) -> None:
        """Wait until the switchboard knows of so many telephones that they can be called.

        Raises:
            TimeoutError: it does not.
        """
        async with (
            asyncio.timeout(STARTED_WITHIN_S),
            await psycopg.AsyncConnection.connect(_plain(self.url), autocommit=True) as looking,
        ):
            while True:
                cursor = await looking.execute(_REGISTERED)
                row = await cursor.fetchone()
                if row is not None and int(row[0]) >= wanted:
                    return
                await asyncio.sleep(_LOOK_EVERY_S)  # poll: counted from the journal

    async def beat(self) -> None:
        """The heartbeats of all desks, until cancelled: a part of them at a time, at their time
        even when the machine is late."""
        loop, turn = asyncio.get_running_loop(), 0
        due = loop.time()
        async with await psycopg.AsyncConnection.connect(
            _plain(self.url), autocommit=True
        ) as speaking:
            while True:
                desks = self.signed_in[turn % BEAT_PARTS :: BEAT_PARTS]
                beats = (Beat(agent=agent, session=SESSION) for agent in desks)
                told = [spoken(word) for word in words(beats)]
                await speaking.execute(_BEATS, (BEATS, told))
                turn, due = turn + 1, due + BEAT_EVERY_S / BEAT_PARTS
                await asyncio.sleep(max(due - loop.time(), 0))  # pace: pages beat on their own


_BEATS = "SELECT pg_notify(%s, word) FROM unnest(%s::text[]) AS t (word)"

_REGISTERED = (
    "SELECT count(*) FROM (SELECT DISTINCT ON (payload->>'agent') payload FROM journal "
    "WHERE type = 'agent.device_changed.v1' ORDER BY payload->>'agent', position DESC) AS newest "
    "WHERE (payload->>'registered')::boolean"
)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@asynccontextmanager
async def bench_centre(
    root: Path, *, sip_port: int, ari_port: int, agents: int, roles: Sequence[str]
) -> AsyncIterator[BenchCentre]:
    """A centre with agents who are configured but not signed in yet."""
    home = Home(root=root / "home", cache=Settings().cache)
    home.make()
    async with AsyncExitStack() as stack:
        postgres = EmbeddedPostgres(home)
        await postgres.start()
        stack.push_async_callback(postgres.stop)
        await migrate(postgres.url())
        centre = BenchCentre(home, sip_port, ari_port, agents, url=postgres.url())
        database = Database(centre.url)
        stack.push_async_callback(database.close)
        vault = Vault(base64.urlsafe_b64decode(load_or_make_secrets(home.secrets).vault_key + "=="))
        centre.desks = Desks(database.sessions, vault)
        centre.user = await _plant(database, agents)
        centre.inbox = Inbox(centre.url, now)
        stack.push_async_callback(centre.inbox.close)
        answering = asyncio.create_task(centre.inbox.run())
        stack.callback(answering.cancel)
        stack.push_async_callback(centre.stop)
        centre.driver_pid = await centre.start_role("driver")
        await centre.until_it_leads()
        for role in roles:
            await centre.start_role(role)
        beating = asyncio.create_task(centre.beat())
        stack.callback(beating.cancel)
        yield centre


async def _plant(database: Database, agents: int) -> UserId:
    """One queue, its number, its agents, and one person whose desks they all are."""
    async with database.sessions.begin() as session:
        await identity.add_team(session, TEAM)
        new = NewUser(username="bench", name="Bench", role=Role.ADMIN)
        user, _ = await identity.create_user(session, new, passwords=Passwords(), at=now(), by=None)
        await routing.plant(
            session,
            queues=[
                Queue(
                    id=QUEUE,
                    name="售后",
                    name_en="Service",
                    wrap_up=WrapUpRule(mode=WrapUpMode.NONE),
                )
            ],
            agents=[
                AgentSetup(id=each, no=each, name=f"座席 {each}", team=TEAM.id, queues=(QUEUE,))
                for each in agent_ids(agents)
            ],
            numbers=[NumberRule(number=NUMBER, queue=QUEUE)],
            reasons=[],
            hours=[],
        )
    return user.id
