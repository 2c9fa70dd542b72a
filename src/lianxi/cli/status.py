"""`lianxi status`: which parts run, which versions, on which ports, and whether they are well.

Each part is asked itself, from outside: the database over its socket, the switchboard by its sign
of life, the switch at its port, the web by its health page.
"""

import asyncio
import json
from importlib.metadata import version
from typing import Annotated, TypedDict

import httpx2
import psycopg
import typer
from rich.console import Console
from rich.table import Table

from lianxi.cli import ready as ready_file
from lianxi.cli.configured import configured
from lianxi.cli.ready import Ready
from lianxi.cli.where import database_url
from lianxi.journal.connecting import connect
from lianxi.journal.signals import LIFE, Life, hear
from lianxi.settings import Settings

WAIT_S = 3.0
LOOPBACK = "127.0.0.1"


class Part(TypedDict):
    """One part as it was found."""

    name: str
    ok: bool
    version: str
    port: int | None
    seen: str


class Status(TypedDict):
    """The centre as it was found."""

    ok: bool
    running: bool
    version: str
    home: str
    url: str
    pid: int | None
    parts: list[Part]


def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show the parts of the centre in this home. Exit code 0 only if all are well."""
    found = asyncio.run(look(configured()))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _show(found)
    raise typer.Exit(0 if found["ok"] else 1)


async def look(settings: Settings) -> Status:
    """Ask every part; nothing is started."""
    running = ready_file.read(settings.paths.run)
    parts: list[Part] = []
    if running is not None:
        url = database_url(settings)
        parts = list(
            await asyncio.gather(_database(url), _switchboard(url), _switch(running), _web(running))
        )
    return Status(
        ok=running is not None and all(part["ok"] for part in parts),
        running=running is not None,
        version=version("lianxi"),
        home=str(settings.home),
        url=running.url if running is not None else "",
        pid=running.pid if running is not None else None,
        parts=parts,
    )


async def _database(url: str) -> Part:
    part = Part(name="postgresql", ok=False, version="", port=None, seen="")
    try:
        async with asyncio.timeout(WAIT_S), await connect(url) as connection:
            row = await (await connection.execute("SHOW server_version")).fetchone()
    except (psycopg.Error, OSError, TimeoutError) as error:
        return {**part, "seen": f"does not answer: {error}"}
    return {**part, "ok": True, "version": str(row[0]) if row else "", "seen": "answers"}


async def _switchboard(url: str) -> Part:
    part = Part(name="switchboard", ok=False, version=version("lianxi"), port=None, seen="")
    try:
        async with asyncio.timeout(WAIT_S):
            async for word in hear(url, [LIFE]):
                if isinstance(word, Life):
                    said = f"leads, journal at {word.position}"
                    return {**part, "ok": not word.alarm, "seen": word.alarm or said}
    except (psycopg.Error, OSError, TimeoutError):
        pass  # silence is the answer
    return {**part, "seen": "gives no sign of life"}


async def _switch(running: Ready) -> Part:
    part = Part(name="asterisk", ok=False, version=running.asterisk, port=running.sip_port, seen="")
    try:
        async with asyncio.timeout(WAIT_S):
            _, writer = await asyncio.open_connection(LOOPBACK, running.ari_port)
            writer.close()
    except (OSError, TimeoutError) as error:
        return {**part, "seen": f"does not answer at port {running.ari_port}: {error}"}
    return {**part, "ok": True, "seen": "answers"}


async def _web(running: Ready) -> Part:
    part = Part(name="web", ok=False, version=version("lianxi"), port=running.http_port, seen="")
    try:
        async with httpx2.AsyncClient(verify=False, timeout=WAIT_S) as client:
            answer = await client.get(f"{running.url}/api/health")
            is_well = bool(answer.json().get("ok"))
    except (httpx2.HTTPError, ValueError) as error:
        return {**part, "seen": f"does not answer: {error!r}"}
    return {**part, "ok": is_well, "seen": "well" if is_well else f"says {answer.text[:200]}"}


def _show(found: Status) -> None:
    console = Console()
    if not found["running"]:
        console.print(f"No centre runs in {found['home']}; start one with `lianxi up`.")
        return
    console.print(f"Lianxi {found['version']} in {found['home']}: {found['url']}")
    table = Table("part", "", "version", "port", "seen", box=None)
    for part in found["parts"]:
        mark = "[green]●[/]" if part["ok"] else "[red]■[/]"
        port = "" if part["port"] is None else str(part["port"])
        table.add_row(part["name"], mark, part["version"], port, part["seen"])
    console.print(table)
