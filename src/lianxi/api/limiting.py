"""HTTP: after-call work of a queue gets another limit for a while, and takes it back by itself."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from lianxi.api.floor import COMMON, Supervising
from lianxi.api.floor_errors import QueueUnknown, WrapUpWithoutLimit
from lianxi.api.handing_on import Words
from lianxi.api.levels import must_see_queue
from lianxi.engine.messages.limiting import WrapUpLimitAsked
from lianxi.http.errors import refusals
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Millis
from lianxi.modules.routing.errors import QueueNotFound
from lianxi.office.audit.contracts import Act

router = APIRouter(prefix="/queues", tags=["live"])


class LimitIn(BaseModel):
    """Another limit, how long it stands, and why; without a limit the queue's own one holds."""

    limit_s: Annotated[int, Field(ge=5, le=3_600)] | None
    """Of after-call work that begins from now on. Seconds."""
    minutes: Annotated[int, Field(ge=1, le=240)] = 30
    """Until the queue's own limit holds again."""
    reason: Words


@router.post(
    "/{queue_id}/wrap-up-limit",
    operation_id="limit_wrap_up",
    status_code=204,
    responses=refusals(*COMMON, QueueNotFound, QueueUnknown, WrapUpWithoutLimit),
)
async def limit_wrap_up(queue_id: QueueId, body: LimitIn, acting: Supervising) -> Response:
    """Give a queue's after-call work another limit for a while, or its own one back at once."""
    must_see_queue(acting.caller, queue_id, acting.hub)
    given = WrapUpLimitAsked(
        at=acting.at,
        queue=queue_id,
        limit=None if body.limit_s is None else Millis(body.limit_s * 1_000),
        lasts=Millis(body.minutes * 60_000),
        by=acting.caller.user,
    )
    return await acting.do(
        given,
        Act.WRAP_UP_LIMITED,
        f"queue:{queue_id}"[:100],
        reason=body.reason,
        limit_s=body.limit_s,
        minutes=body.minutes if body.limit_s is not None else None,
    )
