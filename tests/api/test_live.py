"""Live topics over a real WebSocket: snapshots, changes, resuming, scope, slow browsers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from lianxi.engine.messages.agent_inputs import AgentStateAsked
from lianxi.engine.messages.values import Intent
from lianxi.kernel.ids import AgentId
from lianxi.modules.identity.contracts import Role
from tests.builders.served import served
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

TOPICS = ("me", "queues", "agents", "contacts", "metrics", "system")


class Live:
    """A browser's end of the live link."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.sequences: dict[str, int] = {}
        self.rows: dict[str, dict[str, Any]] = {}
        self.denied: set[str] = set()

    async def wants(self, **topics: int | None) -> None:
        """Subscribe."""
        await self.socket.send(json.dumps({"op": "sub", "topics": topics}))

    async def message(self) -> dict[str, Any]:
        """The next message that is no tick."""
        while True:
            async with asyncio.timeout(10):
                found: dict[str, Any] = json.loads(await self.socket.recv())
            if found["t"] != "tick":
                return found

    async def change(self, topic: str | None = None) -> dict[str, Any]:
        """Take the next message (of a topic) into the rows; sequences must have no gap."""
        while True:
            found = await self.message()
            name = found["t"]
            if found["k"] == "denied":
                self.denied.add(name)
            elif found["k"] == "snap":
                self.rows[name] = found["d"]["rows"]
                self.sequences[name] = found["s"]
            else:
                assert found["s"] == self.sequences[name] + 1
                self.sequences[name] = found["s"]
                self.rows[name].update(found["d"]["set"])
                for row in found["d"]["del"]:
                    del self.rows[name][row]
            if topic in {None, name}:
                return found

    async def until(self, topic: str, wanted: Any) -> None:
        """Take changes of a topic until its rows are as wanted."""
        while not wanted(self.rows.get(topic, {})):
            await self.change(topic)


@asynccontextmanager
async def live(centre: WebCentre, port: int, browser: Browser) -> AsyncIterator[Live]:
    cookie = f"lianxi_session={browser.client.cookies['lianxi_session']}"
    url = f"ws://localhost:{port}/api/live"
    async with connect(url, additional_headers={"Cookie": cookie}, proxy=None) as socket:
        yield Live(socket)


