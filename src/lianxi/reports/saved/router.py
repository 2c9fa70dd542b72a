"""HTTP for saved reports: keep, change, remove, send now; and what became of each sending."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.kernel.ids import QueueId, UserId
from lianxi.reports.export.document import Language
from lianxi.reports.export.formats import Format
from lianxi.reports.export.router import Setup
from lianxi.reports.metrics_router import Reader, Zone
from lianxi.reports.questions import Key, Width
from lianxi.reports.saved import keeping
from lianxi.reports.saved.contracts import Cadence, Outcome, Run, RunState, SavedReport
from lianxi.reports.saved.errors import (
    MailNotSetUp,
    RecipientNotAllowed,
    SavedReportChanged,
    SavedReportInvalid,
    SavedReportNotFound,
)
from lianxi.reports.saved.repository import SavedReports
from lianxi.reports.shapes import METRICS_AT_MOST, Short

router = APIRouter(prefix="/reports", tags=["reports"])

MOST_RECIPIENTS = 50


class KeptQuestion(BaseModel):
    """A question without its time: it is asked about the period that has ended."""

    model_config = ConfigDict(extra="forbid")

    metrics: Annotated[list[Short], Field(min_length=1, max_length=METRICS_AT_MOST)]
    width: Width = Width.WHOLE
    by: Annotated[list[Key], Field(max_length=3)] = []
    only: dict[Key, Annotated[list[Short], Field(min_length=1, max_length=500)]] = {}
    formulas: dict[Short, Short] = {}


class SavedReportIn(BaseModel):
    """What a saved report is to be: a fixed form or a question, who gets it, and when."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=80)]
    form: Short | None = None
    question: KeptQuestion | None = None
    queues: Annotated[list[Short], Field(max_length=200)] = []
    """The queues that a form looks at; none = all."""
    recipients: Annotated[list[Short], Field(max_length=MOST_RECIPIENTS)] = []
    cadence: Cadence = Cadence.NONE
    on_day: int = 1
    """Of a weekly one 1 (Monday) to 7, of a monthly one 1 to 28."""
    at_minute: int = 420
    """Minutes after midnight by the centre's clocks."""
    format: Format = Format.XLSX
    language: Language = Language.ZH
    paused: bool = False
    """It keeps its times and does not go out by itself; sending now still works."""


class SavedReportChange(SavedReportIn):
    """The whole report anew, and the version that it was changed from."""

    version: int


class RunOut(BaseModel):
    """One sending: what became of it as a whole and for each recipient."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    due_at: int
    asked_by: str | None
    state: RunState
    attempts: int
    next_try_at: int | None
    outcomes: dict[str, Outcome]
    error: str | None
    error_text: str | None
    ended_at: int | None


class SavedReportOut(BaseModel):
    """A saved report with its newest sending."""

    id: str
    owner: str
    title: str
    form: str | None
    question: KeptQuestion | None
    queues: list[str]
    recipients: list[str]
    cadence: Cadence
    on_day: int
    at_minute: int
    format: Format
    language: Language
    due_at: int | None
    paused: bool
    version: int
    changed_at: int
    last_run: RunOut | None


class RecipientOut(BaseModel):
    """Somebody whom the caller may send reports to."""

    id: str
    name: str
    has_address: bool
    """Without an e-mail address nothing reaches the person. One sets the own one by
    `PUT /api/profile`; administrators set anybody's."""


def _wish(body: SavedReportIn) -> keeping.Wish:
    question = body.question
    return keeping.Wish(
        title=body.title,
        form=body.form,
        question=None if question is None else question.model_dump(mode="json"),
        queues=tuple(QueueId(queue) for queue in body.queues),
        recipients=tuple(dict.fromkeys(UserId(user) for user in body.recipients)),
        cadence=body.cadence,
        on_day=body.on_day,
        at_minute=body.at_minute,
        format=body.format,
        language=body.language,
        is_paused=body.paused,
    )


