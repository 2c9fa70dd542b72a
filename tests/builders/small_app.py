"""An application with a few routers and one caller who is always signed in."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI
from httpx2 import ASGITransport, AsyncClient
from starlette.routing import BaseRoute

from lianxi.db.session import Database
from lianxi.http import errors
from lianxi.http.caller import COOKIE, CSRF_HEADER, Caller, CallerSource
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, TeamId, UserId
from lianxi.kernel.time import Instant


def a_caller(
    *permissions: Permission,
    scope: Scope = Scope.ALL,
    agent: str | None = None,
    team: str | None = None,
) -> Caller:
    """Somebody with these permissions; with all of them when none is named."""
    return Caller(
        user=UserId("u1"),
        username="u1",
        name="班长",
        role="supervisor",
        permissions=frozenset(permissions or Permission),
        scope=scope,
        team=None if team is None else TeamId(team),
        agent=None if agent is None else AgentId(agent),
        session="s1",
        csrf="token",
        address="127.0.0.1",
    )


_ROUTES: dict[tuple[int, ...], list[BaseRoute]] = {}


def same_routes(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Give the application the routes of the first one with these routers: what FastAPI works out
    for each at its first request, half a second for all of ours, is worked out once.

    Args:
        app: has included them all, and nothing else.
        routers: those of the product; none of them ends before the process does.
    """
    routes = _ROUTES.setdefault(tuple(map(id, routers)), list(app.router.routes))
    app.router.routes[:] = routes


class OneCaller:
    """Every session is this caller's."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def find(self, token: str, *, at: Instant, address: str) -> Caller:
        return self._caller


def small_app(
    database: Database, caller: Caller, routers: Sequence[APIRouter], *, now: Instant
) -> FastAPI:
    """The routers under /api, over a database, at a moment that stands still."""
    app = FastAPI()
    errors.install(app)
    for router in routers:
        app.include_router(router, prefix="/api")
    same_routes(app, routers)
    app.state.sessions = database.sessions
    app.state.now = lambda: now
    provide(app, CallerSource, OneCaller(caller))  # type: ignore[type-abstract]
    return app


def browser(app: FastAPI) -> AsyncClient:
    """A client with the session's cookie and token."""
    return AsyncClient(
        transport=ASGITransport(app=app),
        base_url="http://localhost",
        cookies={COOKIE: "t"},
        headers={CSRF_HEADER: "token"},
    )
