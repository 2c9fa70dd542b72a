"""The audit cannot be changed unseen."""

import asyncio

import pytest
from sqlalchemy import text

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade
from lianxi.office.audit.contracts import Act

pytestmark = pytest.mark.db


async def tell(database: Database, object: str, number: int) -> None:
    async with database.sessions.begin() as session:
        await facade.record(
            session, at=Instant(number), who=None, act=Act.FLOW_FIRED, object=object,
            facts={"number": number},
        )  # fmt: skip


async def by_force(database: Database, statement: str) -> None:
    """What somebody with the keys of the database could do."""
    async with database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only"))
        await session.execute(text(statement))
        await session.execute(text("ALTER TABLE audit ENABLE TRIGGER audit_is_append_only"))


async def broken(database: Database) -> list[int]:
    async with database.sessions() as session:
        return [row.at for row in (await facade.verify(session))[1]]


async def test_what_was_written_fits(database: Database) -> None:
    for number in range(3):
        await tell(database, "case:1", number)
        await tell(database, "case:2", number)
    async with database.sessions() as session:
        assert await facade.verify(session) == (6, [])


async def test_a_row_that_was_changed_is_found(database: Database) -> None:
    for number in range(3):
        await tell(database, "case:1", number)
    await by_force(database, "UPDATE audit SET reason = 'other' WHERE facts->>'number' = '1'")
    assert await broken(database) == [1]


async def test_a_row_that_was_taken_out_is_found_by_the_next(database: Database) -> None:
    for number in range(3):
        await tell(database, "case:1", number)
    await by_force(database, "DELETE FROM audit WHERE facts->>'number' = '1'")
    assert await broken(database) == [2]


async def test_rows_of_the_same_moment_stand_in_one_line(database: Database) -> None:
    await asyncio.gather(*(tell(database, "case:1", number) for number in range(20)))
    async with database.sessions() as session:
        assert await facade.verify(session) == (20, [])


async def test_rows_from_before_the_chain_are_left_as_they_are(database: Database) -> None:
    await tell(database, "case:1", 1)
    await by_force(database, "UPDATE audit SET hash = NULL, prev_hash = NULL")
    await tell(database, "case:1", 2)
    async with database.sessions() as session:
        assert await facade.verify(session) == (1, [])
