"""HTTP: how work areas did."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AreaId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.appraisal import AreaFigures, appraise
from lianxi.modules.cases.contracts import Area

router = APIRouter(prefix="/work-areas", tags=["cases"])


class AreaAppraisalOut(BaseModel):
    """One area in a stretch of time."""

    area: AreaId
    zh: str
    en: str
    given: int
    returned: int
    done: int
    used_ms: float | None
    """Mean from the dispatch to the completion; null where nothing was completed."""
    kept: dict[str, int]
    missed: dict[str, int]
    kept_share: float | None
    unsatisfied: int
    open: int
    late: int

    @classmethod
    def of(cls, area: Area, found: AreaFigures) -> "AreaAppraisalOut":
        """As it goes over the wire."""
        return cls(
            area=area.id, zh=area.zh, en=area.en, given=found.given, returned=found.returned,
            done=found.done, used_ms=found.used_ms, kept=found.kept, missed=found.missed,
            kept_share=found.kept_share, unsatisfied=found.unsatisfied, open=found.open,
            late=found.late,
        )  # fmt: skip


@router.get(
    "/appraisal",
    operation_id="get_work_area_appraisal",
    response_model=list[AreaAppraisalOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_work_area_appraisal(
    caller: Annotated[Caller, needs(Permission.CASES_SUPERVISE)],
    uow: UnitOfWork,
    now: Now,
    since: Annotated[int, Query(alias="from", gt=0)],
    until: Annotated[int, Query(alias="to", gt=0)],
) -> object:
    """What each area was given, completed, gave back, kept and missed from `from` until before
    `to`; and what it has in its hands now."""
    found = await appraise(uow, Instant(since), Instant(until), now=now)
    return [AreaAppraisalOut.of(area, figures) for area, figures in found]
