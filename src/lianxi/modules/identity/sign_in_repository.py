"""SQL about when people signed in, and when they failed to."""

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import SignIn
from lianxi.modules.identity.models import AccountRow, SignInFailureRow, WebSessionRow


class SignInRepository:
    """Web sessions and failed attempts, by person."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def last_of_all(self) -> dict[UserId, Instant]:
        """When everybody signed in last."""
        query = select(WebSessionRow.account, func.max(WebSessionRow.began_at)).group_by(
            WebSessionRow.account
        )
        return {user: Instant(at) for user, at in await self._session.execute(query)}

    async def failures_of_all(self, *, since: Instant) -> list[tuple[UserId, str, Instant]]:
        """Failed attempts with names of people, oldest first: whose, from where, when."""
        query = (
            select(AccountRow.id, SignInFailureRow.address, SignInFailureRow.at)
            .join(AccountRow, AccountRow.username == SignInFailureRow.username)
            .where(SignInFailureRow.at > since)
            .order_by(SignInFailureRow.at)
        )
        return [(user, address, at) for user, address, at in await self._session.execute(query)]

    async def forget(self, username: str) -> bool:
        """Forget the failed attempts with a name; whether there were any."""
        query = (
            delete(SignInFailureRow)
            .where(SignInFailureRow.username == username)
            .returning(SignInFailureRow.id)
        )
        return bool((await self._session.scalars(query)).all())

    async def of(self, user: UserId, *, at: Instant, limit: int) -> list[SignIn]:
        """A person's sign-ins, newest first; those that ran out have ended then."""
        query = (
            select(WebSessionRow)
            .where(WebSessionRow.account == user)
            .order_by(WebSessionRow.began_at.desc())
            .limit(limit)
        )
        return [
            SignIn(
                id=row.id,
                began_at=row.began_at,
                seen_at=row.seen_at,
                ended_at=row.ended_at or (row.expires_at if row.expires_at <= at else None),
                address=row.address,
            )
            for row in await self._session.scalars(query)
        ]

    async def end(self, identifier: str, *, user: UserId, at: Instant) -> bool:
        """End a sign-in of this person; whether there was one to end."""
        query = (
            update(WebSessionRow)
            .where(
                WebSessionRow.id == identifier,
                WebSessionRow.account == user,
                WebSessionRow.ended_at.is_(None),
                WebSessionRow.expires_at > at,
            )
            .values(ended_at=at)
            .returning(WebSessionRow.id)
            .execution_options(synchronize_session=False)
        )
        return (await self._session.scalar(query)) is not None
