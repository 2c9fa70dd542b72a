"""HTTP for work orders: lists, one with its story, making one, and what may happen to it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AreaId, CaseId, ContactId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import errors, facade, looking
from lianxi.modules.cases.asked import CaseIn, CaseMergeIn, EventIn
from lianxi.modules.cases.contracts import Case, Category, Wanted
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.listed import CaseFilter, CaseList, CaseSort, Sight
from lianxi.modules.cases.listing_repository import Place
from lianxi.modules.cases.naming import customer_names, people_of
from lianxi.modules.cases.shapes import (
    CaseLineOut,
    CaseOut,
    CountsOut,
    StoryOut,
    SuggestedOut,
)
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.form.errors import AnswersRefused

router = APIRouter(tags=["cases"])

Reader = Annotated[Caller, needs(Permission.CASES_READ)]
Writer = Annotated[Caller, needs(Permission.CASES_CREATE)]
OrdersPart = Annotated[Orders, provided(Orders)]
Short = Annotated[str, StringConstraints(max_length=80)]
Text = Annotated[str, StringConstraints(max_length=100)]
Tail = Annotated[str, StringConstraints(pattern=r"^[0-9+*#]{1,20}$")]
When = Annotated[int | None, Query(gt=0)]


def _wanted(
    list: CaseList = CaseList.OPEN,
    kind: Short | None = None,
    category: Category | None = None,
    area: Short | None = None,
    customer: Short | None = None,
    contact: Short | None = None,
    text: Text | None = None,
    phone_tail: Tail | None = None,
    priority: Annotated[int | None, Query(ge=1, le=4)] = None,
    overdue_at: When = None,
    due_before: When = None,
    since: Annotated[int | None, Query(alias="from")] = None,
    until: Annotated[int | None, Query(alias="to")] = None,
    supervised: bool | None = None,
    warned: bool | None = None,
) -> CaseFilter:
    return CaseFilter(
        list=list,
        kind=kind,
        category=category,
        area=AreaId(area) if area else None,
        customer=CustomerId(customer) if customer else None,
        contact=ContactId(contact) if contact else None,
        text=text,
        phone_tail=phone_tail,
        priority=priority,
        overdue_at=None if overdue_at is None else Instant(overdue_at),
        due_before=None if due_before is None else Instant(due_before),
        since=None if since is None else Instant(since),
        until=None if until is None else Instant(until),
        supervised=supervised,
        warned=warned,
    )


Filter = Annotated[CaseFilter, Depends(_wanted)]


@router.get(
    "/cases",
    operation_id="list_cases",
    response_model=Page[CaseLineOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_cases(
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    wanted: Filter,
    sort: CaseSort = CaseSort.NEWEST,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Work orders that the caller sees, each with its open deadlines; `to` is exclusive."""
    seen = await looking.sight(uow, caller)
    found = await looking.find(uow, wanted, seen, sort=sort, after=_place(cursor), limit=limit + 1)
    page, more = found[:limit], len(found) > limit
    last = page[-1] if page else None
    at = None if last is None else (last.due_at if sort is CaseSort.DUE else last.opened_at)
    named = await customer_names(uow, page, caller)
    return {
        "items": [CaseLineOut.of(line, now, named.get(line.id, "")) for line in page],
        "next": encode_cursor(at or 0, last.id) if more and last else None,
    }


