"""HTTP for the registry of metrics and for questions about them."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.reports.catalogue import METRICS
from lianxi.reports.control.wanted import wanted_of
from lianxi.reports.errors import FormulaUnknown, MetricUnknown, QuestionTooLarge, WindowInvalid
from lianxi.reports.identities import IDENTITIES
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.naming import names_of
from lianxi.reports.scope import NothingToSee, within
from lianxi.reports.shapes import (
    AnswerOut,
    EntryOut,
    IdentityOut,
    QuestionIn,
    entry_out,
    question_of,
    shaped,
    viewer_of,
)

router = APIRouter(prefix="/metrics", tags=["reports"])

Reader = Annotated[Caller, needs(Permission.REPORTS_READ)]
Asks = Annotated[Inquiries, provided(Inquiries)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]


@router.get(
    "",
    operation_id="list_metrics",
    response_model=list[EntryOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_metrics(caller: Reader) -> object:
    """The registry: what each figure means and how it is computed."""
    return [entry_out(metric) for metric in METRICS]


@router.get(
    "/identities",
    operation_id="list_identities",
    response_model=list[IdentityOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_identities(caller: Reader) -> object:
    """The laws that are looked at with every question."""
    return [IdentityOut(id=identity.id, text=identity.text) for identity in IDENTITIES]


@router.post(
    "/query",
    operation_id="query_metrics",
    response_model=AnswerOut,
    responses=refusals(
        NotSignedIn,
        Forbidden,
        CsrfRefused,
        NothingToSee,
        MetricUnknown,
        FormulaUnknown,
        WindowInvalid,
        QuestionTooLarge,
    ),
)
async def query_metrics(
    asked: QuestionIn, caller: Reader, uow: UnitOfWork, asks: Asks, zone: Zone
) -> object:
    """Figures of any metrics, by any keys, in any width, within what the caller may see."""
    question = await within(uow, question_of(asked, zone), viewer_of(caller))
    wanted = await wanted_of(uow, question, zone)
    names = await names_of(uow, question.by)
    return shaped(await asks.answer(question), wanted, names)
