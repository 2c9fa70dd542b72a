"""Shapes of wallboards, as they go over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lianxi.kernel.ids import QueueId
from lianxi.modules.wallboards.contracts import (
    Content,
    Language,
    Layout,
    Screen,
    Tile,
    Wallboard,
)


class TileIn(BaseModel):
    """One figure."""

    model_config = ConfigDict(extra="forbid")

    metric: Annotated[str, Field(max_length=60)]
    queue: Annotated[QueueId, Field(max_length=60)] | None = None
    target: float | None = None


class WallIn(BaseModel):
    """What a board shows."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=60)]
    layout: Layout
    tiles: Annotated[list[TileIn], Field(max_length=6)]
    queues: Annotated[list[QueueId], Field(max_length=12)] = []
    notice: Annotated[str, Field(max_length=80)] = ""
    language: Language = Language.ZH

    def content(self) -> Content:
        """As the module takes it."""
        return Content(
            name=self.name.strip(),
            layout=self.layout,
            tiles=tuple(
                Tile(metric=tile.metric, queue=tile.queue, target=tile.target)
                for tile in self.tiles
            ),
            queues=tuple(self.queues),
            notice=self.notice.strip(),
            language=self.language,
        )


class WallChange(WallIn):
    """The same, and which version was read."""

    revision: int


class WallOut(BaseModel):
    """A board."""

    id: str
    name: str
    layout: Layout
    tiles: list[TileIn]
    queues: list[QueueId]
    notice: str
    language: Language
    revision: int
    changed_at: int
    changed_by: str


class ScreenIn(BaseModel):
    """Where the screen hangs."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]


class ScreenOut(BaseModel):
    """A screen that may show the board."""

    id: str
    name: str
    made_at: int
    made_by: str
    seen_at: int | None


class ScreenMade(ScreenOut):
    """A new screen, and its link, which is shown this once."""

    path: str
    """To be opened at the screen; what stands behind `#` never leaves the browser in addresses."""


class WallFigure(BaseModel):
    """A figure that a board can show."""

    id: str
    name: str
    name_en: str
    unit: str
    target: float | None


def screen_out(screen: Screen) -> ScreenOut:
    """As it is shown."""
    return ScreenOut(
        id=screen.id,
        name=screen.name,
        made_at=screen.made_at,
        made_by=screen.made_by,
        seen_at=screen.seen_at,
    )


def out(board: Wallboard) -> WallOut:
    """As it is shown."""
    content = board.content
    return WallOut(
        id=board.id,
        name=content.name,
        layout=content.layout,
        tiles=[TileIn(metric=t.metric, queue=t.queue, target=t.target) for t in content.tiles],
        queues=list(content.queues),
        notice=content.notice,
        language=content.language,
        revision=board.revision,
        changed_at=board.changed_at,
        changed_by=board.changed_by,
    )
