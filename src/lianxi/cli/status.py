"""`lianxi status`: which parts run, where, and whether they are well."""

import json
from importlib.metadata import version
from typing import Annotated

import httpx2
import typer
from rich.console import Console
from rich.table import Table

from lianxi.cli import ready as ready_file
from lianxi.settings import Settings

WAIT_S = 3.0


def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show the parts of the centre in this home. Exit code 0 only if all are well."""
    found = look(Settings())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _show(found)
    raise typer.Exit(0 if found["ok"] else 1)


def look(settings: Settings) -> dict[str, object]:
    """What the running centre says of itself; `ok` is False when none runs."""
    about: dict[str, object] = {
        "ok": False,
        "running": False,
        "version": version("lianxi"),
        "home": str(settings.home),
    }
    running = ready_file.read(settings.paths.run)
    if running is None:
        return about
    about |= {"running": True, "url": running.url, "pid": running.pid}
    try:
        answer = httpx2.get(f"{running.url}/api/health", timeout=WAIT_S, verify=False)
        told = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        return about | {"problem": repr(error)}
    return about | {"ok": bool(told.get("ok")), **{k: v for k, v in told.items() if k != "ok"}}


def _show(found: dict[str, object]) -> None:
    table = Table(box=None, show_header=False)
    for key, value in found.items():
        table.add_row(str(key), str(value))
    Console().print(table)
