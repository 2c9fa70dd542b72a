"""What the office needs while the centre runs: exports are made, webhooks are told."""

import asyncio
from collections.abc import Callable

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.journal.contracts import Journal
from lianxi.kernel.time import Instant
from lianxi.modules.connectors.contracts import Seals
from lianxi.modules.webhooks.jobs import Given, Teller
from lianxi.runtime.enduring import endure
from lianxi.settings import Settings
from lianxi.worker.exporting import exporter

FIRST_AFTER_S = 5.0
"""A centre that starts has the processors to itself."""


async def look_after_office(
    sessions: async_sessionmaker[AsyncSession],
    settings: Settings,
    journal: Journal,
    seals: Seals,
    now: Callable[[], Instant],
) -> None:
    """Make exports and tell webhooks, until cancelled; faults of the database are outlived."""
    made = exporter(sessions, settings.paths.exports, zone=settings.time_zone, now=now)
    teller = Teller(Given(sessions=sessions, journal=journal, seals=seals, now=now))
    await asyncio.sleep(FIRST_AFTER_S)  # pace: both may wait for the start
    async with asyncio.TaskGroup() as group:
        group.create_task(endure("exports", made.run))
        group.create_task(endure("webhooks", teller.run))
