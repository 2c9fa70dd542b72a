"""HTTP for the public holidays of a year: a proposal for calendars, which people look at first."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict

from lianxi.http.caller import Forbidden, NotSignedIn
from lianxi.http.errors import refusals
from lianxi.modules.routing.editing import Router
from lianxi.modules.routing.public_holidays import FIRST_YEAR, LAST_YEAR, DayKind, days_of

router = APIRouter(prefix="/public-holidays", tags=["routing"])


class PublicDayOut(BaseModel):
    """A day that does not follow the week."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    kind: DayKind
    name: str
    name_en: str


class PublicHolidaysOut(BaseModel):
    """The public holidays and make-up working days of a year in mainland China."""

    year: int
    announced: bool
    """False: the arrangement is not known to this version of the product; `days` is empty."""
    days: list[PublicDayOut]


@router.get(
    "/{year}", operation_id="get_public_holidays", responses=refusals(NotSignedIn, Forbidden)
)
async def get_public_holidays(
    year: Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR)], caller: Router
) -> PublicHolidaysOut:
    """Return what the State Council announced for a year. Nothing is changed by it."""
    days = days_of(year)
    return PublicHolidaysOut(
        year=year,
        announced=days is not None,
        days=[PublicDayOut.model_validate(day) for day in days or ()],
    )
