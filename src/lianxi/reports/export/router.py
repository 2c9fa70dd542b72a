"""HTTP for exports of a question: the same question as `POST /metrics/query`, as a file."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import StringConstraints

from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.reports.control import notes
from lianxi.reports.control.noting import said
from lianxi.reports.control.wanted import goals_for
from lianxi.reports.errors import (
    FormulaUnknown,
    MetricUnknown,
    QuestionTooLarge,
    WindowInvalid,
)
from lianxi.reports.export.answering import CONTENT, file_answer
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Language, Note
from lianxi.reports.export.fonts import FontMissing
from lianxi.reports.export.formats import ExportTooLarge, Format
from lianxi.reports.metrics_router import Asks, Reader, Zone
from lianxi.reports.naming import names_of
from lianxi.reports.scope import NothingToSee, within
from lianxi.reports.shapes import QuestionIn, question_of, viewer_of
from lianxi.reports.windows import local
from lianxi.settings import Settings

router = APIRouter(prefix="/metrics", tags=["reports"])

Setup = Annotated[Settings, provided(Settings)]


class ExportIn(QuestionIn):
    """A question, and the file it is wanted as."""

    format: Format = Format.XLSX
    language: Language = Language.ZH
    title: Annotated[str, StringConstraints(max_length=80)] = ""
    """Of the sheet; the names of the metrics when there is none."""


@router.post(
    "/export",
    operation_id="export_metrics",
    response_class=Response,
    responses={
        200: {"content": CONTENT, "description": "The figures with all that explains them."},
        **refusals(
            NotSignedIn, Forbidden, CsrfRefused, NothingToSee, MetricUnknown, FormulaUnknown,
            WindowInvalid, QuestionTooLarge, ExportTooLarge, FontMissing,
        ),
    },
)  # fmt: skip
async def export_metrics(
    asked: ExportIn,
    caller: Reader,
    uow: UnitOfWork,
    asks: Asks,
    zone: Zone,
    setup: Setup,
    now: Now,
) -> Response:
    """Figures as a file, within what the caller may see; each export goes into the audit."""
    wish = question_of(asked, zone)
    question = await within(uow, wish, viewer_of(caller))
    answer = await asks.answer(question)
    first = local(question.window.begins_at, zone)
    made = document(
        answer,
        Making(
            stem=f"figures-{first:%Y-%m-%d}",
            title=asked.title or asked.language.of("指标报表", "Figures"),
            language=asked.language,
            asked_by=caller.name,
            made_at=now,
            names=await names_of(uow, {*question.by, *question.only}),
            goals=await goals_for(uow, question, zone),
            written=tuple(
                Note(
                    label=f"{asked.language.of('备注', 'Note')} {note.day.isoformat()}",
                    text=said(note),
                )
                for note in await notes.beside(uow, wish, caller, zone)
            ),
        ),
    )
    return await file_answer(
        uow,
        made,
        asked.format,
        caller=caller,
        at=now,
        object="metrics:export",
        facts={
            "metrics": list(question.metrics),
            "begins_at": question.window.begins_at,
            "ends_at": question.window.ends_at,
            "width": question.width.value,
            "by": [key.value for key in question.by],
            "only": {key.value: list(values) for key, values in question.only.items()},
        },
        fonts=setup.paths.fonts,
    )
