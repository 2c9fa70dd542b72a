"""HTTP for supervisors of callbacks: who gets which, by hand or by a rule, and how it went."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import callbacks, errors
from lianxi.modules.cases.callback_shapes import (
    CallbackGiveIn,
    CallbackGivenOut,
    CallbackPersonOut,
    CallbackRuleIn,
    CallbackRuleOut,
    CallbackSummaryOut,
)
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.identity import facade as identity

router = APIRouter(prefix="/case-callbacks", tags=["case callbacks"])

Giver = Annotated[Caller, needs(Permission.CASES_DISPATCH)]


@router.get(
    "/people",
    operation_id="list_case_callback_people",
    response_model=list[CallbackPersonOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_case_callback_people(caller: Giver, uow: UnitOfWork) -> object:
    """Who may call customers back, by name, and how much each has to do."""
    found = await callbacks.people(uow)
    return [CallbackPersonOut(id=user.id, name=user.name, open=open) for user, open in found]


@router.post(
    "/give",
    operation_id="give_case_callbacks",
    response_model=list[CallbackGivenOut],
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseNotFound, errors.CallbackNotWaiting,
        errors.CannotCallBack,
    ),
)  # fmt: skip
async def give_case_callbacks(
    body: CallbackGiveIn,
    caller: Giver,
    uow: UnitOfWork,
    now: Now,
    orders: Annotated[Orders, provided(Orders)],
) -> object:
    """Give work orders to people to call back, evenly; answers with those that changed hands."""
    given = await callbacks.give(uow, orders, body.cases, body.persons(), by=caller, at=now)
    return [CallbackGivenOut(case=task.case, person=task.person) for task in given]


@router.get(
    "/rule",
    operation_id="get_case_callback_rule",
    response_model=CallbackRuleOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_case_callback_rule(caller: Giver, uow: UnitOfWork) -> object:
    """By which rule they are given out."""
    return await callbacks.rule(uow)


@router.put(
    "/rule",
    operation_id="put_case_callback_rule",
    response_model=CallbackRuleOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupChanged, errors.CannotCallBack
    ),
)
async def put_case_callback_rule(
    body: CallbackRuleIn, caller: Giver, uow: UnitOfWork, now: Now
) -> object:
    """Change the rule as it was read; what is nobody's is given out within a minute."""
    return await callbacks.put_rule(uow, body.made(), by=caller, at=now)


@router.get(
    "/summary",
    operation_id="get_case_callback_summary",
    response_model=CallbackSummaryOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_case_callback_summary(
    caller: Giver,
    uow: UnitOfWork,
    zone: Annotated[ZoneInfo, provided(ZoneInfo)],
    since: Annotated[int, Query(alias="from", gt=0)],
    until: Annotated[int, Query(alias="to", gt=0)],
) -> object:
    """How callbacks went from `from` until before `to`: given, attempts, reached, satisfied; in
    all, by person and by day."""
    found = await callbacks.summary(uow, Instant(since), Instant(until), zone=zone.key)
    open = {user.id: many for user, many in await callbacks.people(uow) if many}
    named = {person for person in found.people if person is not None} | set(open)
    names: dict[UserId, str] = {user.id: user.name for user in await identity.some(uow, named)}
    return CallbackSummaryOut.of(found, names, open)
