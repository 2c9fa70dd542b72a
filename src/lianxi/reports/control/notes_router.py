"""HTTP for the notes that people put on charts of metrics."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control import notes
from lianxi.reports.control.errors import NoteChangedMeanwhile, NoteNotFound, NoteNotYours
from lianxi.reports.control.noting import Note, Reader
from lianxi.reports.control.shapes import AskedAbout, about_of
from lianxi.reports.errors import MetricUnknown, WindowInvalid
from lianxi.reports.registry import Metric
from lianxi.reports.scope import NothingToSee

router = APIRouter(prefix="/metrics", tags=["reports"])

Annotator = Annotated[Caller, needs(Permission.REPORTS_READ)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500)]
NoteNumber = Annotated[int, Path(ge=1, lt=2**63)]


class MetricNoteIn(BaseModel):
    """What is to be said of a day; of the centre where no queue, team, agent or number is given."""

    model_config = ConfigDict(extra="forbid")

    queue: Short | None = None
    team: Short | None = None
    agent: Short | None = None
    number: Short | None = None
    day: date
    text: Words


class MetricNoteChangeIn(BaseModel):
    """A note as it shall be."""

    model_config = ConfigDict(extra="forbid")

    day: date
    text: Words
    revision: int
    """As it was read."""


class NoteWithdrawalIn(BaseModel):
    """Take a note from the chart."""

    model_config = ConfigDict(extra="forbid")

    revision: int
    """As it was read."""


class MetricNoteOut(BaseModel):
    """A note beside a day of a chart."""

    id: int
    queue: str | None
    team: str | None
    agent: str | None
    number: str | None
    day: date
    text: str
    written_by: str
    written_at: int
    changed_by: str
    """Empty where nobody changed it."""
    changed_at: int | None
    may_change: bool
    revision: int


class MetricNotesOut(BaseModel):
    """The notes of a chart, in the order of their days."""

    items: list[MetricNoteOut]
    may_write: bool


@router.get(
    "/{metric}/notes",
    operation_id="list_metric_notes",
    response_model=MetricNotesOut,
    responses=refusals(NotSignedIn, Forbidden, MetricUnknown, WindowInvalid),
)
async def list_metric_notes(
    metric: Short,
    caller: Annotator,
    uow: UnitOfWork,
    about: AskedAbout,
    first: Annotated[date, Query(alias="from")],
    until: Annotated[date, Query(alias="to", description="This day is left out.")],
) -> object:
    """What people wrote beside these days: of these figures, and of all that holds them."""
    found = _named(metric)
    if until <= first:
        raise WindowInvalid
    reader = await notes.reader_of(uow, caller)
    last = until - timedelta(days=1)
    items = await notes.listed(uow, found, about, first, last, reader=reader)
    return MetricNotesOut(
        items=[_shown(note, reader) for note in items], may_write=reader.may_write(about)
    )


@router.post(
    "/{metric}/notes",
    operation_id="write_metric_note",
    status_code=201,
    response_model=MetricNoteOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, MetricUnknown, NothingToSee),
)
async def write_metric_note(
    metric: Short, body: MetricNoteIn, caller: Annotator, uow: UnitOfWork, now: Now
) -> object:
    """Say what no figure tells of a day: a promotion, an outage, a new script."""
    found = _named(metric)
    reader = await notes.reader_of(uow, caller)
    about = about_of(body.queue, body.team, body.agent, body.number)
    note = await notes.write(
        uow, found, about, body.day, body.text, reader=reader, at=now, by=caller
    )
    return _shown(note, reader)


@router.put(
    "/{metric}/notes/{note_id}",
    operation_id="change_metric_note",
    response_model=MetricNoteOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, MetricUnknown, NoteNotFound, NoteNotYours,
        NoteChangedMeanwhile,
    ),
)  # fmt: skip
async def change_metric_note(
    metric: Short,
    note_id: NoteNumber,
    body: MetricNoteChangeIn,
    caller: Annotator,
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Write a note anew: one's own, or anybody's for whoever works with the control sheet."""
    found = _named(metric)
    reader = await notes.reader_of(uow, caller)
    note = await notes.change(
        uow, found, note_id, day=body.day, text=body.text, seen=body.revision, reader=reader,
        at=now, by=caller,
    )  # fmt: skip
    return _shown(note, reader)


@router.post(
    "/{metric}/notes/{note_id}/withdraw",
    operation_id="withdraw_metric_note",
    status_code=204,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, MetricUnknown, NoteNotFound, NoteNotYours,
        NoteChangedMeanwhile,
    ),
)  # fmt: skip
async def withdraw_metric_note(
    metric: Short,
    note_id: NoteNumber,
    body: NoteWithdrawalIn,
    caller: Annotator,
    uow: UnitOfWork,
    now: Now,
) -> None:
    """Take a note from the chart; its words stay in the audit."""
    found = _named(metric)
    reader = await notes.reader_of(uow, caller)
    await notes.withdraw(uow, found, note_id, seen=body.revision, reader=reader, at=now, by=caller)


def _named(metric: str) -> Metric:
    try:
        return metric_of(metric)
    except KeyError:
        raise MetricUnknown(metric=metric) from None


def _shown(note: Note, reader: Reader) -> MetricNoteOut:
    return MetricNoteOut(
        id=note.id,
        queue=note.about.queue,
        team=note.about.team,
        agent=note.about.agent,
        number=note.about.number,
        day=note.day,
        text=note.text,
        written_by=note.written_by_name,
        written_at=note.written_at,
        changed_by=note.changed_by_name,
        changed_at=note.changed_at,
        may_change=reader.may_change(note),
        revision=note.revision,
    )
