"""HTTP of the live floor: a supervisor sets an agent's state, with a reason."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from lianxi.api.asking import Switchboard
from lianxi.api.errors import DeskNotSignedIn, InCall
from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.engine.messages.agent_inputs import AgentForced
from lianxi.engine.messages.values import Intent
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKey, IdempotencyKeyInvalid, intention
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AgentId
from lianxi.modules.routing.errors import AgentNotFound
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(prefix="/agents", tags=["live"])

FORCED = {"ready": Intent.READY, "not_ready": Intent.NOT_READY, "signed_out": None}


class ForceIn(BaseModel):
    """The state, and the supervisor's reason in own words."""

    to: Literal["ready", "not_ready", "signed_out"]
    reason: Annotated[str, Field(min_length=1, max_length=200)]


@router.post(
    "/{agent_id}/force",
    operation_id="force_agent",
    status_code=204,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid, AgentNotFound,
        DeskNotSignedIn, InCall,
    ),
)  # fmt: skip
async def force_agent(
    request: Request,
    agent_id: AgentId,
    body: ForceIn,
    caller: Annotated[Caller, needs(Permission.LIVE_FORCE)],
    switchboard: Annotated[Switchboard, provided(Switchboard)],
    hub: Annotated[Hub, provided(Hub)],
    uow: UnitOfWork,
    now: Now,
    key: IdempotencyKey = None,
) -> Response:
    """Set an agent's state. Written into the audit together with the reason."""
    setup = hub.centre.setup(agent_id)
    if setup is None or not sight_of(caller).sees_agent(setup):
        raise AgentNotFound(agent=agent_id)
    before = hub.centre.shown(agent_id)
    # First the row, then the act: no act without its row. A refusal takes the row back.
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.AGENT_FORCED,
        object=f"agent:{agent_id}",
        before={"state": before.state.value},
        after={"state": body.to},
        reason=body.reason,
    )
    await uow.flush()
    given = AgentForced(
        at=now, agent=agent_id, to=FORCED[body.to], reason=body.reason, by=caller.user
    )
    await switchboard.ask(given, intention(caller, request, key))
    return Response(status_code=204)
