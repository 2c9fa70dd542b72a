"""`lianxi journal`: look into the log of facts."""

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.journal.codec import wire_name
from lianxi.journal.contracts import Recorded
from lianxi.journal.store import PostgresJournal
from lianxi.kernel.masking import mask
from lianxi.settings import Settings

journal_app = typer.Typer(help="The journal: every fact, in order.", no_args_is_help=True)

PERSONAL = ("caller", "caller_name", "number")
"""Fields that name a customer: masked unless asked for."""


@journal_app.command()
def tail(
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many of the newest.")] = 20,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as they come.")] = False,
    contact: Annotated[str, typer.Option(help="Only this contact.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show the newest lines."""
    run(reaching(_tail(configured(), lines, follow=follow, contact=contact, as_json=as_json)))


async def _tail(
    settings: Settings, lines: int, *, follow: bool, contact: str, as_json: bool
) -> None:
    journal = PostgresJournal(database_url(settings))
    zone = ZoneInfo(settings.time_zone)
    try:
        last = await journal.last_position()
        if contact:
            shown = (await journal.stream(f"contact:{contact}"))[-lines:]
        else:
            shown = await journal.read(max(0, last - lines), lines)
        for line in shown:
            _show(line, zone, as_json=as_json)
        if follow:
            async for batch in journal.follow(last):
                for line in batch:
                    if not contact or line.stream == f"contact:{contact}":
                        _show(line, zone, as_json=as_json)
    finally:
        await journal.close()


def _show(line: Recorded, zone: ZoneInfo, *, as_json: bool) -> None:
    facts: dict[str, Any] = msgspec.to_builtins(line.event)
    facts.pop("type", None)
    facts.pop("at", None)
    for field in PERSONAL:
        if facts.get(field):
            facts[field] = mask(str(facts[field]))
    name = wire_name(line.event)
    if as_json:
        whole = {"position": line.position, "at": line.at, "stream": line.stream, "type": name}
        typer.echo(msgspec.json.encode({**whole, "facts": facts, "cause": line.cause}).decode())
        return
    moment = datetime.fromtimestamp(line.at / 1000, zone).strftime("%m-%d %H:%M:%S.%f")[:-3]
    routing = facts.get("routing")
    if isinstance(routing, dict):
        facts["routing"] = f"version {routing.get('version')}"
    told = " ".join(f"{key}={value}" for key, value in facts.items() if value not in (None, ""))
    typer.echo(f"{line.position:>8}  {moment}  {name:<32} {told}")
