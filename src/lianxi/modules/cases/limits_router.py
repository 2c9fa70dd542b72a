"""HTTP for deadlines and forms of work orders: versions, and trying one before it is set."""

from typing import Annotated

from fastapi import APIRouter, Path

from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.kernel.time import Instant
from lianxi.modules.cases import errors, setting_up
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.setup_router import Editor, Reader
from lianxi.modules.cases.setup_shapes import (
    CaseDeadlineIn,
    CaseDeadlineOut,
    DeadlineTryIn,
    DeadlineTryOut,
    Name,
)
from lianxi.office.calendar import rules as calendars
from lianxi.office.calendar.contracts import Deadline
from lianxi.office.calendar.errors import CalendarNeverOpens
from lianxi.office.clock.contracts import Stretch
from lianxi.office.clock.rules import marked
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import WARNINGS, DeadlineRule
from lianxi.office.deadlines.errors import DeadlineChanged, DeadlineRefused
from lianxi.office.deadlines.rules import require_sound
from lianxi.office.form import facade as forms
from lianxi.office.form import rules as form_rules
from lianxi.office.form.errors import FormChanged, FormNotFound, FormRefused
from lianxi.office.form.shapes import FormCheckIn, FormFault, FormIn, FormVersionOut

router = APIRouter(tags=["case setup"])

OrdersPart = Annotated[Orders, provided(Orders)]


@router.get(
    "/case-deadlines",
    operation_id="list_case_deadlines",
    response_model=list[CaseDeadlineOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_case_deadlines(caller: Reader, uow: UnitOfWork) -> object:
    """Every version of every deadline of work orders, oldest version first."""
    return [CaseDeadlineOut.of(rule) for rule in await deadlines.every(uow, "wo.")]


@router.put(
    "/case-deadlines",
    operation_id="put_case_deadline",
    response_model=CaseDeadlineOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupInvalid, errors.CaseTypeNotFound,
        DeadlineRefused, DeadlineChanged,
    ),
)  # fmt: skip
async def put_case_deadline(
    body: CaseDeadlineIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Set a deadline from a moment on; clocks that run keep what they were started with."""
    made = await setting_up.put_deadline(uow, body.made(now), after=body.after, by=caller, at=now)
    return CaseDeadlineOut.of(made)


@router.post(
    "/case-deadlines/try",
    operation_id="try_case_deadline",
    response_model=DeadlineTryOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupInvalid, CalendarNeverOpens,
        DeadlineRefused,
    ),
)  # fmt: skip
async def try_case_deadline(
    body: DeadlineTryIn, caller: Editor, uow: UnitOfWork, orders: OrdersPart
) -> object:
    """When a deadline would fall that begins at a moment, before anybody sets it."""
    start = Instant(body.start)
    require_sound(
        DeadlineRule(
            code="wo.resolve", effective_at=start, target=body.target, unit=body.unit,
            calendar=body.calendar,
        )
    )  # fmt: skip
    if body.target == 0:
        raise DeadlineRefused(target=0)
    await setting_up.require_calendar(uow, body.calendar)
    calendar = await orders.calendar(uow, body.calendar)
    calendars.require_open(calendar, start)
    whole = Deadline(target=body.target, unit=body.unit, calendar=calendar)
    due_at = calendars.due(whole, start)
    began = [Stretch(since=start, until=None)]
    half, most = marked(whole, WARNINGS, began)
    assert half is not None
    assert most is not None
    return DeadlineTryOut(
        due_at=due_at,
        half_at=half,
        most_at=most,
        is_provisional=calendars.is_provisional(whole, due_at),
    )


@router.get(
    "/case-forms",
    operation_id="list_case_forms",
    response_model=list[FormVersionOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_case_forms(caller: Reader, uow: UnitOfWork) -> object:
    """The version in force of every form of work orders."""
    return [FormVersionOut.of(form) for form in await forms.forms(uow, setting_up.FORMS)]


@router.get(
    "/case-forms/{kind}/versions",
    operation_id="list_case_form_versions",
    response_model=list[FormVersionOut],
    responses=refusals(NotSignedIn, Forbidden, FormNotFound),
)
async def list_case_form_versions(
    kind: Annotated[Name, Path()], caller: Reader, uow: UnitOfWork
) -> object:
    """Every version of a form, newest first: an old work order is read by its own."""
    found = await forms.versions(uow, kind) if kind.startswith(setting_up.FORMS) else []
    if not found:
        raise FormNotFound(form=kind)
    return [FormVersionOut.of(form) for form in found]


@router.put(
    "/case-forms/{kind}",
    operation_id="publish_case_form",
    response_model=FormVersionOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupInvalid, FormRefused, FormChanged
    ),
)
async def publish_case_form(
    kind: Annotated[Name, Path()], body: FormIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Put a new version of a form in force; work orders keep the version they were made with."""
    made = await setting_up.publish_form(uow, body.made(kind), after=body.after, by=caller, at=now)
    return FormVersionOut.of(made)


@router.post(
    "/case-forms/check",
    operation_id="check_case_form",
    response_model=list[FormFault],
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused),
)
async def check_case_form(body: FormCheckIn, caller: Editor) -> object:
    """What is wrong with a form that is being written, and with answers to it; nothing is kept."""
    form = body.form.made("case.check")
    found = form_rules.flaws(form)
    if not found and body.answers is not None:
        found = form_rules.validate(form, body.answers)
    return [FormFault.of(fault) for fault in found]
