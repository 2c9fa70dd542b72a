"""HTTP for figures."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import QueueId
from lianxi.projections.visibility import own_queues
from lianxi.reports.errors import FormulaUnknown, QueueNotYours
from lianxi.reports.figures import today
from lianxi.reports.registry import Unit

router = APIRouter(prefix="/reports", tags=["reports"])

Reader = Annotated[Caller, needs(Permission.REPORTS_READ)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
Short = Annotated[str, StringConstraints(max_length=80)]


class MetricOut(BaseModel):
    """One figure with the formula it was computed by. Ratios are 0 to 1."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    name_en: str
    unit: Unit
    value: float | int | None
    formula: str
    formula_text: str
    population: str
    target: float | None
    residual: int | None


class TodayOut(BaseModel):
    """The figures of today so far. A residual of an identity that is not zero is a fault."""

    as_of: int
    metrics: list[MetricOut]
    identity: dict[str, int]


@router.get(
    "/today",
    operation_id="read_today",
    response_model=TodayOut,
    responses=refusals(NotSignedIn, Forbidden, QueueNotYours, FormulaUnknown),
)
async def read_today(
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    zone: Zone,
    queue: Short | None = None,
    service_level: Short | None = None,
) -> object:
    """Figures of the centre, or of one queue; whoever sees only own work names an own queue."""
    if caller.scope is Scope.SELF:
        mine = frozenset() if caller.agent is None else await own_queues(uow, caller.agent)
        if queue not in mine:
            raise QueueNotYours(queue=queue)
    formulas = {} if service_level is None else {"service_level": service_level}
    try:
        found = await today(
            uow,
            now=now,
            zone=zone,
            queue=None if queue is None else QueueId(queue),
            formulas=formulas,
        )
    except KeyError as error:
        raise FormulaUnknown(formula=service_level) from error
    return TodayOut(
        as_of=found.as_of,
        metrics=[MetricOut.model_validate(metric) for metric in found.metrics],
        identity=found.identity,
    )
