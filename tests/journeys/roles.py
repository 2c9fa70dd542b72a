"""A centre in three processes, `lianxi serve` with one role each, and somebody at its board."""

import asyncio
import json
import os
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from websockets.asyncio.client import ClientConnection, connect

from tests.fixtures.asterisk import asterisk_settings, free_port

PROGRAM = str(Path(sys.executable).parent / "lianxi")
WITHIN_S = 60.0


@dataclass(slots=True)
class Roles:
    """The processes of one centre on an operator's database."""

    home: Path
    database_url: str
    environment: dict[str, str] = field(default_factory=dict)
    running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    _readers: list[asyncio.Task[None]] = field(default_factory=list)
    http_port: int = field(default_factory=lambda: free_port(socket.SOCK_STREAM))

    def __post_init__(self) -> None:
        ports = asterisk_settings(self.home)
        self.environment = {
            **os.environ,
            "LIANXI_HOME": str(self.home),
            "LIANXI_DATABASE_URL": self.database_url,
            "LIANXI_HTTP_PORT": str(self.http_port),
            "LIANXI_SIP_PORT": str(ports.sip_port),
            "LIANXI_ARI_PORT": str(ports.ari_port),
            "LIANXI_RTP_START": str(ports.rtp_start),
            "LIANXI_RTP_END": str(ports.rtp_end),
        }

    async def start(self, role: str, until: str) -> None:
        """Start one role; returns when its output holds these words.

        Raises:
            AssertionError: it ended before, or time was up.
        """
        process = await asyncio.create_subprocess_exec(
            *(PROGRAM, "serve", "--role", role),
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self.running[role] = process
        assert process.stdout is not None
        said = b""
        async with asyncio.timeout(WITHIN_S):
            while until.encode() not in said:
                line = await process.stdout.readline()
                assert line, said.decode()
                said += line
        # Whatever else it says is read, so that it never waits for us.
        self._readers.append(asyncio.create_task(_drained(process.stdout)))

    async def start_all(self) -> None:
        """In the order of the manual: the driver, then the others."""
        await self.start("driver", "driver.runs")
        await self.start("worker", "projector.started")
        await self.start("api", "demonstration accounts")

    async def kill(self, role: str) -> None:
        """As a crash does."""
        self.running[role].kill()
        await self.running[role].wait()

    async def stop(self) -> dict[str, int | None]:
        """SIGTERM to each; exit statuses by role. The driver takes Asterisk down, so one that was
        killed is started once more."""
        if (driver := self.running.get("driver")) is not None and driver.returncode not in (
            None,
            0,
        ):
            await self.start("driver", "driver.runs")
        found: dict[str, int | None] = {}
        for role in reversed(list(self.running)):
            process = self.running[role]
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                async with asyncio.timeout(WITHIN_S):
                    await process.wait()
            found[role] = process.returncode
        return found

    async def call(self, *options: str) -> None:
        """A customer calls the hotline, with the product's own test caller."""
        calling = await asyncio.create_subprocess_exec(
            *(PROGRAM, "call", "4001", *options),
            env=self.environment,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(WITHIN_S):
            await calling.wait()


async def _drained(stream: asyncio.StreamReader) -> None:
    while await stream.read(65_536):
        continue


class Board:
    """What a supervisor's page holds, kept up to date over the live link."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.rows: dict[str, dict[str, Any]] = {}

    async def until(self, topic: str, key: str, **facts: object) -> dict[str, Any]:
        """Wait until a row holds these facts."""
        async with asyncio.timeout(WITHIN_S):
            while True:
                row: dict[str, Any] = self.rows.get(topic, {}).get(key, {})
                if row and all(row.get(name) == fact for name, fact in facts.items()):
                    return row
                await self._message()

    async def _message(self) -> None:
        found = json.loads(await self._socket.recv())
        if found["t"] == "tick":
            return
        rows = self.rows.setdefault(found["t"], {})
        if found["k"] == "snap":
            rows.clear()
            rows.update(found["d"]["rows"])
        elif found["k"] == "delta":
            rows.update(found["d"]["set"])
            for key in found["d"]["del"]:
                rows.pop(key, None)


async def signed_in(roles: Roles) -> tuple[Board, ClientConnection]:
    """A supervisor opens the board."""
    url = f"http://127.0.0.1:{roles.http_port}"
    accounts = json.loads((roles.home / "demo-accounts.json").read_text(encoding="utf-8"))
    password = next(a["password"] for a in accounts["accounts"] if a["username"] == "supervisor")
    async with httpx2.AsyncClient(base_url=url, headers={"Origin": url}) as client:
        answer = await client.post(
            "/api/session", json={"username": "supervisor", "password": password}
        )
        assert answer.status_code == 200, answer.text
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    live = await connect(
        url.replace("http:", "ws:") + "/api/live",
        additional_headers={"Cookie": cookies, "Origin": url},
    )
    topics = dict.fromkeys(("queues", "contacts", "metrics", "system"))
    await live.send(json.dumps({"op": "sub", "topics": topics}))
    return Board(live), live
