"""SQL about many people at once."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.modules.identity.contracts import User
from lianxi.modules.identity.models import AccountRow


async def add_all(session: AsyncSession, people: Sequence[tuple[User, str]]) -> None:
    """Store many new users, each with the hash of the password."""
    rows = [
        {
            "id": user.id, "username": user.username, "name": user.name, "role": str(user.role),
            "team": user.team, "agent": user.agent, "password_hash": password_hash,
            "created_at": user.created_at, "disabled_at": None, "email": user.email,
        }
        for user, password_hash in people
    ]  # fmt: skip
    if rows:
        await session.execute(insert(AccountRow), rows)
