"""Closed days of a real journal are looked at: every metric, the centre and each queue."""

from datetime import timedelta
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.projector import Projector
from lianxi.reports.catalogue import metric_of
from lianxi.reports.control.contracts import EntryState, Goal
from lianxi.reports.control.keeping import page
from lianxi.reports.control.targets import put
from lianxi.reports.control.watching import ControlWatch
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.store.closing import Closer
from lianxi.reports.windows import local_day
from tests.builders.list_journal import ListJournal
from tests.builders.marts import ZONE
from tests.builders.small_app import a_caller
from tests.builders.story import Line, Story
from tests.builders.worked_example import ORACLE, Calls, example

pytestmark = pytest.mark.db


async def test_a_day_is_looked_at_after_it_was_closed(database: Database, tmp_path: Path) -> None:
    """Given the public example (57.14 % in time) and an alarm below 60 %; when its day is closed;
    then the centre and the queue get one entry each, and the day is not looked at again.

    Without days before it no rule of a chart says anything."""
    story = example(*ORACLE, short_abandon_s=10)
    journal = ListJournal(story.lines)
    await Projector(database.sessions, journal).catch_up()
    at = Instant(story.at(0) + 2 * 86_400_000)
    today = local_day(at, ZONE)
    inquiries = Inquiries(database.sessions, tmp_path, ZONE, lambda: at)
    watch = ControlWatch(database.sessions, inquiries)
    assert await watch.due() == []
    async with database.sessions.begin() as session:
        await put(
            session, metric_of("K21"), Goal(target=0.8, alarm_low=0.6), queue=None,
            effective_from=today - timedelta(days=90), seen=0, today=today, at=at, by=a_caller(),
        )  # fmt: skip
    day = local_day(Story().at(0), ZONE)
    await Closer(database.sessions, tmp_path, ZONE, now=lambda: at).close(day)
    [done] = await watch.catch_up()
    assert (done.day, done.opened) == (day, 2)
    async with database.sessions() as session:
        entries = await page(
            session, states=tuple(EntryState), metric="service_level", queue=None, within=None,
            before=None, limit=9,
        )  # fmt: skip
    assert {entry.breach.queue for entry in entries} == {None, QueueId("sales")}
    assert {(entry.breach.rule, round(entry.breach.value, 4)) for entry in entries} == {
        ("ALARM", 0.5714)
    }
    assert await watch.catch_up() == []


async def test_a_day_that_was_corrected_is_looked_at_again(
    database: Database, tmp_path: Path
) -> None:
    """Given four calls answered in time and four too late (50 %), looked at; the alarm is 60 %;
    when late lines tell of four more in time; then the next version of the day has 8 ÷ 12 =
    66.67 %: both entries say so beside the old figure, none is opened twice, and the day is not
    looked at a third time."""
    in_time = Calls(calls=4, how="answered", waited_s=12, talk_s=60)
    too_late = Calls(calls=4, how="answered", waited_s=45, talk_s=60)
    story, whole = example(in_time, too_late), example(in_time, too_late, in_time)
    late = [
        Line(position=len(story.lines) + number, event=line.event)
        for number, line in enumerate(
            (line for line in whole.lines if line.event not in story.events), start=1
        )
    ]
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    at = Instant(story.at(0) + 2 * 86_400_000)
    day, today = local_day(Story().at(0), ZONE), local_day(at, ZONE)
    inquiries = Inquiries(database.sessions, tmp_path, ZONE, lambda: at)
    watch = ControlWatch(database.sessions, inquiries)
    async with database.sessions.begin() as session:
        await put(
            session, metric_of("K21"), Goal(target=0.8, alarm_low=0.6), queue=None,
            effective_from=today - timedelta(days=90), seen=0, today=today, at=at, by=a_caller(),
        )  # fmt: skip
    closer = Closer(database.sessions, tmp_path, ZONE, now=lambda: at)
    await closer.close(day)
    await watch.catch_up()
    await Projector(database.sessions, ListJournal([*story.lines, *late])).catch_up()
    assert await watch.due() == []
    assert (await closer.close(day)).version == 2
    [again] = await watch.catch_up()
    assert (again.day, again.version, again.opened, again.updated) == (day, 2, 0, 2)
    async with database.sessions() as session:
        entries = await page(
            session, states=tuple(EntryState), metric="service_level", queue=None, within=None,
            before=None, limit=9,
        )  # fmt: skip
    assert [
        [(round(one.old, 4), round(one.new or 0, 4), one.is_out) for one in entry.corrections]
        for entry in entries
    ] == [[(0.5, 0.6667, False)]] * 2
    assert await watch.due() == []
