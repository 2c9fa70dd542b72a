"""Write, read, change and withdraw notes on charts. The caller owns the transaction."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.about import About, about_only
from lianxi.reports.control.errors import NoteChangedMeanwhile, NoteNotFound, NoteNotYours
from lianxi.reports.control.notes_repository import NoteRepository
from lianxi.reports.control.noting import Note, Reader
from lianxi.reports.questions import Question
from lianxi.reports.registry import Metric
from lianxi.reports.scope import NothingToSee, sight_of
from lianxi.reports.shapes import viewer_of
from lianxi.reports.windows import local_day

SHOWN = 200
"""Notes of a chart at most: the newest."""


async def reader_of(session: AsyncSession, caller: Caller) -> Reader:
    """Whoever asks, as one who looks at notes."""
    viewer = viewer_of(caller)
    return Reader(
        user=caller.user,
        viewer=viewer,
        sight=await sight_of(session, viewer),
        keeps_sheet=caller.may(Permission.CONTROL_USE),
    )


async def listed(
    session: AsyncSession, metric: Metric, about: About, first: date, last: date, *, reader: Reader
) -> list[Note]:
    """The notes beside a chart, oldest day first: of what it is about, and of all that holds it.

    Args:
        last: the last day, included.
    """
    found = await NoteRepository(session).between(metric.id, first, last, most=SHOWN)
    return [note for note in found if note.about.holds(about) and reader.may_read(note)]


async def beside(
    session: AsyncSession, question: Question, caller: Caller, zone: ZoneInfo
) -> list[Note]:
    """The notes of the chart that shows a question's figures.

    A question about several metrics, or about several queues or people, is no chart's: it has none.
    """
    about = about_only(question.only)
    if len(question.metrics) != 1 or about is None:
        return []
    reader = await reader_of(session, caller)
    first, last = (
        local_day(at, zone) for at in (question.window.begins_at, question.window.ends_at - 1)
    )
    metric = metric_of(question.metrics[0])
    return await listed(session, metric, about, first, last, reader=reader)


async def write(
    session: AsyncSession,
    metric: Metric,
    about: About,
    day: date,
    text: str,
    *,
    reader: Reader,
    at: Instant,
    by: Caller,
) -> Note:
    """Put a note on a chart.

    Raises:
        NothingToSee: the person sees no more than a part of these figures.
    """
    if not reader.may_write(about):
        raise NothingToSee
    note = await NoteRepository(session).add(
        metric.id, about, day, text, who=by.user, name=by.name, at=at
    )
    await _record(session, Act.NOTE_WRITTEN, None, note, at=at, by=by)
    return note


async def change(
    session: AsyncSession,
    metric: Metric,
    note: int,
    *,
    day: date,
    text: str,
    seen: int,
    reader: Reader,
    at: Instant,
    by: Caller,
) -> Note:
    """Write a note anew.

    Args:
        seen: the revision that the person read.

    Raises:
        NoteNotFound, NoteNotYours, NoteChangedMeanwhile.
    """
    before = await _own(session, metric, note, seen=seen, reader=reader)
    changed = await NoteRepository(session).change(
        before, day=day, text=text, name=by.name, at=at, is_withdrawn=False
    )
    if changed is None:
        raise NoteChangedMeanwhile(note=note)
    await _record(session, Act.NOTE_CHANGED, before, changed, at=at, by=by)
    return changed


async def withdraw(
    session: AsyncSession,
    metric: Metric,
    note: int,
    *,
    seen: int,
    reader: Reader,
    at: Instant,
    by: Caller,
) -> None:
    """Take a note from the chart; its words stay in the audit.

    Raises:
        NoteNotFound, NoteNotYours, NoteChangedMeanwhile.
    """
    before = await _own(session, metric, note, seen=seen, reader=reader)
    gone = await NoteRepository(session).change(
        before, day=before.day, text=before.text, name=by.name, at=at, is_withdrawn=True
    )
    if gone is None:
        raise NoteChangedMeanwhile(note=note)
    await _record(session, Act.NOTE_WITHDRAWN, before, None, at=at, by=by)


async def _own(
    session: AsyncSession, metric: Metric, note: int, *, seen: int, reader: Reader
) -> Note:
    found = await NoteRepository(session).get(metric.id, note)
    if found is None or not (reader.may_read(found) or reader.may_change(found)):
        raise NoteNotFound(note=note)
    if not reader.may_change(found):
        raise NoteNotYours(note=note)
    if found.revision != seen:
        raise NoteChangedMeanwhile(note=note)
    return found


async def _record(
    session: AsyncSession, act: Act, before: Note | None, after: Note | None, *, at: Instant,
    by: Caller,
) -> None:  # fmt: skip
    note = after or before
    assert note is not None, "a note is there before or after"
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"metric_note:{note.id}",
        before=None if before is None else _told(before),
        after=None if after is None else _told(after),
        facts={"metric": note.metric, "about": str(note.about)},
    )


def _told(note: Note) -> dict[str, str]:
    return {"day": note.day.isoformat(), "text": note.text}
