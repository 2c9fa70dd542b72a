"""A message that was left, in writing, and whether it was heard."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings.contracts import LeftMessage, RecordingState, TranscriptState
from lianxi.modules.recordings.errors import RecordingNotFound
from lianxi.modules.recordings.models import RecordingRow
from lianxi.modules.recordings.repository import RecordingRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit


async def transcribe(
    session: AsyncSession,
    contact: ContactId,
    *,
    text: str | None,
    source: str,
    by: Caller,
    at: Instant,
) -> None:
    """Write down what a message says; a later word stands instead of an earlier one.

    Args:
        text: what is said; `None` = somebody is at it.
        source: who wrote it.

    Raises:
        RecordingNotFound: there is no such message (any more).
    """
    row = await _message(session, contact)
    row.transcript_state = TranscriptState.PENDING if text is None else TranscriptState.TEXT
    row.transcript, row.transcript_source, row.transcript_at = text, source, at
    facts: dict[str, object] = {"source": source, "letters": None if text is None else len(text)}
    await audit(
        session,
        at=at,
        who=by,
        act=Act.VOICEMAIL_TRANSCRIBED,
        object=f"recording:{contact}",
        facts=facts,
    )


async def mark(
    session: AsyncSession, contact: ContactId, *, heard: bool, by: Caller, at: Instant
) -> None:
    """Heard, or to be heard again. Of a listening by anybody but the agent who has the message
    nothing is marked: it would look as if it had been dealt with.

    Raises:
        RecordingNotFound: there is no such message (any more).
    """
    row = await _message(session, contact)
    if not await has(session, contact, by):
        return
    row.heard_at, row.heard_by = (at, by.name) if heard else (None, None)


async def unheard(session: AsyncSession, agent: AgentId, *, limit: int = 50) -> list[LeftMessage]:
    """Messages that this agent has and has not heard, oldest first."""
    return await RecordingRepository(session).unheard(agent, limit=limit)


async def has(session: AsyncSession, contact: ContactId, caller: Caller) -> bool:
    """Whether it is this person who took the message, or had it last."""
    agent = await RecordingRepository(session).taken_by(contact)
    return agent is not None and agent == caller.agent


async def _message(session: AsyncSession, contact: ContactId) -> RecordingRow:
    repository = RecordingRepository(session)
    row = await repository.to_change(contact)
    if row is None or row.state is not RecordingState.READY:
        raise RecordingNotFound(contact=contact)
    if not await repository.is_message(contact):
        raise RecordingNotFound(contact=contact)
    return row
