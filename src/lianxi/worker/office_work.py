"""What the office needs while the centre runs: exports, webhooks, flows whose time has come, and
deadlines."""

import asyncio
from collections.abc import Callable
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.journal.contracts import Journal
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.jobs import Beginner
from lianxi.modules.cases.jobs import CallbackGiver
from lianxi.modules.connectors.contracts import Seals
from lianxi.modules.customers.jobs import Given as ListsGiven
from lianxi.modules.customers.jobs import Importer
from lianxi.modules.ivr.jobs import Planner, Publishes
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.surveys.jobs import Asker
from lianxi.modules.warnings.jobs import DayRoller
from lianxi.modules.webhooks.jobs import Given, Teller
from lianxi.office.clock.jobs import Sweeper
from lianxi.office.clock.telling import tell
from lianxi.runtime.enduring import endure
from lianxi.settings import Settings
from lianxi.worker.exporting import exporter, reader_of
from lianxi.worker.notice_work import look_after_notices

FIRST_AFTER_S = 5.0
"""A centre that starts has the processors to itself."""


async def look_after_office(
    sessions: async_sessionmaker[AsyncSession],
    settings: Settings,
    journal: Journal,
    seals: Seals,
    publisher: Publishes,
    now: Callable[[], Instant],
) -> None:
    """Make exports, tell webhooks, publish what is due, fire deadlines and tell who has to
    hear of them, until cancelled; faults of the database are outlived."""
    made = exporter(sessions, settings.paths.exports, zone=settings.time_zone, now=now)
    teller = Teller(
        Given(
            sessions=sessions,
            journal=journal,
            seals=seals,
            now=now,
            zone=ZoneInfo(settings.time_zone),
        )
    )
    planner = Planner(sessions, Prompts(settings.paths.root / "prompts"), publisher, now)
    sweeper = Sweeper(sessions, now, tell)
    giver = CallbackGiver(sessions, now)
    asker = Asker(sessions, ZoneInfo(settings.time_zone), now)
    beginner = Beginner(sessions, settings.time_zone, now)
    lists = Importer(ListsGiven(sessions=sessions, reader=reader_of(now), now=now))
    roller = DayRoller(sessions, settings.time_zone, now)
    await asyncio.sleep(FIRST_AFTER_S)  # pace: all of it may wait for the start
    async with asyncio.TaskGroup() as group:
        group.create_task(endure("exports", made.run))
        group.create_task(endure("lists of customers", lists.run))
        group.create_task(endure("webhooks", teller.run))
        group.create_task(endure("planned flows", planner.run))
        group.create_task(endure("deadlines", sweeper.run))
        group.create_task(endure("days of warnings", roller.run))
        group.create_task(endure("announcements", beginner.run))
        group.create_task(endure("callbacks given out", giver.run))
        group.create_task(endure("surveys", asker.run))
        group.create_task(look_after_notices(sessions, settings, journal, seals, now))
