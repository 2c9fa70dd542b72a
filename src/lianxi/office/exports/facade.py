"""What others may ask about exports. The caller owns the transaction."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller, Forbidden
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.exports.contracts import (
    ExportFormat,
    ExportJob,
    ExportLanguage,
    ExportState,
    Source,
    Sources,
)
from lianxi.office.exports.errors import (
    ExportFailed,
    ExportGone,
    ExportKindUnknown,
    ExportNotFound,
    ExportNotReady,
    ExportReasonMissing,
    TooManyExports,
)
from lianxi.office.exports.repository import ExportRepository

MOST_OPEN = 3
"""Of one person at a time."""
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to have as a file."""

    kind: str
    format: ExportFormat
    language: ExportLanguage
    filter: dict[str, Any]
    unmasked: bool
    reason: str


async def ask(
    session: AsyncSession, asked: Asked, sources: Sources, *, by: Caller, at: Instant
) -> ExportJob:
    """Have a list written to a file.

    Raises:
        ExportKindUnknown, ExportFilterInvalid, ExportReasonMissing, TooManyExports.
        Forbidden: the list, or numbers in full, need more.
    """
    source = sources.find(asked.kind)
    if source is None:
        raise ExportKindUnknown(kind=asked.kind[:60])
    require(source, by, unmasked=asked.unmasked)
    if asked.unmasked and not asked.reason.strip():
        raise ExportReasonMissing
    wanted = source.check(asked.filter)
    repository = ExportRepository(session)
    if await repository.open_of(by.user) >= MOST_OPEN:
        raise TooManyExports(most=MOST_OPEN)
    job = ExportJob(
        id=secrets.token_hex(8),
        kind=asked.kind,
        format=asked.format,
        language=asked.language,
        filter=wanted,
        unmasked=asked.unmasked,
        reason=asked.reason.strip(),
        scope=by.scope,
        asked_by=by.user,
        asked_by_name=by.name,
        asked_at=at,
        state=ExportState.WAITING,
        attempts=0,
        rows_done=0,
        rows_total=None,
        ended_at=None,
        error=None,
        file_name=None,
        bytes=None,
        file_until=None,
    )
    await repository.add(job)
    await _note(session, Act.EXPORT_ASKED, job, by=by, at=at)
    return job


async def of(session: AsyncSession, caller: Caller) -> list[ExportJob]:
    """The caller's exports, newest first."""
    return await ExportRepository(session).of(caller.user, limit=SHOWN)


async def one(session: AsyncSession, job: str, caller: Caller) -> ExportJob:
    """One of the caller's.

    Raises:
        ExportNotFound.
    """
    found = await ExportRepository(session).find(job, caller.user)
    if found is None:
        raise ExportNotFound(export=job[:60])
    return found


async def cancel(session: AsyncSession, job: str, *, by: Caller, at: Instant) -> None:
    """End it, or give its file up.

    Raises:
        ExportNotFound.
    """
    found = await one(session, job, by)
    if await ExportRepository(session).cancel(job, at=at):
        await _note(session, Act.EXPORT_CANCELLED, found, by=by, at=at)


async def download(
    session: AsyncSession, job: str, sources: Sources, folder: Path, *, by: Caller, at: Instant
) -> tuple[ExportJob, Path]:
    """The file of one; that it was fetched is in the audit.

    Raises:
        ExportNotFound, ExportNotReady, ExportFailed, ExportGone.
        Forbidden: what the list needs is not allowed any more.
    """
    found = await one(session, job, by)
    source = sources.find(found.kind)
    if source is None:
        raise ExportGone(export=job)
    require(source, by, unmasked=found.unmasked)
    if found.state in (ExportState.WAITING, ExportState.RUNNING):
        raise ExportNotReady(export=job)
    if found.state is ExportState.FAILED:
        raise ExportFailed(export=job, error=found.error)
    path = file_of(folder, found)
    over = found.file_until is None or found.file_until <= at
    if found.state is not ExportState.READY or over or not path.is_file():
        raise ExportGone(export=job)
    await _note(session, Act.EXPORT_DOWNLOADED, found, by=by, at=at)
    return found, path


def require(source: Source, caller: Caller, *, unmasked: bool) -> None:
    """Let pass who may have this list.

    Raises:
        Forbidden.
    """
    wanted: list[Permission] = list(source.permissions)
    if unmasked:
        if source.unmasking is None:
            raise Forbidden(permission="")
        wanted += source.unmasking
    for permission in wanted:
        if not caller.may(permission):
            raise Forbidden(permission=permission.value)


def file_of(folder: Path, job: ExportJob) -> Path:
    """Where the file of an export lies."""
    return folder / f"{job.id}.{job.format.value}"


async def _note(
    session: AsyncSession, act: Act, job: ExportJob, *, by: Caller, at: Instant
) -> None:
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=f"export:{job.id}",
        facts={
            "kind": job.kind,
            "format": job.format.value,
            "filter": job.filter,
            "unmasked": job.unmasked,
            "rows": job.rows_total,
        },
        reason=job.reason,
    )
