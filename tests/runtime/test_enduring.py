"""Tasks outlive faults of the database, and nothing else."""

import asyncio

import psycopg
import pytest

from lianxi.runtime import enduring
from lianxi.runtime.enduring import endure

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enduring, "BACK_OFF_S", (0.0, 0.0, 0.001))


async def test_a_task_that_the_database_failed_begins_again() -> None:
    began = 0
    works = asyncio.Event()

    async def begin() -> None:
        nonlocal began
        began += 1
        if began == 1:
            raise psycopg.OperationalError("the connection is lost")
        if began == 2:
            async with asyncio.TaskGroup() as group:
                group.create_task(fails())
        if began == 3:
            return
        works.set()
        await asyncio.Event().wait()

    async def fails() -> None:
        raise OSError("no socket")

    task = asyncio.create_task(endure("a task", begin))
    await works.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert began == 4


async def test_a_fault_of_our_own_is_not_endured() -> None:
    async def begin() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await endure("a task", begin)
