"""HTTP for files of work orders: listed, added, opened, removed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.cases import file_errors, files, looking
from lianxi.modules.cases.contracts import Case
from lianxi.modules.cases.errors import CaseNotFound
from lianxi.modules.cases.file_kinds import SHOWN_IN_PLACE
from lianxi.modules.cases.files import CaseFolder
from lianxi.modules.cases.files_repository import CaseFile

router = APIRouter(prefix="/case-files", tags=["cases"])

Reader = Annotated[Caller, needs(Permission.CASES_READ)]
FolderPart = Annotated[CaseFolder, provided(CaseFolder)]
Short = Annotated[str, StringConstraints(max_length=80)]
FileName = Annotated[str, Query(min_length=1, max_length=300)]
Reason = Annotated[str, Query(max_length=200)]

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_SEEN = (NotSignedIn, Forbidden, CaseNotFound)


class CaseFileOut(BaseModel):
    """A file of a work order; `kind` is its media type, `removable` whether the caller may remove
    it now."""

    id: str
    name: str
    kind: str
    bytes: int
    sha256: str
    at: int
    by: str | None
    by_name: str
    removable: bool

    @classmethod
    def of(cls, file: CaseFile, case: Case, caller: Caller) -> "CaseFileOut":
        """A file as this person sees it."""
        facts = {name: getattr(file, name) for name in cls.model_fields if name != "removable"}
        return cls(removable=files.is_removable(file, case, caller), **facts)


@router.get(
    "/{case_id}",
    operation_id="list_case_files",
    response_model=list[CaseFileOut],
    responses=refusals(*_SEEN),
)
async def list_case_files(case_id: Short, caller: Reader, uow: UnitOfWork) -> object:
    """The files of a work order, oldest first."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    return [CaseFileOut.of(file, case, caller) for file in await files.of(uow, case)]


@router.post(
    "/{case_id}",
    operation_id="add_case_file",
    status_code=201,
    response_model=CaseFileOut,
    responses=refusals(
        *_SEEN, CsrfRefused, file_errors.CaseFileFrozen, file_errors.CaseFileEmpty,
        file_errors.CaseFileKindRefused, file_errors.TooManyCaseFiles,
    ),
    openapi_extra=_BODY,
)  # fmt: skip
async def add_case_file(
    case_id: Short,
    request: Request,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    folder: FolderPart,
    name: FileName,
) -> object:
    """Add a file to a work order that is not closed: documents, pictures, sound and film, 20 MB
    and 50 of them at most; the file is the body."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    content = await request.body()
    file = await files.add(uow, folder, case, name, content, by=caller, at=now)
    return CaseFileOut.of(file, case, caller)


@router.get(
    "/{case_id}/{file_id}",
    operation_id="open_case_file",
    response_class=FileResponse,
    responses=refusals(*_SEEN, file_errors.CaseFileNotFound),
)
async def open_case_file(
    case_id: Short,
    file_id: Short,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    folder: FolderPart,
    inline: bool = False,
) -> FileResponse:
    """A file of a work order; pictures and PDF may be shown in place. Goes into the audit."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    file, path = await files.opened(uow, folder, case, file_id, by=caller, at=now)
    in_place = inline and file.kind in SHOWN_IN_PLACE
    return FileResponse(
        path,
        media_type=file.kind,
        filename=file.name,
        content_disposition_type="inline" if in_place else "attachment",
    )


@router.delete(
    "/{case_id}/{file_id}",
    operation_id="remove_case_file",
    status_code=204,
    responses=refusals(
        *_SEEN, CsrfRefused, file_errors.CaseFileNotFound, file_errors.CaseFileNotYours,
        file_errors.CaseFileFrozen,
    ),
)  # fmt: skip
async def remove_case_file(
    case_id: Short,
    file_id: Short,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    folder: FolderPart,
    reason: Reason = "",
) -> Response:
    """Remove a file: who added it, or a supervisor; that it was there stays in the story."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    await files.remove(uow, folder, case, file_id, reason=reason.strip(), by=caller, at=now)
    return Response(status_code=204)
