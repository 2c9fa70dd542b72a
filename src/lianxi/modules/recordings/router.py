"""HTTP for recordings: play, download, the picture. Listening goes into the audit."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.errors import (
    RecordingLost,
    RecordingNotFound,
    RecordingNotReady,
)
from lianxi.modules.recordings.listening import Listening
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.projections.visibility import may_see

router = APIRouter(prefix="/records", tags=["recordings"])

Listener = Annotated[Caller, needs(Permission.RECORDS_READ, Permission.RECORDS_PLAY)]
Folders = Annotated[RecordingFolders, provided(RecordingFolders)]
Short = Annotated[str, StringConstraints(max_length=80)]

LISTENING = Listening()


class PeaksOut(BaseModel):
    """Loudest samples from 0 to 1: first the customer's channel, then what the customer heard."""

    duration_ms: int
    channels: list[list[float]]


async def _within_scope(session: AsyncSession, contact: ContactId, caller: Caller) -> None:
    if not await may_see(session, contact, caller.scope, agent=caller.agent, team=caller.team):
        raise RecordingNotFound(contact=contact)


@router.get(
    "/{contact}/recording",
    operation_id="play_recording",
    response_class=FileResponse,
    responses={
        200: {"content": {"audio/wav": {}}, "description": "The sound, whole or by ranges."},
        **refusals(NotSignedIn, Forbidden, RecordingNotFound, RecordingNotReady, RecordingLost),
    },
)
async def play_recording(
    contact: Short,
    caller: Listener,
    uow: UnitOfWork,
    folders: Folders,
    now: Now,
    download: Annotated[bool, Query()] = False,
) -> FileResponse:
    """The sound as WAV, for a player or, with its own permission, to keep. Ranges are served."""
    if download and not caller.may(Permission.RECORDS_DOWNLOAD):
        raise Forbidden(permission=Permission.RECORDS_DOWNLOAD.value)
    contact_id = ContactId(contact)
    await _within_scope(uow, contact_id, caller)
    view = await facade.ready(uow, contact_id)
    assert view.path is not None
    path = folders.wav / view.path
    if not await asyncio.to_thread(path.is_file):
        raise RecordingLost(contact=contact_id)
    await _note(uow, contact_id, caller, now, download=download)
    return FileResponse(
        path,
        media_type="audio/wav",
        filename=f"{contact_id}.wav" if download else None,
        headers={"Cache-Control": "private, no-store"},
    )


async def _note(
    session: AsyncSession,
    contact: ContactId,
    caller: Caller,
    at: Instant,
    *,
    download: bool,
) -> None:
    """One row per listening, not one per range that a player asks for."""
    act = Act.RECORDING_DOWNLOADED if download else Act.RECORDING_PLAYED
    if download or LISTENING.is_new(caller.session, contact, at):
        await audit(session, at=at, who=caller, act=act, object=f"recording:{contact}")


@router.get(
    "/{contact}/peaks",
    operation_id="read_peaks",
    response_model=PeaksOut,
    responses=refusals(NotSignedIn, Forbidden, RecordingNotFound, RecordingNotReady),
)
async def read_peaks(contact: Short, caller: Listener, uow: UnitOfWork) -> object:
    """The picture of the sound, made when the recording was made."""
    contact_id = ContactId(contact)
    await _within_scope(uow, contact_id, caller)
    found = await facade.peaks(uow, contact_id)
    return PeaksOut(duration_ms=found.duration_ms, channels=found.channels)
