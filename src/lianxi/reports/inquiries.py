"""Where questions are answered: today from PostgreSQL, everything else from files and tables."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.projections.gaps import gaps_in
from lianxi.reports.computing import ask, choose
from lianxi.reports.costs.repository import Costs
from lianxi.reports.engines import HERE, WORKED_OUT, Postgres
from lianxi.reports.identities import IDENTITIES, needed_by
from lianxi.reports.measures import MEASURES, Mart
from lianxi.reports.questions import Answer, Key, Question
from lianxi.reports.windows import Window, day_of

RESOLUTIONS = "fact_resolution"
"""Worked out of contacts and of those that follow within days: never of one day alone."""


class Inquiries:
    """Answers questions about any time.

    Args:
        sessions: the database.
        folder: where files of closed days lie.
        zone: the centre's.
        now: the clock.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        folder: Path,
        zone: ZoneInfo,
        now: Callable[[], Instant],
    ) -> None:
        self._sessions = sessions
        self._folder = folder
        self.zone = zone
        self.now = now

    async def answer(self, question: Question, *, as_of: Instant | None = None) -> Answer:
        """Compute the figures of a question.

        Args:
            as_of: until when open stretches of work are counted; now unless given.

        Raises:
            KeyError: there is no such metric, or it has no such formula.
            DBAPIError: the database would not.
        """
        until = self.now() if as_of is None else as_of
        choose(question, HERE)  # what does not exist is said before anything is opened
        is_of_today = question.window.begins_at >= day_of(self.now(), self.zone).begins_at
        tables = await asyncio.to_thread(tables_of, question)
        if not tables or (is_of_today and RESOLUTIONS not in tables):
            async with self._sessions() as session:
                found = await ask(Postgres(session), question, as_of=until, zone=self.zone)
        else:
            found = await self._of_the_past(question, tables, as_of=until)
        return replace(found, gaps=await self._gaps(question.window))

    async def _of_the_past(
        self, question: Question, tables: frozenset[str], *, as_of: Instant
    ) -> Answer:
        # Late on purpose: they bring DuckDB and Arrow.
        reading = await asyncio.to_thread(import_module, "lianxi.reports.store.reading")
        duck = await asyncio.to_thread(import_module, "lianxi.reports.duck")
        later = await asyncio.to_thread(import_module, "lianxi.reports.store.resolutions")
        looks_ahead = RESOLUTIONS in tables
        window = later.widened(question.window) if looks_ahead else question.window
        async with reading.opened(
            self._sessions, self._folder, window, self.zone, tables=tables - {RESOLUTIONS}
        ) as facts:
            if looks_ahead:
                later.add_resolutions(facts.connection)
            facts.connection.register("fact_cost", await self._costs(question.window, duck))
            engine = duck.Duck(facts.connection, HERE | WORKED_OUT)
            found = await ask(engine, question, as_of=as_of, zone=self.zone)
        versions = {day.isoformat(): number for day, number in facts.versions.items()}
        return replace(found, versions=versions)

    async def _costs(self, window: Window, duck: ModuleType) -> object:
        """The ledger's days: few rows, and never in files, because a cost may be booked late."""
        async with self._sessions() as session:
            return duck.cost_table(await Costs(session).days_within(window))

    async def _gaps(self, window: Window) -> tuple[tuple[Instant, Instant, str], ...]:
        async with self._sessions() as session:
            found = await gaps_in(session, window)
        return tuple((gap.began_at, gap.at, gap.why.value) for gap in found)


def tables_of(question: Question) -> frozenset[str]:
    """The fact tables that a question needs, those of the identities beside it included."""
    summing = import_module("lianxi.reports.marts.summing")
    marts = {MEASURES[need].mart for need in _needs(question)}
    kept = (HERE | WORKED_OUT) - {Mart.COST}
    tables = {str(summing.SHAPES[mart].table.get_name()) for mart in marts & kept}
    if Key.DISPOSITION in {*question.by, *question.only} or RESOLUTIONS in tables:
        tables.add("fact_contact")
    return frozenset(tables)


def _needs(question: Question) -> set[str]:
    needs = {
        need for one in choose(question, frozenset(Mart)) for need in one.formula.expression.needs
    }
    return needs.union(
        *(needed_by(identity) for identity in IDENTITIES if needed_by(identity) & needs)
    )
