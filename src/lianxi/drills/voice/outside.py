"""What lies outside the centre: a system that flows ask over HTTP, and a telephone of a carrier."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.drills.voice.stage import Stage

NOWHERE = ("127.0.0.1", 9)
"""Nobody takes registrations there: a carrier's telephone needs none."""

OUTSIDE_HZ = 1997
PATTERN = "0755X."
NUMBER = "075512345678"


@dataclass(slots=True)
class System:
    """Answers what it is told to, after as long as it is told to."""

    answer: dict[str, Any] = field(default_factory=dict)
    takes_s: float = 0.0
    came: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of the requests."""
    port: int = 0

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line]
        length = int(dict(lines).get("content-length", "0"))
        self.came.append(json.loads(await reader.readexactly(length) or b"{}"))
        # pace: a system that is as slow as the item wants it
        await asyncio.sleep(self.takes_s)
        body = json.dumps(self.answer).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + body)
        writer.close()


@asynccontextmanager
async def system(stage: Stage, connector: str) -> AsyncIterator[System]:
    """A system outside that flows may ask over a connector of this name."""
    outside = System()
    server = await asyncio.start_server(outside._talk, "127.0.0.1", 0)
    outside.port = server.sockets[0].getsockname()[1]
    admin = await stage.person("admin")
    url = f"http://127.0.0.1:{outside.port}/"
    body = {"title": "演练", "url": url, "method": "POST", "is_internal": True}
    await admin.change("PUT", f"/api/connectors/{connector}", body)
    try:
        yield outside
    finally:
        server.close()


@asynccontextmanager
async def telephone(stage: Stage, answering: Answering | None = None) -> AsyncIterator[str]:
    """A telephone outside, over a trunk of its own; gives the number under which it is reached."""
    async with carrier(stage, answering):
        yield NUMBER


@asynccontextmanager
async def carrier(stage: Stage, answering: Answering | None = None) -> AsyncIterator[ScriptedPhone]:
    """The same; gives the telephone, whose manners may be changed."""
    usual = Answering(script=Script(say=Tone(OUTSIDE_HZ)))
    phone = ScriptedPhone(NOWHERE, "outside", "", answering=answering or usual, retry_s=60)
    await phone.start()
    host, port = phone.address
    admin = await stage.person("admin")
    trunk = {"name": "演练", "server": f"{host}:{port}", "check_every": 0}
    await admin.change("PUT", "/api/trunks/drill", trunk)
    others = (await admin.get("/api/routes"))["items"]
    items = [{"pattern": PATTERN, "trunks": ["drill"]}, *others]
    await admin.change("PUT", "/api/routes", {"items": items})
    try:
        yield phone
    finally:
        await phone.vanish()
        await admin.change("PUT", "/api/routes", {"items": others})
        await admin.change("DELETE", "/api/trunks/drill")
