"""Keeps days that are over as files, beside the projector that fills the tables."""

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
    """Close days when they are over, and write what changed of them, until cancelled.

    Args:
        folder: where the files lie.
        zone: the centre's, by its IANA name.

    Raises:
        DBAPIError: the database went away; begin again.
    """
    await asyncio.sleep(FIRST_AFTER_S)  # pace: nothing is in a hurry here
    # Late on purpose: it brings Arrow.
    closing = await asyncio.to_thread(import_module, "lianxi.reports.store.closing")
    await closing.Closer(sessions, folder, ZoneInfo(zone), now=now).run()
