"""Deadlines met, misrouted orders and complaints, from the rows of their modules, by examples
computed by hand; and that they are the same where days are over."""

from dataclasses import replace
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.office.clock import facade as clocks
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.naming import names_of
from lianxi.reports.questions import Answer, Key, Question, Width
from lianxi.reports.windows import Window
from tests.builders.cases import ABOUT, HOUR, MINUTE, QUERY, SOUTH, SUPERVISOR, Hotline, hotline
from tests.builders.marts import ZONE
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
MIDNIGHT = at("2026-11-23 00:00")
THAT_DAY = Window(begins_at=MIDNIGHT, ends_at=Instant(MIDNIGHT + 24 * HOUR))
PROMISES = ("deadlines_met", "deadlines_ended", "misrouted_orders", "orders_dispatched")


async def a_morning(database: Database) -> Hotline:
    """One order goes through, one goes to the wrong area first, one is given back and comes again;
    two areas accept too late."""
    line = await hotline(database, NINE)
    await line.walk(await line.create(), "dispatch", "accept", "complete")
    second = await line.walk(await line.create(), "dispatch", "misdispatch", "explain")
    second = await line.happen(second, "dispatch", area=SOUTH)
    line.at = Instant(line.at + 31 * MINUTE)
    await line.walk(second, "accept", "complete")
    await line.walk(await line.create(), "dispatch", "misdispatch", "overrule")
    line.at = Instant(line.at + HOUR)
    async with database.sessions.begin() as session:
        await clocks.sweep(session, line.at, _nobody)
    return line


async def _nobody(*_: object) -> None:
    """Nobody is told."""


async def asked(
    database: Database, home: Path, question: Question, *, days_later: int = 0
) -> Answer:
    now = Instant(NINE + 2 * HOUR + days_later * 24 * HOUR)
    return await Inquiries(database.sessions, home, ZONE, lambda: now).answer(question)


def by(answer: Answer, key: Key, metric: str) -> dict[str, float | int | None]:
    return {row.keys[key]: row.values[metric] for row in answer.rows}


@pytest.mark.parametrize("days_later", [0, 3])
@pytest.mark.parametrize("beside", [(), ("offered",)])
async def test_a_morning_adds_up_today_and_when_it_is_long_over(
    database: Database, tmp_path: Path, beside: tuple[str, ...], days_later: int
) -> None:
    await a_morning(database)
    question = Question(metrics=(*PROMISES, *beside), window=THAT_DAY)
    [whole] = (await asked(database, tmp_path, question, days_later=days_later)).rows
    # 4 dispatches and 2 explanations and 2 orders in time; of 3 acceptances one.
    assert whole.values["deadlines_ended"] == 4 + 2 + 2 + 3
    assert whole.values["deadlines_met"] == pytest.approx(9 / 11)
    # What was given back and came again was no misdispatch.
    assert whole.values["orders_dispatched"] == 3
    assert whole.values["misrouted_orders"] == pytest.approx(1 / 3)


async def test_by_rule_by_post_and_by_type(database: Database, tmp_path: Path) -> None:
    await a_morning(database)

    async def told(key: Key, metric: str) -> dict[str, float | int | None]:
        question = Question(metrics=(metric,), window=THAT_DAY, by=(key,))
        return by(await asked(database, tmp_path, question), key, metric)

    assert await told(Key.DEADLINE, "deadlines_ended") == {
        "wo.accept": 3,
        "wo.dispatch": 4,
        "wo.explain": 2,
        "wo.resolve": 2,
    }
    assert await told(Key.DEADLINE, "deadlines_met") == {
        "wo.accept": pytest.approx(1 / 3),
        "wo.dispatch": 1.0,
        "wo.explain": 1.0,
        "wo.resolve": 1.0,
    }
    posts = await told(Key.POST, "deadlines_ended")
    assert posts == {"area:north": 3, "area:south": 2, "post:dispatch": 6}
    assert await told(Key.POST, "orders_dispatched") == {"area:north": 3}
    assert await told(Key.CASE_TYPE, "misrouted_orders") == {
        "complaint_goods": pytest.approx(1 / 3)
    }
    # And what they are called is known
    async with database.sessions() as session:
        names = await names_of(session, [Key.DEADLINE, Key.POST, Key.CASE_TYPE])
    assert names[Key.DEADLINE]["wo.accept"] == ("签收", "Accept")
    assert names[Key.POST]["area:north"] == ("城北工区", "城北工区")
    assert names[Key.POST]["post:dispatch"][1] == "Dispatch"
    assert names[Key.CASE_TYPE]["complaint_goods"][0] == "商品质量"


async def test_complaints_that_come_again_go_up_and_end_well(
    database: Database, tmp_path: Path
) -> None:
    # Given four complaints, one merged into another and one withdrawn, and a query
    line = await hotline(database, NINE)
    first, second, third, fourth = [await line.create() for _ in range(4)]
    await line.create(replace(ABOUT, kind=QUERY.kind))
    async with database.sessions.begin() as session:
        await cases.merge(
            session, line.orders, fourth.id, first.id, reason="同一件事", by=SUPERVISOR, at=line.at
        )
    await line.happen(third, "withdraw", reason="误建")
    # When two are done, and of the customers one is satisfied at once, the other is not reached,
    # then not satisfied
    for case in (first, second):
        await line.walk(case, "dispatch", "accept", "complete")
    await line.happen(first, "callback", result="satisfied")
    await line.happen(second, "callback", result="unreachable")
    line.at = Instant(line.at + 3 * HOUR)
    await line.happen(second, "callback", result="unsatisfied")
    names = (
        "complaints_taken", "repeated_complaints", "complaint_satisfaction", "complaint_rate",
        "escalated_complaints",
    )  # fmt: skip
    [row] = (await asked(database, tmp_path, Question(metrics=names, window=THAT_DAY))).rows
    # Then three count, one of them came again; one of two answers is good
    assert row.values["complaints_taken"] == 3
    assert row.values["repeated_complaints"] == pytest.approx(1 / 3)
    assert row.values["complaint_satisfaction"] == pytest.approx(1 / 2)
    # And nobody called in this centre, and nobody warned
    assert row.values["complaint_rate"] is None
    assert row.values["escalated_complaints"] == 0.0


async def test_they_are_a_table_like_all_others(database: Database, tmp_path: Path) -> None:
    await a_morning(database)
    question = Question(
        metrics=("deadlines_ended",), window=THAT_DAY, width=Width.DAY, by=(Key.DEADLINE,)
    )
    asks = Inquiries(database.sessions, tmp_path, ZONE, lambda: Instant(NINE + 2 * HOUR))
    table = (await asks.table(question)).to_pylist()
    assert {row["key_deadline"]: row["deadlines_ended"] for row in table} == {
        "wo.accept": 3, "wo.dispatch": 4, "wo.explain": 2, "wo.resolve": 2,
    }  # fmt: skip


async def test_who_sees_a_team_is_told_nothing_of_what_belongs_to_no_queue(
    database: Database, tmp_path: Path
) -> None:
    await a_morning(database)
    question = Question(metrics=PROMISES, window=THAT_DAY, only={Key.QUEUE: ("sales",)})
    [row] = (await asked(database, tmp_path, question)).rows
    assert set(row.values.values()) == {None}
