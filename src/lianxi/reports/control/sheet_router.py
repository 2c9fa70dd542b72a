"""HTTP for the control sheet: what was out of range, who sees to it, and whether it helped."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import QueueId, UserId
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control import keeping
from lianxi.reports.control.contracts import EntryState
from lianxi.reports.control.errors import (
    ControlActionMissing,
    ControlEntryChanged,
    ControlEntryClosed,
    ControlEntryNotFound,
    OwnerUnknown,
)
from lianxi.reports.control.sheet_shapes import EntryOut, entry_out
from lianxi.reports.errors import MetricUnknown
from lianxi.reports.scope import sight_of
from lianxi.reports.shapes import viewer_of
from lianxi.reports.windows import local_day

router = APIRouter(prefix="/control-sheet", tags=["reports"])

Keeper = Annotated[Caller, needs(Permission.CONTROL_USE)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500)]


class Shown(StrEnum):
    """Which entries."""

    STANDING = "standing"
    """Everything that is not closed."""
    OPEN = "open"
    ACTING = "acting"
    CHECKING = "checking"
    CLOSED = "closed"
    ALL = "all"


class Step(StrEnum):
    """What a person does with an entry."""

    ASSIGN = "assign"
    """Somebody takes it on: `owner` (yourself unless given), `action` and `due`."""
    DONE = "done"
    """The action is done; the chart says later whether it helped."""
    DISMISS = "dismiss"
    """Nothing has to be done; `action` says why."""


class StepIn(BaseModel):
    """One step of an entry."""

    model_config = ConfigDict(extra="forbid")

    step: Step
    revision: int
    """As it was read."""
    owner: Short | None = None
    action: Words | None = None
    due: date | None = None


class OwnerOut(BaseModel):
    """Somebody who can own an entry."""

    id: str
    name: str


@router.get(
    "",
    operation_id="list_control_entries",
    response_model=Page[EntryOut],
    responses=refusals(NotSignedIn, Forbidden, MetricUnknown, CursorInvalid),
)
async def list_control_entries(
    caller: Keeper,
    uow: UnitOfWork,
    now: Now,
    zone: Zone,
    state: Shown = Shown.STANDING,
    metric: Short | None = None,
    queue: Short | None = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
) -> object:
    """Entries, newest first; whoever sees only a team's queues gets theirs."""
    try:
        wanted = None if metric is None else metric_of(metric).id
    except KeyError:
        raise MetricUnknown(metric=metric) from None
    sight = await sight_of(uow, viewer_of(caller))
    entries = await keeping.page(
        uow,
        states=_states(state),
        metric=wanted,
        queue=None if queue is None else QueueId(queue),
        within=None if sight is None else sight.queues,
        before=None if cursor is None else int(decode_cursor(cursor, int)[0]),
        limit=limit + 1,
    )
    today = local_day(now, zone)
    more = encode_cursor(entries[limit - 1].id) if len(entries) > limit else None
    return Page(items=[entry_out(entry, today=today) for entry in entries[:limit]], next=more)


@router.get(
    "/owners",
    operation_id="list_control_owners",
    response_model=list[OwnerOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_control_owners(caller: Keeper, uow: UnitOfWork) -> object:
    """Who can own an entry: everybody who may work with the sheet."""
    return [OwnerOut(id=user.id, name=user.name) for user in await keeping.owners(uow)]


@router.post(
    "/{entry_id}",
    operation_id="step_control_entry",
    response_model=EntryOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, ControlEntryNotFound, ControlEntryClosed,
        ControlEntryChanged, ControlActionMissing, OwnerUnknown,
    ),
)  # fmt: skip
async def step_control_entry(
    entry_id: int, body: StepIn, caller: Keeper, uow: UnitOfWork, now: Now, zone: Zone
) -> object:
    """Say who does what until when, that it is done, or why nothing has to be done."""
    sight = await sight_of(uow, viewer_of(caller))
    today = local_day(now, zone)
    step = keeping.Stepping(
        entry=entry_id,
        seen=body.revision,
        within=None if sight is None else sight.queues,
        today=today,
        at=now,
        by=caller,
    )
    match body.step:
        case Step.ASSIGN:
            if body.action is None or body.due is None:
                raise ControlActionMissing(entry=entry_id)
            owner = None if body.owner is None else UserId(body.owner)
            entry = await keeping.assign(uow, step, owner=owner, action=body.action, due=body.due)
        case Step.DONE:
            entry = await keeping.done(uow, step)
        case Step.DISMISS:
            if body.action is None:
                raise ControlActionMissing(entry=entry_id)
            entry = await keeping.dismiss(uow, step, reason=body.action)
    return entry_out(entry, today=today)


def _states(shown: Shown) -> tuple[EntryState, ...]:
    match shown:
        case Shown.ALL:
            return tuple(EntryState)
        case Shown.STANDING:
            return tuple(state for state in EntryState if state is not EntryState.CLOSED)
    return (EntryState(shown.value),)
