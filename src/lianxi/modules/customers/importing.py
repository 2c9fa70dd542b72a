"""Lists of customers: brought, looked at, taken in, given up. The caller owns the transaction.

A list is only checked at first: the worker says what would become of each line. Taking it in is
asked for separately, and either everything is stored or nothing.
"""

import hashlib
import secrets
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.customers.errors import (
    CustomerImportNotFound,
    CustomerImportNotReady,
    TooManyImports,
)
from lianxi.modules.customers.imports import (
    ImportJob,
    ImportLine,
    ImportMode,
    ImportState,
    LineOutcome,
)
from lianxi.modules.customers.imports_repository import OPEN, ImportRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.imports.errors import ListHasErrors, ListUnreadable

MOST_OPEN = 2
"""Of one person at a time."""
SHOWN = 20


async def bring(
    session: AsyncSession,
    content: bytes,
    *,
    file_name: str,
    mode: ImportMode,
    by: Caller,
    at: Instant,
) -> ImportJob:
    """Have a list checked; nothing of it is stored among the customers.

    Raises:
        ListUnreadable, TooManyImports.
    """
    if not content:
        raise ListUnreadable
    repository = ImportRepository(session)
    if await repository.open_of(by.user) >= MOST_OPEN:
        raise TooManyImports(most=MOST_OPEN)
    job = ImportJob(
        id=f"ci-{secrets.token_hex(8)}",
        file_name=file_name,
        sha256=hashlib.sha256(content).hexdigest(),
        mode=mode,
        only_good=False,
        scope=by.scope,
        asked_by=by.user,
        asked_by_name=by.name,
        asked_at=at,
        state=ImportState.WAITING,
    )
    await repository.add(job, content)
    return job


async def of(session: AsyncSession, by: Caller) -> list[ImportJob]:
    """The caller's newest lists."""
    return await ImportRepository(session).of(by.user, limit=SHOWN)


async def one(session: AsyncSession, id: str, by: Caller, *, lock: bool = False) -> ImportJob:
    """One of the caller's.

    Raises:
        CustomerImportNotFound.
    """
    found = await ImportRepository(session).find(id, by.user, lock=lock)
    if found is None:
        raise CustomerImportNotFound(list=id[:60])
    return found


async def lines(
    session: AsyncSession,
    id: str,
    by: Caller,
    *,
    what: LineOutcome | None,
    after: int,
    limit: int,
) -> list[ImportLine]:
    """What becomes of the lines behind one of them; of a kind, where that is asked.

    Raises:
        CustomerImportNotFound.
        CustomerImportNotReady: it is not checked yet, or forgotten by now.
    """
    job = await one(session, id, by)
    told = await ImportRepository(session).told(job.id)
    if told is None:
        raise CustomerImportNotReady(state=job.state.value)
    wanted = (each for each in told if each.line > after and what in (None, each.what))
    return [each for each, _ in zip(wanted, range(limit), strict=False)]


async def take(
    session: AsyncSession, id: str, *, only_good: bool, by: Caller, at: Instant
) -> ImportJob:
    """Have a list stored that was checked.

    Raises:
        CustomerImportNotFound.
        CustomerImportNotReady: it is not checked, or taken already.
        ListHasErrors: some lines are wrong, and not the good ones alone are wanted.
    """
    job = await one(session, id, by, lock=True)
    repository = ImportRepository(session)
    if job.state is not ImportState.CHECKED or await repository.content(id) is None:
        raise CustomerImportNotReady(state=job.state.value)
    if job.counts.wrong and not only_good:
        told = await repository.told(id) or []
        first = next((each.line for each in told if each.what is LineOutcome.WRONG), 0)
        raise ListHasErrors(lines=job.counts.wrong, first=first)
    after = replace(job, state=ImportState.TAKING, only_good=only_good, done=0, attempts=0)
    await repository.put(
        id, state=after.state, only_good=only_good, done=0, attempts=0, claimed_until=None
    )
    facts = {"file": job.file_name, "sha256": job.sha256, "mode": job.mode.value}
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CUSTOMER_IMPORT_ASKED,
        object=f"customer_import:{id}",
        facts={**facts, "only_good": only_good},
    )
    return after


async def give_up(session: AsyncSession, id: str, *, by: Caller, at: Instant) -> None:
    """Stop one that is not done, and forget its file; what is stored stays.

    Raises:
        CustomerImportNotFound.
    """
    job = await one(session, id, by, lock=True)
    facts: dict[str, object] = {"content": None, "told": None}
    if job.state in (*OPEN, ImportState.CHECKED):
        facts |= {"state": ImportState.CANCELLED, "ended_at": at}
    await ImportRepository(session).put(id, **facts)
