"""HTTP for fixed forms: the list, and one sheet as JSON or as a file."""

from datetime import date, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from lianxi.http.caller import Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import QueueId
from lianxi.reports.export.answering import CONTENT, file_answer
from lianxi.reports.export.document import Language
from lianxi.reports.export.fonts import FontMissing
from lianxi.reports.export.formats import ExportTooLarge, Format
from lianxi.reports.export.router import Setup
from lianxi.reports.export.shapes import DocumentOut, shaped
from lianxi.reports.forms.catalogue import BY_ID, FORMS
from lianxi.reports.forms.declaring import Period
from lianxi.reports.forms.making import Desk, form_document
from lianxi.reports.metrics_router import Asks, Reader, Zone
from lianxi.reports.questions import Key, Width
from lianxi.reports.scope import NothingToSee
from lianxi.reports.shapes import Short, viewer_of
from lianxi.reports.windows import local_day

router = APIRouter(prefix="/reports/forms", tags=["reports"])

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)


class FormUnknown(Rejection):
    """There is no such report form; the list of forms has their ids."""

    code = "form_unknown"
    status = HTTPStatus.NOT_FOUND


class DayInvalid(Rejection):
    """There is no report of that day: choose one between the years 2000 and 2999."""

    code = "day_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class Shown(StrEnum):
    """How a sheet is wanted."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class FormOut(BaseModel):
    """A fixed form."""

    id: str
    title: str
    title_en: str
    about: str
    about_en: str
    period: Period
    width: Width
    by: list[Key]
    metrics: list[str]


@router.get(
    "",
    operation_id="list_report_forms",
    response_model=list[FormOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_report_forms(caller: Reader) -> object:
    """The fixed report forms."""
    return [
        FormOut(
            id=form.id,
            title=form.title,
            title_en=form.title_en,
            about=form.about,
            about_en=form.about_en,
            period=form.period,
            width=form.width,
            by=list(form.by),
            metrics=list(form.metrics),
        )
        for form in FORMS
    ]


_SHEET: dict[int | str, dict[str, Any]] = {
    200: {"content": CONTENT, "description": "The sheet; as JSON unless another format is named."},
    **refusals(
        NotSignedIn, Forbidden, FormUnknown, DayInvalid, NothingToSee, ExportTooLarge, FontMissing
    ),
}


@router.get(
    "/{form_id}",
    operation_id="read_report_form",
    response_model=DocumentOut,
    responses=_SHEET,
)
async def read_report_form(
    form_id: Short,
    caller: Reader,
    uow: UnitOfWork,
    asks: Asks,
    zone: Zone,
    setup: Setup,
    now: Now,
    when: Annotated[
        date | None, Query(alias="date", description="Any day of the period; yesterday if none.")
    ] = None,
    queue: Annotated[list[Short] | None, Query(description="Only these queues.")] = None,
    format: Shown = Shown.JSON,
    language: Language = Language.ZH,
) -> object:
    """One sheet, within what the caller may see; files go into the audit."""
    form = BY_ID.get(form_id)
    if form is None:
        raise FormUnknown(form=form_id)
    yesterday = local_day(now, zone) - timedelta(days=1)
    wanted = when or yesterday
    if not FIRST_DAY <= wanted <= LAST_DAY:
        raise DayInvalid(day=wanted.isoformat())
    made = await form_document(
        Desk(session=uow, ask=asks.answer, zone=zone, now=now),
        form,
        wanted,
        viewer_of(caller),
        queues=tuple(QueueId(one) for one in queue or ()),
        language=language,
    )
    if format is Shown.JSON:
        return shaped(made)
    return await file_answer(
        uow,
        made,
        Format(format.value),
        caller=caller,
        at=now,
        object=f"form:{form.id}",
        facts={"date": wanted.isoformat(), "queues": list(queue or ())},
        fonts=setup.paths.fonts,
    )
