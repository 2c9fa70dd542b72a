"""A centre for tests of the API: real database, real application, the engine in this process.

The inbox steps a real engine and writes into a journal in memory, which the real hub follows, so
routes, live topics and refusals are those of the product; only telephones are played by the test.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
from argon2 import PasswordHasher

from lianxi.api import monitor_audit
from lianxi.api.app import ApiParts, build
from lianxi.api.live.hub import Hub
from lianxi.api.live.hub_parts import HubParts
from lianxi.api.live.walls import Walls
from lianxi.api.routers import ROUTERS
from lianxi.api.session import Organisation
from lianxi.db.session import Database, is_away
from lianxi.engine.asked import refusal
from lianxi.engine.core import Engine
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.inputs import (
    ContactArrived,
    ContactGone,
    DeviceChanged,
    DigitPressed,
    LegAnswered,
    LegJoined,
    LegRinging,
    PlaybackEnded,
    RoutingPublished,
)
from lianxi.engine.messages.routing import Routing
from lianxi.journal.contracts import Outcome, Recorded, Step
from lianxi.journal.memory import MemoryJournal
from lianxi.journal.signals import Beat, Life
from lianxi.kernel.ids import AgentId, ContactId, LegId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import seed as people
from lianxi.modules.identity import subscribers
from lianxi.modules.identity.desks import Desks
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.vault import Vault
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.ivr import seed as flows
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing import seed as lines
from lianxi.modules.routing.publishing import Publisher
from lianxi.modules.scripts import seed as scripts
from lianxi.projections.live.centre import Centre
from lianxi.settings import Settings
from lianxi.worker.planting import plant_little
from tests.builders.small_app import same_routes

PASSWORDS = Passwords(PasswordHasher(memory_cost=8, time_cost=1, parallelism=1))
"""Hashing for tests: no time, no safety."""

ZONE = "Asia/Shanghai"
BEGIN = Instant(1_767_247_200_000)
"""2026-01-01, 14:00 in Shanghai."""


class EngineInbox:
    """The inbox with the switchboard behind it in the same process."""

    def __init__(self, journal: MemoryJournal) -> None:
        self.engine = Engine()
        self.journal = journal
        self.answered: dict[str, Outcome] = {}
        self.failure: Exception | None = None

    async def ask(self, given: Input, key: str | None = None) -> Outcome:
        """Step the engine; the same key gives the same outcome without a step."""
        if self.failure is not None:
            raise self.failure
        if key is not None and key in self.answered:
            return self.answered[key]
        refused = refusal(given, self.engine.state)
        outcome = Outcome(refused=refused, events=[] if refused else await self.tell(given))
        if key is not None:
            self.answered[key] = outcome
        return outcome

    async def tell(self, given: Input) -> list[Recorded]:
        """What the switch would say."""
        return await self.journal.append([Step(events=self.engine.step(given))])


class NoTestCalls:
    """Places nothing; remembers what was wanted."""

    def __init__(self) -> None:
        self.placed: list[tuple[str, str, str]] = []
        self.then: Callable[[], object] = lambda: None

    async def place(self, number: str, *, caller: str, press: str) -> None:
        """Remember."""
        self.placed.append((number, caller, press))
        self.then()


@dataclass(frozen=True, slots=True)
class Planted:
    """What is known of a demonstration centre beside its rows."""

    passwords: dict[str, str]
    routing: Routing


async def plant(database: Database, home: Path) -> Planted:
    """The demonstration centre into empty tables; its prompts are looked for in `home`."""
    async with database.sessions.begin() as session:
        accounts = await people.plant(session, passwords=PASSWORDS, at=BEGIN)
        names = {agent: people.agent_name(agent) for agent in people.AGENTS}
        await lines.plant(session, teams=people.AGENTS, names=names)
        await flows.plant(session, prompts=Prompts(home), at=BEGIN)
        await scripts.plant(session, queues=tuple(each.id for each in lines.QUEUES), at=BEGIN)
        found = await routing.current_routing(session, at=BEGIN, zone=ZONE)
    return Planted({account["username"]: account["password"] for account in accounts}, found)


async def plant_empty(database: Database) -> Planted:
    """What a centre has after its first start that is to be set up by hand."""
    async with database.sessions.begin() as session:
        accounts = await plant_little(session, passwords=PASSWORDS, at=BEGIN)
        found = await routing.current_routing(session, at=BEGIN, zone=ZONE)
    return Planted({account["username"]: account["password"] for account in accounts}, found)


class WebCentre:
    """The application, and short words for what the world does to it."""

    def __init__(self, database: Database, home: Path, planted: Planted) -> None:
        self.at = BEGIN
        self.database = database
        self.settings = Settings(home=home, time_zone=ZONE, ari_port=1)
        self.journal = MemoryJournal()
        self.inbox = EngineInbox(self.journal)
        self.beats: list[Beat] = []
        self._reaction = asyncio.Condition()
        self._reacted_to = 0
        self.test_calls = NoTestCalls()
        self.passwords = planted.passwords
        sessions = database.sessions
        self.web_sessions = WebSessions(sessions, PASSWORDS)
        self.desks = Desks(sessions, Vault(Vault.draw_key()))
        self.hub = Hub(
            HubParts(
                journal=self.journal,
                opening=self._opening,
                now=self.now,
                zone=ZoneInfo(ZONE),
                build="test",
                callers=self.web_sessions,
                beat=self.beats.append,
                taken=self._taken,
                is_away=is_away,
            )
        )
        self.walls = Walls(self.hub, sessions, now=self.now, zone=ZONE, build="test")
        self.publisher = Publisher(sessions, self.inbox, now=self.now, zone=ZONE)
        self.app = build(
            ApiParts(
                settings=self.settings,
                now=self.now,
                database=database,
                journal=self.journal,
                inbox=self.inbox,
                hub=self.hub,
                walls=self.walls,
                web_sessions=self.web_sessions,
                passwords=PASSWORDS,
                desks=self.desks,
                prompts=Prompts(home / "prompts"),
                publisher=self.publisher,
                test_calls=self.test_calls,
                organisation=Organisation(name="联系示范中心", time_zone=ZONE, is_demo=True),
                web_folder=home / "web",
            )
        )
        same_routes(self.app, ROUTERS)

    def now(self) -> Instant:
        """The test's clock."""
        return self.at

    def later(self, seconds: float) -> Instant:
        """Let time pass."""
        self.at = Instant(self.at + round(seconds * 1000))
        return self.at

    async def _opening(self) -> tuple[int, Centre]:
        return 0, Centre()

    async def _taken(self, batch: list[Recorded]) -> None:
        events = [line.event for line in batch]
        await subscribers.react(self.desks, events)
        await monitor_audit.react(self.database.sessions, events)
        async with self._reaction:
            self._reacted_to = batch[-1].position
            self._reaction.notify_all()

    async def reacted(self) -> None:
        """Until what the API does of itself is done for all that is in the journal."""
        last = await self.journal.last_position()
        async with self._reaction:
            await self._reaction.wait_for(lambda: self._reacted_to >= last)

    # --- the world

    async def told(self, given: Input) -> list[Event]:
        """The switch says something; returns when the replica shows it."""
        recorded = await self.inbox.tell(given)
        if recorded:
            await self.hub.reached(recorded[-1].position)
        return [line.event for line in recorded]

    async def caller_waits(self, name: str = "c1", *, digit: str = "2") -> ContactId:
        """A caller goes through the menu into a queue."""
        contact = await self.arrives(name)
        await self.prompts_end(contact)
        await self.told(DigitPressed(at=self.at, contact=contact, digit=digit))
        await self.prompts_end(contact)
        return contact

    async def arrives(
        self, name: str, *, dialled: str = "4001", caller: str = "13812341234"
    ) -> ContactId:
        """A caller reaches the centre."""
        contact = ContactId(name)
        given = ContactArrived(
            at=self.at, contact=contact, leg=LegId(f"leg-{name}"), dialled=dialled,
            caller=caller, caller_name="试呼客户", recording=f"{name}.raw",
        )  # fmt: skip
        await self.told(given)
        return contact

    async def prompts_end(self, contact: ContactId) -> None:
        """The caller has heard what is being played."""
        playback = self.inbox.engine.state.contacts[contact].playback
        if playback is not None:
            await self.told(PlaybackEnded(at=self.at, contact=contact, playback=playback))

    async def device_registers(self, agent: str) -> None:
        """The agent's telephone can ring."""
        endpoint = self.inbox.engine.state.agents[AgentId(agent)].endpoint
        await self.told(DeviceChanged(at=self.at, endpoint=endpoint, registered=True))

    async def agent_picks_up(self, agent: str) -> None:
        """The ringing telephone is answered and the two sides are joined."""
        state = self.inbox.engine.state
        offer = state.offers[state.agents[AgentId(agent)].offer or ""]  # type: ignore[index]
        await self.told(LegRinging(at=self.at, leg=offer.leg))
        await self.told(LegAnswered(at=self.at, leg=offer.leg))
        await self.told(LegJoined(at=self.at, contact=offer.contact, leg=offer.leg))

    async def caller_hangs_up(self, contact: ContactId) -> None:
        """The caller's side ends."""
        await self.told(ContactGone(at=self.at, contact=contact))

    def driver_lives(self, *, switch: bool = True) -> None:
        """A sign of life."""
        self.hub.vitals.hear(Life(switch=switch, position=self.hub.position), self.at)

    # --- people

    @asynccontextmanager
    async def browser(self, username: str | None = None) -> AsyncIterator["Browser"]:
        """A browser, signed in when a name is given."""
        transport = httpx2.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            browser = Browser(client)
            if username is not None:
                await browser.sign_in(username, self.passwords[username])
            yield browser