def _out(report: SavedReport, run: Run | None) -> SavedReportOut:
    question = report.question
    return SavedReportOut(
        id=report.id,
        owner=report.owner,
        title=report.title,
        form=report.form,
        question=None if question is None else KeptQuestion.model_validate(question),
        queues=list(report.queues),
        recipients=list(report.recipients),
        cadence=report.cadence,
        on_day=report.on_day,
        at_minute=report.at_minute,
        format=report.format,
        language=report.language,
        due_at=report.due_at,
        paused=report.is_paused,
        version=report.version,
        changed_at=report.changed_at,
        last_run=None if run is None else RunOut.model_validate(run),
    )


@router.get(
    "/saved",
    operation_id="list_saved_reports",
    response_model=list[SavedReportOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_saved_reports(caller: Reader, uow: UnitOfWork) -> object:
    """The caller's saved reports; of administrators, everybody's."""
    return [_out(report, run) for report, run in await keeping.listed(uow, caller)]


@router.post(
    "/saved",
    operation_id="save_report",
    status_code=201,
    response_model=SavedReportOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, SavedReportInvalid, RecipientNotAllowed
    ),
)
async def save_report(
    body: SavedReportIn, caller: Reader, uow: UnitOfWork, now: Now, zone: Zone
) -> object:
    """Save a report, and send it from now on when it is due."""
    return _out(await keeping.save(uow, _wish(body), by=caller, at=now, zone=zone), None)


@router.put(
    "/saved/{report_id}",
    operation_id="change_saved_report",
    response_model=SavedReportOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, SavedReportNotFound, SavedReportChanged,
        SavedReportInvalid, RecipientNotAllowed,
    ),
)  # fmt: skip
async def change_saved_report(
    report_id: Short,
    body: SavedReportChange,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    zone: Zone,
) -> object:
    """Change a saved report."""
    changed = await keeping.change(
        uow, report_id, _wish(body), version=body.version, by=caller, at=now, zone=zone
    )
    runs = await SavedReports(uow).last_runs([report_id])
    return _out(changed, runs.get(report_id))


@router.delete(
    "/saved/{report_id}",
    operation_id="remove_saved_report",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, SavedReportNotFound),
)
async def remove_saved_report(
    report_id: Short, caller: Reader, uow: UnitOfWork, now: Now
) -> Response:
    """Forget a saved report; it is sent no more."""
    await keeping.remove(uow, report_id, by=caller, at=now)
    return Response(status_code=204)


@router.post(
    "/saved/{report_id}/send",
    operation_id="send_saved_report",
    status_code=202,
    response_model=RunOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, SavedReportNotFound, MailNotSetUp),
)
async def send_saved_report(
    report_id: Short, caller: Reader, uow: UnitOfWork, now: Now, setup: Setup
) -> object:
    """Send a saved report now, besides its time; without recipients, to whoever asks for it."""
    if setup.smtp_host is None:
        raise MailNotSetUp
    report = await keeping.own(uow, report_id, caller)
    saved = SavedReports(uow)
    await saved.begin(report.id, due_at=now, by=caller.user, now=now)
    return (await saved.runs(report.id, limit=1))[0]


@router.get(
    "/saved/{report_id}/runs",
    operation_id="list_report_runs",
    response_model=list[RunOut],
    responses=refusals(NotSignedIn, Forbidden, SavedReportNotFound),
)
async def list_report_runs(
    report_id: Short,
    caller: Reader,
    uow: UnitOfWork,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> object:
    """What became of each sending, newest first."""
    report = await keeping.own(uow, report_id, caller)
    return await SavedReports(uow).runs(report.id, limit=limit)


@router.get(
    "/recipients",
    operation_id="list_report_recipients",
    response_model=list[RecipientOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_report_recipients(caller: Reader, uow: UnitOfWork) -> object:
    """The people whom the caller may send reports to."""
    return [
        RecipientOut(id=user.id, name=user.name, has_address=bool(user.email))
        for user in await keeping.possible_recipients(uow, caller)
    ]
