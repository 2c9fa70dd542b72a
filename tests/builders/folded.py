"""Events folded into rows, without a database, and what the tables hold, to be compared."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.base import Event
from lianxi.projections.facts import fold
from lianxi.projections.memory import Memory
from lianxi.projections.projector import TABLES

Tables = dict[str, list[tuple[object, ...]]]
"""Rows of all fact tables, in an order that is the same for the same rows."""


def folded(events: Iterable[Event]) -> Memory:
    """The rows of these events, in their order."""
    memory = Memory()
    for position, event in enumerate(events, start=1):
        fold(event, position, memory)
    return memory


def in_hand(memory: Memory) -> Tables:
    """The rows of a memory as `in_tables` would find them."""
    found: Tables = {fact.__tablename__: [] for fact in TABLES}
    for row in memory.added:
        columns = type(row).__table__.columns.keys()
        found[type(row).__tablename__].append(tuple(getattr(row, name) for name in columns))
    return {table: sorted(rows, key=repr) for table, rows in found.items()}


async def in_tables(sessions: async_sessionmaker[AsyncSession]) -> Tables:
    """What is stored."""
    found = {}
    async with sessions() as session:
        for fact in TABLES:
            rows = await session.execute(select(fact.__table__))
            found[fact.__tablename__] = sorted((tuple(row) for row in rows), key=repr)
    return found
