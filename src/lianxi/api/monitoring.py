"""HTTP of the live floor: supervisors listen, whisper, barge in, take over, end conversations."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict

from lianxi.api.desk import HubPart, SwitchboardPart
from lianxi.api.errors import DeskNotSignedIn, NotTalking
from lianxi.api.floor import COMMON, Acting, Supervising
from lianxi.api.handing_on import Words
from lianxi.api.live.topics import sight_of
from lianxi.api.monitor_rights import teams_of
from lianxi.api.monitoring_errors import (
    DeviceMissing,
    ListenersFull,
    MonitoringAlready,
    MonitorOver,
    MonitorSelf,
    MonitorTargetUnknown,
    NothingToTakeOver,
    SupervisorBusy,
)
from lianxi.engine.messages.monitoring import (
    ContactEndAsked,
    MonitorAsked,
    MonitorEndAsked,
    MonitorMode,
    MonitorModeAsked,
    TakeOverAsked,
)
from lianxi.engine.supervised import Monitor
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import InvalidRequest, refusals
from lianxi.http.idempotency import IdempotencyKey
from lianxi.http.permissions import Permission
from lianxi.kernel.errors import Rejection
from lianxi.kernel.ids import AgentId, ContactId, MonitorId
from lianxi.office.audit.contracts import Act
from lianxi.projections.live.names import agent_name_by_id
from lianxi.projections.live.rows import AgentName

router = APIRouter(tags=["live"])

BEGIN: tuple[type[Rejection], ...] = (
    *COMMON, DeskNotSignedIn, MonitorTargetUnknown, MonitorSelf, MonitoringAlready, SupervisorBusy,
    DeviceMissing, ListenersFull,
)  # fmt: skip


class MonitorIn(BaseModel):
    """Whom to follow, exactly one of the two, and who hears the supervisor."""

    model_config = ConfigDict(extra="forbid")

    agent: AgentId | None = None
    """This conversation and those after it."""
    contact: ContactId | None = None
    """This customer, whoever has the conversation."""
    mode: MonitorMode = MonitorMode.LISTEN


class ModeIn(BaseModel):
    """Who hears the supervisor."""

    mode: MonitorMode


class ReasonIn(BaseModel):
    """Why."""

    reason: Words


class MonitorRow(BaseModel):
    """A supervisor who is in on a conversation."""

    id: MonitorId
    by: AgentName | None
    agent: AgentName | None
    """Who is heard, or will be."""
    contact: ContactId | None
    """None = silence until the next conversation."""
    follows: str
    """`agent` or `customer`."""
    mode: MonitorMode
    """As wished."""
    now: MonitorMode
    """As it is: nobody barges in on an agent who is aside."""
    up: bool
    """The supervisor's telephone is there."""
    since: int


AtOwnDesk = Annotated[Caller, needs(Permission.LIVE_FORCE, Permission.DESK_USE)]


class Listening(Acting):
    """A supervisor's act from the own desk."""

    def __init__(
        self,
        request: Request,
        caller: AtOwnDesk,
        hub: HubPart,
        switchboard: SwitchboardPart,
        uow: UnitOfWork,
        now: Now,
        key: IdempotencyKey = None,
    ) -> None:
        super().__init__(request, caller, hub, switchboard, uow, now, key)
        self.desk = switchboard.own_agent(caller).id

    def own(self, monitor_id: MonitorId) -> Monitor:
        """The supervisor's own listening.

        Raises:
            MonitorOver: also for that of another one.
        """
        monitor = self.hub.centre.state.monitors.get(monitor_id)
        if monitor is None or monitor.by != self.desk:
            raise MonitorOver(monitor=monitor_id)
        return monitor

    def now_row(self) -> MonitorRow:
        """The supervisor's listening that there is now.

        Raises:
            MonitorOver: it is over already.
        """
        for monitor in self.hub.centre.state.monitors.values():
            if monitor.by == self.desk:
                return row_of(monitor, self.hub)
        raise MonitorOver


Ears = Annotated[Listening, Depends()]


def row_of(monitor: Monitor, hub: HubPart) -> MonitorRow:
    """As it is shown."""
    centre = hub.centre
    return MonitorRow(
        id=monitor.id,
        by=agent_name_by_id(monitor.by, centre),
        agent=agent_name_by_id(monitor.agent or monitor.follows_agent, centre),
        contact=monitor.contact,
        follows="agent" if monitor.follows_agent is not None else "customer",
        mode=monitor.mode,
        now=monitor.tuned,
        up=monitor.is_up,
        since=monitor.since,
    )


def must_see(
    agent: AgentId | None, contact: ContactId | None, caller: Caller, hub: HubPart
) -> None:
    """Only of the supervisor's own teams.

    Raises:
        MonitorTargetUnknown: out of sight, or not there.
    """
    centre, sight = hub.centre, sight_of(caller)
    if agent is not None:
        setup = centre.setup(agent)
        if setup is None or not sight.sees_agent(setup):
            raise MonitorTargetUnknown(agent=agent)
    if contact is not None:
        found = centre.state.contacts.get(contact)
        if found is None or not sight.sees_contact(found, centre, sight.queues(centre.state)):
            raise MonitorTargetUnknown(contact=contact)


