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
from lianxi.simulator.reading import Table
from lianxi.simulator.results import compared
from lianxi.simulator.running import Way
from lianxi.simulator.scenario import DAY, Scenario
from tests.simulator.centres import centre, played, written

pytestmark = pytest.mark.db

MONDAY = date(2026, 3, 2)
QUEUE = {
    **written()["queues"][0],
    "wrap_up": {"kind": "exponential", "mean": "20s"},
    "pick_up": {"kind": "fixed", "value": "2s"},
}


async def lived(database: Database, home: Path, queue: Table = QUEUE) -> Settings:
    """A Monday in the journal and in the fact tables of a centre."""
    world, events = played(centre(date=MONDAY, queues=[queue]))
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


async def test_days_without_a_contact_are_told_and_which_have_some(
    database: Database, tmp_path: Path
) -> None:
    settings = await lived(database, tmp_path)
    with pytest.raises(PastEmpty) as found:
        await past(settings, [date(2026, 3, 9), date(2026, 3, 16)], [], seed=1)
    assert found.value.facts == {"asked": "2026-03-09 to 2026-03-16", "known": "2026-03-02"}


async def test_a_day_is_one_of_the_centres_zone(database: Database, tmp_path: Path) -> None:
    # Given a centre in Kiritimati, where the Monday's morning calls fall on its evening
    settings = await lived(database, tmp_path)
    there = Settings(database_url=database.url, home=tmp_path, time_zone="Pacific/Kiritimati")
    # Then the same contacts are of that Monday, fourteen hours later by the clock
    here = (await past(settings, [MONDAY], [], seed=1)).before[0]
    found = (await past(there, [MONDAY], [], seed=1)).before[0]
    assert found.begins == here.begins - 14 * 3_600_000
    assert _arrivals(found) == [at + 14 * 3_600_000 for at in _arrivals(here)]
    # And none of them is of the Tuesday
    with pytest.raises(PastEmpty):
        await past(there, [date(2026, 3, 3)], [], seed=1)


def _arrivals(scenario: Scenario) -> list[int]:
    return [one.at for stream in scenario.streams for one in stream.recorded]


async def test_offers_that_rang_out_are_learned(database: Database, tmp_path: Path) -> None:
    # Given a Monday on which agents let about a fifth of the first offers ring out
    settings = await lived(database, tmp_path, {**QUEUE, "missed": 0.2})
    # Then the replay's agents do so too
    scenario = (await past(settings, [MONDAY], [], seed=1)).before[0]
    assert scenario.lines[0].missed == pytest.approx(0.2, abs=0.1)
    assert play_all(scenario, 3, Way(jobs=1)).day(Figure.MISSED).mean > 3


async def test_a_changed_day_bears_the_changes_name(database: Database, tmp_path: Path) -> None:
    settings = await lived(database, tmp_path)
    change = tmp_path / "later-meal.toml"
    change.write_text('[[arrivals]]\nqueue = "sales"\nfactor = 1.5\n')
    assert (await past(settings, [MONDAY], [change], seed=1)).after[0].name == (
        "2026-03-02 (later-meal)"
    )
    change.write_text('name = "More"\n' + change.read_text())
    assert (await past(settings, [MONDAY], [change], seed=1)).after[0].name == "More"


def test_the_last_mondays_do_not_include_today() -> None:
    assert last_weekdays(date(2026, 3, 16), 1, 2) == [date(2026, 3, 2), date(2026, 3, 9)]
    assert last_weekdays(date(2026, 3, 18), 1, 1) == [date(2026, 3, 16)]
