"""`lianxi report table`: the figures of pages, as a file of any size."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lianxi.cli import report_table
from lianxi.db.session import Database
from lianxi.reports.errors import FileOfNoKind, FileThere, MetricUnknown
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Key, Question, Width
from lianxi.reports.store.errors import DaysInvalid
from lianxi.reports.windows import Window
from lianxi.settings import Settings
from tests.builders.closed_days import (
    FIRST,
    HOUR,
    MIDNIGHT,
    SECOND,
    ZONE,
    closer,
    files_in,
    fold,
    moment,
    two_days,
)

pytestmark = pytest.mark.db

NOW = 2 * MIDNIGHT + HOUR
METRICS = ["offered", "K09", "aht", "fcr"]


@pytest.fixture
async def settings(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Two days that are closed and summed."""
    monkeypatch.setattr(report_table, "now", lambda: moment(NOW))
    found = Settings(home=tmp_path, database_url=database.url)
    await fold(database, two_days().lines)
    keeper = closer(database, found.paths.facts, NOW)
    for day in (FIRST, SECOND):
        await keeper.close(day)
    await keeper.sum_due()
    return found


async def write(settings: Settings, into: Path, metrics: list[str] = METRICS) -> None:
    await report_table._table(settings, into, FIRST, SECOND, metrics, (Key.QUEUE,), Width.DAY)


async def test_a_file_has_the_figures_of_the_pages(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    """Given two closed days, When their figures are written as Parquet and as CSV, Then each is
    that which a page shows, and the CSV has the centre's clock."""
    window = Window(begins_at=moment(0), ends_at=moment(2 * MIDNIGHT))
    asked = Question(metrics=tuple(METRICS), window=window, width=Width.DAY, by=(Key.QUEUE,))
    inquiries = Inquiries(database.sessions, settings.paths.facts, ZONE, lambda: moment(NOW))
    shown = (await inquiries.answer(asked)).rows
    await write(settings, tmp_path / "days.parquet")
    rows = pq.read_table(tmp_path / "days.parquet").to_pylist()
    assert [(row["begins_at"], row["key_queue"]) for row in rows] == [
        (row.begins_at, row.keys[Key.QUEUE]) for row in shown
    ]
    for row, page in zip(rows, shown, strict=True):
        assert {name: row[name] for name in page.values} == pytest.approx(dict(page.values))
    await write(settings, tmp_path / "days.csv")
    with (tmp_path / "days.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert [row["begins_at"] for row in told] == ["2026-03-05 00:00", "2026-03-06 00:00"]
    assert [row["offered"] for row in told] == ["3", "2"]


async def test_what_is_asked_wrongly_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    there = tmp_path / "there.csv"
    there.write_text("mine")
    with pytest.raises(FileThere):
        await write(settings, there)
    with pytest.raises(FileOfNoKind):
        await write(settings, tmp_path / "days.xlsx")
    with pytest.raises(MetricUnknown):
        await write(settings, tmp_path / "days.csv", ["nope"])
    with pytest.raises(DaysInvalid):
        await report_table._table(
            settings, tmp_path / "days.csv", SECOND, FIRST, METRICS, (), Width.DAY
        )
    assert there.read_text() == "mine"
    assert "there.csv" in files_in(tmp_path)
    assert not [name for name in files_in(tmp_path) if name.startswith(("days", ".days"))]
