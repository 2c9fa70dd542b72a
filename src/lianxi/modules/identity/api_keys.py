"""API keys: programs come in with `Authorization: Bearer lx_…` beside people with their sessions.

A key is shown once and stored as a hash. It allows a part of what whoever made it may do, within a
scope, until a day; it ends at once when it is revoked.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.db.session import is_away
from lianxi.http.caller import KEY_USER, Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.errors import DatabaseAway
from lianxi.kernel.ids import TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import key_rules
from lianxi.modules.identity.errors import KeyNotFound, TeamUnknown
from lianxi.modules.identity.key_models import ApiKeyRow
from lianxi.modules.identity.key_repository import KeyRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

PREFIX = "lx_"
SHOWN_SIGNS = 8
BELIEVED_MS = 10_000
"""How long a key is believed without asking the database: a revoked one lives so long elsewhere."""
TOUCHED_EVERY_MS = 60_000
ROLE = "api_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as it may be shown."""

    id: str
    name: str
    begins: str
    permissions: tuple[str, ...]
    team: TeamId | None
    made_by_name: str
    made_at: Instant
    expires_at: Instant
    revoked_at: Instant | None
    revoked_by_name: str
    seen_at: Instant | None
    seen_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key to be made."""

    name: str
    permissions: frozenset[Permission]
    team: TeamId | None
    """Whose rows it sees; None = everybody's."""
    expires_at: Instant


async def keys(session: AsyncSession) -> list[ApiKey]:
    """All of them, newest first; revoked ones stay on the list."""
    return [_key(row) for row in await KeyRepository(session).all()]


async def make(
    session: AsyncSession, new: NewKey, *, by: Caller, at: Instant
) -> tuple[ApiKey, str]:
    """Make a key; its text is in the answer and nowhere else.

    Raises:
        KeyAllowsTooMuch, KeyExpiryInvalid, TeamUnknown.
    """
    key_rules.check(new.permissions, new.expires_at, by=by, at=at)
    repository = KeyRepository(session)
    if new.team is not None and not await repository.has_team(new.team):
        raise TeamUnknown(team=new.team[:60])
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiKeyRow(
        id=secrets.token_hex(8),
        name=new.name,
        token_hash=_hash(token),
        begins=token[:SHOWN_SIGNS],
        permissions=sorted(new.permissions),
        team=new.team,
        made_by=by.user,
        made_by_name=by.name,
        made_at=at,
        expires_at=new.expires_at,
        revoked_at=None,
        revoked_by_name="",
        seen_at=None,
        seen_address="",
    )
    await repository.add(row)
    shown = _key(row)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.API_KEY_MADE,
        object=f"api_key:{row.id}",
        after={
            "name": new.name,
            "permissions": sorted(new.permissions),
            "team": new.team,
            "expires_at": new.expires_at,
        },
    )
    return shown, token


async def revoke(session: AsyncSession, key: str, *, by: Caller, at: Instant) -> None:
    """End a key; a second time changes nothing.

    Raises:
        KeyNotFound.
    """
    row = await KeyRepository(session).find(key, lock=True)
    if row is None:
        raise KeyNotFound(key=key[:60])
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by_name = at, by.name
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.API_KEY_REVOKED,
        object=f"api_key:{key}",
        facts={"name": row.name},
    )


async def caller_by_user(session: AsyncSession, user: UserId, *, at: Instant) -> Caller | None:
    """What the key behind a caller may do now; None = it is no key, or it is over."""
    if not user.startswith(KEY_USER):
        return None
    row = await KeyRepository(session).find(user.removeprefix(KEY_USER))
    return _caller(row, address="") if row is not None and _holds(row, at) else None


class ApiKeys:
    """Finds the caller behind a key. One per process."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions
        self._pace = key_rules.Pace()
        self._known: dict[bytes, tuple[Caller, Instant, Instant]] = {}

    async def find(self, token: str, *, at: Instant, address: str) -> Caller | None:
        """The caller, or None for a key that is unknown, over or revoked.

        Raises:
            TooManyRequests: the key asks too often.
            DatabaseAway.
        """
        hashed = _hash(token)
        known = self._known.get(hashed)
        if known is None or not known[1] <= at < min(known[1] + BELIEVED_MS, known[2]):
            try:
                known = await self._ask(hashed, at=at, address=address)
            except (SQLAlchemyError, OSError) as error:
                if not is_away(error):
                    raise
                raise DatabaseAway from error
            if known is None:
                self._known.pop(hashed, None)
                return None
            self._known[hashed] = known
        caller = known[0]
        self._pace.take(caller.session, at=at)
        return replace(caller, address=address)

    def forget(self) -> None:
        """Believe no key from memory."""
        self._known.clear()

    async def _ask(
        self, hashed: bytes, *, at: Instant, address: str
    ) -> tuple[Caller, Instant, Instant] | None:
        async with self._sessions.begin() as session:
            repository = KeyRepository(session)
            row = await repository.by_hash(hashed)
            if row is None or not _holds(row, at):
                return None
            if row.seen_at is None or at - row.seen_at >= TOUCHED_EVERY_MS:
                await repository.touch(row.id, at=at, address=address)
            return _caller(row, address=address), at, row.expires_at


def _holds(row: ApiKeyRow, at: Instant) -> bool:
    return row.revoked_at is None and at < row.expires_at


def _caller(row: ApiKeyRow, *, address: str) -> Caller:
    return Caller(
        user=UserId(f"{KEY_USER}{row.id}"),
        username=row.name,
        name=row.name,
        role=ROLE,
        permissions=frozenset(row.permissions),
        scope=Scope.ALL if row.team is None else Scope.TEAM,
        team=row.team,
        agent=None,
        session=f"{KEY_USER}{row.id}",
        csrf="",
        address=address,
    )


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        id=row.id,
        name=row.name,
        begins=row.begins,
        permissions=tuple(row.permissions),
        team=row.team,
        made_by_name=row.made_by_name,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        revoked_by_name=row.revoked_by_name,
        seen_at=row.seen_at,
        seen_address=row.seen_address,
    )


def _hash(token: str) -> bytes:
    # 256 random bits: a plain hash is enough, nothing can be guessed.
    return hashlib.sha256(token.encode()).digest()
