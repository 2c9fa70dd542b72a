"""The worker's side of exports, with every list that there is."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callbacks_exporting import CallbacksSource
from lianxi.modules.cases.exporting import CasesSource
from lianxi.modules.contacts.exported_repository import contacts_of
from lianxi.modules.contacts.exporting import MissedSource, RecordsSource
from lianxi.modules.contacts.last_spoken import last_spoken
from lianxi.modules.customers.exporting import CustomersSource
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.api_keys import caller_by_user
from lianxi.modules.surveys.exporting import SurveyResultsSource
from lianxi.office.audit.exporting import AuditSource
from lianxi.office.exports.contracts import Sources
from lianxi.office.exports.running import Exporter, FindsReader, Given


def reader_of(now: Callable[[], Instant]) -> FindsReader:
    """Tells what whoever asked for a job may do now."""

    async def reader(session: AsyncSession, user: UserId) -> Caller | None:
        """A person, or the program behind an API key."""
        found = await identity.open_account(session, user)
        return await caller_by_user(session, user, at=now()) if found is None else found[1]

    return reader


def exporter(
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    *,
    zone: str,
    now: Callable[[], Instant],
) -> Exporter:
    """The worker's side of exports, with every list that there is."""

    return Exporter(
        Given(
            sessions=sessions,
            sources=Sources(
                RecordsSource(),
                MissedSource(),
                AuditSource(contacts_of),
                CustomersSource(),
                CasesSource(),
                CallbacksSource(last_spoken),
                SurveyResultsSource(),
            ),
            folder=folder,
            reader=reader_of(now),
            zone=ZoneInfo(zone),
            now=now,
        )
    )
