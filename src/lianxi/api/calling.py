"""HTTP of the desk: calling a number, by hand or by a click on it, and calling a colleague."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from lianxi.api.calling_errors import (
    DeviceAway,
    NoChannelFree,
    NumberBlocked,
    NumberDoNotCall,
    OutsideHours,
)
from lianxi.api.desk import Asking
from lianxi.api.errors import DeskNotSignedIn, InCall
from lianxi.api.floor_errors import QueueUnknown, TransferTargetUnknown, TransferToSelf
from lianxi.api.party_errors import AgentNotFree, NoWayOut, NumberInvalid
from lianxi.api.unwanted import UnwantedPart
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.calling import CallAsked, CallPlaced, ColleagueCallAsked
from lianxi.engine.messages.trunks import BlockedWhy, ContactBlocked
from lianxi.http.caller import CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKeyInvalid
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, QueueId

router = APIRouter(prefix="/desk", tags=["desk"])

COMMON: tuple[type[Rejection], ...] = (
    NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, DeskNotSignedIn, InCall, DeviceAway,
)  # fmt: skip

SPACING = str.maketrans("", "", " -().")
"""How people write numbers; nothing of it is dialled."""


class CallIn(BaseModel):
    """Whom to call."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, Field(min_length=1, max_length=40)]
    """Spaces, hyphens, dots and brackets are left out."""
    queue: QueueId | None = None
    """For which of the own queues: its caller number is shown and its after-call work follows."""


class ColleagueCallIn(BaseModel):
    """Which colleague to call."""

    model_config = ConfigDict(extra="forbid")

    agent: AgentId


class CallOut(BaseModel):
    """The call that was placed."""

    contact: ContactId


@router.post(
    "/calls",
    operation_id="place_call",
    status_code=201,
    responses=refusals(
        *COMMON, NumberInvalid, NumberBlocked, NumberDoNotCall, OutsideHours, QueueUnknown,
        NoWayOut, NoChannelFree,
    ),
)  # fmt: skip
async def place_call(body: CallIn, asker: Asking, unwanted: UnwantedPart) -> CallOut:
    """Call a number: the own device first, then the number. The same intention, sent twice with
    one Idempotency-Key, is one call."""
    number = body.number.translate(SPACING)
    await unwanted.refuse(number)
    given = CallAsked(at=asker.at, agent=asker.agent, number=number, queue=body.queue)
    return placed(await asker.learn(given))


@router.post(
    "/calls/colleague",
    operation_id="call_colleague",
    status_code=201,
    responses=refusals(*COMMON, TransferTargetUnknown, TransferToSelf, AgentNotFree),
)
async def call_colleague(body: ColleagueCallIn, asker: Asking) -> CallOut:
    """Call a colleague; nothing of it is counted among contacts with customers."""
    given = ColleagueCallAsked(at=asker.at, agent=asker.agent, to=body.agent)
    return placed(await asker.learn(given))


def placed(events: Iterable[Event]) -> CallOut:
    """What came of it.

    Raises:
        NoWayOut, NoChannelFree: it was counted as blocked.
    """
    for event in events:
        if isinstance(event, CallPlaced):
            return CallOut(contact=event.contact)
        if isinstance(event, ContactBlocked) and event.why is BlockedWhy.NO_CHANNEL:
            raise NoChannelFree
    raise NoWayOut
