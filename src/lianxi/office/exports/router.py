"""HTTP for exports: ask for one, see how far it is, fetch its file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, signed_in
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.office.exports import facade
from lianxi.office.exports.contracts import ExportFormat, ExportLanguage, ExportState, Sources
from lianxi.office.exports.errors import (
    ExportFailed,
    ExportFilterInvalid,
    ExportGone,
    ExportKindUnknown,
    ExportNotFound,
    ExportNotReady,
    ExportReasonMissing,
    TooManyExports,
)

router = APIRouter(prefix="/exports", tags=["exports"])


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """Where the files lie."""

    path: Path


Anybody = Annotated[Caller, signed_in(keys=True)]
SourcesPart = Annotated[Sources, provided(Sources)]
FolderPart = Annotated[ExportFolder, provided(ExportFolder)]
Short = Annotated[str, StringConstraints(max_length=60)]

MEDIA = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportIn(BaseModel):
    """A list to be written to a file."""

    model_config = ConfigDict(extra="forbid")

    kind: Short
    """`records`, `missed`, `audit`, `customers`, `cases`, `case-callbacks` or `survey-results`;
    short lists are fetched at once (`/lists`)."""
    format: ExportFormat = ExportFormat.CSV
    language: ExportLanguage = ExportLanguage.ZH
    filter: dict[str, Any] = {}
    """The parameters of the list, by the same names; no cursor and no limit."""
    unmasked: bool = False
    """Numbers in full: needs the permission to see them, and a reason."""
    reason: Annotated[str, StringConstraints(max_length=200)] = ""


class ExportOut(BaseModel):
    """An export and how far it is."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    kind: str
    format: ExportFormat
    language: ExportLanguage
    filter: dict[str, Any]
    unmasked: bool
    asked_at: int
    state: ExportState
    rows_done: int
    rows_total: int | None
    ended_at: int | None
    error: str | None
    file_name: str | None
    bytes: int | None
    file_until: int | None


@router.post(
    "",
    operation_id="ask_export",
    status_code=202,
    response_model=ExportOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, ExportKindUnknown, ExportFilterInvalid,
        ExportReasonMissing, TooManyExports,
    ),
)  # fmt: skip
async def ask_export(
    body: ExportIn, caller: Anybody, uow: UnitOfWork, sources: SourcesPart, now: Now
) -> object:
    """Have a list written to a file by the worker; each list needs its own permissions."""
    asked = facade.Asked(
        kind=body.kind,
        format=body.format,
        language=body.language,
        filter=body.filter,
        unmasked=body.unmasked,
        reason=body.reason,
    )
    return await facade.ask(uow, asked, sources, by=caller, at=now)


@router.get(
    "",
    operation_id="list_exports",
    response_model=list[ExportOut],
    responses=refusals(NotSignedIn),
)
async def list_exports(caller: Anybody, uow: UnitOfWork) -> object:
    """The caller's newest exports."""
    return await facade.of(uow, caller)


@router.get(
    "/{export}",
    operation_id="read_export",
    response_model=ExportOut,
    responses=refusals(NotSignedIn, ExportNotFound),
)
async def read_export(export: Short, caller: Anybody, uow: UnitOfWork) -> object:
    """How far one of the caller's is."""
    return await facade.one(uow, export, caller)


@router.get(
    "/{export}/file",
    operation_id="download_export",
    response_class=FileResponse,
    responses=refusals(
        NotSignedIn, Forbidden, ExportNotFound, ExportNotReady, ExportFailed, ExportGone
    ),
)
async def download_export(
    export: Short,
    caller: Anybody,
    uow: UnitOfWork,
    sources: SourcesPart,
    folder: FolderPart,
    now: Now,
) -> FileResponse:
    """The file, for whoever asked for it and may still see the list. Goes into the audit."""
    job, path = await facade.download(uow, export, sources, folder.path, by=caller, at=now)
    return FileResponse(path, media_type=MEDIA[job.format], filename=job.file_name)


@router.delete(
    "/{export}",
    operation_id="cancel_export",
    status_code=204,
    responses=refusals(NotSignedIn, CsrfRefused, ExportNotFound),
)
async def cancel_export(export: Short, caller: Anybody, uow: UnitOfWork, now: Now) -> Response:
    """Stop one that is being made, or give up the file of one that is done."""
    await facade.cancel(uow, export, by=caller, at=now)
    return Response(status_code=204)
