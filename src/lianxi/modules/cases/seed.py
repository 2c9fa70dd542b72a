"""What the demonstration centre begins with: the preset of a 400 hotline, and two areas."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AreaId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import presets, setting_up
from lianxi.modules.cases.contracts import Area
from lianxi.modules.identity import facade as identity

IN_FORCE_SINCE_MS = 30 * 86_400_000
"""Work orders that the demonstration plays as if they were days old have their deadlines too."""
NORTH, SOUTH = AreaId("north"), AreaId("south")
NAMES = {NORTH: ("城北工区", "North area"), SOUTH: ("城南工区", "South area")}


async def plant(session: AsyncSession, *, at: Instant) -> None:
    """Types, a form, deadlines, and an area for the people of each of the first two teams."""
    await presets.load(session, "400", by=None, at=Instant(at - IN_FORCE_SINCE_MS))
    teams = [team.id for team in await identity.teams(session)]
    for area, team in zip(NAMES, teams, strict=False):
        zh, en = NAMES[area]
        staff: list[UserId] = await identity.people_of_team(session, team)
        made = Area(id=area, zh=zh, en=en, area_class="city", staff=tuple(staff), revision=0)
        await setting_up.put_area(session, made, by=None, at=at)
        await setting_up.put_rule(
            session, "", zh.removesuffix("工区"), area, was=None, by=None, at=at
        )
