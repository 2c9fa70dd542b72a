"""HTTP of surveys about one work order: what its customer was asked and said, and a link that a
person gives to the customer."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.cases import looking
from lianxi.modules.cases.errors import CaseNotFound
from lianxi.modules.surveys import errors, facade
from lianxi.modules.surveys.shapes import SurveyLinkOut, SurveyResultOut

router = APIRouter(prefix="/cases", tags=["surveys"])

Reader = Annotated[Caller, needs(Permission.CASES_READ)]
CallsBack = Annotated[Caller, needs(Permission.CASES_READ, Permission.CASES_CALL_BACK)]
Id = Annotated[str, StringConstraints(max_length=80)]


@router.get(
    "/{case_id}/surveys",
    operation_id="list_case_surveys",
    responses=refusals(NotSignedIn, Forbidden, CaseNotFound),
)
async def list_case_surveys(
    case_id: Id, caller: Reader, uow: UnitOfWork, now: Now
) -> list[SurveyResultOut]:
    """What the customer of a work order was asked and said, or why not, newest first."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    return [SurveyResultOut.of(one, now) for one in await facade.of_case(uow, case.id, now)]


@router.post(
    "/{case_id}/surveys/{survey_id}/link",
    operation_id="make_survey_link",
    status_code=201,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, CaseNotFound, errors.SurveyNotFound,
        errors.SurveyNotDue, errors.SurveyAskedAlready,
    ),
)  # fmt: skip
async def make_survey_link(
    case_id: Id, survey_id: Id, caller: CallsBack, uow: UnitOfWork, now: Now
) -> SurveyLinkOut:
    """Make a link for the customer of a work order that is done; it is shown once."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    invitation, token = await facade.link_for(uow, survey_id, case, by=caller, at=now)
    return SurveyLinkOut(token=token, expires_at=invitation.expires_at or now)
