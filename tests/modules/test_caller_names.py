"""Names of callers, many at once: asked for together, each caller gets the own."""

import asyncio

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade
from lianxi.modules.customers.facade import CallerNames

pytestmark = pytest.mark.db


async def test_many_callers_at_once_get_their_own_names(database: Database) -> None:
    # Given two customers
    async with database.sessions.begin() as session:
        await facade.add(session, "王先生", ["13800138001"], at=Instant(0))
        await facade.add(session, "李女士", ["13800138002"], at=Instant(0))
    names = CallerNames(database.engine.url.render_as_string(hide_password=False))
    # When they and strangers call at the same moment, one of them twice
    numbers = ["13800138001", "13800138002", "13900000000", "", "13800138001"]
    found = await asyncio.gather(*(names.caller_name(number) for number in numbers))
    await names.close()
    # Then each has the own name
    assert found == ["王先生", "李女士", "", "", "王先生"]


async def test_without_a_database_a_caller_has_no_name() -> None:
    names = CallerNames("postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert await names.caller_name("13800138001") == ""
