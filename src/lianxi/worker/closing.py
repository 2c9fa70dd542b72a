"""Keeps days that are over as files, beside the projector that fills the tables, and looks at them:
what was out of range comes onto the control sheet."""

import asyncio
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant

FIRST_AFTER_S = 60.0
"""A centre that starts has the processors to itself."""


async def close_days(
    sessions: async_sessionmaker[AsyncSession],
    folder: Path,
    *,
    zone: str,
    now: Callable[[], Instant],
) -> None:
    """Close days when they are over, write what changed of them, and look at what was closed, until
    cancelled.

    Args:
        folder: where the files lie.
        zone: the centre's, by its IANA name.

    Raises:
        DBAPIError: the database went away; begin again.
    """
    await asyncio.sleep(FIRST_AFTER_S)  # pace: nothing is in a hurry here
    # Late on purpose: they bring Arrow and DuckDB.
    closing = await asyncio.to_thread(import_module, "lianxi.reports.store.closing")
    watching = await asyncio.to_thread(import_module, "lianxi.reports.control.watching")
    asking = await asyncio.to_thread(import_module, "lianxi.reports.inquiries")
    own = ZoneInfo(zone)
    inquiries = asking.Inquiries(sessions, folder, own, now)
    async with asyncio.TaskGroup() as group:
        group.create_task(closing.Closer(sessions, folder, own, now=now).run())
        group.create_task(watching.ControlWatch(sessions, inquiries).run())
