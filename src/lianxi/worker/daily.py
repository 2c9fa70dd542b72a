"""What is done once a day: opening hours are laid out further ahead, old inbox rows forgotten."""

import asyncio
from typing import Protocol

import structlog

from lianxi.journal.inbox import forget_old
from lianxi.kernel.errors import Rejection

log = structlog.get_logger(__name__)

DAY_S = 86_400.0


class Publishes(Protocol):
    """Brings the configuration in the tables into force."""

    async def publish(self) -> int:
        """Ask for it; returns its number."""
        ...


async def once_a_day(url: str, publisher: Publishes) -> None:
    """Do the day's work now and every 24 hours, until cancelled.

    Args:
        url: the database's SQLAlchemy address.
        publisher: asks the switchboard for the configuration as of today.

    Raises:
        psycopg.Error: the database would not; begin again.
    """
    while True:
        forgotten = await forget_old(url)
        try:
            version = await publisher.publish()
            log.info("day.done", routing=version, inbox_rows_forgotten=forgotten)
        except Rejection as refused:
            log.warning("day.hours_not_published", why=refused.code)
        await asyncio.sleep(DAY_S)  # pace: once a day
