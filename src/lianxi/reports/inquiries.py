"""Where questions are answered: today from PostgreSQL, everything else from files and tables."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.time import Instant
from lianxi.projections.gaps import gaps_in
from lianxi.reports.computing import ask, choose, measures_of
from lianxi.reports.engines import HERE, KEPT, WORKED_OUT, Postgres
from lianxi.reports.measures import Mart
from lianxi.reports.offers import TABLES
from lianxi.reports.questions import Answer, Key, Question
from lianxi.reports.sheets.layout import split, tables_of
from lianxi.reports.windows import Window, day_of

if TYPE_CHECKING:
    import pyarrow as pa

    from lianxi.reports.store import reading

RESOLUTIONS = TABLES[Mart.RESOLUTION]
"""Worked out of contacts and of those that follow within days: never of one day alone."""
KEPT_TABLES = frozenset(TABLES[mart] for mart in KEPT)


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
        tables = tables_asked(question)
        if not tables or (is_of_today and RESOLUTIONS not in tables):
            async with self._sessions() as session:
                found = await ask(Postgres(session), question, as_of=until, zone=self.zone)
        else:
            found = await self._of_the_past(question, tables, as_of=until)
        return replace(found, gaps=await self._gaps(question.window))

    async def table(self, question: Question, *, as_of: Instant | None = None) -> "pa.Table":
        """The figures of a question as one table of columns (`tabled.tabled`), however large.

        Args:
            as_of: until when open stretches of work are counted; now unless given.

        Raises:
            KeyError: there is no such metric, or it has no such formula.
            DBAPIError: the database would not.
        """
        until = self.now() if as_of is None else as_of
        choose(question, HERE)
        module = await asyncio.to_thread(import_module, "lianxi.reports.tabled")
        async with self._facts(question, tables_asked(question)) as facts:
            await self._add_kept(facts, question)
            return await asyncio.to_thread(
                module.tabled,
                facts.connection,
                question,
                as_of=until,
                zone=self.zone,
                marts=HERE | WORKED_OUT,
                shelf=facts.shelf,
            )

    async def _of_the_past(
        self, question: Question, tables: frozenset[str], *, as_of: Instant
    ) -> Answer:
        duck = await asyncio.to_thread(import_module, "lianxi.reports.duck")
        async with self._facts(question, tables) as facts, self._sessions() as session:
            engine = duck.Duck(facts.connection, HERE | WORKED_OUT, facts.shelf)
            keeper = Postgres(session)
            found = await ask(engine, question, as_of=as_of, zone=self.zone, keeper=keeper)
        versions = {day.isoformat(): number for day, number in facts.versions.items()}
        return replace(found, versions=versions, faults=tuple(facts.faults))

    @asynccontextmanager
    async def _facts(
        self, question: Question, tables: frozenset[str]
    ) -> AsyncIterator["reading.Opened"]:
        """What a question needs, in one connection of DuckDB: sheets, files, and rows."""
        # Late on purpose: they bring DuckDB and Arrow.
        store = await asyncio.to_thread(import_module, "lianxi.reports.store.reading")
        later = await asyncio.to_thread(import_module, "lianxi.reports.store.resolutions")
        looks_ahead = RESOLUTIONS in tables
        window = later.widened(question.window) if looks_ahead else question.window
        told, _ = split(question, measures_of(question, HERE | WORKED_OUT), self.zone)
        async with store.opened(
            self._sessions,
            self._folder,
            window,
            self.zone,
            tables=tables - {RESOLUTIONS},
            sheets={sheet: tables_of(names) for sheet, names in told.items()},
        ) as facts:
            if looks_ahead:
                later.add_resolutions(facts.connection)
            yield facts

    async def _add_kept(self, facts: "reading.Opened", question: Question) -> None:
        """The rows that modules keep, beside those of calls."""
        kept = await asyncio.to_thread(import_module, "lianxi.reports.kept")
        needed = tables_of(measures_of(question, HERE | WORKED_OUT)) & KEPT_TABLES
        async with self._sessions() as session:
            for name in sorted(needed):
                rows = await kept.kept_rows(session, name, question.window)
                facts.connection.register(name, rows)

    async def _gaps(self, window: Window) -> tuple[tuple[Instant, Instant, str], ...]:
        async with self._sessions() as session:
            found = await gaps_in(session, window)
        return tuple((gap.began_at, gap.at, gap.why.value) for gap in found)


def tables_asked(question: Question) -> frozenset[str]:
    """The fact tables that a question needs, those of the identities beside it included."""
    tables = set(tables_of(measures_of(question, HERE | WORKED_OUT))) - KEPT_TABLES
    if Key.DISPOSITION in {*question.by, *question.only}:
        tables.add(TABLES[Mart.CONTACT])
    return frozenset(tables)
