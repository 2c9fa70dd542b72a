"""HTTP for notices: what one was told by the bell, and how far the office is with telling."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs, signed_in
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.notices import facade
from lianxi.modules.notices.errors import LetterNotFound

router = APIRouter(tags=["notices"])

Anybody = Annotated[Caller, signed_in()]


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class NoticeOut(_Out):
    """Something that one was told; `subject` is what it is about, as `kind:id`."""

    id: int
    kind: str
    subject: str
    zh: str
    en: str
    at: int
    read_at: int | None


class NoticesOut(BaseModel):
    """A part of what one was told, newest first; `next` is null at its end."""

    unread: int
    items: list[NoticeOut]
    next: int | None


class NoticesReadIn(BaseModel):
    """One notice that was read, or everything up to one."""

    model_config = ConfigDict(extra="forbid")

    one: Annotated[int | None, Field(gt=0)] = None
    up_to: Annotated[int | None, Field(gt=0)] = None


class NoticeClocksOut(_Out):
    """How the centre's deadlines stand."""

    running: int
    late: int
    paused: int
    next_mark_at: int | None


class UndeliveredOut(_Out):
    """A message that nobody took; `to` is masked."""

    id: int
    topic: str
    subject: str
    to: str
    made_at: int
    ended_at: int | None
    error: str


class OfficeStandingOut(_Out):
    """How far the office is with what it has to tell."""

    clocks: NoticeClocksOut
    waiting: int
    given_up: int
    oldest_at: int | None
    undelivered: list[UndeliveredOut]
    """At most a hundred, newest first."""


@router.get(
    "/notices",
    operation_id="list_notices",
    responses=refusals(NotSignedIn),
)
async def list_notices(
    caller: Anybody,
    uow: UnitOfWork,
    before: Annotated[int | None, Query(gt=0)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> NoticesOut:
    """What the caller was told by the bell, and how much of it is unread."""
    found = await facade.of(uow, caller.user, before=before, limit=limit + 1)
    page = found[:limit]
    return NoticesOut(
        unread=await facade.unread(uow, caller.user),
        items=[NoticeOut.model_validate(each) for each in page],
        next=page[-1].id if len(found) > limit else None,
    )


@router.post(
    "/notices/read",
    operation_id="read_notices",
    status_code=204,
    responses=refusals(NotSignedIn, CsrfRefused),
)
async def read_notices(body: NoticesReadIn, caller: Anybody, uow: UnitOfWork, now: Now) -> None:
    """Note that the caller read one notice, or everything up to one."""
    if body.one is not None or body.up_to is not None:
        await facade.read(uow, caller.user, now, one=body.one, up_to=body.up_to)


@router.get(
    "/office/standing",
    operation_id="get_office_standing",
    response_model=OfficeStandingOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_office_standing(
    caller: Annotated[Caller, needs(Permission.SYSTEM_READ)], uow: UnitOfWork, now: Now
) -> object:
    """How deadlines and messages stand, with what nobody took."""
    return await facade.standing(uow, now)


@router.post(
    "/office/messages/{message_id}/again",
    operation_id="retry_office_message",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, LetterNotFound),
)
async def retry_office_message(
    message_id: int,
    caller: Annotated[Caller, needs(Permission.CASES_EDIT)],
    uow: UnitOfWork,
    now: Now,
) -> None:
    """Let a message that was given up be told once more."""
    await facade.try_again(uow, message_id, by=caller, at=now)
