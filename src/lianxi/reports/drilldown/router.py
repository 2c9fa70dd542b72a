"""HTTP for what is behind a figure: from a figure to its calls."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, ValidationError

from lianxi.http.caller import Forbidden, NotSignedIn
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.kernel.time import Instant
from lianxi.reports.catalogue import metric_of
from lianxi.reports.drilldown.contracts import Behind, Wanted
from lianxi.reports.drilldown.repository import behind, lens_of
from lianxi.reports.errors import FormulaUnknown, MetricUnknown, QuestionTooLarge, WindowInvalid
from lianxi.reports.metrics_router import Reader, Zone
from lianxi.reports.questions import Key
from lianxi.reports.shapes import QuestionIn, Short, question_of, viewer_of

router = APIRouter(prefix="/metrics", tags=["reports"])

Day = Annotated[str | None, Query(description="A day of the centre's zone.")]


class BehindOut(BaseModel):
    """One fact that counted. `at` is the moment it is counted by, `lasted` is milliseconds."""

    model_config = ConfigDict(from_attributes=True)

    fact: str
    contact: str
    at: int
    queue: str | None
    agent: str | None
    team: str | None
    what: str
    lasted: int | None


@router.get(
    "/{metric}/contacts",
    operation_id="list_metric_contacts",
    response_model=Page[BehindOut],
    responses=refusals(
        NotSignedIn, Forbidden, MetricUnknown, FormulaUnknown, WindowInvalid, QuestionTooLarge,
        CursorInvalid,
    ),
)  # fmt: skip
async def list_metric_contacts(
    metric: Short,
    caller: Reader,
    uow: UnitOfWork,
    zone: Zone,
    first: Annotated[Day, Query(alias="from")] = None,
    until: Annotated[Day, Query(alias="to", description="This day is left out.")] = None,
    begins_at: int | None = None,
    ends_at: int | None = None,
    queue: Annotated[list[Short] | None, Query(max_length=100)] = None,
    agent: Annotated[list[Short] | None, Query(max_length=100)] = None,
    team: Annotated[list[Short] | None, Query(max_length=100)] = None,
    number: Annotated[list[Short] | None, Query(max_length=100)] = None,
    formula: Short | None = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
) -> object:
    """The contacts of a figure, newest first, as far as the caller may open them.

    A figure that is not made of contacts (occupancy, costs) has none.
    """
    asked: dict[str, Any] = {
        "metrics": [metric],
        "from": first,
        "to": until,
        "begins_at": begins_at,
        "ends_at": ends_at,
        "formulas": {} if formula is None else {metric: formula},
    }
    try:
        question = question_of(QuestionIn.model_validate(asked), zone)
    except ValidationError as error:
        raise WindowInvalid from error
    lens = lens_of(metric_of(metric).formula(formula).marts)
    if lens is None:
        return Page[BehindOut](items=[], next=None)
    keys = {Key.QUEUE: queue, Key.AGENT: agent, Key.TEAM: team, Key.NUMBER: number}
    wanted = Wanted(
        window=question.window,
        only={key: tuple(values) for key, values in keys.items() if values},
        before=None if cursor is None else _place(cursor),
        limit=limit + 1,
    )
    found = await behind(uow, lens, wanted, viewer_of(caller))
    more = encode_cursor(found[limit - 1].at, found[limit - 1].fact) if len(found) > limit else None
    return Page(items=[_out(one) for one in found[:limit]], next=more)


def _out(one: Behind) -> BehindOut:
    return BehindOut.model_validate(one)


def _place(cursor: str) -> tuple[Instant, str]:
    at, fact = decode_cursor(cursor, int, str)
    return Instant(int(at)), str(fact)
