"""All SQL about wallboards. Returns contracts, never rows."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.wallboards.contracts import (
    Content,
    Language,
    Layout,
    Screen,
    Tile,
    Wallboard,
)
from lianxi.modules.wallboards.errors import WallNotFound
from lianxi.modules.wallboards.models import WallboardRow, WallScreenRow


class WallRepository:
    """Boards, and the screens that show them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Wallboard]:
        """Every board, by name."""
        rows = await self._session.scalars(select(WallboardRow))
        return sorted(map(_board, rows), key=lambda board: (board.content.name, board.id))

    async def get(self, board: str, *, lock: bool = False) -> Wallboard:
        """One board.

        Raises:
            WallNotFound.
        """
        query = select(WallboardRow).where(WallboardRow.id == board)
        row = await self._session.scalar(query.with_for_update() if lock else query)
        if row is None:
            raise WallNotFound(wall=board)
        return _board(row)

    async def add(self, board: Wallboard) -> None:
        """Keep a new board."""
        self._session.add(WallboardRow(id=board.id, **_columns(board)))
        await self._session.flush()

    async def save(self, board: Wallboard) -> None:
        """Keep a changed one."""
        query = update(WallboardRow).where(WallboardRow.id == board.id)
        await self._session.execute(query.values(**_columns(board)))

    async def remove(self, board: str) -> None:
        """Take a board away, with its screens."""
        await self._session.execute(delete(WallScreenRow).where(WallScreenRow.board == board))
        await self._session.execute(delete(WallboardRow).where(WallboardRow.id == board))

    async def screens(self, board: str | None = None) -> list[Screen]:
        """The screens whose links are good, of one board or of all, by when they were made."""
        query = select(WallScreenRow).where(WallScreenRow.revoked_at.is_(None))
        if board is not None:
            query = query.where(WallScreenRow.board == board)
        rows = await self._session.scalars(query.order_by(WallScreenRow.made_at, WallScreenRow.id))
        return [_screen(row) for row in rows]

    async def add_screen(self, screen: Screen, token_hash: bytes) -> None:
        """Keep a new screen."""
        self._session.add(
            WallScreenRow(
                id=screen.id,
                board=screen.board,
                name=screen.name,
                token_hash=token_hash,
                made_at=screen.made_at,
                made_by=screen.made_by,
                seen_at=None,
                revoked_at=None,
            )
        )
        await self._session.flush()

    async def screen_of(self, token_hash: bytes) -> Screen | None:
        """The screen of a token, as long as its link is good."""
        query = select(WallScreenRow).where(
            WallScreenRow.token_hash == token_hash, WallScreenRow.revoked_at.is_(None)
        )
        row = await self._session.scalar(query)
        return None if row is None else _screen(row)

    async def revoke(self, board: str, screen: str, *, at: Instant) -> Screen | None:
        """Make a link worthless; None when there is no such good one."""
        query = (
            update(WallScreenRow)
            .where(
                WallScreenRow.id == screen,
                WallScreenRow.board == board,
                WallScreenRow.revoked_at.is_(None),
            )
            .values(revoked_at=at)
            .returning(WallScreenRow)
        )
        row = await self._session.scalar(query)
        return None if row is None else _screen(row)

    async def seen(self, screens: list[str], *, at: Instant) -> None:
        """These screens show their boards now."""
        query = update(WallScreenRow).where(WallScreenRow.id.in_(screens))
        await self._session.execute(query.values(seen_at=at))


def _columns(board: Wallboard) -> dict[str, Any]:
    return {
        "content": written(board.content),
        "revision": board.revision,
        "changed_at": board.changed_at,
        "changed_by": board.changed_by,
    }


def written(content: Content) -> dict[str, Any]:
    """What a person decided, as it is kept."""
    return {
        "name": content.name,
        "layout": content.layout.value,
        "tiles": [
            {"metric": tile.metric, "queue": tile.queue, "target": tile.target}
            for tile in content.tiles
        ],
        "queues": list(content.queues),
        "notice": content.notice,
        "language": content.language.value,
    }


def content_of(kept: dict[str, Any]) -> Content:
    """What is kept of a board, as what a person decided."""
    return Content(
        name=kept["name"],
        layout=Layout(kept["layout"]),
        tiles=tuple(
            Tile(metric=tile["metric"], queue=tile["queue"], target=tile["target"])
            for tile in kept["tiles"]
        ),
        queues=tuple(QueueId(queue) for queue in kept["queues"]),
        notice=kept["notice"],
        language=Language(kept["language"]),
    )


def _board(row: WallboardRow) -> Wallboard:
    return Wallboard(
        id=row.id,
        content=content_of(row.content),
        revision=row.revision,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def _screen(row: WallScreenRow) -> Screen:
    return Screen(
        id=row.id,
        board=row.board,
        name=row.name,
        made_at=row.made_at,
        made_by=row.made_by,
        seen_at=row.seen_at,
    )
