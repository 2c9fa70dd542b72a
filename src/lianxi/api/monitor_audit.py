"""Reactions to journal events: the end of a supervisor's listening is in the audit, however it came
about. Its beginning is written where it is asked for."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.monitoring import MonitorEnded, MonitorTakenOver
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


def ends(events: Iterable[Event]) -> list[MonitorEnded | MonitorTakenOver]:
    """Of these events the ends."""
    return [one for one in events if isinstance(one, MonitorEnded | MonitorTakenOver)]


async def react(sessions: async_sessionmaker[AsyncSession], events: Iterable[Event]) -> None:
    """Write one row for each end among these events, which come once."""
    ended = ends(events)
    if not ended:
        return
    async with sessions.begin() as session:
        for event in ended:
            why = event.why.value if isinstance(event, MonitorEnded) else "taken_over"
            await audit.record(
                session,
                at=event.at,
                who=None,
                who_name=event.by,
                act=Act.MONITOR_ENDED,
                object=f"monitor:{event.monitor}",
                facts={
                    "why": why,
                    "contact": event.contact,
                    "agent": event.agent,
                    "lasted_ms": event.lasted,
                },
            )
