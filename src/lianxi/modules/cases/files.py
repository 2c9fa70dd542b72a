"""Files of work orders: added, listed, opened, removed. The caller owns the transaction.

The content lies in the centre's home, one file each; rows say what it is and who brought it. A row
stays when its file is removed.
"""

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.telling import changed
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import file_kinds
from lianxi.modules.cases.contracts import Case, CaseState
from lianxi.modules.cases.file_errors import (
    CaseFileEmpty,
    CaseFileFrozen,
    CaseFileKindRefused,
    CaseFileNotFound,
    CaseFileNotYours,
    TooManyCaseFiles,
)
from lianxi.modules.cases.files_repository import CaseFile, CaseFileRepository
from lianxi.modules.cases.order import ORDER
from lianxi.modules.cases.repository import CaseRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

MOST_FILES = 50
"""Of a work order at a time."""
FORGOTTEN = "***"


@dataclass(frozen=True, slots=True)
class CaseFolder:
    """Where the contents lie."""

    path: Path

    def of(self, file: CaseFile) -> Path:
        """Of one file."""
        return self.path / file.case / file.id


async def of(session: AsyncSession, case: Case) -> list[CaseFile]:
    """The files of a work order, oldest first."""
    return await CaseFileRepository(session).of(case.id)


def is_removable(file: CaseFile, case: Case, by: Caller) -> bool:
    """Whether this person may remove it: who added it, or who supervises; not of a closed one."""
    is_theirs = file.by == by.user or by.may(Permission.CASES_SUPERVISE)
    return is_theirs and not _is_frozen(case)


async def add(
    session: AsyncSession,
    folder: CaseFolder,
    case: Case,
    name: str,
    content: bytes,
    *,
    by: Caller,
    at: Instant,
) -> CaseFile:
    """Add a file.

    Raises:
        CaseFileFrozen, CaseFileEmpty, CaseFileKindRefused, TooManyCaseFiles.
    """
    present = await CaseRepository(session).find(case.id, lock=True)
    if present is None or _is_frozen(present):
        raise CaseFileFrozen(case=case.number)
    if not content:
        raise CaseFileEmpty
    cleaned = file_kinds.clean_name(name)
    kind = file_kinds.kind_of(cleaned, content)
    if kind is None:
        raise CaseFileKindRefused(name=cleaned[:60], kinds=" ".join(file_kinds.KINDS))
    repository = CaseFileRepository(session)
    if len(await repository.of(case.id)) >= MOST_FILES:
        raise TooManyCaseFiles(most=MOST_FILES)
    file = CaseFile(
        id=f"cf-{secrets.token_hex(8)}",
        case=case.id,
        name=cleaned,
        kind=kind,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        at=at,
        by=by.user,
        by_name=by.name,
    )
    await repository.add(file)
    await _note(session, Act.CASE_FILE_ADDED, file, by=by, at=at)
    changed(session, ORDER.subject(case.id), present.revision)
    # Before the commit: a file that cannot be written leaves no row that says it was.
    await asyncio.to_thread(_write, folder.of(file), content)
    return file


async def opened(
    session: AsyncSession, folder: CaseFolder, case: Case, id: str, *, by: Caller, at: Instant
) -> tuple[CaseFile, Path]:
    """A file and where it lies; that it was opened is in the audit.

    Raises:
        CaseFileNotFound.
    """
    file = await _one(session, case.id, id)
    path = folder.of(file)
    if not await asyncio.to_thread(path.is_file):
        raise CaseFileNotFound(file=id[:60])
    await _note(session, Act.CASE_FILE_READ, file, by=by, at=at)
    return file, path


async def remove(
    session: AsyncSession,
    folder: CaseFolder,
    case: Case,
    id: str,
    *,
    reason: str,
    by: Caller,
    at: Instant,
) -> None:
    """Remove a file; its row stays.

    Raises:
        CaseFileNotFound, CaseFileNotYours, CaseFileFrozen.
    """
    file = await _one(session, case.id, id)
    if _is_frozen(case):
        raise CaseFileFrozen(case=case.number)
    if not is_removable(file, case, by):
        raise CaseFileNotYours(file=id[:60])
    await CaseFileRepository(session).remove(file.id, by=by.user, at=at)
    await _note(session, Act.CASE_FILE_REMOVED, file, by=by, at=at, reason=reason)
    changed(session, ORDER.subject(case.id), case.revision)
    await asyncio.to_thread(folder.of(file).unlink, missing_ok=True)


async def forget(
    session: AsyncSession,
    folder: CaseFolder,
    cases: Sequence[CaseId],
    *,
    by: UserId,
    at: Instant,
) -> int:
    """Remove every file of these work orders, with its name; return how many there were."""
    repository = CaseFileRepository(session)
    gone = 0
    for case in cases:
        for file in await repository.of(case, removed=True):
            await repository.remove(file.id, by=by, at=at, name=FORGOTTEN)
            await asyncio.to_thread(folder.of(file).unlink, missing_ok=True)
            gone += file.removed_at is None
    return gone


async def _one(session: AsyncSession, case: CaseId, id: str) -> CaseFile:
    file = await CaseFileRepository(session).find(id)
    if file is None or file.case != case or file.removed_at is not None:
        raise CaseFileNotFound(file=id[:60])
    return file


def _is_frozen(case: Case) -> bool:
    return case.state in (CaseState.ARCHIVED, CaseState.WITHDRAWN)


async def _note(
    session: AsyncSession,
    act: Act,
    file: CaseFile,
    *,
    by: Caller,
    at: Instant,
    reason: str = "",
) -> None:
    await audit.record(
        session,
        at=at,
        who=by,
        act=act,
        object=ORDER.subject(file.case),
        facts={
            "file": file.id,
            "name": file.name,
            "kind": file.kind,
            "bytes": file.bytes,
            "sha256": file.sha256,
        },
        reason=reason,
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.chmod(0o600)
    part.replace(path)
