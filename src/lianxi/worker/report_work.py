"""What reports need while the centre runs: days are closed, saved reports go out by e-mail."""

import asyncio
from collections.abc import Callable
from importlib import import_module
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.runtime.enduring import endure
from lianxi.settings import Settings
from lianxi.worker.closing import close_days

FIRST_AFTER_S = 45.0
"""A centre that starts has the processors to itself."""


async def look_after_reports(
    sessions: async_sessionmaker[AsyncSession], settings: Settings, *, now: Callable[[], Instant]
) -> None:
    """Close days and send what is due, until cancelled; faults of the database are outlived."""
    zone, folder = settings.time_zone, settings.paths.facts
    async with asyncio.TaskGroup() as group:
        group.create_task(
            endure("closed days", lambda: close_days(sessions, folder, zone=zone, now=now))
        )
        group.create_task(
            endure("reports by mail", lambda: mail_reports(sessions, settings, now=now))
        )


async def mail_reports(
    sessions: async_sessionmaker[AsyncSession], settings: Settings, *, now: Callable[[], Instant]
) -> None:
    """Send saved reports when they are due, until cancelled.

    Raises:
        DBAPIError: the database went away; run again when it is back.
    """
    await asyncio.sleep(FIRST_AFTER_S)  # pace: a report that is due may wait for the start
    # Late on purpose: they bring the libraries that reports are made with.
    asking = await asyncio.to_thread(import_module, "lianxi.reports.inquiries")
    mail = await asyncio.to_thread(import_module, "lianxi.office.mail.facade")
    running = await asyncio.to_thread(import_module, "lianxi.reports.saved.running")
    home = settings.paths
    given = running.Given(
        sessions=sessions,
        server=mail.server_of(settings),
        asks=asking.Inquiries(sessions, home.facts, ZoneInfo(settings.time_zone), now),
        fonts=(home.fonts,),
    )
    await running.ReportMailer(given).run()
