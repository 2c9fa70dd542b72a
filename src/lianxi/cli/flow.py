"""`lianxi flow`: publish a flow from a file; a refused one changes nothing."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from lianxi.cli.configured import configured
from lianxi.cli.running import run
from lianxi.cli.where import database_url, reaching
from lianxi.db.session import Database
from lianxi.journal.inbox import Inbox
from lianxi.modules.ivr import facade
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.routing.publishing import Publisher
from lianxi.runtime.clock import now
from lianxi.settings import Settings

flow_app = typer.Typer(help="Flows: what callers hear and press.", no_args_is_help=True)


@flow_app.command()
def publish(
    file: Annotated[Path, typer.Argument(help="The flow as JSON.", exists=True, dir_okay=False)],
) -> None:
    """Check a flow and put it in force; calls under way finish on their version."""
    run(reaching(_publish(configured(), file.read_bytes())))


async def _publish(settings: Settings, text: bytes) -> None:
    url = database_url(settings)
    database, inbox = Database(url, pool=2), Inbox(url, now)
    hearing = asyncio.create_task(inbox.run())
    try:
        draft = facade.read_flow(None, text)
        prompts = Prompts(settings.paths.root / "prompts")
        async with database.sessions.begin() as session:
            version = await facade.publish(session, draft, prompts=prompts, at=now(), by=None)
        publisher = Publisher(database.sessions, inbox, now=now, zone=settings.time_zone)
        await publisher.publish()
        typer.echo(f"{version.flow.id} version {version.flow.version} is in force")
    finally:
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing
        await inbox.close()
        await database.close()
