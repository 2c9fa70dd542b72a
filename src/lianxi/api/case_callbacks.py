"""HTTP of 回访: what is to be called back, with the date and topic of the last contact. The call
itself is the desk's."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.unwanted import not_to_be_called
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import callbacks, looking
from lianxi.modules.cases.callback_contracts import CallbackFilter, CallbackLine, CallbackList
from lianxi.modules.cases.callbacks_repository import NEVER, Place
from lianxi.modules.cases.guards import BETWEEN_ATTEMPTS_MS
from lianxi.modules.cases.naming import customer_names
from lianxi.modules.cases.rules import MOST_ATTEMPTS
from lianxi.modules.cases.shapes import CaseLineOut
from lianxi.modules.contacts.last_repository import LastContact
from lianxi.modules.contacts.last_spoken import last_spoken
from lianxi.modules.customers.facade import do_not_call_of
from lianxi.modules.identity import facade as identity
from lianxi.projections.live.callbacks import NotToBeCalled

router = APIRouter(tags=["case callbacks"])

CallsBack = Annotated[Caller, needs(Permission.CASES_READ, Permission.CASES_CALL_BACK)]
Id = Annotated[str, StringConstraints(max_length=80)]


class CallbackCallerOut(BaseModel):
    """Who is to call back."""

    id: str
    name: str


class LastContactOut(BaseModel):
    """When the customer was last spoken to, and what about; topics may be empty."""

    model_config = ConfigDict(from_attributes=True)

    contact: str
    at: int
    topic: str
    topic_en: str


class CaseCallbackOut(BaseModel):
    """A work order whose customer is to be called back."""

    case: CaseLineOut
    person: CallbackCallerOut | None
    given_at: int | None
    attempts: int
    """In this round, without reaching the customer."""
    last_at: int | None
    not_before: int | None
    """The next attempt that may find nobody: two hours after the one before."""
    is_last: bool
    """One more attempt that finds nobody ends it."""
    last_contact: LastContactOut | None
    do_not_call: NotToBeCalled | None
    """The number is not to be called any more: it is neither given out nor called."""


class CallbackCountsOut(BaseModel):
    """How long each list is."""

    mine: int
    all: int
    nobodys: int


@router.get(
    "/case-callbacks",
    operation_id="list_case_callbacks",
    response_model=Page[CaseCallbackOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_case_callbacks(
    caller: CallsBack,
    uow: UnitOfWork,
    now: Now,
    list: CallbackList = CallbackList.MINE,
    person: Id | None = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Work orders whose customer is to be called back, what is due first."""
    wanted = CallbackFilter(list=list, person=UserId(person) if person else None)
    seen = await looking.sight(uow, caller)
    found = await callbacks.find(uow, wanted, seen, after=_place(cursor), limit=limit + 1)
    page = found[:limit]
    last = page[-1].case if page and len(found) > limit else None
    return {
        "items": await _lines(uow, page, caller, now),
        "next": encode_cursor(last.due_at or NEVER, last.id) if last else None,
    }


@router.get(
    "/case-callbacks/counts",
    operation_id="count_case_callbacks",
    response_model=CallbackCountsOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def count_case_callbacks(caller: CallsBack, uow: UnitOfWork) -> object:
    """How long each list is for the caller."""
    seen = await looking.sight(uow, caller)
    return {
        which.value: await callbacks.count(uow, CallbackFilter(list=which), seen)
        for which in CallbackList
    }


async def _lines(
    session: AsyncSession, lines: Sequence[CallbackLine], caller: Caller, now: Instant
) -> list[CaseCallbackOut]:
    named = {line.person for line in lines if line.person is not None}
    names = {user.id: user.name for user in await identity.some(session, named)}
    phones = [line.case.phone for line in lines if line.case.phone]
    spoke = await last_spoken(session, phones)
    quiet = await do_not_call_of(session, phones, at=now)
    customers = await customer_names(session, [line.case for line in lines], caller)
    return [
        _line(
            line,
            CaseLineOut.of(line.case, now, customers.get(line.case.id, "")),
            names,
            spoke.get(line.case.phone),
            not_to_be_called(quiet.get(line.case.phone)),
        )
        for line in lines
    ]


def _line(
    line: CallbackLine,
    case: CaseLineOut,
    names: dict[UserId, str],
    spoke: LastContact | None,
    quiet: NotToBeCalled | None,
) -> CaseCallbackOut:
    person = line.person
    return CaseCallbackOut(
        case=case,
        person=CallbackCallerOut(id=person, name=names.get(person, person)) if person else None,
        given_at=line.given_at,
        attempts=line.attempts,
        last_at=line.last_at,
        not_before=None if line.last_at is None else line.last_at + BETWEEN_ATTEMPTS_MS,
        is_last=line.attempts + 1 >= MOST_ATTEMPTS,
        last_contact=LastContactOut.model_validate(spoke) if spoke else None,
        do_not_call=quiet,
    )


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    at, id = decode_cursor(cursor, int, str)
    return Instant(int(at)), CaseId(str(id))
