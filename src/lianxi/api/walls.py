"""HTTP of wallboards: what they show, and which screens may show them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.live.figures import FLOOR
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.api.live.wall_rows import METRICS, NOW_NAMES
from lianxi.api.live.walls import Walls
from lianxi.api.wall_shapes import (
    ScreenIn,
    ScreenMade,
    ScreenOut,
    WallChange,
    WallFigure,
    WallIn,
    WallOut,
    out,
    screen_out,
)
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, Sessions, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.wallboards import facade
from lianxi.modules.wallboards.contracts import Wallboard
from lianxi.modules.wallboards.errors import (
    ScreenNotFound,
    WallChangedMeanwhile,
    WallInvalid,
    WallNotFound,
)
from lianxi.reports.catalogue import metric_of

router = APIRouter(prefix="/walls", tags=["live"])

COMMON: tuple[type[Rejection], ...] = (NotSignedIn, Forbidden, CsrfRefused)

HubPart = Annotated[Hub, provided(Hub)]
Reader = Annotated[Caller, needs(Permission.LIVE_READ)]
Editor = Annotated[Caller, needs(Permission.WALLS_EDIT)]


def sees(caller: Caller, board: Wallboard, hub: Hub) -> bool:
    """Whether a person may look at a board: all of it, or only queues of the own team."""
    sight = sight_of(caller)
    return sight.is_all or facade.is_within(board.content, sight.queues(hub.centre.state))


class Editing:
    """A change by a person: stored first, then shown."""

    def __init__(
        self,
        caller: Editor,
        hub: HubPart,
        walls: Annotated[Walls, provided(Walls)],
        sessions: Sessions,
        now: Now,
    ) -> None:
        self.caller = caller
        self.hub = hub
        self.at: Instant = now
        self.sessions = sessions
        self._walls = walls

    @property
    def queues(self) -> set[QueueId]:
        """Those that the person may put on a board."""
        return sight_of(self.caller).queues(self.hub.centre.state)

    async def shown(self) -> None:
        """The change is stored: let screens show it."""
        await self._walls.look()

    async def may_see(self, session: AsyncSession, wall: str) -> None:
        """See that the board is the person's to change.

        Raises:
            WallNotFound.
        """
        await readable(self.caller, wall, self.hub, session)


Edit = Annotated[Editing, Depends()]


async def readable(caller: Caller, wall: str, hub: Hub, session: AsyncSession) -> Wallboard:
    """A board that a person may look at.

    Raises:
        WallNotFound: also for one out of sight.
    """
    found = await facade.board(session, wall)
    if not sees(caller, found, hub):
        raise WallNotFound(wall=wall)
    return found


@router.get("", operation_id="list_walls", responses=refusals(NotSignedIn, Forbidden))
async def list_walls(caller: Reader, hub: HubPart, sessions: Sessions) -> list[WallOut]:
    """List the wallboards you may look at."""
    async with sessions() as session:
        found = await facade.boards(session)
    return [out(board) for board in found if sees(caller, board, hub)]


@router.get(
    "/figures", operation_id="list_wall_figures", responses=refusals(NotSignedIn, Forbidden)
)
async def list_wall_figures(caller: Reader) -> list[WallFigure]:
    """List the figures that a board can show."""
    now = [
        WallFigure(id=figure.value, name=zh, name_en=en, unit=unit, target=None)
        for figure, (zh, en, unit, _) in NOW_NAMES.items()
    ]
    of_day = [metric_of(name) for name in FLOOR]
    return now + [
        WallFigure(
            id=metric.id,
            name=metric.name,
            name_en=metric.name_en,
            unit=metric.unit.value,
            target=metric.target,
        )
        for metric in of_day
    ]


@router.get(
    "/{wall_id}", operation_id="get_wall", responses=refusals(NotSignedIn, Forbidden, WallNotFound)
)
async def get_wall(wall_id: str, caller: Reader, hub: HubPart, sessions: Sessions) -> WallOut:
    """Read a board."""
    async with sessions() as session:
        return out(await readable(caller, wall_id, hub, session))


@router.post("", operation_id="add_wall", status_code=201, responses=refusals(*COMMON, WallInvalid))
async def add_wall(body: WallIn, edit: Edit) -> WallOut:
    """Make a board."""
    async with edit.sessions.begin() as session:
        made = await facade.add(
            session,
            body.content(),
            queues=edit.queues,
            metrics=METRICS,
            at=edit.at,
            by=edit.caller,
        )
    await edit.shown()
    return out(made)


@router.put(
    "/{wall_id}",
    operation_id="change_wall",
    responses=refusals(*COMMON, WallNotFound, WallInvalid, WallChangedMeanwhile),
)
async def change_wall(wall_id: str, body: WallChange, edit: Edit) -> WallOut:
    """Change a board; its screens show it at once."""
    async with edit.sessions.begin() as session:
        await edit.may_see(session, wall_id)
        changed = await facade.change(
            session,
            wall_id,
            body.content(),
            revision=body.revision,
            queues=edit.queues,
            metrics=METRICS,
            at=edit.at,
            by=edit.caller,
        )
    await edit.shown()
    return out(changed)


@router.delete(
    "/{wall_id}",
    operation_id="remove_wall",
    status_code=204,
    responses=refusals(*COMMON, WallNotFound),
)
async def remove_wall(wall_id: str, edit: Edit) -> Response:
    """Take a board away; the links of its screens are worth nothing from now on."""
    async with edit.sessions.begin() as session:
        await edit.may_see(session, wall_id)
        await facade.remove(session, wall_id, at=edit.at, by=edit.caller)
    await edit.shown()
    return Response(status_code=204)


@router.get(
    "/{wall_id}/screens",
    operation_id="list_wall_screens",
    responses=refusals(NotSignedIn, Forbidden, WallNotFound),
)
async def list_wall_screens(wall_id: str, edit: Edit) -> list[ScreenOut]:
    """List the screens that may show a board."""
    async with edit.sessions() as session:
        await edit.may_see(session, wall_id)
        return [screen_out(screen) for screen in await facade.screens(session, wall_id)]


@router.post(
    "/{wall_id}/screens",
    operation_id="add_wall_screen",
    status_code=201,
    responses=refusals(*COMMON, WallNotFound),
)
async def add_wall_screen(wall_id: str, body: ScreenIn, edit: Edit) -> ScreenMade:
    """Make a link for a screen. It reads this board only, lasts until it is revoked, and is shown
    in this answer alone."""
    async with edit.sessions.begin() as session:
        await edit.may_see(session, wall_id)
        made, token = await facade.add_screen(
            session, wall_id, body.name.strip(), at=edit.at, by=edit.caller
        )
    return ScreenMade(**screen_out(made).model_dump(), path=f"/wall/{wall_id}#{token}")


@router.delete(
    "/{wall_id}/screens/{screen_id}",
    operation_id="revoke_wall_screen",
    status_code=204,
    responses=refusals(*COMMON, WallNotFound, ScreenNotFound),
)
async def revoke_wall_screen(wall_id: str, screen_id: str, edit: Edit) -> Response:
    """Revoke a screen's link; the screen goes dark at once."""
    async with edit.sessions.begin() as session:
        await edit.may_see(session, wall_id)
        await facade.revoke_screen(session, wall_id, screen_id, at=edit.at, by=edit.caller)
    await edit.shown()
    return Response(status_code=204)
