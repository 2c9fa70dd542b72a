"""`lianxi cases`: what work orders begin with."""

import time
from typing import Annotated

import typer

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.cases import presets
from lianxi.settings import Settings

cases_app = typer.Typer(help="Work orders: what they begin with.", no_args_is_help=True)


@cases_app.callback()
def _cases() -> None:
    """Work orders: what they begin with."""


@cases_app.command()
def preset(
    name: Annotated[str, typer.Argument(help="400, 95598 or 12345.")],
    calendar: Annotated[
        str, typer.Option(help="Id of the opening hours that working days are counted by.")
    ] = "",
) -> None:
    """Add the types, forms and deadlines of a trade; what people have set stays as it is."""
    run(reaching(_load(configured(), name, calendar)))


async def _load(settings: Settings, name: str, calendar: str) -> None:
    database = Database(database_url(settings), pool=1)
    at = Instant(time.time_ns() // 1_000_000)
    try:
        async with database.sessions.begin() as session:
            new = await presets.load(session, name, calendar=calendar or None, by=None, at=at)
    finally:
        await database.close()
    typer.echo(f"new: {new.types} types, {new.forms} forms, {new.deadlines} deadlines")