@router.get(
    "/cases/counts",
    operation_id="count_cases",
    response_model=CountsOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def count_cases(caller: Reader, uow: UnitOfWork, wanted: Filter) -> object:
    """How long each list is, with the other filters."""
    return {"counts": await looking.counts(uow, wanted, await looking.sight(uow, caller))}


@router.get(
    "/cases/area",
    operation_id="suggest_case_area",
    response_model=SuggestedOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def suggest_case_area(
    caller: Reader, uow: UnitOfWork, kind: Short, place: Text = ""
) -> object:
    """Which area the catalogue names for a kind and a place."""
    return {"area": await facade.suggested_area(uow, kind, place)}


@router.post(
    "/cases",
    operation_id="create_case",
    status_code=201,
    response_model=CaseOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseTypeNotFound, errors.CaseTextMissing,
        AnswersRefused,
    ),
)  # fmt: skip
async def create_case(
    body: CaseIn, caller: Writer, uow: UnitOfWork, now: Now, orders: OrdersPart
) -> object:
    """Make a work order; it stands in the list of those to be dispatched."""
    case = await facade.create(uow, orders, body.wanted(), by=caller, at=now)
    return await _whole(uow, case, caller, await looking.sight(uow, caller), now)


@router.get(
    "/cases/{case_id}",
    operation_id="get_case",
    response_model=CaseOut,
    responses=refusals(NotSignedIn, Forbidden, errors.CaseNotFound),
)
async def get_case(case_id: Short, caller: Reader, uow: UnitOfWork, now: Now) -> object:
    """A work order by its id or number, with what may happen to it now."""
    seen = await looking.sight(uow, caller)
    return await _whole(uow, await looking.one(uow, case_id, seen), caller, seen, now)


@router.get(
    "/cases/{case_id}/story",
    operation_id="get_case_story",
    response_model=list[StoryOut],
    responses=refusals(NotSignedIn, Forbidden, errors.CaseNotFound),
)
async def get_case_story(case_id: Short, caller: Reader, uow: UnitOfWork) -> object:
    """Everything that happened to a work order, newest first."""
    case = await looking.one(uow, case_id, await looking.sight(uow, caller))
    return [StoryOut.of(row) for row in await looking.story(uow, case)]


@router.post(
    "/cases/{case_id}/events",
    operation_id="fire_case_event",
    response_model=CaseOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, EventNotAllowed, errors.CaseNotFound,
        errors.CaseChanged, errors.CaseReasonMissing, errors.NotYourArea, errors.AreaNotFound,
        errors.AreaReturnedIt, errors.HandlingMissing, errors.CallbackNotDue,
        errors.CallbackRequired, errors.CallbackNotRequired, errors.OwnWork,
        errors.SuspendedAlready, errors.NoExtension, errors.WarningOpen, errors.CaseFactsMissing,
    ),
)  # fmt: skip
async def fire_case_event(
    case_id: Short, body: EventIn, caller: Reader, uow: UnitOfWork, now: Now, orders: OrdersPart
) -> object:
    """Let an event happen to a work order: dispatch, accept, complete, ..."""
    seen = await looking.sight(uow, caller)
    case = await looking.one(uow, case_id, seen)
    looking.require(body.event, caller)
    facts = body.facts.model_dump(mode="json", exclude_none=True)
    wanted = Wanted(event=body.event, reason=body.reason, facts=facts, revision=body.revision)
    after = await facade.happen(uow, orders, case.id, wanted, by=caller, at=now)
    return await _whole(uow, after, caller, seen, now)


@router.post(
    "/cases/{case_id}/merge",
    operation_id="merge_case",
    response_model=CaseOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, EventNotAllowed, errors.CaseNotFound,
        errors.CaseReasonMissing, errors.CannotMerge,
    ),
)  # fmt: skip
async def merge_case(
    case_id: Short,
    body: CaseMergeIn,
    caller: Annotated[Caller, needs(Permission.CASES_DISPATCH)],
    uow: UnitOfWork,
    now: Now,
    orders: OrdersPart,
) -> object:
    """Merge a work order that repeats another into that one."""
    seen = await looking.sight(uow, caller)
    one = await looking.one(uow, case_id, seen)
    other = await looking.one(uow, body.into, seen)
    after = await facade.merge(uow, orders, one.id, other.id, reason=body.reason, by=caller, at=now)
    return await _whole(uow, after, caller, seen, now)


async def _whole(uow: UnitOfWork, case: Case, caller: Caller, seen: Sight, now: Instant) -> CaseOut:
    people, staff = await people_of(uow, case)
    return CaseOut.of(
        case,
        people=people,
        staff=staff,
        contacts=await facade.contacts_of(uow, case.id),
        clocks=await looking.clocks_of(uow, case),
        possible=looking.possible(case, caller, seen),
        now=now,
    )


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    at, id = decode_cursor(cursor, int, str)
    return Instant(int(at)), CaseId(str(id))
