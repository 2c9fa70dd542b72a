"""The first data, once: a demonstration organisation, or what an administrator begins with."""

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.modules.cases import seed as cases
from lianxi.modules.customers import seed as customers
from lianxi.modules.identity import facade
from lianxi.modules.identity import seed as identity
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.ivr import seed as ivr
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.routing import seed as routing
from lianxi.modules.scripts import seed as scripts
from lianxi.settings import BeginWith


async def plant(
    sessions: async_sessionmaker[AsyncSession],
    home: Path,
    wanted: BeginWith,
    *,
    at: Instant,
) -> bool:
    """Fill an empty centre; passwords are drawn and written to `demo-accounts.json`.

    Args:
        sessions: the database.
        home: the centre's folder.
        wanted: how much of it.
        at: now.

    Returns:
        Whether it was empty.
    """
    async with sessions.begin() as session:
        if not await facade.is_empty(session):
            return False
        if wanted is BeginWith.EMPTY:
            accounts = await plant_little(session, passwords=Passwords(), at=at)
        else:
            accounts = await identity.plant(session, passwords=Passwords(), at=at)
            await routing.plant(
                session,
                teams=identity.AGENTS,
                names={agent: identity.agent_name(agent) for agent in identity.AGENTS},
            )
            await ivr.plant(session, prompts=Prompts(home / "prompts"), at=at)
            queues = tuple(each.id for each in routing.QUEUES)
            await scripts.plant(session, queues=queues, at=at)
            await cases.plant(session, at=at)
        await customers.plant(session, at=at)
        identity.write_accounts(accounts, home)
    return True


async def plant_little(
    session: AsyncSession, *, passwords: Passwords, at: Instant
) -> list[identity.DemoAccount]:
    """The administrator and one team, hours and reasons: what nobody should have to think of."""
    accounts = await identity.plant_administrator(session, passwords=passwords, at=at)
    await routing.plant_basics(session)
    return accounts
