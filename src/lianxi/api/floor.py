"""HTTP of the live floor: supervisors move who waits, change the order, merge queues."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from lianxi.api.desk import HubPart, SwitchboardPart
from lianxi.api.floor_errors import ContactNotWaiting, GroupUnknown, TransferTargetUnknown
from lianxi.api.handing_on import ToIn, Words, destination_of
from lianxi.api.live.topics import sight_of
from lianxi.engine.living import Contact
from lianxi.engine.messages.agent_inputs import ContactPulled, ContactRanked, MergeAsked
from lianxi.engine.messages.base import Input
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.idempotency import IdempotencyKey, IdempotencyKeyInvalid, intention
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import ContactId, GroupId, QueueId
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(tags=["live"])

Supervisor = Annotated[Caller, needs(Permission.LIVE_FORCE)]

COMMON: tuple[type[Rejection], ...] = (NotSignedIn, Forbidden, CsrfRefused, IdempotencyKeyInvalid)


class PullIn(BaseModel):
    """Where somebody who waits goes, and why."""

    to: ToIn
    reason: Words


class RankIn(BaseModel):
    """The priority from now on; each step counts as much as the centre's `age_worth` of waiting."""

    priority: Annotated[int, Field(ge=-1_000, le=1_000)]
    reason: Words


class MergeIn(BaseModel):
    """Together or apart, and why."""

    merged: bool
    reason: Words


class GroupRow(BaseModel):
    """A group of queues that can help each other out."""

    id: str
    queues: list[str]
    merged: bool
    by: str | None
    """Why: wait, length, or who did it by hand."""
    by_hand: bool


class Acting:
    """A supervisor's act: first the row in the audit, then the act. A refusal takes it back."""

    def __init__(
        self,
        request: Request,
        caller: Supervisor,
        hub: HubPart,
        switchboard: SwitchboardPart,
        uow: UnitOfWork,
        now: Now,
        key: IdempotencyKey = None,
    ) -> None:
        self.caller = caller
        self.hub = hub
        self.at = now
        self._switchboard = switchboard
        self._uow = uow
        self._key = intention(caller, request, key)

    def waiting(self, contact_id: ContactId) -> Contact:
        """Somebody in a line the supervisor sees.

        Raises:
            ContactNotWaiting: also for one that is out of sight.
        """
        centre, sight = self.hub.centre, sight_of(self.caller)
        contact = centre.state.contacts.get(contact_id)
        if contact is None or not sight.sees_contact(contact, centre, sight.queues(centre.state)):
            raise ContactNotWaiting(contact=contact_id)
        return contact

    async def do(
        self, given: Input, act: Act, what: str, *, reason: str, **facts: object
    ) -> Response:
        """Write the row and ask the switchboard."""
        await audit.record(
            self._uow,
            at=self.at,
            who=self.caller,
            act=act,
            object=what,
            facts=facts,
            reason=reason,
        )
        await self._uow.flush()
        await self._switchboard.ask(given, self._key)
        return Response(status_code=204)


Supervising = Annotated[Acting, Depends()]


@router.post(
    "/contacts/{contact_id}/pull",
    operation_id="pull_contact",
    status_code=204,
    responses=refusals(*COMMON, ContactNotWaiting, TransferTargetUnknown),
)
async def pull_contact(contact_id: ContactId, body: PullIn, acting: Supervising) -> Response:
    """Move somebody who waits to an agent, or into another queue; the age is kept."""
    contact = acting.waiting(contact_id)
    to = destination_of(body.to, acting.hub.centre.state.routing)
    given = ContactPulled(at=acting.at, contact=contact.id, to=to, by=acting.caller.user)
    return await acting.do(
        given,
        Act.CONTACT_PULLED,
        f"contact:{contact.id}",
        reason=body.reason,
        to=body.to.named(),
        queue=contact.queue,
    )


@router.post(
    "/contacts/{contact_id}/rank",
    operation_id="rank_contact",
    status_code=204,
    responses=refusals(*COMMON, ContactNotWaiting),
)
async def rank_contact(contact_id: ContactId, body: RankIn, acting: Supervising) -> Response:
    """Give somebody who waits another priority, hence another place in line."""
    contact = acting.waiting(contact_id)
    entry = acting.hub.centre.state.entries.get(contact.entry) if contact.entry else None
    given = ContactRanked(
        at=acting.at, contact=contact.id, priority=body.priority, by=acting.caller.user
    )
    return await acting.do(
        given,
        Act.CONTACT_RANKED,
        f"contact:{contact.id}",
        reason=body.reason,
        priority=body.priority,
        was=entry.priority if entry is not None else None,
    )


@router.get(
    "/groups",
    operation_id="list_groups",
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_groups(
    caller: Annotated[Caller, needs(Permission.LIVE_READ)], hub: HubPart
) -> list[GroupRow]:
    """List the groups of queues, and which of them are merged now."""
    state = hub.centre.state
    rows = []
    for rule in state.routing.merges:
        merged = state.merged.get(rule.id)
        rows.append(
            GroupRow(
                id=rule.id,
                queues=list(merged.queues if merged is not None else rule.queues),
                merged=merged is not None,
                by=merged.by if merged is not None else None,
                by_hand=merged is not None and merged.is_by_hand,
            )
        )
    return rows


@router.post(
    "/groups/{group_id}/merge",
    operation_id="merge_queues",
    status_code=204,
    responses=refusals(*COMMON, GroupUnknown),
)
async def merge_queues(group_id: GroupId, body: MergeIn, acting: Supervising) -> Response:
    """Let the agents of a group of queues serve all of them, or take the group apart again."""
    state = acting.hub.centre.state
    queues: set[QueueId] = {
        queue for rule in state.routing.merges if rule.id == group_id for queue in rule.queues
    }
    merged = state.merged.get(group_id)
    queues |= set(merged.queues) if merged is not None else set()
    if queues - sight_of(acting.caller).queues(state):
        raise GroupUnknown(group=group_id)
    given = MergeAsked(at=acting.at, group=group_id, merged=body.merged, by=acting.caller.user)
    return await acting.do(
        given, Act.QUEUES_MERGED, f"group:{group_id}"[:100], reason=body.reason, merged=body.merged
    )