async def test_a_desk_sees_its_own_changes_in_order(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("8001") as agent:
        async with live(centre, port, agent) as link:
            await link.wants(me=None, system=None)
            await link.until("me", lambda rows: "me" in rows)
            assert link.rows["me"]["me"]["state"] == "signed_out"
            await agent.takes_desk()
            await centre.device_registers("8001")
            await agent.post("/desk/state", {"to": "ready"})
            await link.until("me", lambda rows: rows["me"]["state"] == "ready")
            contact = await centre.caller_waits()
            await link.until("me", lambda rows: rows["me"]["offer"] is not None)
            await centre.agent_picks_up("8001")
            await link.until("me", lambda rows: rows["me"]["state"] == "talking")
            await centre.caller_hangs_up(contact)
            await link.until("me", lambda rows: rows["me"]["state"] == "acw")
            # What was put together from changes is what a fresh snapshot says.
            async with live(centre, port, agent) as fresh:
                await fresh.wants(me=None)
                await fresh.change("me")
                assert fresh.rows["me"] == link.rows["me"]
                assert fresh.sequences["me"] == link.sequences["me"]


async def test_boards_follow_a_call_and_changes_add_up_to_a_snapshot(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as supervisor:
        async with centre.browser("8001") as agent, live(centre, port, supervisor) as link:
            await link.wants(queues=None, agents=None, contacts=None)
            for _ in range(3):
                await link.change()
            contact = await centre.caller_waits()
            await link.until("queues", lambda rows: rows["service"]["waiting"] == 1)
            await link.until("contacts", lambda rows: contact in rows)
            assert link.rows["contacts"][contact]["number"] == "138****1234"
            await agent.takes_desk()
            await centre.device_registers("8001")
            await agent.post("/desk/state", {"to": "ready"})
            await link.until("agents", lambda rows: rows["8001"]["state"] == "ringing")
            await centre.agent_picks_up("8001")
            await link.until("queues", lambda rows: rows["service"]["talking"] == 1)
            await centre.caller_hangs_up(contact)
            await link.until("agents", lambda rows: rows["8001"]["state"] == "acw")
            await agent.post("/desk/sign-out")
            await link.until("contacts", lambda rows: contact not in rows)
            await link.until("agents", lambda rows: rows["8001"]["state"] == "signed_out")
            assert link.rows["agents"]["8001"]["answered_today"] == 1
            async with live(centre, port, supervisor) as fresh:
                await fresh.wants(queues=None, agents=None, contacts=None)
                for _ in range(3):
                    await fresh.change()
                assert fresh.rows == {name: link.rows[name] for name in fresh.rows}


async def test_a_link_that_was_lost_gets_what_it_missed(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as supervisor:
        async with live(centre, port, supervisor) as link:
            await link.wants(queues=None)
            await link.change()
            seen = link.sequences["queues"]
        await centre.caller_waits("c1")
        centre.hub.flush()
        await centre.caller_waits("c2")
        centre.hub.flush()
        async with live(centre, port, supervisor) as again:
            await again.wants(queues=seen)
            missed = [await again.message(), await again.message()]
            assert [(each["k"], each["s"]) for each in missed] == [
                ("delta", seen + 1), ("delta", seen + 2),
            ]  # fmt: skip
            assert missed[1]["d"]["set"]["service"]["waiting"] == 2
        for unknown in (seen - 5, seen + 99):
            async with live(centre, port, supervisor) as again:
                await again.wants(queues=unknown)
                assert (await again.message())["k"] == "snap"


EXPECTED = {
    # role: topics denied, agents seen, queues seen
    Role.AGENT: ({"queues", "agents", "contacts"}, None, None),
    Role.TEAM_LEAD: ({"me"}, {"8001", "8002", "8003", "8004"}, {"sales", "service", "operator"}),
    Role.SUPERVISOR: ({"me"}, {f"800{n}" for n in range(1, 7)}, {"sales", "service", "operator"}),
    Role.QA: ({"me", "queues", "agents", "contacts"}, None, None),
    Role.PLANNER: ({"me"}, {f"800{n}" for n in range(1, 7)}, {"sales", "service", "operator"}),
    Role.ADMIN: ({"me"}, {f"800{n}" for n in range(1, 7)}, {"sales", "service", "operator"}),
}
ACCOUNTS = {Role.AGENT: "8001", Role.TEAM_LEAD: "lead"}


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_sees_the_rows_of_its_scope_only(centre: WebCentre, role: Role) -> None:
    denied, agents, queues = EXPECTED[role]
    centre.hub.metrics = {"centre": {"offered": {}}, "sales": {}, "service": {}, "operator": {}}
    async with served(centre) as port, centre.browser(ACCOUNTS.get(role, role.value)) as person:
        async with live(centre, port, person) as link:
            await link.wants(**dict.fromkeys(TOPICS))
            for _ in TOPICS:
                await link.change()
            assert link.denied == denied
            assert set(link.rows) == set(TOPICS) - denied
            if agents is not None:
                assert set(link.rows["agents"]) == agents
                assert set(link.rows["queues"]) == queues
            figures = {"sales", "service", "operator"}
            assert set(link.rows["metrics"]) == (
                figures if role is Role.AGENT else {*figures, "centre"}
            )


CLONES: dict[str, tuple[dict[str, object], set[str], set[str] | None, set[str]]] = {
    # an own role: what it is, topics denied, agents seen, rows of metrics
    "of everybody": (
        {"permissions": ["live.read", "reports.read"], "scope": "all"},
        {"me"},
        {f"800{n}" for n in range(1, 7)},
        {"centre", "sales", "service", "operator"},
    ),
    "of one's team": (
        {"permissions": ["live.read", "reports.read"], "scope": "team"},
        {"me"},
        {"8001", "8002", "8003", "8004"},
        {"centre", "sales", "service", "operator"},
    ),
    "of oneself": (
        {"permissions": ["live.read", "reports.read"], "scope": "self"},
        {"me"},
        set(),
        set(),
    ),
    "of records alone": (
        {"permissions": ["records.read"], "scope": "all"},
        {"me", "queues", "agents", "contacts", "metrics"},
        None,
        set(),
    ),
}


@pytest.mark.parametrize("name", list(CLONES))
async def test_an_own_role_sees_the_rows_of_its_scope_only(centre: WebCentre, name: str) -> None:
    rule, denied, agents, metrics = CLONES[name]
    centre.hub.metrics = {"centre": {"offered": {}}, "sales": {}, "service": {}, "operator": {}}
    async with centre.browser("admin") as admin, centre.browser() as person:
        role = await admin.client.post("/api/roles", json={"name": "复制", "home": "/me", **rule})
        body = {"username": "own", "name": "own", "role": role.json()["id"], "team": "team-1"}
        answer = await admin.client.post("/api/people", json=body)
        await person.sign_in("own", answer.json()["password"])
        async with served(centre) as port, live(centre, port, person) as link:
            await link.wants(**dict.fromkeys(TOPICS))
            for _ in TOPICS:
                await link.change()
            assert link.denied == denied
            if agents is not None:
                assert set(link.rows["agents"]) == agents
            assert set(link.rows.get("metrics", {})) == metrics


async def test_a_changed_role_breaks_the_live_link_and_the_next_one_has_its_rights(
    centre: WebCentre,
) -> None:
    role = {"name": "复制", "home": "/live", "permissions": ["live.read"], "scope": "all"}
    async with centre.browser("admin") as admin, centre.browser() as person:
        made = (await admin.client.post("/api/roles", json=role)).json()
        body = {"username": "own", "name": "own", "role": made["id"]}
        answer = await admin.client.post("/api/people", json=body)
        await person.sign_in("own", answer.json()["password"])
        async with served(centre) as port:
            async with live(centre, port, person) as link:
                await link.wants(agents=None)
                await link.change()
                less = role | {"permissions": [], "home": "/me"}
                await admin.client.put(f"/api/roles/{made['id']}", json=less)
                with pytest.raises(ConnectionClosed) as closed:
                    await link.change()
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == 4409
            async with live(centre, port, person) as again:
                await again.wants(agents=None)
                await again.change()
                assert again.denied == {"agents"}


async def test_a_team_lead_sees_contacts_of_the_team_and_of_its_queues(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("lead") as lead:
        async with centre.browser("8005") as other, live(centre, port, lead) as link:
            await link.wants(contacts=None)
            await link.change()
            await centre.arrives("c0")  # still in the menu: nobody's
            waiting = await centre.caller_waits("c1")
            await link.until("contacts", lambda rows: set(rows) == {waiting})
            await other.takes_desk()
            await centre.device_registers("8005")
            await centre.told(AgentStateAsked(at=centre.at, agent=AgentId("8005"), to=Intent.READY))
            await link.until("contacts", lambda rows: rows == {})  # rings in another team


async def test_a_web_socket_ends_with_its_session(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as supervisor:
        async with live(centre, port, supervisor) as link:
            await link.wants(system=None)
            await link.change()
            await supervisor.client.delete("/api/session")
            with pytest.raises(ConnectionClosed) as closed:
                await link.change()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4401
        with pytest.raises(InvalidStatus):
            async with connect(f"ws://localhost:{port}/api/live", proxy=None):
                pass


async def test_another_sites_page_gets_no_web_socket(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("supervisor") as supervisor:
        cookie = f"lianxi_session={supervisor.client.cookies['lianxi_session']}"
        for path in ("/api/live", "/sip"):
            with pytest.raises(InvalidStatus):
                async with connect(
                    f"ws://localhost:{port}{path}",
                    additional_headers={"Cookie": cookie},
                    origin="http://evil.example",  # type: ignore[arg-type]
                    proxy=None,
                ):
                    pass


async def test_heartbeats_name_the_page_that_beats(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("8001") as agent:
        await agent.takes_desk("tab-1")
        async with live(centre, port, agent) as link:
            await link.socket.send('{"op":"beat","session":"tab-1"}')
            await link.wants(system=None)
            await link.change()
        (beat,) = centre.beats
        assert beat.agent == "8001"
        assert beat.session == centre.inbox.engine.state.agents[AgentId("8001")].session
        async with live(centre, port, agent) as link:
            await link.socket.send('{"op":"dance"}')
            with pytest.raises(ConnectionClosed) as closed:
                await link.change()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4400


async def test_the_system_topic_says_what_is_away(centre: WebCentre) -> None:
    async with served(centre) as port, centre.browser("8001") as agent:
        async with live(centre, port, agent) as link:
            await link.wants(system=None)
            await link.until("system", lambda rows: rows.get("state") is not None)
            assert link.rows["system"]["state"]["problem"] == "switchboard_silent"
            centre.driver_lives(switch=False)
            await link.until("system", lambda rows: rows["state"]["problem"] == "switch_away")
            centre.driver_lives()
            await link.until("system", lambda rows: rows["state"]["problem"] is None)
            centre.later(10)
            await link.until("system", lambda rows: rows["state"]["driver"] is False)
