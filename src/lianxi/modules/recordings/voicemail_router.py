"""HTTP for messages that callers left: hear one's own, mark them, write down what they say."""

from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.recordings import facade, playing, reading
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.errors import (
    RecordingLost,
    RecordingNotFound,
    RecordingNotReady,
    RecordingUnreadable,
)
from lianxi.modules.recordings.router import LISTENING
from lianxi.modules.recordings.scope import may_open, seen
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit

router = APIRouter(prefix="/voicemails", tags=["recordings"])

Reader = Annotated[Caller, needs(Permission.RECORDS_READ)]
Writer = Annotated[Caller, needs(Permission.RECORDS_READ, Permission.RECORDS_TRANSCRIBE)]
Folders = Annotated[RecordingFolders, provided(RecordingFolders)]
Short = Annotated[str, StringConstraints(max_length=80)]
LONGEST = 20_000


class TranscriptIn(BaseModel):
    """What a message says; without a text: somebody is at it."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=LONGEST)] | None = None
    source: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]


class MarkIn(BaseModel):
    """Whether the agent who has it has heard it."""

    model_config = ConfigDict(extra="forbid")

    heard: bool


class LeftMessageOut(BaseModel):
    """A message that waits to be heard; the number is masked, instants are epoch milliseconds."""

    model_config = ConfigDict(from_attributes=True)

    contact: str
    left_at: int
    number: str
    name: str
    queue: str | None
    duration_ms: int | None
    transcript: str | None


@router.get("", operation_id="list_unheard", responses=refusals(NotSignedIn, Forbidden))
async def list_unheard(caller: Reader, uow: UnitOfWork) -> list[LeftMessageOut]:
    """List the messages that the caller took from the line and has not heard, oldest first."""
    if caller.agent is None:
        return []
    found = await reading.unheard(uow, caller.agent)
    return [LeftMessageOut.model_validate(message) for message in found]


@router.get(
    "/{contact}/sound",
    operation_id="play_voicemail",
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
async def play_voicemail(
    contact: Short,
    caller: Reader,
    uow: UnitOfWork,
    folders: Folders,
    now: Now,
    range_: Annotated[str, Header(alias="Range")] = "",
    if_range: Annotated[str, Header()] = "",
) -> Response:
    """A message as WAV, for who took it from the line, or may play recordings. The first listening
    of the agent who has it marks it as heard."""
    contact_id = await seen(uow, contact, caller)
    view = await facade.ready(uow, contact_id)
    if view.voicemail is None:
        raise RecordingNotFound(contact=contact_id)
    await may_open(uow, contact_id, caller)
    found = await playing.opened(view, folders)
    if LISTENING.is_new(caller.session, contact_id, now):
        await audit(
            uow, at=now, who=caller, act=Act.RECORDING_PLAYED, object=f"recording:{contact_id}",
            facts={"sha256": view.sha256} if view.sha256 else {},
        )  # fmt: skip
    if view.voicemail.heard_at is None:
        await reading.mark(uow, contact_id, heard=True, by=caller, at=now)
    mark = view.sha256 or f"{contact_id}-plain"
    return playing.answer(found, asked=range_, only_if=if_range, mark=mark)


@router.patch(
    "/{contact}",
    operation_id="mark_voicemail",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound),
)
async def mark_voicemail(
    contact: Short, body: MarkIn, caller: Reader, uow: UnitOfWork, now: Now
) -> Response:
    """Mark a message as heard, or as still to be heard; for the agent who has it."""
    contact_id = await seen(uow, contact, caller)
    if not await reading.has(uow, contact_id, caller):
        raise Forbidden(permission=Permission.DESK_USE.value)
    await reading.mark(uow, contact_id, heard=body.heard, by=caller, at=now)
    return Response(status_code=204)


@router.put(
    "/{contact}/transcript",
    operation_id="put_transcript",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordingNotFound),
)
async def put_transcript(
    contact: Short, body: TranscriptIn, caller: Writer, uow: UnitOfWork, now: Now
) -> Response:
    """Write down what a message says, or that somebody is at it. It is shown in the record, and
    deleted with the sound."""
    contact_id = await seen(uow, contact, caller)
    await reading.transcribe(uow, contact_id, text=body.text, source=body.source, by=caller, at=now)
    return Response(status_code=204)
