"""HTTP for lists of customers: the template, bringing one, what becomes of it, taking it in."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.modules.customers import errors, importing
from lianxi.modules.customers.imports import (
    CellFlaw,
    ImportJob,
    ImportMode,
    ImportState,
    LineOutcome,
)
from lianxi.modules.customers.list_form import FORM
from lianxi.office.imports import sheet
from lianxi.office.imports.errors import ListHasErrors, ListUnreadable

router = APIRouter(prefix="/customers/imports", tags=["customers"])

Bringer = Annotated[Caller, needs(Permission.CUSTOMERS_IMPORT)]
Key = Annotated[str, StringConstraints(max_length=40)]
FileName = Annotated[str, Query(max_length=200)]

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CustomerImportOut(_Out):
    """A list and how far it is; `of` null = its lines are not counted yet, `error` = the code of
    what stopped it."""

    id: str
    file_name: str
    mode: ImportMode
    only_good: bool
    state: ImportState
    done: int
    of: int | None
    new: int
    changed: int
    same: int
    skipped: int
    wrong: int
    asked_by_name: str
    asked_at: int
    ended_at: int | None
    error: str | None

    @classmethod
    def of_job(cls, job: ImportJob) -> "CustomerImportOut":
        """A list as it stands."""
        counts = {name: getattr(job.counts, name) for name in type(job.counts).__slots__}
        names = (name for name in cls.model_fields if name not in counts)
        return cls(**counts, **{name: getattr(job, name) for name in names})


class CustomerImportProblemOut(_Out):
    """What is wrong with a cell."""

    column: str
    flaw: CellFlaw
    given: str


class CustomerImportLineOut(_Out):
    """What becomes of a line; its number is masked."""

    line: int
    name: str
    number: str
    certificate: str
    what: LineOutcome
    customer: str | None
    changes: list[str]
    problems: list[CustomerImportProblemOut]


class CustomerImportTakeIn(BaseModel):
    """Whether lines that are wrong are left out; otherwise one of them stops all."""

    model_config = ConfigDict(extra="forbid")

    only_good: bool = False


@router.get(
    "/template",
    operation_id="get_customer_template",
    response_class=Response,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_customer_template(
    caller: Bringer, format: Literal["xlsx", "csv"] = "xlsx", language: Literal["zh", "en"] = "zh"
) -> Response:
    """An empty list with its headings."""
    make = sheet.template_xlsx if format == "xlsx" else sheet.template_csv
    content = await asyncio.to_thread(make, FORM, in_english=language == "en")
    headers = {"Content-Disposition": f'attachment; filename="customers.{format}"'}
    return Response(content, media_type=_KINDS[format], headers=headers)


@router.post(
    "",
    operation_id="bring_customer_list",
    status_code=202,
    response_model=CustomerImportOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, ListUnreadable, errors.TooManyImports),
    openapi_extra=_BODY,
)
async def bring_customer_list(
    request: Request,
    caller: Bringer,
    uow: UnitOfWork,
    now: Now,
    mode: ImportMode = ImportMode.UPDATE,
    file_name: FileName = "",
) -> object:
    """Have a list (XLSX or CSV, the file as the body) checked line by line by the worker; nothing
    of it is stored among the customers."""
    content = await request.body()
    job = await importing.bring(
        uow, content, file_name=file_name.strip(), mode=mode, by=caller, at=now
    )
    return CustomerImportOut.of_job(job)


@router.get(
    "",
    operation_id="list_customer_lists",
    response_model=list[CustomerImportOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_customer_lists(caller: Bringer, uow: UnitOfWork) -> object:
    """The caller's newest lists."""
    return [CustomerImportOut.of_job(job) for job in await importing.of(uow, caller)]


@router.get(
    "/{import_id}",
    operation_id="get_customer_list",
    response_model=CustomerImportOut,
    responses=refusals(NotSignedIn, Forbidden, errors.CustomerImportNotFound),
)
async def get_customer_list(import_id: Key, caller: Bringer, uow: UnitOfWork) -> object:
    """How far one of the caller's is."""
    return CustomerImportOut.of_job(await importing.one(uow, import_id, caller))


@router.get(
    "/{import_id}/lines",
    operation_id="list_customer_list_lines",
    response_model=Page[CustomerImportLineOut],
    responses=refusals(
        NotSignedIn, Forbidden, CursorInvalid, errors.CustomerImportNotFound,
        errors.CustomerImportNotReady,
    ),
)  # fmt: skip
async def list_customer_list_lines(
    import_id: Key,
    caller: Bringer,
    uow: UnitOfWork,
    what: LineOutcome | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """What becomes of each line, or became of it, in the order of the list."""
    after = 0 if cursor is None else int(decode_cursor(cursor, int)[0])
    found = await importing.lines(uow, import_id, caller, what=what, after=after, limit=limit + 1)
    page = found[:limit]
    return {"items": page, "next": encode_cursor(page[-1].line) if len(found) > limit else None}


@router.post(
    "/{import_id}/take",
    operation_id="take_customer_list",
    status_code=202,
    response_model=CustomerImportOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CustomerImportNotFound,
        errors.CustomerImportNotReady, ListHasErrors,
    ),
)  # fmt: skip
async def take_customer_list(
    import_id: Key, body: CustomerImportTakeIn, caller: Bringer, uow: UnitOfWork, now: Now
) -> object:
    """Have a list stored that was checked: everything, or nothing. The same list again changes
    nothing."""
    job = await importing.take(uow, import_id, only_good=body.only_good, by=caller, at=now)
    return CustomerImportOut.of_job(job)


@router.delete(
    "/{import_id}",
    operation_id="drop_customer_list",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, errors.CustomerImportNotFound),
)
async def drop_customer_list(
    import_id: Key, caller: Bringer, uow: UnitOfWork, now: Now
) -> Response:
    """Stop a list that is not done, and forget its file; customers that are stored stay."""
    await importing.give_up(uow, import_id, by=caller, at=now)
    return Response(status_code=204)
