"""Signing in and out of the web desktop, and who a session token belongs to.

Callers are believed from memory for a minute, so that a page's burst of requests costs one query;
while the database is away they are believed until their session would have ended anyway: a desk
in mid-call must go on working.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import DatabaseAway
from lianxi.kernel.ids import RoleId, UserId
from lianxi.kernel.time import Instant, Millis, after
from lianxi.modules.identity import rules
from lianxi.modules.identity.contracts import RoleRule, SessionOpened, User
from lianxi.modules.identity.errors import TooManyAttempts, WrongCredentials
from lianxi.modules.identity.models import SignInFailureRow, WebSessionRow
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.repository import PeopleRepository, WebSessionRepository
from lianxi.modules.identity.roles_repository import RoleRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

log = structlog.get_logger(__name__)

_REMEMBERED = 10_000
_DAY = Millis(24 * rules.HOUR)


@dataclass(frozen=True, slots=True)
class _Known:
    caller: Caller
    expires_at: Instant
    asked_at: Instant


class WebSessions:
    """Opens, finds and ends web sessions. One per process."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], passwords: Passwords | None = None
    ) -> None:
        self._sessions = sessions
        self._passwords = passwords or Passwords()
        self._known: dict[bytes, _Known] = {}
        self._forgotten = 0

    async def sign_in(
        self, username: str, password: str, *, at: Instant, address: str
    ) -> SessionOpened:
        """Open a session.

        Raises:
            TooManyAttempts: with `retry_after_s`.
            WrongCredentials: also for closed accounts; which of them is not told.
            DatabaseAway.
        """
        username = rules.username_of(username)
        async with self._passwords.turn:
            stored = await self._before(username, at=at, address=address)
            user, password_hash = stored or (None, None)
            right = await self._passwords.verify(password_hash, password)
            if user is None or password_hash is None or not right or user.disabled_at is not None:
                await self._refuse(username, user, at=at, address=address)
                raise WrongCredentials
            if self._passwords.is_outdated(password_hash):
                renewed = await self._passwords.hash(password)
                async with self._sessions.begin() as session:
                    await PeopleRepository(session).change(user.id, password_hash=renewed)
        return await self._open(user, at=at, address=address)

    async def is_right(self, caller: Caller, password: str, *, at: Instant) -> bool:
        """Whether this is the password of somebody who is signed in; a wrong one counts.

        Raises:
            TooManyAttempts: with `retry_after_s`.
        """
        async with self._passwords.turn:
            stored = await self._before(caller.username, at=at, address=caller.address)
            user, password_hash = stored or (None, None)
            if await self._passwords.verify(password_hash, password):
                return True
            await self._refuse(caller.username, user, at=at, address=caller.address)
            return False

    async def _before(self, username: str, *, at: Instant, address: str) -> tuple[User, str] | None:
        async with self._sessions.begin() as session:
            failures = await WebSessionRepository(session).failures(
                username, address, since=Instant(at - rules.ATTEMPT_WINDOW)
            )
            wait = rules.wait_before_attempt(failures, at=at)
            if wait:
                log.warning("sign_in.throttled", address=address, wait_ms=wait)
                raise TooManyAttempts(retry_after_s=-(-wait // rules.SECOND))
            return await PeopleRepository(session).by_username(username)

    async def _refuse(self, username: str, user: User | None, *, at: Instant, address: str) -> None:
        async with self._sessions.begin() as session:
            row = SignInFailureRow(
                id=secrets.token_hex(8), username=username, address=address, at=at
            )
            await WebSessionRepository(session).add_failure(row, forget_before=Instant(at - _DAY))
            # A name that is nobody's is not kept in the audit: it may be a mistyped password.
            await audit.record(
                session,
                at=at,
                who=None,
                who_name=user.name if user else "",
                act=Act.SIGN_IN_REFUSED,
                object=f"user:{user.id}" if user else "user:",
                address=address,
            )

    async def _open(self, user: User, *, at: Instant, address: str) -> SessionOpened:
        token = secrets.token_urlsafe(32)
        row = WebSessionRow(
            id=secrets.token_hex(8),
            token_hash=_hash(token),
            account=user.id,
            csrf=secrets.token_urlsafe(24),
            began_at=at,
            seen_at=at,
            expires_at=after(at, rules.SESSION_LASTS),
            ended_at=None,
            address=address,
        )
        begun = self._forgotten
        async with self._sessions.begin() as session:
            rule = await RoleRepository(session).rule_of(user.role)
            caller = caller_of(user, rule, session=row.id, csrf=row.csrf, address=address)
            repository = WebSessionRepository(session)
            await repository.add(row)
            await repository.forget_failures(user.username, address)
            await audit.record(
                session, at=at, who=caller, act=Act.SIGNED_IN, object=f"user:{user.id}"
            )
        self._remember(_hash(token), caller, row.expires_at, at, begun=begun)
        return SessionOpened(token=token, caller=caller)

    async def find(self, token: str, *, at: Instant, address: str) -> Caller | None:
        """Return the caller of a token, or None when the session is over.

        Raises:
            DatabaseAway: the session is not known in memory and cannot be looked up.
        """
        key = _hash(token)
        known = self._known.get(key)
        if known is not None and at < min(
            after(known.asked_at, rules.KEPT_IN_MEMORY), known.expires_at
        ):
            return replace(known.caller, address=address)
        begun = self._forgotten
        try:
            until = after(at, rules.SESSION_LASTS)
            async with self._sessions.begin() as session:
                found = await WebSessionRepository(session).touch(key, at=at, until=until)
                rule = found and await RoleRepository(session).rule_of(found.user.role)
        except (SQLAlchemyError, OSError) as error:
            if not is_away(error):
                raise
            if known is None or at >= known.expires_at:
                raise DatabaseAway from error
            return replace(known.caller, address=address)
        if found is None or rule is None:
            self._known.pop(key, None)
            return None
        caller = caller_of(found.user, rule, session=found.id, csrf=found.csrf, address=address)
        self._remember(key, caller, found.expires_at, at, begun=begun)
        return caller

    async def sign_out(self, caller: Caller, *, at: Instant) -> None:
        """End the caller's session."""
        async with self._sessions.begin() as session:
            await WebSessionRepository(session).end(caller.session, at=at)
            await audit.record(
                session, at=at, who=caller, act=Act.SIGNED_OUT, object=f"user:{caller.user}"
            )
        self.forget(session=caller.session)

    def forget(
        self,
        *,
        session: str | None = None,
        user: UserId | None = None,
        role: RoleId | None = None,
    ) -> None:
        """Believe a session, all of a person, or all of a role no longer from memory."""
        self._forgotten += 1
        self._known = {
            key: known
            for key, known in self._known.items()
            if known.caller.session != session
            and known.caller.user != user
            and known.caller.role != role
        }

    def _remember(
        self, key: bytes, caller: Caller, expires_at: Instant, at: Instant, *, begun: int
    ) -> None:
        if begun != self._forgotten:
            return  # what was read may be older than what was forgotten meanwhile
        if len(self._known) >= _REMEMBERED:
            self._known = {k: known for k, known in self._known.items() if at < known.expires_at}
        while len(self._known) >= _REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[key] = _Known(caller, expires_at, at)


def caller_of(user: User, rule: RoleRule, *, session: str, csrf: str, address: str) -> Caller:
    """The caller that a user is, by the role's rule; a desk needs an agent to sit at it."""
    permissions = rule.permissions - (set() if user.agent else {Permission.DESK_USE})
    return Caller(
        user=user.id,
        username=user.username,
        name=user.name,
        role=user.role,
        permissions=frozenset(permissions),
        scope=rule.scope,
        team=user.team,
        agent=user.agent,
        session=session,
        csrf=csrf,
        address=address,
        home=rule.home,
        role_name=rule.name,
        role_name_en=rule.name_en,
    )


def _hash(token: str) -> bytes:
    # The token is 256 random bits: a plain hash is enough, nothing can be guessed.
    return hashlib.sha256(token.encode()).digest()
