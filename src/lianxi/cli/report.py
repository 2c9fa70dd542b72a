"""`lianxi report`: figures on the command line, from the same registry as every screen."""

from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from lianxi.cli.configured import configured
from lianxi.cli.report_days import close, days, rebuild
from lianxi.cli.report_table import table
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.kernel.ids import QueueId
from lianxi.modules.routing import facade as routing
from lianxi.reports.figures import today as figures_of_today
from lianxi.reports.text import figures_table
from lianxi.runtime.clock import now
from lianxi.settings import Settings

report_app = typer.Typer(help="Figures with their formulas.", no_args_is_help=True)


@report_app.command()
def today(
    queue: Annotated[str, typer.Option(help="Only this queue.")] = "",
    english: Annotated[bool, typer.Option("--english", help="English names.")] = False,
) -> None:
    """Today's figures, in the centre's time zone."""
    run(reaching(_today(configured(), queue, english=english)))


for command in (table, days, close, rebuild):
    report_app.command()(command)


async def _today(settings: Settings, queue: str, *, english: bool) -> None:
    database = Database(database_url(settings), pool=1)
    try:
        async with database.sessions() as session:
            if queue:
                await routing.queue(session, QueueId(queue))
            found = await figures_of_today(
                session,
                queue=QueueId(queue) if queue else None,
                now=now(),
                zone=ZoneInfo(settings.time_zone),
            )
        Console().print(figures_table(found, english=english))
    finally:
        await database.close()