class Browser:
    """One cookie jar with the token for changes."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.me: dict[str, Any] = {}

    async def sign_in(self, username: str, password: str) -> httpx2.Response:
        """Sign in and keep the token."""
        answer = await self.client.post(
            "/api/session", json={"username": username, "password": password}
        )
        if answer.is_success:
            self.me = answer.json()
            self.client.headers["X-CSRF-Token"] = str(self.me["csrf"])
        return answer

    async def get(self, path: str) -> httpx2.Response:
        """Read."""
        return await self.client.get(f"/api{path}")

    async def post(
        self, path: str, body: object = None, *, key: str | None = None
    ) -> httpx2.Response:
        """Ask for something."""
        headers = {"Idempotency-Key": key} if key else {}
        return await self.client.post(f"/api{path}", json=body or {}, headers=headers)

    async def takes_desk(self, tab: str = "tab-1", **more: object) -> httpx2.Response:
        """Sign in at the desk."""
        return await self.post("/desk/sign-in", {"device": "browser", "session": tab, **more})

    async def desk(self) -> dict[str, Any]:
        """What the desk shows."""
        found: dict[str, Any] = (await self.get("/desk")).json()
        return found


@asynccontextmanager
async def web_centre(database: Database, home: Path, planted: Planted) -> AsyncIterator[WebCentre]:
    """A centre whose database is a copy of the planted one, configuration in force, hub running."""
    centre = WebCentre(database, home, planted)
    running = asyncio.create_task(centre.hub.run())
    try:
        await centre.told(RoutingPublished(at=centre.at, routing=planted.routing))
        yield centre
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
