"""Who is asking. Every route says what it needs: `needs(...)`, `signed_in()` or `public()`.

    @router.get("/records", operation_id="list_records")
    async def list_records(
        caller: Annotated[Caller, needs(Permission.RECORDS_READ)], uow: UnitOfWork
    ) -> object: ...

A test walks all routes and fails for one that says nothing.
"""

import secrets
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

import structlog
from fastapi import Depends, WebSocketException
from starlette.requests import HTTPConnection

from lianxi.http.deps import now_of, provided_by
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, TeamId, UserId
from lianxi.kernel.time import Instant

COOKIE = "lianxi_session"
KEY_USER = "key:"
"""What the user of a program begins with: it is an API key, no person."""
_BEARER = "bearer "
CSRF_HEADER = "x-csrf-token"
_SAFE = {"GET", "HEAD", "OPTIONS"}


class NotSignedIn(Rejection):
    """You are not signed in, or your session has ended; sign in again."""

    code = "not_signed_in"
    status = HTTPStatus.UNAUTHORIZED


class Forbidden(Rejection):
    """Your role does not allow this; ask an administrator if you need it."""

    code = "forbidden"
    status = HTTPStatus.FORBIDDEN


class CsrfRefused(Rejection):
    """The request did not carry this session's token; reload the page and try again."""

    code = "csrf_refused"
    status = HTTPStatus.FORBIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The signed-in person behind a request."""

    user: UserId
    username: str
    name: str
    role: str
    permissions: frozenset[str]
    scope: Scope
    team: TeamId | None
    agent: AgentId | None
    session: str
    """Id of the web session, not its token."""
    csrf: str
    address: str = ""
    """Where the request came from."""
    home: str = "/me"
    """The page on which the role lands."""
    role_name: str = ""
    role_name_en: str = ""

    @property
    def is_key(self) -> bool:
        """Whether it is a program with an API key."""
        return self.user.startswith(KEY_USER)

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return permission in self.permissions


class CallerSource(Protocol):
    """Finds the person behind a session token. Implemented by the identity module."""

    async def find(self, token: str, *, at: Instant, address: str) -> Caller | None:
        """Return the caller, or None for an unknown, expired or revoked session.

        Raises:
            DatabaseAway: the session is not known in memory and cannot be looked up.
        """
        ...


class KeySource(Protocol):
    """Finds the program behind an API key. Implemented by the identity module."""

    async def find(self, token: str, *, at: Instant, address: str) -> Caller | None:
        """Return the caller, or None for an unknown, expired or revoked key.

        Raises:
            Rejection: it asks too often, or cannot be looked up.
        """
        ...


def address_of(connection: HTTPConnection) -> str:
    """The peer's address; empty over a UNIX socket."""
    return connection.client.host if connection.client else ""


async def find_caller(connection: HTTPConnection) -> Caller:
    """The caller by an API key or the session cookie, for requests and WebSockets alike.

    Raises:
        NotSignedIn: neither of them, or it is over.
    """
    given = connection.headers.get("authorization", "")
    source: CallerSource | KeySource
    if given.lower().startswith(_BEARER):
        token = given[len(_BEARER) :].strip()
        source = provided_by(connection, KeySource)  # type: ignore[type-abstract]
    else:
        token = connection.cookies.get(COOKIE, "")
        source = provided_by(connection, CallerSource)  # type: ignore[type-abstract]
    found = (
        await source.find(token, at=now_of(connection), address=address_of(connection))
        if token
        else None
    )
    if found is None:
        raise NotSignedIn
    structlog.contextvars.bind_contextvars(user=found.user)
    return found


def check_csrf(caller: Caller, token: str) -> None:
    """Compare in constant time.

    Raises:
        CsrfRefused: the token is missing or of another session.
    """
    if not secrets.compare_digest(token.encode(), caller.csrf.encode()):
        raise CsrfRefused


class Guard:
    """The dependency behind `needs`: cookie, permissions, and the token on every change."""

    def __init__(
        self, *permissions: Permission, csrf_in_query: bool = False, keys: bool | None = None
    ) -> None:
        self.permissions = permissions
        self._csrf_in_query = csrf_in_query
        # Routes that ask for nothing but a person are about that person, unless they say so.
        self._takes_keys = bool(permissions) if keys is None else keys

    async def __call__(self, connection: HTTPConnection) -> Caller:
        """Return the caller.

        Raises:
            NotSignedIn, Forbidden, CsrfRefused.
        """
        caller = await find_caller(connection)
        if caller.is_key and not self._takes_keys:
            raise Forbidden(permission="")
        if connection.scope.get("method", "GET") not in _SAFE and not caller.is_key:
            token = connection.headers.get(CSRF_HEADER, "")
            if not token and self._csrf_in_query:
                token = connection.query_params.get("csrf", "")
            check_csrf(caller, token)
        for permission in self.permissions:
            if not caller.may(permission):
                raise Forbidden(permission=permission.value)
        return caller


def needs(*permissions: Permission) -> Any:
    """The route is for callers whose role allows all of these."""
    return Depends(Guard(*permissions))


def signed_in(*, keys: bool = False) -> Any:
    """The route is for every signed-in person, and with `keys` for programs as well."""
    return Depends(Guard(keys=keys))


def needs_by_beacon(*permissions: Permission) -> Any:
    """Like `needs`, but the token may come as `?csrf=`: a page that closes cannot set headers."""
    return Depends(Guard(*permissions, csrf_in_query=True))


class SocketGuard(Guard):
    """The same for a WebSocket, which is refused before it is accepted."""

    async def __call__(self, connection: HTTPConnection) -> Caller:
        """Return the caller.

        Raises:
            WebSocketException: 4401 not signed in, 4403 not allowed, 4503 the database is away.
        """
        try:
            return await super().__call__(connection)
        except Rejection as error:
            code = _CLOSE_CODES.get(error.status, 4400)
            raise WebSocketException(code, error.code) from error


_CLOSE_CODES = {
    HTTPStatus.UNAUTHORIZED: 4401,
    HTTPStatus.FORBIDDEN: 4403,
    HTTPStatus.SERVICE_UNAVAILABLE: 4503,
}


def socket_signed_in() -> Any:
    """The WebSocket is for every signed-in person."""
    return Depends(SocketGuard())


def socket_needs(*permissions: Permission) -> Any:
    """The WebSocket is for callers whose role allows all of these."""
    return Depends(SocketGuard(*permissions))


def open_to_everyone() -> None:
    """Marks a route that needs no session."""


def public() -> Any:
    """The route is for everyone, signed in or not: `dependencies=[public()]`."""
    return Depends(open_to_everyone)
