"""`lianxi report close`, `days` and `rebuild`, on a journal of two days."""

import json
from pathlib import Path

import pytest

from lianxi.cli import report_days
from lianxi.db.session import Database
from lianxi.journal.contracts import Step
from lianxi.journal.store import PostgresJournal
from lianxi.projections.models import FactContact
from lianxi.projections.projector import Projector
from lianxi.reports.store.contracts import Why, path_of
from lianxi.reports.store.errors import DayFilesDamaged, DayNotOver
from lianxi.settings import Settings
from tests.builders.closed_days import FIRST, MIDNIGHT, SECOND, files_in, moment, two_days

pytestmark = pytest.mark.db


@pytest.fixture
async def settings(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    journal = PostgresJournal(database.url)
    await journal.append([Step(events=[line.event]) for line in two_days().lines])
    await Projector(database.sessions, journal).catch_up()
    await journal.close()
    monkeypatch.setattr(report_days, "now", lambda: moment(2 * MIDNIGHT + 3600))
    return Settings(home=tmp_path, database_url=database.url)


async def told(
    settings: Settings, capsys: pytest.CaptureFixture[str], *, check: bool = False
) -> list[dict[str, object]]:
    """What `days --json` says."""
    capsys.readouterr()
    try:
        await report_days._days(settings, None, None, check=check, as_json=True)
    finally:
        said = capsys.readouterr()
    return [json.loads(line) for line in said.out.splitlines()]


async def test_close_writes_what_is_due_and_says_so(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await report_days._close(settings, None)
    assert "days written: 2, unchanged: 0" in capsys.readouterr().out
    await report_days._close(settings, FIRST)
    assert "days written: 0, unchanged: 1" in capsys.readouterr().out
    lines = await told(settings, capsys, check=True)
    assert [(line["day"], line["version"], line["why"]) for line in lines] == [
        (FIRST.isoformat(), 1, "closed"),
        (SECOND.isoformat(), 1, "closed"),
    ]
    await report_days._days(settings, FIRST, FIRST, check=False, as_json=False)
    shown = capsys.readouterr().out
    assert FIRST.isoformat() in shown
    assert SECOND.isoformat() not in shown


async def test_check_names_what_is_damaged_and_close_mends_it(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Given a file with one byte turned, as long as it was, Then only `--check` sees it."""
    await report_days._close(settings, None)
    file = path_of(settings.paths.facts, "fact_segment", FIRST, 1)
    good = file.read_bytes()
    file.write_bytes(good[:40] + bytes([good[40] ^ 1]) + good[41:])
    await told(settings, capsys)
    with pytest.raises(DayFilesDamaged):
        await told(settings, capsys, check=True)
    (line, _) = await told(settings, capsys)
    assert line["fault"] == "fact_segment: damaged"
    await report_days._close(settings, None)
    assert file.read_bytes() == good
    (line, _) = await told(settings, capsys, check=True)
    assert (line["version"], line["fault"]) == (1, "")


async def test_rebuild_writes_versions_only_where_the_bytes_differ(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Given a row that somebody altered by hand before the days were closed, When the journal is
    folded anew, Then the day with that row gets another version and the other does not."""
    async with database.sessions.begin() as session:
        contact = await session.get(FactContact, "answered-2")
        assert contact is not None
        contact.disposition = "forged"
    await report_days._close(settings, None)
    before = files_in(settings.paths.facts)
    capsys.readouterr()
    await report_days._rebuild(settings, FIRST, SECOND)
    assert "days written: 1, unchanged: 1" in capsys.readouterr().out
    lines = await told(settings, capsys, check=True)
    assert [(line["day"], line["version"], line["why"]) for line in lines] == [
        (FIRST.isoformat(), 1, "closed"),
        (SECOND.isoformat(), 1, "closed"),
        (SECOND.isoformat(), 2, Why.REBUILD.value),
    ]
    after = files_in(settings.paths.facts)
    assert {name: after[name] for name in before} == before
    new = {Path(name).parts[0] for name in set(after) - set(before)}
    assert new == {"fact_contact", "sum_agent", "sum_queue"}


async def test_today_cannot_be_rebuilt_as_a_closed_day(settings: Settings) -> None:
    with pytest.raises(DayNotOver):
        await report_days._rebuild(settings, FIRST, SECOND.replace(day=7))
