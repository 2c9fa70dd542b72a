"""People change their own password."""

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import rules
from lianxi.modules.identity.errors import PasswordNotRight
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.repository import PeopleRepository, WebSessionRepository
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def change_password(
    sessions: async_sessionmaker[AsyncSession],
    caller: Caller,
    *,
    present: str,
    wanted: str,
    web_sessions: WebSessions,
    passwords: Passwords,
    at: Instant,
) -> None:
    """Set one's own password; one's other sessions end, this one goes on.

    Raises:
        TooManyAttempts, PasswordNotRight, PasswordTooWeak.
    """
    if not await web_sessions.is_right(caller, present, at=at):
        raise PasswordNotRight
    rules.check_password(wanted, username=caller.username)
    hashed = await passwords.hash(wanted)
    async with sessions.begin() as session:
        await PeopleRepository(session).change(UserId(caller.user), password_hash=hashed)
        await WebSessionRepository(session).end_all_of(
            UserId(caller.user), at=at, but=caller.session
        )
        await audit.record(
            session, at=at, who=caller, act=Act.PASSWORD_CHANGED, object=f"user:{caller.user}"
        )
    web_sessions.forget(user=UserId(caller.user))
