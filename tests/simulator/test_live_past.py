"""The live centre's past, read back from its database, played again and changed."""

from datetime import date
from pathlib import Path

import pytest

from lianxi.cli.simulating.live import PastEmpty, last_weekdays, past
from lianxi.cli.simulating.playing import played as play_all
from lianxi.db.session import Database
from lianxi.journal.contracts import Step
from lianxi.journal.store import PostgresJournal
from lianxi.projections.projector import Projector
from lianxi.settings import Settings
from lianxi.simulator.measures import Figure
from lianxi.simulator.results import compared
from lianxi.simulator.running import Way
from lianxi.simulator.scenario import DAY
from tests.simulator.centres import centre, played, written

pytestmark = pytest.mark.db

MONDAY = date(2026, 3, 2)
QUEUE = {
    **written()["queues"][0],
    "wrap_up": {"kind": "exponential", "mean": "20s"},
    "pick_up": {"kind": "fixed", "value": "2s"},
}


async def lived(database: Database, home: Path) -> Settings:
    """A Monday in the journal and in the fact tables of a centre."""
    world, events = played(centre(date=MONDAY, queues=[QUEUE]))
    assert world.contacts > 50
    journal = PostgresJournal(database.url)
    await journal.append([Step(events=events)])
    await Projector(database.sessions, journal).catch_up()
    await journal.close()
    return Settings(database_url=database.url, home=home, time_zone="UTC")


async def test_a_replay_gives_the_day_that_was(database: Database, tmp_path: Path) -> None:
    settings = await lived(database, tmp_path)
    tally = played(centre(date=MONDAY, queues=[QUEUE]))[0].tally
    found = await past(settings, [MONDAY], [], seed=1)
    result = play_all(found.before[0], 3, Way(jobs=1))
    assert found.after == []
    assert found.before[0].begins % DAY == 0
    assert result.day(Figure.OFFERED).mean == sum(tally.offered)
    assert result.day(Figure.ANSWERED).mean == pytest.approx(sum(tally.answered), rel=0.05)
    late = sum(tally.abandoned) - sum(tally.abandoned_in_time)
    level = sum(tally.answered_in_time) / (sum(tally.answered) + late)
    assert result.day(Figure.SERVICE_LEVEL).mean == pytest.approx(level, abs=0.06)


async def test_a_change_is_played_with_the_same_callers(database: Database, tmp_path: Path) -> None:
    settings = await lived(database, tmp_path)
    change = tmp_path / "change.toml"
    change.write_text(
        '[[teams]]\nid = "more"\nqueues = ["sales"]\n'
        'shifts = [{ begins = "08:00", ends = "10:00", agents = 2 }]\n'
    )
    found = await past(settings, [MONDAY], [change], seed=1)
    before = play_all(found.before[0], 2, Way(jobs=1))
    after = play_all(found.after[0], 2, Way(jobs=1))
    difference = compared(before, after)
    assert difference.day(Figure.OFFERED).mean == 0.0
    assert difference.day(Figure.WAIT_MEAN).high < 0.0


async def test_more_volume_copies_recorded_callers(database: Database, tmp_path: Path) -> None:
    settings = await lived(database, tmp_path)
    change = tmp_path / "change.toml"
    change.write_text('[[arrivals]]\nqueue = "sales"\nfactor = 1.5\n')
    found = await past(settings, [MONDAY], [change], seed=1)
    before = play_all(found.before[0], 1, Way(jobs=1)).day(Figure.OFFERED).mean
    after = play_all(found.after[0], 1, Way(jobs=1)).day(Figure.OFFERED).mean
    assert after == pytest.approx(1.5 * before, rel=0.15)


async def test_days_without_a_contact_are_told(database: Database, tmp_path: Path) -> None:
    settings = await lived(database, tmp_path)
    with pytest.raises(PastEmpty):
        await past(settings, [date(2026, 3, 9)], [], seed=1)


def test_the_last_mondays_do_not_include_today() -> None:
    assert last_weekdays(date(2026, 3, 16), 1, 2) == [date(2026, 3, 2), date(2026, 3, 9)]
    assert last_weekdays(date(2026, 3, 18), 1, 1) == [date(2026, 3, 16)]
