"""Where a question is computed: PostgreSQL for what is fresh; for closed days see `duck.py`."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.reports.measures import Mart
from lianxi.reports.sheets.reading import Shelf
from lianxi.reports.statement import Dialect

KEPT = frozenset(
    {
        Mart.COST,
        Mart.CLOCK,
        Mart.ORDER,
        Mart.COMPLAINT,
        Mart.COMPLAINT_ANSWER,
        Mart.WARNING,
    }
)
"""Marts of rows that modules keep: the database has them, also for days that are over (`kept.py`).
What is only played or folded from a journal has none."""

HERE = KEPT | frozenset(
    {
        Mart.ENTRY,
        Mart.CONTACT,
        Mart.BLOCKED,
        Mart.CARRIER,
        Mart.SEGMENT,
        Mart.TRANSFER,
        Mart.SURVEY,
        Mart.CALLBACK,
        Mart.VERIFICATION,
        Mart.INTERVAL,
    }
)
"""Marts whose facts this product writes."""

WORKED_OUT = frozenset({Mart.RESOLUTION})
"""Marts that are made of facts when they are asked for; see `inquiries.py`."""


class Engine(Protocol):
    """Computes statements."""

    @property
    def dialect(self) -> Dialect:
        """What it understands."""

    @property
    def marts(self) -> frozenset[Mart]:
        """The marts it has tables for."""

    @property
    def shelf(self) -> Shelf | None:
        """The sheets of sums it has beside them."""

    async def rows(self, sql: str, given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Run a statement."""


class Postgres:
    """The fact tables as the projector keeps them."""

    dialect = Dialect.POSTGRES
    shelf = None

    def __init__(self, session: AsyncSession, marts: frozenset[Mart] = HERE) -> None:
        self._session = session
        self.marts = marts

    async def rows(self, sql: str, given: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Run a statement in the session's transaction."""
        found = await self._session.execute(text(sql), dict(given))
        return [dict(row) for row in found.mappings()]
