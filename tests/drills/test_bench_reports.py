"""The bench of reports, small: its days are lawful copies, and everybody computes the same."""

import asyncio
import dataclasses
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from lianxi.drills.bench_reports.centre import FIRST_DAY, ZONE, centre
from lianxi.drills.bench_reports.multiplied import SIZES, Size, multiply
from lianxi.drills.bench_reports.report import (
    MARTS,
    PARTS,
    computed,
    from_rows,
    opened,
    question_of,
    sum_days,
    window_of,
)
from lianxi.drills.bench_reports.same import difference, values
from lianxi.drills.bench_reports.simulated import simulate
from lianxi.drills.peers import with_pandas
from lianxi.reports.computing import ask
from lianxi.reports.duck import Duck

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

SMALL = dataclasses.replace(SIZES["1m"], name="small", first=FIRST_DAY, days=2, copies=2)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of two small centres under one roof."""
    room = tmp_path_factory.mktemp("bench")
    for number in range(SMALL.days):
        simulate(centre(number, per_day=60), room / "week", number)
    multiply(room / "week", room / "facts", SMALL, threads=1)
    return room / "facts"


@pytest.fixture(scope="module")
def ours(facts: Path) -> dict[str, pa.Table]:
    """The report, by the product."""
    sum_days(facts, SMALL)
    return computed(facts, SMALL)


def test_sheets_and_rows_say_the_same(facts: Path, ours: dict[str, pa.Table]) -> None:
    rows = from_rows(facts, SMALL)
    assert [difference(ours[part.name], rows[part.name]) for part in PARTS] == ["", ""]


def asked(facts: Path, query: str, size: Size = SMALL) -> list[tuple[object, ...]]:
    with opened(facts, size.first, size.days) as connection:
        found: list[tuple[object, ...]] = connection.execute(query).fetchall()
    return found


def test_a_copy_has_contacts_agents_and_queues_of_its_own(facts: Path) -> None:
    ((rows, contacts, queues, agents),) = asked(
        facts,
        "SELECT count(*), count(DISTINCT contact), count(DISTINCT first_queue),"
        " count(DISTINCT last_agent) FROM fact_contact",
    )
    ((one, its_agents),) = asked(
        facts,
        "SELECT count(*), count(DISTINCT last_agent) FROM fact_contact WHERE contact LIKE '00.%'",
    )
    assert rows == contacts == 2 * int(str(one))
    assert agents == 2 * int(str(its_agents))
    assert 10 < int(str(queues)) <= 20


def test_what_belongs_together_still_does(facts: Path) -> None:
    ((lost,),) = asked(
        facts,
        "SELECT count(*) FROM fact_segment s LEFT JOIN fact_contact c USING (contact)"
        " WHERE c.contact IS NULL OR s.began_at < c.arrived_at",
    )
    assert lost == 0


def test_files_are_in_the_order_of_their_keys(facts: Path) -> None:
    file = next((facts / "fact_contact").rglob("*.parquet"))
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT contact FROM '{file}'").fetchall()
    assert found == sorted(found)


def test_the_report_has_figures_and_pandas_computes_the_same(
    facts: Path, ours: dict[str, pa.Table]
) -> None:
    theirs = with_pandas.computed(facts, SMALL)
    for part in PARTS:
        assert values(ours[part.name]) > 100
        assert difference(ours[part.name], theirs[part.name]) == ""


def test_one_wrong_figure_is_noticed(ours: dict[str, pa.Table]) -> None:
    table = ours["queues"]
    at = table.column_names.index("asa")
    wrong = table.set_column(at, "asa", pc.add(table["asa"], 0.001))
    assert difference(table, wrong).startswith("asa of ")


def test_a_table_of_figures_holds_the_rows_of_the_answer(
    facts: Path, ours: dict[str, pa.Table]
) -> None:
    window = window_of(SMALL)
    part = PARTS[1]
    with opened(facts, SMALL.first, SMALL.days) as connection:
        engine = Duck(connection, MARTS)
        question = question_of(part, window)
        answer = asyncio.run(ask(engine, question, as_of=window.ends_at, zone=ZONE))
    rows = ours[part.name].to_pylist()
    assert len(rows) == len(answer.rows)
    for row, found in zip(rows, answer.rows, strict=True):
        assert row["begins_at"] == found.begins_at
        assert row["key_agent"] == found.keys[part.key]
        for metric, value in found.values.items():
            assert row[metric] == pytest.approx(value)