@router.post("/monitors", operation_id="begin_monitor", status_code=201, responses=refusals(*BEGIN))
async def begin_monitor(body: MonitorIn, ears: Ears) -> MonitorRow:
    """Be in on a conversation: your telephone is called, and answers by itself in the browser."""
    if (body.agent is None) == (body.contact is None):
        raise InvalidRequest(field="body", why="name one of agent, contact")
    must_see(body.agent, body.contact, ears.caller, ears.hub)
    what = f"agent:{body.agent}" if body.agent is not None else f"contact:{body.contact}"
    given = MonitorAsked(
        at=ears.at,
        by=ears.desk,
        agent=body.agent,
        contact=body.contact,
        mode=body.mode,
        teams=teams_of(ears.caller),
    )
    await ears.do(given, Act.MONITOR_BEGAN, what[:100], reason="", mode=body.mode.value)
    return ears.now_row()


@router.get("/monitors", operation_id="list_monitors", responses=refusals(NotSignedIn, Forbidden))
async def list_monitors(
    caller: Annotated[Caller, needs(Permission.LIVE_READ)], hub: HubPart
) -> list[MonitorRow]:
    """List who is in on which conversation, of the agents you see."""
    centre, sight = hub.centre, sight_of(caller)
    rows = []
    for monitor in centre.state.monitors.values():
        heard = monitor.agent or monitor.follows_agent or monitor.by
        setup = centre.setup(heard)
        if setup is not None and sight.sees_agent(setup):
            rows.append(row_of(monitor, hub))
    return rows


@router.post(
    "/monitors/{monitor_id}/mode",
    operation_id="change_monitor",
    status_code=204,
    responses=refusals(*COMMON, MonitorOver),
)
async def change_monitor(monitor_id: MonitorId, body: ModeIn, ears: Ears) -> Response:
    """Change who hears you: nobody, the agent, everybody."""
    monitor = ears.own(monitor_id)
    given = MonitorModeAsked(at=ears.at, by=ears.desk, monitor=monitor.id, mode=body.mode)
    return await ears.do(
        given,
        Act.MONITOR_CHANGED,
        f"monitor:{monitor.id}",
        reason="",
        mode=body.mode.value,
        was=monitor.mode.value,
        contact=monitor.contact,
        agent=monitor.agent,
    )


@router.delete(
    "/monitors/{monitor_id}",
    operation_id="end_monitor",
    status_code=204,
    responses=refusals(*COMMON, MonitorOver),
)
async def end_monitor(monitor_id: MonitorId, ears: Ears) -> Response:
    """Be out of it."""
    monitor = ears.own(monitor_id)
    given = MonitorEndAsked(at=ears.at, by=ears.desk, monitor=monitor.id)
    return await ears.do(
        given,
        Act.MONITOR_LEFT,
        f"monitor:{monitor.id}",
        reason="",
        contact=monitor.contact,
        agent=monitor.agent or monitor.follows_agent,
    )


@router.post(
    "/monitors/{monitor_id}/take-over",
    operation_id="take_over_contact",
    status_code=204,
    responses=refusals(*COMMON, MonitorOver, NothingToTakeOver),
)
async def take_over_contact(monitor_id: MonitorId, body: ReasonIn, ears: Ears) -> Response:
    """Go on with the customer yourself; the agent is released to wrap-up."""
    monitor = ears.own(monitor_id)
    given = TakeOverAsked(at=ears.at, by=ears.desk, monitor=monitor.id, reason=body.reason)
    return await ears.do(
        given,
        Act.CONTACT_TAKEN_OVER,
        f"contact:{monitor.contact}"[:100],
        reason=body.reason,
        agent=monitor.agent,
        monitor=monitor.id,
    )


@router.post(
    "/contacts/{contact_id}/end",
    operation_id="end_contact",
    status_code=204,
    responses=refusals(*COMMON, NotTalking),
)
async def end_contact(contact_id: ContactId, body: ReasonIn, acting: Supervising) -> Response:
    """End a conversation for customer and agent."""
    centre, sight = acting.hub.centre, sight_of(acting.caller)
    contact = centre.state.contacts.get(contact_id)
    if contact is None or not sight.sees_contact(contact, centre, sight.queues(centre.state)):
        raise NotTalking(contact=contact_id)
    given = ContactEndAsked(
        at=acting.at, contact=contact_id, by=acting.caller.user, reason=body.reason
    )
    return await acting.do(
        given,
        Act.CONTACT_END_FORCED,
        f"contact:{contact_id}",
        reason=body.reason,
        agent=contact.agent,
    )
