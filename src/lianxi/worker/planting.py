"""The first data: an empty centre gets the demonstration organisation, once."""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.customers import seed as customers
from lianxi.modules.identity import facade
from lianxi.modules.identity import seed as identity
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.ivr import seed as ivr
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.routing import seed as routing


async def plant(sessions: async_sessionmaker[AsyncSession], home: Path, *, at: Instant) -> bool:
    """Fill an empty centre; passwords are drawn and written to `demo-accounts.json`.

    Args:
        sessions: the database.
        home: the centre's folder.
        at: now.

    Returns:
        Whether it was empty.
    """
    async with sessions.begin() as session:
        if not await facade.is_empty(session):
            return False
        accounts = await identity.plant(session, passwords=Passwords(), at=at)
        await routing.plant(
            session,
            teams=identity.AGENTS,
            names={agent: identity.agent_name(agent) for agent in identity.AGENTS},
        )
        await ivr.plant(session, prompts=Prompts(home / "prompts"), at=at)
        await customers.plant(session, at=at)
        identity.write_accounts(accounts, home)
    return True
