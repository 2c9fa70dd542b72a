"""HTTP for recordings: play, download, the picture. Listening goes into the audit."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade, playing
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.errors import (
    RecordingLost,
    RecordingNotFound,
    RecordingNotReady,
    RecordingUnreadable,
)
from lianxi.modules.recordings.listening import Listening
from lianxi.modules.recordings.scope import seen
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit

router = APIRouter(prefix="/records", tags=["recordings"])

Listener = Annotated[Caller, needs(Permission.RECORDS_READ, Permission.RECORDS_PLAY)]
Folders = Annotated[RecordingFolders, provided(RecordingFolders)]
Short = Annotated[str, StringConstraints(max_length=80)]
Why = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]

LISTENING = Listening()


class PeaksOut(BaseModel):
    """Loudest samples from 0 to 1: first the customer's channel, then what the customer heard."""

    duration_ms: int
    channels: list[list[float]]


@router.get(
    "/{contact}/recording",
    operation_id="play_recording",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"audio/wav": {}}, "description": "The sound, whole or by ranges."},
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
async def play_recording(
    contact: Short,
    caller: Listener,
    uow: UnitOfWork,
    folders: Folders,
    now: Now,
    download: Annotated[bool, Query()] = False,
    why: Annotated[Why, Query(description="Of a download: goes into the audit and the file.")] = "",
    range_: Annotated[str, Header(alias="Range")] = "",
    if_range: Annotated[str, Header()] = "",
) -> Response:
    """The sound as WAV, for a player or, with its own permission, to keep. A player is served
    ranges; a copy to keep says inside who took it, when and why."""
    if download and not caller.may(Permission.RECORDS_DOWNLOAD):
        raise Forbidden(permission=Permission.RECORDS_DOWNLOAD.value)
    contact_id = await seen(uow, contact, caller)
    view = await facade.ready(uow, contact_id)
    found = await playing.opened(view, folders)
    await _note(uow, contact_id, caller, now, download=download, why=why, sha256=view.sha256)
    if not download:
        return playing.answer(
            found, asked=range_, only_if=if_range, mark=view.sha256 or f"{contact_id}-plain"
        )
    at = datetime.fromtimestamp(now / 1000, tz=UTC)
    words = f"{contact_id} | {caller.name} | {at:%Y-%m-%dT%H:%M:%SZ} | {why}"
    return playing.copy(found, name=f"{contact_id}.wav", words=words)


async def _note(
    session: AsyncSession,
    contact: ContactId,
    caller: Caller,
    at: Instant,
    *,
    download: bool,
    why: str,
    sha256: str | None,
) -> None:
    """One row per listening, not one per range that a player asks for."""
    act = Act.RECORDING_DOWNLOADED if download else Act.RECORDING_PLAYED
    if download or LISTENING.is_new(caller.session, contact, at):
        await audit(
            session,
            at=at,
            who=caller,
            act=act,
            object=f"recording:{contact}",
            facts={"sha256": sha256} if sha256 else {},
            reason=why,
        )


@router.get(
    "/{contact}/peaks",
    operation_id="read_peaks",
    response_model=PeaksOut,
    responses=refusals(NotSignedIn, Forbidden, RecordingNotFound, RecordingNotReady),
)
async def read_peaks(contact: Short, caller: Listener, uow: UnitOfWork) -> object:
    """The picture of the sound, made when the recording was made."""
    contact_id = await seen(uow, contact, caller)
    found = await facade.peaks(uow, contact_id)
    return PeaksOut(duration_ms=found.duration_ms, channels=found.channels)
