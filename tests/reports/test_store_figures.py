"""A figure is the same to the last digit, whether its day is open or closed."""

from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.reports.catalogue import METRICS as METRICS_OF_ALL
from lianxi.reports.computing import ask
from lianxi.reports.engines import Postgres
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Answer, Question, Width
from lianxi.reports.registry import Source
from lianxi.reports.windows import Window
from tests.builders.closed_days import (
    FIRST,
    HOUR,
    MIDNIGHT,
    SECOND,
    ZONE,
    closer,
    fold,
    moment,
    two_days,
)

pytestmark = pytest.mark.db

NOW = 2 * MIDNIGHT + HOUR
BOTH = Window(begins_at=moment(0), ends_at=moment(2 * MIDNIGHT))
METRICS = tuple(
    metric.id for metric in METRICS_OF_ALL if metric.source is Source.HERE and metric.id != "fcr"
)
"""All but the one that looks ahead, which the database alone is never asked for."""
QUESTION = Question(metrics=METRICS, window=BOTH, width=Width.DAY)


async def answer(database: Database, folder: Path) -> Answer:
    return await Inquiries(database.sessions, folder, ZONE, lambda: moment(NOW)).answer(QUESTION)


async def test_open_and_closed_days_print_the_same(database: Database, tmp_path: Path) -> None:
    """Given two days and a call over the midnight between them, When none, the first, or both are
    closed, Then each figure is that of the tables, and that by hand."""
    await fold(database, two_days().lines)
    async with database.sessions() as session:
        live = await ask(Postgres(session), QUESTION, as_of=moment(NOW), zone=ZONE)
    # 3 came on the first day, one of them over midnight, and 2 on the second.
    assert [row.values["offered"] for row in live.rows] == [3, 2]
    assert [row.values["answered"] for row in live.rows] == [2, 1]
    unclosed = await answer(database, tmp_path / "none")
    await closer(database, tmp_path, NOW).close(FIRST)
    half = await answer(database, tmp_path)
    await closer(database, tmp_path, NOW).close(SECOND)
    whole = await answer(database, tmp_path)
    for found, versions in (
        (unclosed, {}),
        (half, {FIRST.isoformat(): 1}),
        (whole, {FIRST.isoformat(): 1, SECOND.isoformat(): 1}),
    ):
        assert [row.values for row in found.rows] == [row.values for row in live.rows]
        assert found.versions == versions
        assert set(found.identities.values()) == {0}
