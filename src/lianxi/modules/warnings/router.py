"""HTTP for complaint warnings: the list, one with its hops, and what may happen to it."""

import asyncio
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response
from pydantic import StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import WarningId
from lianxi.kernel.time import Instant
from lianxi.modules.warnings import errors, facade, looking
from lianxi.modules.warnings.asked import WarningEventIn, WarningIn
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    Level,
    NewWarning,
    Wanted,
    WarningFilter,
    WarningSort,
    WarningState,
)
from lianxi.modules.warnings.hop_sheet import HopSheet
from lianxi.modules.warnings.keeping import Warnings
from lianxi.modules.warnings.listing_repository import place_of
from lianxi.modules.warnings.looking import Sight
from lianxi.modules.warnings.shapes import (
    HopReportOut,
    WarningCountsOut,
    WarningLineOut,
    WarningOut,
    WarningStoryOut,
)
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.exports.contracts import ExportFormat, ExportLanguage
from lianxi.office.exports.router import MEDIA
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.form.errors import AnswersRefused

router = APIRouter(tags=["warnings"])

Reader = Annotated[Caller, needs(Permission.CASES_READ)]
Writer = Annotated[Caller, needs(Permission.CASES_READ, Permission.CASES_CREATE)]
WarningsPart = Annotated[Warnings, provided(Warnings)]
Short = Annotated[str, StringConstraints(max_length=80)]


def _wanted(
    state: Annotated[list[WarningState] | None, Query()] = None,
    level: Level | None = None,
    store: Short | None = None,
    text: Short | None = None,
    case: Short | None = None,
    since: Annotated[int | None, Query(alias="from")] = None,
    until: Annotated[int | None, Query(alias="to")] = None,
    open: bool | None = None,
    late_at: Annotated[int | None, Query(gt=0)] = None,
) -> WarningFilter:
    return WarningFilter(
        states=tuple(state or ()),
        level=level,
        store=store,
        text=text,
        case=case,
        since=None if since is None else Instant(since),
        until=None if until is None else Instant(until),
        open=open,
        late_at=None if late_at is None else Instant(late_at),
    )


