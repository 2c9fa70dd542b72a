"""HTTP for what the chain runs by: its deadlines, and the sheet of the six contents."""

from typing import Annotated

from fastapi import APIRouter, Query

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.warnings import errors, facade, setting_up
from lianxi.modules.warnings.presets import SHEET
from lianxi.modules.warnings.sheet_shapes import WarningSheetOut
from lianxi.office.deadlines.errors import DeadlineChanged, DeadlineRefused
from lianxi.office.deadlines.shapes import DeadlineVersionIn, DeadlineVersionOut
from lianxi.office.form.errors import FormChanged, FormNotFound, FormRefused
from lianxi.office.form.shapes import FormIn

router = APIRouter(tags=["warnings"])

Reader = Annotated[Caller, needs(Permission.CASES_READ)]
Editor = Annotated[Caller, needs(Permission.CASES_EDIT)]


@router.get(
    "/warning-deadlines",
    operation_id="list_warning_deadlines",
    response_model=list[DeadlineVersionOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_warning_deadlines(caller: Reader, uow: UnitOfWork, now: Now) -> object:
    """Every version of every deadline of the chain, in its order, oldest version first."""
    return [DeadlineVersionOut.of(rule) for rule in await setting_up.every_deadline(uow, now)]


@router.put(
    "/warning-deadlines",
    operation_id="put_warning_deadline",
    response_model=DeadlineVersionOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.WarningSetupInvalid, DeadlineRefused,
        DeadlineChanged,
    ),
)  # fmt: skip
async def put_warning_deadline(
    body: DeadlineVersionIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Set a deadline of the chain from a moment on; clocks that run keep what they have."""
    made = await setting_up.put_deadline(uow, body.made(now), after=body.after, by=caller, at=now)
    return DeadlineVersionOut.of(made)


@router.get(
    "/warnings/sheet",
    operation_id="get_warning_sheet",
    response_model=WarningSheetOut,
    responses=refusals(NotSignedIn, Forbidden, FormNotFound),
)
async def get_warning_sheet(
    caller: Reader, uow: UnitOfWork, now: Now, version: Annotated[int | None, Query(ge=1)] = None
) -> object:
    """The sheet with its six contents: the one in force, or the version a round was filled in
    with."""
    return WarningSheetOut.of(await facade.sheet(uow, now, version))


@router.get(
    "/warnings/sheet/versions",
    operation_id="list_warning_sheet_versions",
    response_model=list[WarningSheetOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_warning_sheet_versions(caller: Reader, uow: UnitOfWork, now: Now) -> object:
    """Every version of the sheet, newest first: a round is read by its own."""
    return [WarningSheetOut.of(form) for form in await setting_up.every_sheet(uow, now)]


@router.put(
    "/warnings/sheet",
    operation_id="publish_warning_sheet",
    response_model=WarningSheetOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.SheetContentsMissing, FormRefused, FormChanged
    ),
)
async def publish_warning_sheet(body: FormIn, caller: Editor, uow: UnitOfWork, now: Now) -> object:
    """Put a new version of the sheet in force; its six contents stay."""
    made = await setting_up.publish_sheet(
        uow, body.made(SHEET.kind), after=body.after, by=caller, at=now
    )
    return WarningSheetOut.of(made)
