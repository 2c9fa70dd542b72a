"""HTTP for keeping recordings: legal hold, its end, and deletion. Each goes into the audit."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.recordings import keeping
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.errors import RecordingHeld, RecordingNotFound
from lianxi.modules.recordings.scope import seen

router = APIRouter(prefix="/records", tags=["recordings"])

Keeper = Annotated[Caller, needs(Permission.RECORDS_READ, Permission.RECORDS_KEEP)]
Folders = Annotated[RecordingFolders, provided(RecordingFolders)]
Short = Annotated[str, StringConstraints(max_length=80)]


class WhyIn(BaseModel):
    """In a person's own words."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


@router.post(
    "/{contact}/recording/hold",
    operation_id="hold_recording",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound),
)
async def hold_recording(
    contact: Short, body: WhyIn, caller: Keeper, uow: UnitOfWork, now: Now
) -> Response:
    """Keep this recording, whatever its queue says."""
    found = await seen(uow, contact, caller)
    await keeping.hold(uow, found, by=caller, why=body.reason, at=now)
    return Response(status_code=204)


@router.post(
    "/{contact}/recording/release",
    operation_id="release_recording",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound),
)
async def release_recording(
    contact: Short, body: WhyIn, caller: Keeper, uow: UnitOfWork, now: Now
) -> Response:
    """End the hold: the queue's time counts again."""
    found = await seen(uow, contact, caller)
    await keeping.release(uow, found, by=caller, why=body.reason, at=now)
    return Response(status_code=204)


@router.post(
    "/{contact}/recording/delete",
    operation_id="delete_recording",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound, RecordingHeld),
)
async def delete_recording(
    contact: Short, body: WhyIn, caller: Keeper, uow: UnitOfWork, folders: Folders, now: Now
) -> Response:
    """Delete sound and key for good. What it was and who deleted it is kept."""
    found = await seen(uow, contact, caller)
    await keeping.delete(uow, found, folders, by=caller, why=body.reason, at=now)
    return Response(status_code=204)
