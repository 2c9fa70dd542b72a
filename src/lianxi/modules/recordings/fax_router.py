"""HTTP for faxes that came in: the document, for who took it or may play recordings."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.recordings import facade, playing
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.errors import (
    RecordingLost,
    RecordingNotFound,
    RecordingNotReady,
    RecordingUnreadable,
)
from lianxi.modules.recordings.fax_pictures import NoSuchPage, page_as_png
from lianxi.modules.recordings.playing import Readable
from lianxi.modules.recordings.router import LISTENING
from lianxi.modules.recordings.scope import may_open, seen
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit

router = APIRouter(prefix="/faxes", tags=["faxes"])

Reader = Annotated[Caller, needs(Permission.RECORDS_READ)]
Folders = Annotated[RecordingFolders, provided(RecordingFolders)]
Short = Annotated[str, StringConstraints(max_length=80)]
Why = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]

PDF = "application/pdf"


@router.get(
    "/{contact}/document",
    operation_id="read_fax",
    response_class=StreamingResponse,
    responses={
        200: {"content": {PDF: {}}, "description": "All pages that came."},
        **refusals(
            NotSignedIn,
            Forbidden,
            RecordingNotFound,
            RecordingNotReady,
            RecordingLost,
            RecordingUnreadable,
        ),
    },
)
async def read_fax(
    contact: Short,
    caller: Reader,
    uow: UnitOfWork,
    folders: Folders,
    now: Now,
    download: Annotated[bool, Query()] = False,
    why: Annotated[Why, Query(description="Of a download: goes into the audit.")] = "",
) -> Response:
    """A fax that came in, as PDF. Each reading goes into the audit."""
    found = await seen(uow, contact, caller)
    view = await facade.document(uow, found)
    await may_open(uow, found, caller)
    if download and not caller.may(Permission.RECORDS_DOWNLOAD):
        raise Forbidden(permission=Permission.RECORDS_DOWNLOAD.value)
    document = await playing.opened(view, folders)
    await audit(
        uow,
        at=now,
        who=caller,
        act=Act.FAX_DOWNLOADED if download else Act.FAX_READ,
        object=f"fax:{found}",
        facts={"sha256": view.sha256, "pages": view.pages},
        reason=why,
    )
    day = datetime.fromtimestamp(now / 1000, tz=UTC).strftime("%Y%m%d")
    return answer(document, f"fax-{day}-{found}.pdf", download=download)


@router.get(
    "/{contact}/pages/{number}",
    operation_id="read_fax_page",
    response_class=Response,
    responses={
        200: {"content": {"image/png": {}}, "description": "The page, in shades of grey."},
        **refusals(
            NotSignedIn,
            Forbidden,
            RecordingNotFound,
            RecordingNotReady,
            RecordingLost,
            RecordingUnreadable,
        ),
    },
)
async def read_fax_page(
    contact: Short,
    number: Annotated[int, Path(ge=1, le=1000)],
    caller: Reader,
    uow: UnitOfWork,
    folders: Folders,
    now: Now,
) -> Response:
    """One page of a fax as a picture. Reading goes into the audit, once in ten minutes."""
    found = await seen(uow, contact, caller)
    view = await facade.document(uow, found)
    await may_open(uow, found, caller)
    document = await playing.opened(view, folders)
    try:
        picture = await asyncio.to_thread(lambda: page_as_png(b"".join(document.read()), number))
    except NoSuchPage as error:
        raise RecordingNotFound(contact=found, page=number) from error
    if LISTENING.is_new(caller.session, found, now):
        await audit(
            uow, at=now, who=caller, act=Act.FAX_READ, object=f"fax:{found}",
            facts={"sha256": view.sha256, "pages": view.pages},
        )  # fmt: skip
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return Response(picture, media_type="image/png", headers=headers)


def answer(document: Readable, name: str, *, download: bool) -> Response:
    """A document, to be shown or to be kept."""
    kind = "attachment" if download else "inline"
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Length": str(document.size),
        "Content-Disposition": f'{kind}; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return StreamingResponse(document.read(), media_type=PDF, headers=headers)
