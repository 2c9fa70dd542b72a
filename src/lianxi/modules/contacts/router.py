"""HTTP for records: the list, one record, its number; and the numbers still to be called back."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from lianxi.engine.messages.values import Channel, Party
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.journal.contracts import Journal
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.contacts import facade
from lianxi.modules.contacts.contracts import MissedFilter, Place, RecordFilter
from lianxi.modules.contacts.errors import NumberUnknown, RecordNotFound
from lianxi.modules.contacts.shapes import (
    ChoicesOut,
    MissedOut,
    NumberOut,
    RecordDetailOut,
    RecordOut,
)
from lianxi.projections.outcomes import ContactOutcome, Direction

router = APIRouter(tags=["records"])

Reader = Annotated[Caller, needs(Permission.RECORDS_READ)]
Revealer = Annotated[Caller, needs(Permission.RECORDS_READ, Permission.RECORDS_REVEAL)]
JournalPart = Annotated[Journal, provided(Journal)]
Short = Annotated[str, StringConstraints(max_length=80)]
DAY = Millis(24 * 60 * 60 * 1000)
Tail = Annotated[str, StringConstraints(pattern=r"^[0-9+*#]{1,20}$")]


Seconds = Annotated[int | None, Query(ge=0, le=86_400)]


@router.get(
    "/records",
    operation_id="list_records",
    response_model=Page[RecordOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_records(
    caller: Reader,
    uow: UnitOfWork,
    since: Annotated[int | None, Query(alias="from")] = None,
    until: Annotated[int | None, Query(alias="to")] = None,
    queue: Short | None = None,
    agent: Short | None = None,
    number_tail: Tail | None = None,
    outcome: ContactOutcome | None = None,
    direction: Direction | None = None,
    channel: Channel | None = None,
    team: Short | None = None,
    code: Short | None = None,
    ended_by: Party | None = None,
    recorded: bool | None = None,
    waited_from_s: Seconds = None,
    waited_to_s: Seconds = None,
    talked_from_s: Seconds = None,
    talked_to_s: Seconds = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Contacts within the caller's scope, newest first; `to` is exclusive, lengths are seconds with
    both ends."""
    wanted = RecordFilter(
        since=None if since is None else Instant(since),
        until=None if until is None else Instant(until),
        queue=queue,
        agent=agent,
        number_tail=number_tail,
        outcome=outcome,
        direction=direction,
        channel=channel,
        team=team,
        code=code,
        ended_by=ended_by,
        recorded=recorded,
        waited_from_s=waited_from_s,
        waited_to_s=waited_to_s,
        talked_from_s=talked_from_s,
        talked_to_s=talked_to_s,
    )
    found = await facade.find(
        uow, wanted, facade.reach_of(caller), before=_place(cursor), limit=limit + 1
    )
    page = found[:limit]
    more = len(found) > limit
    return {
        "items": page,
        "next": encode_cursor(page[-1].arrived_at, page[-1].id) if more else None,
    }


@router.get(
    "/contacts/missed",
    operation_id="list_missed_calls",
    response_model=Page[MissedOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_missed_calls(
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    since: Annotated[int | None, Query(alias="from")] = None,
    until: Annotated[int | None, Query(alias="to")] = None,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Callers nobody spoke to and whose number has not been answered since, newest first, one row a
    number. `to` is exclusive and defaults to now; `from` defaults to a day before it."""
    end = now if until is None else Instant(until)
    wanted = MissedFilter(since=Instant(end - DAY) if since is None else Instant(since), until=end)
    found = await facade.missed(
        uow, wanted, facade.reach_of(caller), before=_place(cursor), limit=limit + 1
    )
    page = found[:limit]
    last = page[-1].record if len(found) > limit else None
    return {
        "items": page,
        "next": encode_cursor(last.arrived_at, last.id) if last is not None else None,
    }


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    arrived_at, contact = decode_cursor(cursor, int, str)
    return Instant(int(arrived_at)), ContactId(str(contact))


@router.get(
    "/record-choices",
    operation_id="list_record_choices",
    response_model=ChoicesOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_record_choices(caller: Reader, uow: UnitOfWork) -> object:
    """What the caller's records can be narrowed by: queues, agents, teams, wrap-up codes."""
    found = await facade.choices(uow, facade.reach_of(caller))
    return {
        "queues": found.queues,
        "agents": found.agents,
        "teams": [{"id": id_, "name": name, "name_en": en} for id_, name, en in found.teams],
        "codes": found.codes,
    }


@router.get(
    "/records/{contact}",
    operation_id="read_record",
    response_model=RecordDetailOut,
    responses=refusals(NotSignedIn, Forbidden, RecordNotFound),
)
async def read_record(
    contact: Short, caller: Reader, uow: UnitOfWork, journal: JournalPart
) -> object:
    """One contact with its ladder and the state of its recording."""
    return await facade.detail(uow, journal, ContactId(contact), facade.reach_of(caller))


@router.post(
    "/records/{contact}/reveal",
    operation_id="reveal_number",
    response_model=NumberOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, RecordNotFound, NumberUnknown),
)
async def reveal_number(contact: Short, caller: Revealer, uow: UnitOfWork, now: Now) -> object:
    """The caller's number in full. Goes into the audit."""
    return NumberOut(number=await facade.reveal(uow, ContactId(contact), by=caller, at=now))
