"""HTTP for raw facts: rows of a fact table as a file. Taking them away goes into the audit."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from importlib import import_module
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import StringConstraints

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission, Scope
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.facade import record as audit
from lianxi.reports.store.contracts import RawFormat
from lianxi.reports.store.errors import DaysInvalid, FactsUnknown
from lianxi.reports.store.tables import fact_tables
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of_day
from lianxi.settings import Settings

router = APIRouter(prefix="/reports/facts", tags=["reports"])

Taker = Annotated[Caller, needs(Permission.REPORTS_RAW)]
Zone = Annotated[ZoneInfo, provided(ZoneInfo)]
Setup = Annotated[Settings, provided(Settings)]
Short = Annotated[str, StringConstraints(max_length=80)]

MOST_DAYS = 366
EPOCH = 1970
MEDIA = {
    RawFormat.CSV: "text/csv; charset=utf-8",
    RawFormat.PARQUET: "application/vnd.apache.parquet",
}


@router.get(
    "/{table}",
    operation_id="download_facts",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": {media.partition(";")[0]: {} for media in MEDIA.values()},
            "description": "The rows as a file, in no promised order.",
        },
        **refusals(NotSignedIn, Forbidden, FactsUnknown, DaysInvalid),
    },
)
async def download_facts(
    table: Short,
    caller: Taker,
    uow: UnitOfWork,
    sessions: Sessions,
    setup: Setup,
    zone: Zone,
    now: Now,
    first: Annotated[date, Query(alias="from", description="First day, by the centre's clock.")],
    last: Annotated[date, Query(alias="to", description="Last day, included.")],
    form: Annotated[RawFormat, Query(alias="format")] = RawFormat.CSV,
    in_full: Annotated[
        bool, Query(description="Customers' numbers unmasked; needs `records.reveal`.")
    ] = False,
) -> StreamingResponse:
    """Rows of a fact table whose moment lies in these days. Closed days come from their files."""
    if table not in fact_tables():
        raise FactsUnknown(table=table)
    if first.year < EPOCH or last.year >= date.max.year or not 0 <= (last - first).days < MOST_DAYS:
        raise DaysInvalid(first=first.isoformat(), last=last.isoformat())
    if caller.scope is not Scope.ALL:
        raise Forbidden(permission=Permission.REPORTS_RAW.value)
    if in_full and not caller.may(Permission.RECORDS_REVEAL):
        raise Forbidden(permission=Permission.RECORDS_REVEAL.value)
    # Late on purpose: it brings DuckDB and Arrow.
    raw = await asyncio.to_thread(import_module, "lianxi.reports.store.raw")
    window = Window(
        begins_at=window_of_day(first, zone).begins_at, ends_at=window_of_day(last, zone).ends_at
    )
    pieces: AsyncIterator[bytes] = raw.pieces(
        sessions, setup.paths.facts, window, zone, table=table, form=form, in_full=in_full
    )
    begin = await anext(pieces, b"")  # what cannot be read is said before the answer begins
    await audit(
        uow,
        at=now,
        who=caller,
        act=Act.FACTS_DOWNLOADED,
        object=f"facts:{table}",
        facts={
            "from": first.isoformat(),
            "to": last.isoformat(),
            "format": form.value,
            "in_full": in_full,
        },
    )
    name = f"{table}_{first}_{last}.{form.value}"
    return StreamingResponse(
        _from(begin, pieces),
        media_type=MEDIA[form],
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


async def _from(begin: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield begin
    async for piece in rest:
        yield piece
