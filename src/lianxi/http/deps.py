"""What routes ask for: one transaction, the time, and parts of the product by their type."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, TypeVar, cast

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from lianxi.kernel.time import Instant

T = TypeVar("T")


def provide(app: Starlette, kind: type[T], part: T) -> None:
    """Make a part available to routes under its type (a class or a Protocol)."""
    if not hasattr(app.state, "provided"):
        app.state.provided = {}
    app.state.provided[kind] = part


def provided_by(connection: HTTPConnection, kind: type[T]) -> T:
    """The part that `provide` was given.

    Raises:
        KeyError: main forgot it: a bug.
    """
    return cast(T, connection.app.state.provided[kind])


def provided(kind: type[T]) -> Any:
    """A dependency on a part: `inbox: Annotated[Inbox, provided(Inbox)]`."""

    def part(connection: HTTPConnection) -> object:
        return provided_by(connection, kind)

    return Depends(part)


def now_of(connection: HTTPConnection) -> Instant:
    """The time by the application's clock (`app.state.now`)."""
    clock = cast("Callable[[], Instant]", connection.app.state.now)
    return clock()


Now = Annotated[Instant, Depends(now_of)]
"""The moment of the request."""


def sessions_of(connection: HTTPConnection) -> async_sessionmaker[AsyncSession]:
    """The application's session factory (`app.state.sessions`)."""
    return cast("async_sessionmaker[AsyncSession]", connection.app.state.sessions)


Sessions = Annotated[async_sessionmaker[AsyncSession], Depends(sessions_of)]
"""For the few routes that must commit before they go on: `async with sessions.begin() as s`."""


async def unit_of_work(connection: HTTPConnection) -> AsyncIterator[AsyncSession]:
    """One request, one transaction: committed here and nowhere else."""
    async with sessions_of(connection).begin() as session:
        yield session


# scope="function": the commit happens before the response leaves. With the default scope a failed
# commit would still answer 200.
UnitOfWork = Annotated[AsyncSession, Depends(unit_of_work, scope="function")]
"""The transaction of the request."""
