"""After a day was closed: what of it is out of range, and did actions help?

Every day is looked at once, in order, and again when its facts were corrected. Entries and the note
that the day was looked at are one transaction, so a crash between repeats the whole day and nothing
twice.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.kernel.ids import QueueId
from lianxi.reports.buckets import buckets
from lianxi.reports.control.contracts import Evaluated
from lianxi.reports.control.correcting import correct
from lianxi.reports.control.deciding import WATCHED, Known, Scoped, decide
from lianxi.reports.control.repository import BaselineRepository, TargetRepository
from lianxi.reports.control.sheet_repository import SheetRepository
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Key, Question, Row, Width
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.windows import Window, local_day
from lianxi.reports.windows import day as window_of_day

log = structlog.get_logger(__name__)

LOOK_BACK: Final = 64
"""Days of history that a day is judged by: nine weeks and a day, so that each weekday is there
eight times before."""
CATCH_UP: Final = 31
"""Closed days longer ago are not looked at any more: nobody could act on them."""
EVERY_S: Final = 600.0


class ControlWatch:
    """Looks at closed days.

    Args:
        sessions: the database.
        inquiries: answers questions about the past.
    """

    def __init__(self, sessions: async_sessionmaker[AsyncSession], inquiries: Inquiries) -> None:
        self._sessions = sessions
        self._inquiries = inquiries

    async def run(self) -> None:
        """Look at what was closed, every ten minutes, until cancelled.

        Raises:
            DBAPIError: the database went away; run again when it is back.
        """
        while True:
            await self.catch_up()
            await asyncio.sleep(EVERY_S)  # pace: days are closed once a day

    async def catch_up(self) -> list[Evaluated]:
        """Look at every closed day that was not looked at as it is now; in order."""
        return [await self.evaluate(day) for day in await self.due()]

    async def due(self) -> list[date]:
        """Days that are closed, recent, and newer than the last one that was looked at, or were
        corrected since they were.

        At first only the newest: what was out of range before somebody began to watch is past.
        """
        today = local_day(self._inquiries.now(), self._inquiries.zone)
        first = today - timedelta(days=CATCH_UP)
        async with self._sessions() as session:
            sheet = SheetRepository(session)
            last, looked_at = await sheet.last_day(), await sheet.looked_at(first)
            newest = await Manifest(session).newest(with_files=False)
        recent = [day for day in sorted(newest) if day >= first]
        if last is None:
            return recent[-1:]
        return [
            day
            for day in recent
            if day > last or looked_at.get(day, newest[day].version) < newest[day].version
        ]

    async def evaluate(self, day: date) -> Evaluated:
        """Look at one closed day, unless it was looked at already as it is now."""
        # Before its figures are read: what is written meanwhile is a reason to look again.
        version = await self._version(day)
        rows = await self._rows(day)
        async with self._sessions.begin() as session:
            entries = SheetRepository(session)
            await entries.alone()
            known = Known(
                day=day,
                at=self._inquiries.now(),
                zone=self._inquiries.zone,
                rows=rows,
                targets=await TargetRepository(session).versions(),
                baselines=await BaselineRepository(session).all_newest(),
            )
            done = Evaluated(day=day, version=version, at=known.at, opened=0, updated=0)
            seen = (await entries.looked_at(day)).get(day)
            if seen is None or seen < version:
                # In a thread: many queues are half a second of arithmetic, and calls do not wait.
                if seen is None:
                    decided = await asyncio.to_thread(decide, known, await entries.unclosed())
                else:
                    touched = await entries.touched_by(day)
                    decided = await asyncio.to_thread(correct, known, touched)
                for entry in decided.opened:
                    await entries.add(entry)
                for entry in decided.changed:
                    await entries.save(entry)
                done = replace(done, opened=len(decided.opened), updated=len(decided.changed))
                await entries.note_day(done)
        log.info("control.day", day=day.isoformat(), opened=done.opened, updated=done.updated)
        return done

    async def _version(self, day: date) -> int:
        async with self._sessions() as session:
            found = (await Manifest(session).newest([day], with_files=False)).get(day)
        return 0 if found is None else found.version

    async def _rows(self, day: date) -> Scoped:
        zone = self._inquiries.zone
        window = Window(
            begins_at=window_of_day(day - timedelta(days=LOOK_BACK - 1), zone).begins_at,
            ends_at=window_of_day(day, zone).ends_at,
        )
        metrics = tuple(metric.id for metric in WATCHED)
        question = Question(metrics=metrics, window=window, width=Width.DAY)
        by_queue = Question(metrics=metrics, window=window, width=Width.DAY, by=(Key.QUEUE,))
        found = [
            *(await self._inquiries.answer(question)).rows,
            *(await self._inquiries.answer(by_queue)).rows,
        ]
        return scoped(found, window, zone)


def scoped(rows: Iterable[Row], window: Window, zone: ZoneInfo) -> Scoped:
    """Rows of the centre and of queues, apart and by day; days without any are without figures."""
    days = {
        local_day(piece.window.begins_at, zone): piece.window
        for piece in buckets(window, Width.DAY, zone)
    }
    found: dict[QueueId | None, dict[date, Row]] = {None: {}}
    for row in rows:
        name = row.keys.get(Key.QUEUE)
        # What belongs to no queue is the centre's, and is in its rows.
        if name != "":
            queue = None if name is None else QueueId(name)
            found.setdefault(queue, {})[local_day(row.begins_at, zone)] = row
    return {queue: _whole(own, days) for queue, own in found.items()}


def _whole(rows: dict[date, Row], days: dict[date, Window]) -> dict[date, Row]:
    return {
        day: rows.get(day)
        or Row(begins_at=own.begins_at, ends_at=own.ends_at, keys={}, sums={}, values={})
        for day, own in days.items()
    }
