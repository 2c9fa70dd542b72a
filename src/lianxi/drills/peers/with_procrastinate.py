"""The same work by procrastinate: many future jobs, some due, two workers."""

import asyncio
import datetime as dt
import time

from procrastinate import App, PsycopgConnector
from procrastinate.types import JSONValue

BATCH = 10_000


async def run_due_jobs(url: str, *, waiting: int, due: int) -> float:
    """Seconds until two workers have run all due jobs.

    Args:
        url: of a database; the peer's tables are made there.
        waiting: jobs of a later time.
        due: jobs whose time has come.
    """
    connector = PsycopgConnector(conninfo=url.replace("postgresql+psycopg:", "postgresql:"))
    app = App(connector=connector)

    @app.task(name="fire")
    async def fire(number: int) -> None:
        await connector.execute_query_async("SELECT 1")

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        soon = dt.datetime.now(dt.UTC)
        for at, count in ((later, waiting), (soon, due)):
            for first in range(0, count, BATCH):
                jobs: list[dict[str, JSONValue]] = [
                    {"number": n} for n in range(first, min(count, first + BATCH))
                ]
                await fire.configure(schedule_at=at).batch_defer_async(*jobs)
        began = time.perf_counter()
        await asyncio.gather(
            *(app.run_worker_async(wait=False, install_signal_handlers=False) for _ in range(2))
        )
        return time.perf_counter() - began
