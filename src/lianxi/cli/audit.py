"""`lianxi audit`: prove that nobody changed what was written down."""

import json
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.office.audit import facade
from lianxi.settings import Settings

audit_app = typer.Typer(help="The audit: who did what.", no_args_is_help=True)


@audit_app.callback()
def _audit() -> None:
    """The audit: who did what."""


@audit_app.command()
def verify(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Look at the chain of every object: exit code 1 when a row was changed or taken out."""
    run(reaching(_verify(configured(), as_json=as_json)))


async def _verify(settings: Settings, *, as_json: bool) -> None:
    database = Database(database_url(settings), pool=1)
    try:
        async with database.sessions() as session:
            chained, broken = await facade.verify(session)
    finally:
        await database.close()
    zone = ZoneInfo(settings.time_zone)
    if as_json:
        rows = [{"id": row.id, "object": row.object, "at": row.at} for row in broken]
        typer.echo(json.dumps({"chained": chained, "broken": rows}, ensure_ascii=False))
    else:
        for row in broken:
            at = datetime.fromtimestamp(row.at / 1000, tz=zone)
            typer.echo(f"does not fit: row {row.id}, {row.object}, {at:%Y-%m-%d %H:%M:%S}")
        typer.echo(f"{chained} rows in chains, {len(broken)} that do not fit")
    if broken:
        raise typer.Exit(1)
