"""Which day a row belongs to, when days are closed, and that text gets into files as it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from lianxi.kernel.time import Instant
from lianxi.projections.closed_days import end_column, moment_column
from lianxi.projections.projector import TABLES
from lianxi.reports.store.days import days_touching, may_close
from lianxi.reports.store.tables import fact_tables, name_tables
from lianxi.reports.store.writing import arrow_of, schema_of
from lianxi.reports.windows import Window, day

pytestmark = pytest.mark.unit

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 5)


def at(zone: ZoneInfo, *parts: int) -> Instant:
    year, month, day_of_month, hour, minute = (*parts, 0)[:5]
    when = datetime(year, month, day_of_month, hour, minute, tzinfo=zone)
    return Instant(round(when.timestamp() * 1000))


@pytest.mark.parametrize(
    ("now", "goes_on", "closes"),
    [
        ((2026, 3, 5, 23, 59), False, False),
        ((2026, 3, 6, 0, 0), False, True),
        ((2026, 3, 6, 0, 0), True, False),
        ((2026, 3, 6, 3, 59), True, False),
        ((2026, 3, 6, 4, 0), True, True),
    ],
)
def test_a_day_is_closed_when_its_work_has_ended_and_at_four_at_the_latest(
    now: tuple[int, ...], goes_on: bool, closes: bool
) -> None:
    assert may_close(DAY, SHANGHAI, now=at(SHANGHAI, *now), goes_on=goes_on) is closes


def test_the_end_of_a_window_belongs_to_the_next_day() -> None:
    whole = day(DAY, SHANGHAI)
    assert days_touching(whole, SHANGHAI) == [DAY]
    longer = Window(begins_at=whole.begins_at, ends_at=Instant(whole.ends_at + 1))
    assert days_touching(longer, SHANGHAI) == [DAY, date(2026, 3, 6)]
    nothing = Window(begins_at=whole.begins_at, ends_at=whole.begins_at)
    assert days_touching(nothing, SHANGHAI) == []


def test_the_night_of_the_clock_change_is_one_day() -> None:
    night = Window(begins_at=at(BERLIN, 2026, 10, 25, 0), ends_at=at(BERLIN, 2026, 10, 26, 0))
    assert night.ends_at - night.begins_at == 25 * 3_600_000
    assert days_touching(night, BERLIN) == [date(2026, 10, 25)]


def test_every_fact_table_is_stored_and_its_rows_belong_to_a_day() -> None:
    """Given the tables that the projector fills, When one is new, Then it is stored too."""
    filled = {kind.__tablename__ for kind in TABLES}
    assert {name for name in filled if name.startswith("fact_")} == set(fact_tables())
    assert {name for name in filled if name.startswith("dim_")} == set(name_tables())
    for table in fact_tables().values():
        assert not moment_column(table).nullable
    reach = {name for name, table in fact_tables().items() if end_column(table) is not None}
    assert {"fact_contact", "fact_queue_entry", "fact_segment", "fact_agent_interval"} <= reach


@pytest.mark.timeout(10)  # the first table brings pandas
def test_text_comes_back_as_it_was() -> None:
    """Given rows as PostgreSQL streams them, Then nothing, empty text and odd text stay apart."""
    table = fact_tables()["fact_segment"]
    names = schema_of(table).names
    row = dict.fromkeys(names, "x") | {
        "began_at": "5", "ended_at": "", "first_of_contact": "t",
        "first_of_queue": "f", "first_of_agent": "f", "hung_up": "f", "team": '""',
        "contact": '"a ""b"", \nc,"', "queue": "\\N",
    }  # fmt: skip
    piece = ",".join(row[name] for name in names) + "\n"
    (found,) = arrow_of(piece.encode(), schema_of(table)).to_pylist()
    assert (found["began_at"], found["ended_at"]) == (5, None)
    assert (found["first_of_contact"], found["first_of_queue"]) == (True, False)
    assert (found["team"], found["contact"]) == ("", 'a "b", \nc,')
    assert found["queue"] == "\\N"
    assert schema_of(table).field("began_at").type == pa.int64()
