"""HTTP of the desk: recording a conversation where that is the agent's choice, and pausing it."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from lianxi.api.desk import Asking
from lianxi.api.errors import (
    DeskNotSignedIn,
    NotRecorded,
    NotTalking,
    NotYourContact,
    PausingNotAllowed,
)
from lianxi.api.recording_errors import RecordingNotOnDemand, RecordingUnannounced
from lianxi.engine.messages.agent_inputs import RecordingPauseAsked, RecordingResumeAsked
from lianxi.engine.messages.pausing import PauseCause
from lianxi.engine.messages.recordings import RecordingStartAsked
from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKeyInvalid
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import ContactId

router = APIRouter(prefix="/desk", tags=["desk"])

_COMMON: tuple[type[Rejection], ...] = (
    NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, DeskNotSignedIn, NotYourContact,
    NotTalking,
)  # fmt: skip


class PauseIn(BaseModel):
    """What asks for the pause, or for its end: the agent's hand, or a field for a card number that
    got the focus, or lost it."""

    cause: PauseCause = PauseCause.AGENT


@router.post(
    "/contacts/{contact_id}/recording/start",
    operation_id="start_recording",
    status_code=204,
    responses=refusals(*_COMMON, RecordingNotOnDemand, RecordingUnannounced),
)
async def start_recording(contact_id: ContactId, asker: Asking) -> Response:
    """Keep what is said from now on, in a queue that records on demand."""
    return await asker.ask(RecordingStartAsked(at=asker.at, agent=asker.agent, contact=contact_id))


@router.post(
    "/contacts/{contact_id}/recording/pause",
    operation_id="pause_recording",
    status_code=204,
    responses=refusals(*_COMMON, NotRecorded, PausingNotAllowed),
)
async def pause_recording(
    contact_id: ContactId, asker: Asking, body: PauseIn | None = None
) -> Response:
    """Keep what is said from now on out of the recording, for a while."""
    cause = body.cause if body is not None else PauseCause.AGENT
    return await asker.ask(
        RecordingPauseAsked(at=asker.at, agent=asker.agent, contact=contact_id, cause=cause)
    )


@router.post(
    "/contacts/{contact_id}/recording/resume",
    operation_id="resume_recording",
    status_code=204,
    responses=refusals(*_COMMON),
)
async def resume_recording(
    contact_id: ContactId, asker: Asking, body: PauseIn | None = None
) -> Response:
    """Record again. A payment field ends only the pause that a field began."""
    cause = body.cause if body is not None else PauseCause.AGENT
    return await asker.ask(
        RecordingResumeAsked(at=asker.at, agent=asker.agent, contact=contact_id, cause=cause)
    )
