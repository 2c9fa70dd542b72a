"""What whoever helps needs to know of a centre: its versions, and a file to be sent along.

Neither secrets nor personal data are in it: of settings only numbers and switches, of the log only
when what kind of line was written, of the tables only how many rows they have.
"""

import io
import json
import platform
import sys
import zipfile
from collections import deque
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.live.hub import Hub
from lianxi.api.preflight import Preflight
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.settings import Settings

router = APIRouter(prefix="/system", tags=["system"])

Reader = Annotated[Caller, needs(Permission.SYSTEM_READ)]
LOG_LINES = 5_000
SAID = ("timestamp", "level", "event", "code", "task")
"""Of a log line: none of these ever holds a person's data."""


class PackageOut(BaseModel):
    """A library the server is made with."""

    name: str
    version: str
    licence: str


class AboutOut(BaseModel):
    """What runs here."""

    version: str
    licence: str
    python: str
    system: str
    database: str
    schema_version: str
    packages: list[PackageOut]


@router.get(
    "/about",
    operation_id="read_about",
    response_model=AboutOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def read_about(caller: Reader, uow: UnitOfWork) -> object:
    """Versions of the product, its libraries with their licences, and what it stands on."""
    return await about(uow)


@router.get(
    "/diagnostics",
    operation_id="download_diagnostics",
    response_class=Response,
    responses=refusals(NotSignedIn, Forbidden),
)
async def download_diagnostics(
    request: Request,
    caller: Reader,
    uow: UnitOfWork,
    now: Now,
    hub: Annotated[Hub, provided(Hub)],
    preflight: Annotated[Preflight, provided(Preflight)],
    settings: Annotated[Settings, provided(Settings)],
) -> Response:
    """A zip for whoever helps, without secrets and personal data. Goes into the audit."""
    url = request.url
    found = await about(uow)
    files: dict[str, object] = {
        "about.json": found.model_dump(),
        "status.json": {
            "at": now,
            "parts": hub.system(),
            "journal_position": hub.position,
            "contacts": len(hub.replica.state.contacts),
            "agents": len(hub.replica.state.agents),
        },
        "preflight.json": await preflight.lights(scheme=url.scheme, host=url.hostname or ""),
        "settings.json": shown_settings(settings),
        "tables.json": await _table_sizes(uow),
        "log.json": log_lines(settings.paths.logs / "lianxi.log"),
    }
    await audit.record(uow, at=now, who=caller, act=Act.DIAGNOSTICS_DOWNLOADED, object="system:")
    name = f"lianxi-diagnostics-{now}.zip"
    return Response(
        zipped(files),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def about(session: AsyncSession) -> AboutOut:
    """What runs here."""
    database = await session.scalar(text("SHOW server_version"))
    has_versions = await session.scalar(text("SELECT to_regclass('alembic_version')"))
    schema = (
        await session.scalar(text("SELECT version_num FROM alembic_version"))
        if has_versions
        else ""
    )
    packages = sorted(
        {one.metadata["Name"]: one for one in metadata.distributions()}.items(),
        key=lambda pair: pair[0].casefold(),
    )
    return AboutOut(
        version=metadata.version("lianxi"),
        licence="Apache-2.0",
        python=sys.version.split()[0],
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        database=f"PostgreSQL {database}",
        schema_version=str(schema or ""),
        packages=[
            PackageOut(name=name, version=one.version, licence=licence_of(one))
            for name, one in packages
        ],
    )


def licence_of(package: metadata.Distribution) -> str:
    """As the package says it, in a few words; empty when it does not."""
    found = package.metadata
    said = _first(package, "License-Expression")
    if not said:
        classes = [str(one) for one in found.get_all("Classifier") or []]
        said = ", ".join(one.split(" :: ")[-1] for one in classes if one.startswith("License ::"))
    return said or _first(package, "License").split("\n")[0][:60]


def _first(package: metadata.Distribution, field: str) -> str:
    values = package.metadata.get_all(field) or []
    return str(values[0]) if values else ""


def shown_settings(settings: Settings) -> Mapping[str, object]:
    """Numbers and switches as they are; of everything else only whether it is set."""
    return {
        name: value if isinstance(value, bool | int | float) or name == "time_zone" else bool(value)
        for name, value in settings
    }


def log_lines(path: Path) -> list[dict[str, str]]:
    """The last lines of the log: when, how bad, which event."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", errors="replace") as file:
        last = deque(file, LOG_LINES)
    found = []
    for line in last:
        try:
            facts = json.loads(line)
        except ValueError:
            continue
        if isinstance(facts, dict):
            found.append({name: str(facts[name])[:80] for name in SAID if name in facts})
    return found


def zipped(files: Mapping[str, object]) -> bytes:
    """The files as one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, json.dumps(content, ensure_ascii=False, indent=1, default=str))
    return stream.getvalue()


async def _table_sizes(session: AsyncSession) -> dict[str, int]:
    """Rows of each table as the database estimates them."""
    found = await session.execute(
        text(
            "SELECT relname, greatest(reltuples, 0)::bigint FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            " ORDER BY relname"
        )
    )
    return {name: int(rows) for name, rows in found}
