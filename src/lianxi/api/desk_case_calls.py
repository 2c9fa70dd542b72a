"""HTTP of the desk: a click calls the customer of a work order, and nobody has to see the number.
From the list of callbacks the call is noted with how it went; from the work order itself it
belongs to it at once."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.api.calling import COMMON, SPACING, CallOut, placed
from lianxi.api.calling_errors import NoChannelFree, NumberBlocked, NumberDoNotCall, OutsideHours
from lianxi.api.desk import Asking
from lianxi.api.floor_errors import QueueUnknown
from lianxi.api.party_errors import NoWayOut, NumberInvalid
from lianxi.api.unwanted import UnwantedPart
from lianxi.engine.messages.calling import CallAsked
from lianxi.http.caller import Caller, needs
from lianxi.http.deps import UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import QueueId
from lianxi.modules.cases import errors, facade, looking
from lianxi.modules.cases.contracts import Case
from lianxi.modules.cases.keeping import Orders

router = APIRouter(prefix="/desk", tags=["desk"])

Calls = Annotated[Caller, needs(Permission.DESK_USE, Permission.CASES_READ)]
CallsBack = Annotated[Caller, needs(Permission.CASES_READ, Permission.CASES_CALL_BACK)]
OrdersPart = Annotated[Orders, provided(Orders)]
Id = Annotated[str, StringConstraints(max_length=80)]

_REFUSALS: tuple[type[Rejection], ...] = (
    *COMMON, NumberInvalid, NumberBlocked, NumberDoNotCall, OutsideHours, QueueUnknown, NoWayOut,
    NoChannelFree, errors.CaseNotFound,
)  # fmt: skip


class CaseCallIn(BaseModel):
    """For which of the own queues the customer is called; null = for none."""

    model_config = ConfigDict(extra="forbid")

    queue: QueueId | None = None


@router.post(
    "/case-callbacks/{case_id}/call",
    operation_id="call_case_customer",
    status_code=201,
    responses=refusals(*_REFUSALS),
)
async def call_case_customer(
    case_id: Id,
    body: CaseCallIn,
    caller: CallsBack,
    asker: Asking,
    uow: UnitOfWork,
    unwanted: UnwantedPart,
) -> CallOut:
    """Call the customer of a work order back: the own device first, then the number."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    return await _called(case, body, asker, unwanted)


@router.post(
    "/cases/{case_id}/call",
    operation_id="call_about_case",
    status_code=201,
    responses=refusals(*_REFUSALS),
)
async def call_about_case(
    case_id: Id,
    body: CaseCallIn,
    caller: Calls,
    asker: Asking,
    uow: UnitOfWork,
    unwanted: UnwantedPart,
    orders: OrdersPart,
) -> CallOut:
    """Call the number of a work order; the call is one of its contacts, whoever answers. The same
    intention, sent twice with one Idempotency-Key, is one call."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    call = await _called(case, body, asker, unwanted)
    await facade.attach(uow, orders, case.id, call.contact, by=caller, at=asker.at)
    return call


async def _called(case: Case, body: CaseCallIn, asker: Asking, unwanted: UnwantedPart) -> CallOut:
    if not case.phone:
        raise NumberInvalid
    number = case.phone.translate(SPACING)
    await unwanted.refuse(number)
    given = CallAsked(at=asker.at, agent=asker.agent, number=number, queue=body.queue)
    return placed(await asker.learn(given))
