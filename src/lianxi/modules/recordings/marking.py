"""Marks in recordings: a moment that somebody wants others to hear, with a word why."""

from secrets import token_hex

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.recordings import facade
from lianxi.modules.recordings.contracts import Mark
from lianxi.modules.recordings.errors import MarkNotFound, MarkOutside
from lianxi.modules.recordings.marks_repository import MarksRepository
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit


async def marks(session: AsyncSession, contact: ContactId) -> list[Mark]:
    """All marks of a recording, by their place in it."""
    return await MarksRepository(session).of(contact)


async def add(
    session: AsyncSession, contact: ContactId, *, offset_ms: int, text: str, by: Caller, at: Instant
) -> Mark:
    """Mark a moment.

    Args:
        session: the caller's transaction.
        contact: whose recording it is; the caller may see it.
        offset_ms: from the beginning of the recording.
        text: why.
        by: who marks it.
        at: now.

    Raises:
        RecordingNotReady, RecordingNotFound: there is nothing to mark (yet).
        MarkOutside: the recording is shorter.
    """
    view = await facade.ready(session, contact)
    if offset_ms > (view.duration_ms or 0):
        raise MarkOutside(length_ms=view.duration_ms or 0)
    mark = Mark(
        id=token_hex(8), contact=contact, offset_ms=offset_ms, text=text,
        by=by.name, by_id=by.user, at=at,
    )  # fmt: skip
    await MarksRepository(session).add(mark)
    await audit(
        session, at=at, who=by, act=Act.RECORDING_MARKED, object=f"recording:{contact}",
        facts={"mark": mark.id, "offset_ms": offset_ms}, reason=text,
    )  # fmt: skip
    return mark


async def remove(
    session: AsyncSession, contact: ContactId, mark: str, *, by: Caller, at: Instant
) -> None:
    """Take a mark away: one's own, or anybody's for those who see everything.

    Raises:
        MarkNotFound: there is none, or it is somebody else's.
    """
    repository = MarksRepository(session)
    found = await repository.one(contact, mark)
    if found is None or (found.by_id != by.user and by.scope is not Scope.ALL):
        raise MarkNotFound(mark=mark)
    await repository.remove(mark)
    await audit(
        session, at=at, who=by, act=Act.RECORDING_UNMARKED, object=f"recording:{contact}",
        facts={"mark": mark, "offset_ms": found.offset_ms, "text": found.text},
    )  # fmt: skip
