"""What others may ask of the wallboards module. The caller owns the transaction."""

import secrets
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.wallboards import rules
from lianxi.modules.wallboards.contracts import Content, Screen, Wallboard
from lianxi.modules.wallboards.errors import ScreenNotFound, WallChangedMeanwhile
from lianxi.modules.wallboards.repository import WallRepository, written
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def boards(session: AsyncSession) -> list[Wallboard]:
    """Every board, by name."""
    return await WallRepository(session).all()


async def board(session: AsyncSession, wall: str) -> Wallboard:
    """One board.

    Raises:
        WallNotFound.
    """
    return await WallRepository(session).get(wall)


def is_within(content: Content, queues: Collection[QueueId]) -> bool:
    """Whether a board tells of these queues only, and not of the centre as a whole."""
    return rules.is_within(content, queues)


async def add(
    session: AsyncSession,
    content: Content,
    *,
    queues: Collection[QueueId],
    metrics: Collection[str],
    at: Instant,
    by: Caller,
) -> Wallboard:
    """Make a board.

    Raises:
        WallInvalid.
    """
    rules.check(content, queues=queues, metrics=metrics)
    made = Wallboard(
        id=secrets.token_hex(4), content=content, revision=1, changed_at=at, changed_by=by.name
    )
    await WallRepository(session).add(made)
    await _tell(session, None, made, at=at, by=by)
    return made


async def change(
    session: AsyncSession,
    wall: str,
    content: Content,
    *,
    revision: int,
    queues: Collection[QueueId],
    metrics: Collection[str],
    at: Instant,
    by: Caller,
) -> Wallboard:
    """Change a board as it was read.

    Raises:
        WallNotFound, WallChangedMeanwhile, WallInvalid.
    """
    repository = WallRepository(session)
    was = await repository.get(wall, lock=True)
    if was.revision != revision:
        raise WallChangedMeanwhile(wall=wall, by=was.changed_by, revision=was.revision)
    # A queue or figure that went away since may stay where it was; new ones must be there.
    rules.check(
        content,
        queues={*queues, *rules.queues_of(was.content)},
        metrics={*metrics, *(tile.metric for tile in was.content.tiles)},
    )
    now = replace(
        was, content=content, revision=was.revision + 1, changed_at=at, changed_by=by.name
    )
    await repository.save(now)
    await _tell(session, was, now, at=at, by=by)
    return now


async def remove(session: AsyncSession, wall: str, *, at: Instant, by: Caller) -> list[str]:
    """Take a board away, with the links of its screens; their ids.

    Raises:
        WallNotFound.
    """
    repository = WallRepository(session)
    was = await repository.get(wall, lock=True)
    gone = [screen.id for screen in await repository.screens(wall)]
    await repository.remove(wall)
    await _tell(session, was, None, at=at, by=by)
    return gone


async def screens(session: AsyncSession, wall: str | None = None) -> list[Screen]:
    """The screens whose links are good, of one board or of all."""
    return await WallRepository(session).screens(wall)


async def add_screen(
    session: AsyncSession, wall: str, name: str, *, at: Instant, by: Caller
) -> tuple[Screen, str]:
    """Make a screen and the token of its link, which is known nowhere else.

    Raises:
        WallNotFound.
    """
    repository = WallRepository(session)
    await repository.get(wall)
    token = secrets.token_urlsafe(32)
    screen = Screen(
        id=secrets.token_hex(8), board=wall, name=name, made_at=at, made_by=by.name, seen_at=None
    )
    await repository.add_screen(screen, rules.hash_of(token))
    await _tell_screen(session, Act.WALL_SCREEN_ADDED, screen, at=at, by=by)
    return screen, token


async def revoke_screen(
    session: AsyncSession, wall: str, screen: str, *, at: Instant, by: Caller
) -> None:
    """Make a screen's link worthless.

    Raises:
        ScreenNotFound.
    """
    gone = await WallRepository(session).revoke(wall, screen, at=at)
    if gone is None:
        raise ScreenNotFound(screen=screen)
    await _tell_screen(session, Act.WALL_SCREEN_REVOKED, gone, at=at, by=by)


async def screen_of(session: AsyncSession, token: str) -> Screen | None:
    """The screen that a token belongs to; None for an unknown or revoked one."""
    return await WallRepository(session).screen_of(rules.hash_of(token))


async def seen(session: AsyncSession, shown: list[str], *, at: Instant) -> None:
    """These screens show their boards now."""
    await WallRepository(session).seen(shown, at=at)


async def _tell(
    session: AsyncSession,
    was: Wallboard | None,
    now: Wallboard | None,
    *,
    at: Instant,
    by: Caller,
) -> None:
    either = now or was
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.WALL_CHANGED if now is not None else Act.WALL_REMOVED,
        object=f"wall:{either.id}" if either is not None else "wall:",
        before=None if was is None else written(was.content),
        after=None if now is None else written(now.content),
    )


async def _tell_screen(
    session: AsyncSession, act: Act, screen: Screen, *, at: Instant, by: Caller
) -> None:
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"wall:{screen.board}",
        facts={"screen": screen.id, "name": screen.name},
    )
