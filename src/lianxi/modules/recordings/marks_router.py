"""HTTP for marks in recordings, for those who may play them. Each change goes into the audit."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.recordings import marking
from lianxi.modules.recordings.errors import (
    MarkNotFound,
    MarkOutside,
    RecordingNotFound,
    RecordingNotReady,
)
from lianxi.modules.recordings.scope import seen

router = APIRouter(prefix="/records", tags=["recordings"])

Listener = Annotated[Caller, needs(Permission.RECORDS_READ, Permission.RECORDS_PLAY)]
Short = Annotated[str, StringConstraints(max_length=80)]


class MarkIn(BaseModel):
    """A moment, in milliseconds from the beginning, and a word why."""

    model_config = ConfigDict(extra="forbid")

    offset_ms: Annotated[int, Field(ge=0, le=86_400_000)]
    text: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class MarkOut(BaseModel):
    """A mark: where, why, who, when."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    offset_ms: int
    text: str
    by: str
    by_id: str
    at: int


@router.get(
    "/{contact}/marks",
    operation_id="list_marks",
    response_model=list[MarkOut],
    responses=refusals(NotSignedIn, Forbidden, RecordingNotFound),
)
async def list_marks(contact: Short, caller: Listener, uow: UnitOfWork) -> object:
    """List the marks of a recording, by their place in it."""
    return await marking.marks(uow, await seen(uow, contact, caller))


@router.post(
    "/{contact}/marks",
    operation_id="add_mark",
    status_code=201,
    response_model=MarkOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound, RecordingNotReady, MarkOutside
    ),
)
async def add_mark(
    contact: Short, body: MarkIn, caller: Listener, uow: UnitOfWork, now: Now
) -> object:
    """Mark a moment for others to hear."""
    found = await seen(uow, contact, caller)
    return await marking.add(
        uow, found, offset_ms=body.offset_ms, text=body.text, by=caller, at=now
    )


@router.delete(
    "/{contact}/marks/{mark}",
    operation_id="remove_mark",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound, MarkNotFound),
)
async def remove_mark(
    contact: Short, mark: Short, caller: Listener, uow: UnitOfWork, now: Now
) -> Response:
    """Take a mark away: one's own, or anybody's for those who see all records."""
    await marking.remove(uow, await seen(uow, contact, caller), mark, by=caller, at=now)
    return Response(status_code=204)
