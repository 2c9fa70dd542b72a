"""Work with the control sheet. The caller owns the transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import QueueId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import User
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.reports.control import sheet
from lianxi.reports.control.contracts import Entry, EntryState
from lianxi.reports.control.errors import ControlEntryNotFound, OwnerUnknown
from lianxi.reports.control.sheet_repository import SheetRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepping:
    """Who takes a step with which entry."""

    entry: int
    seen: int
    """The revision that was read."""
    within: Collection[str] | None
    """The queues whose entries the person may see; None = all, and those of the centre."""
    today: date
    at: Instant
    by: Caller


async def page(
    session: AsyncSession,
    *,
    states: Sequence[EntryState],
    metric: str | None,
    queue: QueueId | None,
    within: Collection[str] | None,
    before: int | None,
    limit: int,
) -> list[Entry]:
    """Entries, newest first.

    Args:
        within: queues whose entries may be seen; None = all, and those of the centre.
        before: only entries older than this one.
    """
    return await SheetRepository(session).page(
        states=states, metric=metric, queue=queue, within=within, before=before, limit=limit
    )


async def owners(session: AsyncSession) -> list[User]:
    """Everybody whose role lets them work with the sheet, by name."""
    return await identity.people_with(session, Permission.CONTROL_USE)


async def assign(
    session: AsyncSession, step: Stepping, *, owner: UserId | None, action: str, due: date
) -> Entry:
    """Somebody takes an entry on.

    Raises:
        OwnerUnknown: nobody of that id may work with the sheet.
        ControlEntryNotFound, ControlEntryChanged, ControlEntryClosed.
    """
    entry = await _found(session, step)
    own, name = step.by.user, step.by.name
    if owner is not None and owner != own:
        people = {user.id: user.name for user in await owners(session)}
        if owner not in people:
            raise OwnerUnknown(owner=owner)
        own, name = owner, people[owner]
    changed = sheet.assigned(
        entry, owner=own, owner_name=name, action=action, due=due, seen=step.seen, at=step.at
    )
    return await _kept(session, entry, changed, step)


async def done(session: AsyncSession, step: Stepping) -> Entry:
    """The action is done.

    Raises:
        ControlActionMissing: nobody took it on.
        ControlEntryNotFound, ControlEntryChanged, ControlEntryClosed.
    """
    entry = await _found(session, step)
    changed = sheet.done(entry, today=step.today, seen=step.seen, at=step.at)
    return await _kept(session, entry, changed, step)


async def dismiss(session: AsyncSession, step: Stepping, *, reason: str) -> Entry:
    """Nothing has to be done.

    Raises:
        ControlEntryNotFound, ControlEntryChanged, ControlEntryClosed.
    """
    entry = await _found(session, step)
    changed = sheet.dismissed(entry, reason=reason, by=step.by, seen=step.seen, at=step.at)
    return await _kept(session, entry, changed, step)


async def _found(session: AsyncSession, step: Stepping) -> Entry:
    entry = await SheetRepository(session).find(step.entry, lock=True)
    if entry is None or not (step.within is None or entry.breach.queue in step.within):
        raise ControlEntryNotFound(entry=step.entry)
    return entry


async def _kept(session: AsyncSession, before: Entry, after: Entry, step: Stepping) -> Entry:
    await SheetRepository(session).save(after)
    await audit.record(
        session,
        at=step.at,
        who=step.by,
        act=Act.CONTROL_ENTRY_CHANGED,
        object=f"control_entry:{after.id}",
        before=_told(before),
        after=_told(after),
        facts={"metric": after.breach.metric, "queue": after.breach.queue},
    )
    return after


def _told(entry: Entry) -> dict[str, str | None]:
    return {
        "state": entry.state.value,
        "owner": entry.owner,
        "action": entry.action,
        "due": None if entry.due is None else entry.due.isoformat(),
    }