@router.get(
    "/warnings",
    operation_id="list_warnings",
    response_model=Page[WarningLineOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_warnings(
    caller: Reader,
    uow: UnitOfWork,
    wanted: Annotated[WarningFilter, Depends(_wanted)],
    mine: bool = False,
    sort: WarningSort = WarningSort.NEWEST,
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Complaint warnings that the caller sees; `mine` are those of which a deadline runs that
    belongs to a post of the caller; `case` is an id or a number."""
    seen = await looking.sight(uow, caller)
    found = await looking.find(
        uow, wanted, seen, mine=mine, sort=sort, after=_place(cursor), limit=limit + 1
    )
    page = found[:limit]
    more = len(found) > limit
    last = place_of(page[-1].warning, page[-1].due_at, sort) if more else None
    return {
        "items": [WarningLineOut.of(line) for line in page],
        "next": encode_cursor(*last) if last else None,
    }


@router.get(
    "/warnings/counts",
    operation_id="count_warnings",
    response_model=WarningCountsOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def count_warnings(caller: Reader, uow: UnitOfWork, now: Now) -> object:
    """How many wait for the caller, are open, and are late now."""
    return await looking.counts(uow, await looking.sight(uow, caller), at=now)


@router.post(
    "/warnings",
    operation_id="create_warning",
    status_code=201,
    response_model=WarningOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CannotWarn, errors.WarnedAlready,
        errors.WarningTextMissing, errors.WarningNotFound,
    ),
)  # fmt: skip
async def create_warning(
    body: WarningIn, caller: Writer, uow: UnitOfWork, now: Now, warnings: WarningsPart
) -> object:
    """Classify a work order as a complaint in scope; it stays open until the warning is over."""
    new = NewWarning(**body.model_dump())
    made = await facade.classify(uow, warnings, new, by=caller, at=now)
    return await _whole(uow, made, caller, await looking.sight(uow, caller), now)


@router.get(
    "/warnings/{warning_id}",
    operation_id="get_warning",
    response_model=WarningOut,
    responses=refusals(NotSignedIn, Forbidden, errors.WarningNotFound),
)
async def get_warning(warning_id: Short, caller: Reader, uow: UnitOfWork, now: Now) -> object:
    """A warning by its id or number: the whole chain, what is due, and what may happen now."""
    seen = await looking.sight(uow, caller)
    return await _whole(uow, await looking.one(uow, warning_id, seen), caller, seen, now)


@router.get(
    "/warnings/{warning_id}/hops",
    operation_id="get_warning_hops",
    response_model=HopReportOut,
    responses=refusals(NotSignedIn, Forbidden, errors.WarningNotFound),
)
async def get_warning_hops(warning_id: Short, caller: Reader, uow: UnitOfWork, now: Now) -> object:
    """Whose it was, from when until when, against which limit; the chain adds up to the whole."""
    warning = await looking.one(uow, warning_id, await looking.sight(uow, caller))
    return await facade.hop_report(uow, warning, now)


@router.get(
    "/warnings/{warning_id}/hops/file",
    operation_id="download_warning_hops",
    response_class=Response,
    responses=refusals(NotSignedIn, Forbidden, errors.WarningNotFound),
)
async def download_warning_hops(
    warning_id: Short,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    zone: Annotated[ZoneInfo, provided(ZoneInfo)],
    format: Annotated[ExportFormat, Query()] = ExportFormat.XLSX,
    language: Annotated[ExportLanguage, Query()] = ExportLanguage.ZH,
) -> Response:
    """The report of all hops as a file; it goes into the audit."""
    seen = await looking.sight(uow, caller)
    warning = await looking.one(uow, warning_id, seen)
    whole = await looking.whole(uow, warning, caller, seen, at=now)
    sheet = HopSheet(whole=whole, by=caller.name, at=now, zone=zone, language=language)
    content = await asyncio.to_thread(sheet.file, format)
    await audit.record(
        uow, at=now, who=caller, act=Act.EXPORT_DOWNLOADED, object=f"warning:{warning.id}",
        facts={"format": format.value, "rows": len(whole.hops.lines)},
    )  # fmt: skip
    name = f"lianxi-{warning.number}.{format.value}"
    return Response(
        content,
        media_type=MEDIA[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get(
    "/warnings/{warning_id}/story",
    operation_id="get_warning_story",
    response_model=list[WarningStoryOut],
    responses=refusals(NotSignedIn, Forbidden, errors.WarningNotFound),
)
async def get_warning_story(warning_id: Short, caller: Reader, uow: UnitOfWork) -> object:
    """Everything that happened to a warning, newest first."""
    warning = await looking.one(uow, warning_id, await looking.sight(uow, caller))
    return [WarningStoryOut.of(row) for row in await looking.story(uow, warning)]


@router.post(
    "/warnings/{warning_id}/events",
    operation_id="fire_warning_event",
    response_model=WarningOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, EventNotAllowed, AnswersRefused,
        errors.WarningNotFound, errors.WarningChanged, errors.NotYourPost,
        errors.WarningTextMissing, errors.WarningRejected, errors.WarningNotRejected,
        errors.FirstRound, errors.SatisfactionMissing,
    ),
)  # fmt: skip
async def fire_warning_event(
    warning_id: Short,
    body: WarningEventIn,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    warnings: WarningsPart,
) -> object:
    """Let an event happen to a warning: submit, approve, guide, decide, recontact, ..."""
    seen = await looking.sight(uow, caller)
    warning = await looking.one(uow, warning_id, seen)
    wanted = Wanted(**body.model_dump())
    after = await facade.happen(uow, warnings, warning.id, wanted, by=caller, at=now)
    return await _whole(uow, after, caller, seen, now)


async def _whole(
    uow: UnitOfWork, warning: ComplaintWarning, caller: Caller, seen: Sight, now: Instant
) -> WarningOut:
    return WarningOut.whole(await looking.whole(uow, warning, caller, seen, at=now))


def _place(cursor: str | None) -> tuple[Instant, WarningId] | None:
    if cursor is None:
        return None
    at, id = decode_cursor(cursor, int, str)
    return Instant(int(at)), WarningId(str(id))
