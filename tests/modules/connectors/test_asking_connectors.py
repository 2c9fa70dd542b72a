"""Systems outside are really asked, over HTTP; secrets stay secret; our network stays closed."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.connectors import facade
from lianxi.modules.connectors.asking import ConnectorClient
from lianxi.modules.connectors.contracts import Connector, Method
from lianxi.modules.identity.vault import Vault
from tests.builders.small_app import a_caller

pytestmark = pytest.mark.db

TOKEN = "Bearer an-example-token"


class System:
    """A system outside: it remembers what came and answers what it is told to."""

    def __init__(self) -> None:
        self.came: list[tuple[str, dict[str, str], str]] = []
        self.answer = b'{"customer": {"level": 2}}'
        self.status = "200 OK"
        self.more = ""
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.came.append((first, headers, body.decode()))
        length = f"Content-Length: {len(self.answer)}\r\nConnection: close\r\n"
        writer.write(f"HTTP/1.1 {self.status}\r\n{self.more}{length}\r\n".encode() + self.answer)
        await writer.drain()
        writer.close()


@pytest.fixture
async def system() -> AsyncIterator[System]:
    system = System()
    server = await asyncio.start_server(system.talk, "127.0.0.1", 0)
    system.port = server.sockets[0].getsockname()[1]
    yield system
    server.close()


class Office:
    """Sets connectors up and asks them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.vault = Vault(Vault.draw_key())
        self.client = ConnectorClient(database.sessions, self.vault)

    async def put(self, connector: Connector, **secrets: str) -> Connector:
        async with self.database.sessions.begin() as session:
            return await facade.put(
                session, connector, secrets, seals=self.vault, at=Instant(1), by=a_caller()
            )


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def crm(system: System, **more: object) -> Connector:
    facts: dict[str, object] = {
        "name": "crm",
        "title": "CRM",
        "url": f"http://localhost:{system.port}/customers/{{number}}",
        "is_internal": True,
    }
    return Connector(**{**facts, **more})  # type: ignore[arg-type]


async def test_a_system_is_asked_with_arguments_and_secret_headers(
    office: Office, system: System
) -> None:
    shown = await office.put(crm(system), Authorization=TOKEN)
    assert shown.secret_headers == ("Authorization",)
    # When it is asked
    found = await office.client.ask("crm", {"number": "138/1", "open": True}, {})
    # Then it hears all of it, and the answer is values
    assert found == ({"customer.level": 2}, "")
    ((first, headers, _),) = system.came
    assert first == "GET /customers/138%2F1?open=true HTTP/1.1"
    assert headers["authorization"] == TOKEN
    assert headers["host"] == f"localhost:{system.port}"
    # And nowhere in the database does the token stand in the clear
    async with office.database.sessions() as session:
        stored = await session.scalar(text("SELECT row_to_json(c)::text FROM connector c"))
        audited = await session.scalar(text("SELECT json_agg(a)::text FROM audit a"))
    assert "example-token" not in str(stored) + str(audited)


async def test_digits_of_a_caller_go_into_the_body_and_nowhere_else(
    office: Office, system: System
) -> None:
    url = f"http://localhost:{system.port}/check"
    await office.put(crm(system, url=url, method=Method.POST))
    await office.client.ask("crm", {"number": "138"}, {"code": "1234"})
    first, _, body = system.came[0]
    assert first == "POST /check HTTP/1.1"
    assert json.loads(body) == {"number": "138", "code": "1234"}
    # But a system that is asked by address alone is not given any
    await office.put(crm(system, url=url))
    assert await office.client.ask("crm", {}, {"code": "1234"}) == (None, "secret_in_address")
    assert len(system.came) == 1


async def test_nobody_is_led_into_our_own_network(office: Office, system: System) -> None:
    for host in ("localhost", "127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1"):
        url = f"http://{host}:{system.port}/"
        await office.put(crm(system, url=url, is_internal=False))
        assert await office.client.ask("crm", {}, {}) == (None, "address_internal")
    # Nor by an answer that points there
    await office.put(crm(system))
    system.status, system.more = "302 Found", "Location: http://127.0.0.1:1/\r\n"
    assert await office.client.ask("crm", {"number": "1"}, {}) == (None, "http_302")
    assert len(system.came) == 1


async def test_what_cannot_be_used_is_told_by_a_code(office: Office, system: System) -> None:
    await office.put(crm(system))
    for answer, status, cause in (
        (b"{}", "503 Busy", "http_503"),
        (b"[1]", "200 OK", "answer_no_object"),
        (b"<html>", "200 OK", "answer_unreadable"),
        (b'"' + b"x" * 70_000 + b'"', "200 OK", "answer_too_large"),
    ):
        system.answer, system.status = answer, status
        assert await office.client.ask("crm", {"number": "1"}, {}) == (None, cause)
    assert await office.client.ask("erp", {}, {}) == (None, "connector_unknown")
    assert await office.client.ask("crm", {}, {}) == (None, "argument_missing")
    await office.put(crm(system, url="http://127.0.0.1:1/"))
    assert await office.client.ask("crm", {}, {}) == (None, "unreachable")


async def test_secrets_stay_when_they_are_named_and_go_when_the_place_changes(
    office: Office, system: System
) -> None:
    await office.put(crm(system), Authorization=TOKEN)
    kept = await office.put(crm(system, title="New", secret_headers=("Authorization",)))
    assert kept.secret_headers == ("Authorization",)
    await office.client.ask("crm", {"number": "1"}, {})
    assert system.came[0][1]["authorization"] == TOKEN
    # When somebody leads it elsewhere, the token is not carried there
    other = crm(system, url="http://127.0.0.1:9/", secret_headers=("Authorization",))
    assert (await office.put(other)).secret_headers == ()
