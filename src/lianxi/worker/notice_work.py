"""What people are told while the centre runs: by the bell, by letters, and of alarms by e-mail."""

import asyncio
from collections.abc import Callable
from functools import partial
from importlib import import_module
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.journal.contracts import Journal
from lianxi.kernel.time import Instant
from lianxi.modules.connectors.asking import ConnectorClient
from lianxi.modules.connectors.contracts import Seals
from lianxi.runtime.enduring import endure
from lianxi.settings import Settings

FIRST_AFTER_S = 6.0
"""A centre that starts has the processors to itself."""


async def look_after_notices(
    sessions: async_sessionmaker[AsyncSession],
    settings: Settings,
    journal: Journal,
    seals: Seals,
    now: Callable[[], Instant],
) -> None:
    """Tell what the office has to tell, until cancelled; faults of the database are outlived."""
    await asyncio.sleep(FIRST_AFTER_S)  # pace: all of it may wait for the start
    # Late on purpose: they bring the library that mail is sent with.
    mail = await asyncio.to_thread(import_module, "lianxi.office.mail.facade")
    jobs = await asyncio.to_thread(import_module, "lianxi.modules.notices.jobs")
    alarms = await asyncio.to_thread(import_module, "lianxi.modules.notices.alarm_mail")
    zone = ZoneInfo(settings.time_zone)
    given = jobs.Given(
        sessions=sessions,
        server=mail.server_of(settings),
        connectors=ConnectorClient(sessions, seals),
        zone=zone,
        now=now,
    )
    mailer = alarms.AlarmMailer(sessions, journal, zone, now)
    async with asyncio.TaskGroup() as group:
        for name, postman in jobs.postmen(given).items():
            group.create_task(endure(name, postman.run))
        group.create_task(endure("alarms by mail", mailer.run))
        group.create_task(endure("old notices", partial(jobs.tidy, given)))
