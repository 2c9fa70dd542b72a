"""HTTP of faxes that are sent: a document goes to a number, is listed, read again, stopped."""

from hashlib import sha256
from typing import Annotated, Any
from uuid import uuid4

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.calling import SPACING
from lianxi.api.calling_errors import NumberBlocked, OutsideHours
from lianxi.api.desk import SwitchboardPart
from lianxi.api.fax_errors import FaxNotFound, FaxOver, FaxUnreadable
from lianxi.api.floor_errors import QueueUnknown
from lianxi.api.party_errors import NumberInvalid
from lianxi.engine.messages.fax import FaxSendAsked, FaxSendStopped
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKey, IdempotencyKeyInvalid, intention
from lianxi.http.permissions import Permission, Scope
from lianxi.journal.inbox import SwitchboardSilent
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import ContactId, FaxId, QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, faxes, playing
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.errors import (
    RecordingLost,
    RecordingNotFound,
    RecordingNotReady,
    RecordingUnreadable,
)
from lianxi.modules.recordings.fax_pages import NotADocument
from lianxi.modules.recordings.fax_router import PDF, answer
from lianxi.modules.recordings.scope import may_open, seen
from lianxi.modules.recordings.sent_repository import SentFaxRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.fax_models import FactFax, FaxState

router = APIRouter(prefix="/faxes", tags=["faxes"])

Sender = Annotated[Caller, needs(Permission.DESK_USE)]
Folders = Annotated[RecordingFolders, provided(RecordingFolders)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Short = Annotated[str, StringConstraints(max_length=80)]

_PDF_BODY: dict[str, Any] = {
    "requestBody": {
        "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
        "required": False,
    }
}
MOST_LISTED = 200

COMMON: tuple[type[Rejection], ...] = (NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid)


class SentFax(BaseModel):
    """A document on its way, or one that was."""

    fax: FaxId
    contact: ContactId
    queue: QueueId | None
    number: str
    by: str
    pages: int
    state: FaxState
    attempts: int
    confirmed: int
    cause: str
    mode: str
    again_at: Instant | None
    asked_at: Instant
    ended_at: Instant | None


class FaxOut(BaseModel):
    """The sending that was begun."""

    fax: FaxId
    pages: int


@router.post(
    "",
    operation_id="send_fax",
    status_code=201,
    responses=refusals(
        *COMMON, FaxUnreadable, NumberInvalid, NumberBlocked, OutsideHours, QueueUnknown,
        RecordingNotFound, RecordingNotReady, RecordingLost, RecordingUnreadable,
    ),
    openapi_extra=_PDF_BODY,
)  # fmt: skip
async def send_fax(
    number: Annotated[Number, Query()],
    request: Request,
    caller: Sender,
    switchboard: SwitchboardPart,
    uow: UnitOfWork,
    folders: Folders,
    now: Now,
    queue: Annotated[QueueId | None, Query()] = None,
    contact: Annotated[Short, Query(description="The contact it belongs to.")] = "",
    stored: Annotated[Short, Query(description="Send on the fax of this contact.")] = "",
    key: IdempotencyKey = None,
) -> FaxOut:
    """Send a PDF as a fax: the one in the body, or a fax that came in. It is tried again by the
    centre's rule; what becomes of it is in the list and in the contact's story."""
    wish = intention(caller, request, key)
    fax = _fax_of(wish)
    if (kept := await faxes.pages_kept(uow, fax)) is not None:
        return FaxOut(fax=fax, pages=kept)
    if contact:
        await seen(uow, contact, caller)
    document = await _stored(uow, folders, stored, caller) if stored else await request.body()
    try:
        pages = await faxes.keep_sent(uow, fax, document, folders, queue=queue, at=now)
    except NotADocument as error:
        raise FaxUnreadable from error
    dialled = number.translate(SPACING)
    facts: dict[str, object] = {"number": mask(dialled), "pages": pages, "contact": contact}
    await audit.record(uow, at=now, who=caller, act=Act.FAX_SENT, object=f"fax:{fax}", facts=facts)
    await uow.flush()
    given = FaxSendAsked(
        at=now, fax=fax, number=dialled, document=faxes.sent_file(fax), pages=pages, by=caller.name,
        queue=queue, about=ContactId(contact) if contact else None,
    )  # fmt: skip
    try:
        await switchboard.ask(given, wish)
    except SwitchboardSilent:
        raise  # perhaps it is sent all the same: its pages have to be there
    except Rejection:
        await faxes.forget_sent(uow, fax, folders)
        raise
    return FaxOut(fax=fax, pages=pages)


@router.get(
    "/sent",
    operation_id="list_sent_faxes",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_sent_faxes(caller: Sender, uow: UnitOfWork) -> list[SentFax]:
    """List the newest faxes that are sent: the own ones, or everybody's for who sees all."""
    by = None if caller.scope is Scope.ALL else caller.name
    rows = await SentFaxRepository(uow).newest(by=by, limit=MOST_LISTED)
    return [_shown(row) for row in rows]


@router.get(
    "/sent/{fax}/document",
    operation_id="read_sent_fax",
    response_class=StreamingResponse,
    responses={
        200: {"content": {PDF: {}}, "description": "The document as it was given."},
        **refusals(
            NotSignedIn, Forbidden, FaxNotFound, RecordingNotFound, RecordingLost,
            RecordingUnreadable,
        ),
    },
)  # fmt: skip
async def read_sent_fax(
    fax: Short, caller: Sender, uow: UnitOfWork, folders: Folders, now: Now
) -> Response:
    """A document that was sent. Each reading goes into the audit."""
    row = await _own(uow, FaxId(fax), caller)
    view = await faxes.sent_document(uow, row.fax)
    document = await playing.opened(view, folders)
    facts: dict[str, object] = {"sha256": view.sha256, "pages": view.pages}
    await audit.record(
        uow, at=now, who=caller, act=Act.FAX_READ, object=f"fax:{row.fax}", facts=facts
    )
    return answer(document, f"fax-{row.fax}.pdf", download=False)


@router.post(
    "/sent/{fax}/stop",
    operation_id="stop_fax",
    status_code=204,
    responses=refusals(*COMMON, FaxNotFound, FaxOver),
)
async def stop_fax(
    fax: Short, caller: Sender, switchboard: SwitchboardPart, uow: UnitOfWork, now: Now
) -> Response:
    """Send it no more, and do not try again."""
    row = await _own(uow, FaxId(fax), caller)
    await audit.record(
        uow, at=now, who=caller, act=Act.FAX_STOPPED, object=f"fax:{row.fax}", facts={}
    )
    await uow.flush()
    await switchboard.ask(FaxSendStopped(at=now, fax=row.fax, by=caller.name))
    return Response(status_code=204)


async def _own(uow: AsyncSession, fax: FaxId, caller: Caller) -> FactFax:
    row = await SentFaxRepository(uow).row(fax)
    if row is None or (caller.scope is not Scope.ALL and row.by != caller.name):
        raise FaxNotFound
    return row


def _fax_of(wish: str | None) -> FaxId:
    """The id of a sending; the same for the same wish."""
    return FaxId(f"fx{sha256(wish.encode()).hexdigest() if wish else uuid4().hex:.16}")


async def _stored(
    uow: AsyncSession, folders: RecordingFolders, contact: str, caller: Caller
) -> bytes:
    found = await seen(uow, contact, caller)
    await may_open(uow, found, caller)
    view = await facade.document(uow, found)
    return b"".join((await playing.opened(view, folders)).read())


def _shown(row: FactFax) -> SentFax:
    return SentFax(**{name: getattr(row, name) for name in SentFax.model_fields})
