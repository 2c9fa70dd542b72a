"""HTTP of the desk: recording a conversation where that is the agent's choice."""

from fastapi import APIRouter, Response

from lianxi.api.desk import Asking
from lianxi.api.errors import DeskNotSignedIn, NotTalking, NotYourContact
from lianxi.api.recording_errors import RecordingNotOnDemand, RecordingUnannounced
from lianxi.engine.messages.recordings import RecordingStartAsked
from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKeyInvalid
from lianxi.kernel.ids import ContactId

router = APIRouter(prefix="/desk", tags=["desk"])


@router.post(
    "/contacts/{contact_id}/recording/start",
    operation_id="start_recording",
    status_code=204,
    responses=refusals(
        NotSignedIn,
        Forbidden,
        CsrfRefused,
        IdempotencyKeyInvalid,
        DeskNotSignedIn,
        NotYourContact,
        NotTalking,
        RecordingNotOnDemand,
        RecordingUnannounced,
    ),
)
async def start_recording(contact_id: ContactId, asker: Asking) -> Response:
    """Keep what is said from now on, in a queue that records on demand."""
    return await asker.ask(RecordingStartAsked(at=asker.at, agent=asker.agent, contact=contact_id))
