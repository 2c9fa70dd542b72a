"""A fixed form becomes a document: its question is asked within what the viewer may see."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.reports import scope
from lianxi.reports.control.wanted import goals_for
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Document, Language
from lianxi.reports.export.words import word
from lianxi.reports.forms import pareto, peak
from lianxi.reports.forms.declaring import Before, Extra, Form, before_of, window_of
from lianxi.reports.forms.transfers import transfers
from lianxi.reports.naming import names_of
from lianxi.reports.questions import Answer, Key, Question
from lianxi.reports.scope import Viewer

Asks = Callable[[Question], Awaitable[Answer]]
"""Asks the figures, as of one moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What whoever makes a report needs at hand."""

    session: AsyncSession
    ask: Asks
    zone: ZoneInfo
    now: Instant


async def form_document(
    desk: Desk,
    form: Form,
    when: date,
    viewer: Viewer,
    *,
    queues: tuple[QueueId, ...] = (),
    language: Language = Language.ZH,
) -> Document:
    """The sheet of the period that a day lies in.

    Args:
        when: any day of the period.
        queues: those it looks at; none = all.

    Raises:
        NothingToSee: nothing of it lies in what the viewer may see.
    """
    asked = Question(
        metrics=form.metrics,
        window=window_of(form.period, when, desk.zone),
        width=form.width,
        by=form.by,
        only={Key.QUEUE: tuple(queues)} if queues else {},
    )
    question = await scope.within(desk.session, asked, viewer)
    answer = await desk.ask(question)
    names = await names_of(desk.session, {*question.by, *question.only})
    making = Making(
        stem=f"{form.id}-{when:%Y-%m-%d}",
        title=language.of(form.title, form.title_en),
        language=language,
        asked_by=viewer.name,
        made_at=desk.now,
        names=names,
        as_list=form.as_list,
        curve=form.curve,
        goals=await goals_for(desk.session, question, desk.zone),
    )
    earlier = before_of(form, when, desk.zone)
    if earlier is not None:
        making = replace(
            making,
            before=await desk.ask(replace(question, window=earlier[0])),
            before_title=word("week_before" if form.before is Before.WEEK else "before", language),
            shift=earlier[1],
        )
    match form.extra:
        case Extra.TRANSFERS:
            table = await transfers(desk.session, question, names, language)
            making = replace(making, tables=(table,))
        case Extra.PEAK:
            making = replace(making, remark=peak.remark(answer, form.curve, language))
        case Extra.PARETO:
            found = pareto.reasons(answer)
            making = replace(
                making,
                figures=pareto.table(found, names, language),
                remark=pareto.remark(found, names, language),
            )
        case Extra.NOTHING:
            pass
    return document(answer, making)
