"""The document of a saved report for one viewer."""

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.reports import scope
from lianxi.reports.control.wanted import goals_for
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Document
from lianxi.reports.forms.catalogue import BY_ID as FORMS
from lianxi.reports.forms.declaring import window_of
from lianxi.reports.forms.making import Desk, form_document
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.naming import names_of
from lianxi.reports.saved.contracts import SavedReport
from lianxi.reports.saved.questions import question_of
from lianxi.reports.saved.scheduling import PERIODS, told_day
from lianxi.reports.scope import Viewer


async def document_of(
    session: AsyncSession,
    report: SavedReport,
    due_at: Instant,
    viewer: Viewer,
    asks: Inquiries,
) -> Document:
    """What a viewer gets: the report about the period that ended before it was due.

    Raises:
        NothingToSee: nothing of it lies in what the viewer may see.
        SavedReportInvalid: it asks for a metric that there is no more.
    """
    zone, now = asks.zone, asks.now()
    when = told_day(report.cadence, due_at, zone)
    if report.form is not None:
        return await form_document(
            Desk(session=session, ask=asks.answer, zone=zone, now=now),
            FORMS[report.form],
            when,
            viewer,
            queues=report.queues,
            language=report.language,
        )
    window = window_of(PERIODS[report.cadence], when, zone)
    question = question_of(report.question or {}, window)
    question = await scope.within(session, question, viewer)
    return document(
        await asks.answer(question),
        Making(
            stem=f"report-{when:%Y-%m-%d}",
            title=report.title,
            language=report.language,
            asked_by=viewer.name,
            made_at=now,
            names=await names_of(session, {*question.by, *question.only}),
            goals=await goals_for(session, question, zone),
        ),
    )
