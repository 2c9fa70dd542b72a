"""Live and historical agree: PostgreSQL and DuckDB give the same figures of the same facts."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from lianxi.db.session import Database
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.projector import Projector
from lianxi.reports.duck import Duck
from lianxi.reports.engines import Postgres
from lianxi.reports.figures import figures, today
from lianxi.reports.metrics.service_level import SERVICE_LEVEL
from lianxi.reports.windows import Window, day
from tests.builders.list_journal import ListJournal
from tests.builders.marts import in_duckdb
from tests.builders.story import NOON, SALES, Story
from tests.builders.worked_example import ORACLE, ORACLE_RATIOS, Calls, example

pytestmark = pytest.mark.db

LATER = Instant(NOON + 3_600_000)
WINDOW = Window(begins_at=NOON, ends_at=LATER)
BERLIN = ZoneInfo("Europe/Berlin")


async def told(database: Database, story: Story) -> None:
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()


async def test_the_worked_example_on_postgresql(database: Database) -> None:
    await told(database, example(*ORACLE, short_abandon_s=10))
    async with database.sessions() as session:
        for formula in SERVICE_LEVEL.formulas:
            found = await figures(
                Postgres(session),
                WINDOW,
                as_of=LATER,
                zone=BERLIN,
                formulas={"service_level": formula.id},
            )
            assert found.value("service_level") == pytest.approx(ORACLE_RATIOS[formula.id])


@pytest.mark.parametrize("queue", [None, SALES, QueueId("nobody's")])
async def test_acd_48_live_and_historical_print_the_same(
    database: Database, queue: QueueId | None
) -> None:
    """https://github.com/chatwoot/chatwoot/issues/12261
    https://github.com/chatwoot/chatwoot/issues/7348
    """
    story = example(
        Calls(calls=7, how="answered", waited_s=12, talk_s=60, hold_s=5, wrap_up_s=20),
        Calls(calls=3, how="abandoned", waited_s=30),
        Calls(calls=2, how="flow_out", waited_s=3),
        Calls(calls=1, how="waiting"),
    )
    await told(database, story)
    async with database.sessions() as session:
        live = await figures(Postgres(session), WINDOW, as_of=LATER, zone=BERLIN, queue=queue)
    with in_duckdb(story) as facts:
        assert await figures(Duck(facts), WINDOW, as_of=LATER, zone=BERLIN, queue=queue) == live


async def test_an_empty_centre_prints_the_same_too(database: Database) -> None:
    async with database.sessions() as session:
        live = await figures(Postgres(session), WINDOW, as_of=LATER, zone=BERLIN)
    with in_duckdb(Story()) as facts:
        assert await figures(Duck(facts), WINDOW, as_of=LATER, zone=BERLIN) == live


@pytest.mark.parametrize(
    ("when", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)],
)
async def test_a_day_with_a_changed_clock_counts_each_call_once(
    database: Database, when: date, hours: int
) -> None:
    window = day(when, BERLIN)
    assert window.ends_at - window.begins_at == hours * 3_600_000
    story = Story(start=window.begins_at)
    for hour in range(-1, hours + 1):
        story.caller_queues(hour * 3600 + 60, f"c{hour}")
        story.abandons(hour * 3600 + 120, f"c{hour}")
    await told(database, story)
    async with database.sessions() as session:
        found = await figures(Postgres(session), window, as_of=window.ends_at, zone=BERLIN)
    assert found.value("offered") == hours


async def test_acd_45_a_call_over_midnight_gives_each_day_its_seconds(database: Database) -> None:
    """Yesterday's figures missed calls that ran on: OML-2569, OML-2294."""
    midnight = day(date(2026, 7, 2), BERLIN).begins_at
    story = Story(start=midnight)
    story.agent_comes(-100, "a1")
    story.caller_queues(-70, "c1")
    story.agent_answers(-60, "c1", "a1")
    story.ends(90, "c1", wrap_up_s=30)
    story.caller_queues(200, "c2")
    story.agent_answers(210, "c2", "a1")
    story.ends(220, "c2")
    await told(database, story)
    async with database.sessions() as session:
        before = await today(session, now=Instant(midnight - 1), zone=BERLIN)
        after = await today(session, now=Instant(midnight + 3_600_000), zone=BERLIN)
    # Of 150 s talk and 30 s wrap-up, 60 s lie before midnight; the second call took 10 s.
    assert (before.value("aht"), before.value("answered")) == (60, 1)
    assert (after.value("aht"), after.value("answered")) == (90 + 30 + 10, 1)


async def test_a_running_call_counts_until_now(database: Database) -> None:
    story = Story()
    story.agent_comes(0, "a1")
    story.caller_queues(0, "c1")
    story.agent_answers(10, "c1", "a1")
    await told(database, story)
    async with database.sessions() as session:
        found = await today(session, now=story.at(25), zone=ZoneInfo("Asia/Shanghai"))
    assert found.value("aht") == 15
