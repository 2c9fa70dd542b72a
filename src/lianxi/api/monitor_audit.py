"""Reactions to journal events: the end of a supervisor's listening is in the audit, however it came
about. Its beginning is written where it is asked for.

Several processes may hear of the same end, and while none of this kind runs nobody does: so an end
is written once whoever writes it, and at a start what the journal has more than the audit is made
up for.
"""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.monitoring import MonitorEnded, MonitorTakenOver
from lianxi.journal.repository import JournalRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

Ended = MonitorEnded | MonitorTakenOver
TYPES = tuple(str(kind.__struct_config__.tag) for kind in (MonitorEnded, MonitorTakenOver))
MARGIN_MS = 86_400_000
"""Looked at once more before the newest end in the audit: clocks may have been set back."""


def ends(events: Iterable[Event]) -> list[Ended]:
    """Of these events the ends."""
    return [one for one in events if isinstance(one, Ended)]


async def react(sessions: async_sessionmaker[AsyncSession], events: Iterable[Event]) -> None:
    """Write one row for each end among these events."""
    ended = ends(events)
    if not ended:
        return
    async with sessions.begin() as session:
        await _write(session, ended)


async def catch_up(sessions: async_sessionmaker[AsyncSession], *, until: int) -> None:
    """Write the ends up to a journal position that came about while nobody wrote them.

    Nothing can be missing before the first listening that is in the audit.
    """
    async with sessions.begin() as session:
        began = await audit.span(session, Act.MONITOR_BEGAN)
        if began is None:
            return
        ended = await audit.span(session, Act.MONITOR_ENDED)
        since = began[0] if ended is None else ended[1]
        journal = JournalRepository(session)
        found = await journal.of_types(TYPES, since=since - MARGIN_MS, until=until)
        await _write(session, ends(found))


async def _write(session: AsyncSession, ended: Iterable[Ended]) -> None:
    # One writer at a time, so that who comes second sees what the first has written.
    await audit.alone(session, Act.MONITOR_ENDED)
    for event in ended:
        what = f"monitor:{event.monitor}"
        if await audit.has(session, Act.MONITOR_ENDED, what):
            continue
        why = event.why.value if isinstance(event, MonitorEnded) else "taken_over"
        await audit.record(
            session,
            at=event.at,
            who=None,
            who_name=event.by,
            act=Act.MONITOR_ENDED,
            object=what,
            facts={
                "why": why,
                "contact": event.contact,
                "agent": event.agent,
                "lasted_ms": event.lasted,
            },
        )
        await session.flush()
