"""HTTP for surveys: setting one up, what customers said, and the page behind a link."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Response
from pydantic import StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs, public
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import InvitationId, SurveyId
from lianxi.kernel.time import Instant
from lianxi.modules.surveys import errors, facade
from lianxi.modules.surveys.contracts import InvitationFilter, InvitationState, Verdict
from lianxi.modules.surveys.shapes import (
    SurveyAnswersIn,
    SurveyFiguresOut,
    SurveyIn,
    SurveyOut,
    SurveyResultOut,
    SurveySheetOut,
)
from lianxi.office.form.errors import AnswersRefused, FormChanged, FormRefused
from lianxi.office.form.shapes import FormIn, FormVersionOut

router = APIRouter(tags=["surveys"])

Reader = Annotated[Caller, needs(Permission.SURVEYS_READ)]
Editor = Annotated[Caller, needs(Permission.CASES_EDIT)]
Id = Annotated[str, StringConstraints(max_length=40)]
Token = Annotated[str, StringConstraints(max_length=100)]
When = Annotated[int | None, Query(gt=0)]


@router.get(
    "/surveys",
    operation_id="list_surveys",
    response_model=list[SurveyOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_surveys(
    caller: Annotated[Caller, needs(Permission.CASES_READ)], uow: UnitOfWork
) -> object:
    """Every survey, those switched off too."""
    return await facade.surveys(uow)


@router.put(
    "/surveys/{survey_id}",
    operation_id="put_survey",
    response_model=SurveyOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.SurveyInvalid, errors.SurveyChanged
    ),
)
async def put_survey(
    survey_id: Annotated[Id, Path()], body: SurveyIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Make a survey (revision 0), or change one as it was read."""
    return await facade.put_survey(uow, body.made(survey_id), by=caller, at=now)


@router.get(
    "/surveys/{survey_id}/form",
    operation_id="get_survey_form",
    response_model=FormVersionOut,
    responses=refusals(NotSignedIn, Forbidden, errors.SurveyNotFound),
)
async def get_survey_form(survey_id: Id, caller: Reader, uow: UnitOfWork) -> object:
    """What a survey asks now."""
    return FormVersionOut.of(await facade.form_of(uow, survey_id))


@router.put(
    "/surveys/{survey_id}/form",
    operation_id="put_survey_form",
    response_model=FormVersionOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.SurveyNotFound, errors.SurveyInvalid,
        FormRefused, FormChanged,
    ),
)  # fmt: skip
async def put_survey_form(
    survey_id: Id, body: FormIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Ask something else from now on."""
    form = body.made(f"survey.{survey_id}")
    return FormVersionOut.of(await facade.publish_form(uow, survey_id, form, by=caller, at=now))


@router.get(
    "/survey-results",
    operation_id="list_survey_results",
    response_model=Page[SurveyResultOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_survey_results(
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    survey: Id | None = None,
    state: InvitationState | None = None,
    verdict: Verdict | None = None,
    since: Annotated[int | None, Query(alias="from", gt=0)] = None,
    until: Annotated[int | None, Query(alias="to", gt=0)] = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Who was asked, who was not and why, and what was said, newest first."""
    wanted = InvitationFilter(
        survey=SurveyId(survey) if survey else None,
        state=state,
        verdict=verdict,
        since=None if since is None else Instant(since),
        until=None if until is None else Instant(until),
    )
    place = decode_cursor(cursor, int, str) if cursor else None
    before = (Instant(int(place[0])), InvitationId(str(place[1]))) if place else None
    found = await facade.results(uow, wanted, now, before=before, limit=limit + 1)
    page = found[:limit]
    last = page[-1] if page and len(found) > limit else None
    return {
        "items": [SurveyResultOut.of(one, now) for one in page],
        "next": encode_cursor(last.made_at, last.id) if last else None,
    }


@router.get(
    "/survey-figures",
    operation_id="get_survey_figures",
    response_model=SurveyFiguresOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_survey_figures(
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    since: Annotated[int, Query(alias="from", gt=0)],
    until: Annotated[int, Query(alias="to", gt=0)],
    survey: Id | None = None,
) -> object:
    """How surveys went from `from` until before `to`, and answers by keys beside them."""
    first, last = Instant(since), Instant(until)
    wanted = InvitationFilter(survey=SurveyId(survey) if survey else None, since=first, until=last)
    return SurveyFiguresOut.of(
        await facade.figures(uow, wanted, now), await facade.by_keys(uow, first, last)
    )


@router.get(
    "/public/surveys/{token}",
    operation_id="get_survey_sheet",
    response_model=SurveySheetOut,
    responses=refusals(errors.SurveyNotFound),
    dependencies=[public()],
)
async def get_survey_sheet(token: Token, uow: UnitOfWork, now: Now) -> object:
    """What a customer sees behind a link. Nothing of the customer or the work order is told."""
    return SurveySheetOut.of(await facade.sheet(uow, token, now))


@router.post(
    "/public/surveys/{token}",
    operation_id="answer_survey",
    status_code=204,
    responses=refusals(
        errors.SurveyNotFound, errors.SurveyAnswered, errors.SurveyExpired, AnswersRefused
    ),
    dependencies=[public()],
)
async def answer_survey(
    token: Token,
    body: SurveyAnswersIn,
    uow: UnitOfWork,
    now: Now,
    zone: Annotated[ZoneInfo, provided(ZoneInfo)],
) -> Response:
    """Take the answer of whoever has the link: once."""
    await facade.answer(uow, token, body.answers, zone=zone.key, now=now)
    return Response(status_code=204)
