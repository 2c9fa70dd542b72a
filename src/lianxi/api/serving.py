"""The API as a service: the application with its hub, its figures and its server.

The composition root makes an `Api` of the parts it has and runs it:

    api = Api(ServingParts(...))
    group.create_task(api.run())
    await api.is_serving.wait()
"""

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
import uvicorn

from lianxi.api import monitor_audit
from lianxi.api.app import ApiParts, build
from lianxi.api.live.changes import LiveChanges
from lianxi.api.live.figures import LiveFigures
from lianxi.api.live.hub import Hub
from lianxi.api.live.hub_parts import HubParts
from lianxi.api.live.opening import Opening
from lianxi.api.live.walls import Walls
from lianxi.api.monitor_rights import MonitorRights
from lianxi.api.session import Organisation
from lianxi.api.testcall import PlacesTestCalls
from lianxi.db.session import Database, is_away
from lianxi.engine.messages.base import Event
from lianxi.journal.contracts import Recorded
from lianxi.journal.heartbeats import Heartbeats
from lianxi.journal.inbox import Inbox
from lianxi.journal.signals import LIFE, Life, hear
from lianxi.journal.snapshots import Snapshots
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.time import Instant
from lianxi.modules.identity import subscribers
from lianxi.modules.identity.desks import Desks
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.routing.publishing import Publisher
from lianxi.projections.live.centre import Centre
from lianxi.runtime.enduring import endure
from lianxi.settings import Settings

log = structlog.get_logger(__name__)

KEEP_S = 75
"""How long a connection that says nothing is kept: longer than browsers and proxies keep theirs,
so that it is they who close it, and never a moment before a request of theirs arrives."""

LEAVE_WITHIN_S = 2
"""How long open requests and WebSockets get at a stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingParts:
    """What the composition root gives."""

    settings: Settings
    now: Callable[[], Instant]
    url: str
    """The database's SQLAlchemy address."""
    database: Database
    inbox: Inbox
    """Its `run` is the composition root's business."""
    desks: Desks
    """The same object that tells the switch passwords: it remembers them."""
    test_calls: PlacesTestCalls
    organisation: Organisation
    web_folder: Path
    build: str
    """Version shown to browsers; a new one makes them offer a reload."""


class Api:
    """One per process of role `api`."""

    def __init__(self, parts: ServingParts) -> None:
        self._parts = parts
        zone = ZoneInfo(parts.settings.time_zone)
        sessions = parts.database.sessions
        passwords = Passwords()
        web_sessions = WebSessions(sessions, passwords)
        self._journal = PostgresJournal(parts.url)
        self._heartbeats = Heartbeats(parts.url)
        self._open = Opening(
            self._journal, Snapshots(parts.url), sessions, now=parts.now, zone=zone
        )
        self._unreacted: list[Event] = []
        self.hub = Hub(
            HubParts(
                journal=self._journal,
                opening=self._opening,
                now=parts.now,
                zone=zone,
                build=parts.build,
                callers=web_sessions,
                beat=self._heartbeats.beat,
                taken=self._react,
                is_away=is_away,
            )
        )
        self._rights = MonitorRights(self.hub, sessions, parts.inbox, parts.now)
        self._figures = LiveFigures(self.hub, sessions, now=parts.now, zone=zone)
        self._changes = LiveChanges(self.hub, parts.url, now=parts.now)
        self._walls = Walls(self.hub, sessions, now=parts.now, zone=zone.key, build=parts.build)
        self.publisher = Publisher(
            sessions, parts.inbox, now=parts.now, zone=parts.settings.time_zone
        )
        self.app = build(
            ApiParts(
                settings=parts.settings,
                now=parts.now,
                database=parts.database,
                journal=self._journal,
                inbox=parts.inbox,
                hub=self.hub,
                walls=self._walls,
                web_sessions=web_sessions,
                passwords=passwords,
                desks=parts.desks,
                prompts=Prompts(parts.settings.home / "prompts"),
                publisher=self.publisher,
                test_calls=parts.test_calls,
                organisation=parts.organisation,
                web_folder=parts.web_folder,
            )
        )
        self.is_serving = asyncio.Event()
        """The port is open."""

    async def run(self) -> None:
        """Serve until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.hub.run())
                group.create_task(endure("figures", self._figures.run))
                group.create_task(endure("wallboards", self._walls.run))
                group.create_task(endure("rights of listeners", self._rights.run))
                group.create_task(endure("changes", self._changes.run))
                group.create_task(endure("signs of life", self._hear))
                group.create_task(endure("heartbeats", self._heartbeats.run))
                group.create_task(self._serve())
        finally:
            await self._journal.close()

    async def _opening(self) -> tuple[int, Centre]:
        position, centre = await self._open()
        await monitor_audit.catch_up(self._parts.database.sessions, until=position)
        living = {agent.endpoint for agent in centre.state.agents.values()}
        await self._parts.desks.keep_only(living, at=self._parts.now())
        return position, centre

    async def _hear(self) -> None:
        async for word in hear(self._parts.url, [LIFE]):
            if isinstance(word, Life):
                self.hub.vitals.hear(word, self._parts.now())

    async def _react(self, batch: list[Recorded]) -> None:
        """React to what was recorded; what failed is tried again with the next batch."""
        self._unreacted += [line.event for line in batch]
        wanted = [event for event, _ in subscribers.endpoints_retired(self._unreacted)]
        wanted += monitor_audit.ends(self._unreacted)
        try:
            await subscribers.react(self._parts.desks, wanted)
            await monitor_audit.react(self._parts.database.sessions, wanted)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("desk.endings_wait", count=len(wanted))
            self._unreacted = wanted
        else:
            self._unreacted = []

    async def _serve(self) -> None:
        settings = self._parts.settings
        server = QuietServer(
            uvicorn.Config(
                self.app,
                host=settings.http_bind,
                port=settings.http_port,
                ssl_certfile=settings.tls_cert,
                ssl_keyfile=settings.tls_key,
                # Measured: 10 kB/s per browser on a LAN is not worth the time of compressing it.
                ws="websockets-sansio",
                ws_per_message_deflate=False,
                ws_max_size=65_536,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=LEAVE_WITHIN_S,
                timeout_keep_alive=KEEP_S,
            ),
            self.is_serving,
        )
        serving = asyncio.create_task(server.serve())
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            await serving
            raise


class QuietServer(uvicorn.Server):
    """Uvicorn that leaves signals to the composition root and says when it listens."""

    def __init__(self, config: uvicorn.Config, is_serving: asyncio.Event) -> None:
        super().__init__(config)
        self._is_serving = is_serving

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Signals are the composition root's business."""
        yield

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, then say so."""
        await super().startup(sockets)  # type: ignore[arg-type]
        self._is_serving.set()
