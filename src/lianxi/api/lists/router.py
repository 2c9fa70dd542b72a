"""HTTP: a short list as a file, at once. Long ones are written by the worker (`/exports`)."""

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response
from pydantic import StringConstraints

from lianxi.api.desk import HubPart
from lianxi.api.lists.administered import ADMINISTERED
from lianxi.api.lists.connected import CONNECTED
from lianxi.api.lists.lively import LIVELY
from lianxi.api.lists.tables import Reading, Rows, Table
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, signed_in
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.exports.about import Facts, about
from lianxi.office.exports.contracts import ExportFormat, ExportLanguage
from lianxi.office.exports.errors import ExportFilterInvalid, ExportKindUnknown
from lianxi.office.exports.router import MEDIA
from lianxi.office.exports.writing import writer

router = APIRouter(prefix="/lists", tags=["exports"])

TABLES: Final[dict[str, Table]] = {
    table.kind: table for table in (*ADMINISTERED, *CONNECTED, *LIVELY)
}
_OWN = ("format", "language")

Short = Annotated[str, StringConstraints(max_length=60)]
ZonePart = Annotated[ZoneInfo, provided(ZoneInfo)]


@router.get(
    "/{kind}",
    operation_id="download_list",
    response_class=Response,
    responses=refusals(NotSignedIn, Forbidden, ExportKindUnknown, ExportFilterInvalid),
)
async def download_list(
    kind: Short,
    request: Request,
    caller: Annotated[Caller, signed_in(keys=True)],
    uow: UnitOfWork,
    hub: HubPart,
    zone: ZonePart,
    now: Now,
    format: Annotated[ExportFormat, Query()] = ExportFormat.CSV,
    language: Annotated[ExportLanguage, Query()] = ExportLanguage.ZH,
) -> Response:
    """A list of people, teams, queues, numbers, codes, reasons, hours, trunks, routes, skills,
    roles, webhooks, API keys (never a secret) or of the live floor as a file, narrowed by the
    parameters of the list itself. Numbers are masked; it goes into the audit."""
    table = TABLES.get(kind)
    if table is None:
        raise ExportKindUnknown(kind=kind)
    if not caller.may(table.permission):
        raise Forbidden(permission=table.permission.value)
    narrowed = _filter(table, request)
    reading = Reading(
        session=uow, hub=hub, caller=caller, at=now, zone=zone, language=language, filter=narrowed
    )
    rows = await table.rows(reading)
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.EXPORT_DOWNLOADED,
        object=f"list:{kind}",
        facts={"format": format.value, "filter": dict(narrowed), "rows": len(rows)},
        reason="",
    )
    content = await asyncio.to_thread(_file, table, rows, reading, format)
    made = datetime.fromtimestamp(now / 1000, tz=zone)
    name = f"lianxi-{kind}-{made:%Y%m%d-%H%M%S}.{format.value}"
    return Response(
        content,
        media_type=MEDIA[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _filter(table: Table, request: Request) -> dict[str, str]:
    asked = {name: value for name, value in request.query_params.items() if value}
    for name in _OWN:
        asked.pop(name, None)
    for name in asked:
        if name not in table.filters:
            raise ExportFilterInvalid(field=name[:60])
    return asked


def _file(table: Table, rows: Rows, reading: Reading, format: ExportFormat) -> bytes:
    facts = Facts(
        kind=table.kind,
        by=reading.caller.name,
        at=reading.at,
        filter=reading.filter,
        rows=len(rows),
    )
    with tempfile.TemporaryDirectory(prefix="lianxi-list-") as folder:
        path = Path(folder) / f"list.{format.value}"
        file = writer(path, format, table.headings(reading.language), reading.language)
        file.add(rows)
        file.close(about(facts, reading.language, reading.zone))
        return path.read_bytes()
