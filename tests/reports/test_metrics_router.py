"""The registry and questions over HTTP, within the caller's scope."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, UserId
from lianxi.reports.catalogue import METRICS
from lianxi.reports.control import router as control
from lianxi.reports.costs.contracts import CostCategory
from lianxi.reports.costs.models import CostEntryRow
from lianxi.reports.costs.repository import Costs
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.metrics_router import router
from lianxi.reports.windows import day
from tests.builders.marts import ZONE
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import SALES, Story
from tests.builders.worked_example import ORACLE, example
from tests.fixtures.with_facts import Folded

pytestmark = pytest.mark.db

Client = Callable[..., AsyncClient]
TODAY = {"begins_at": Story().at(0), "ends_at": Story().at(3600)}


@pytest.fixture
async def database(folded: Folded) -> AsyncIterator[Database]:
    """The worked example of the field."""
    async with folded.of(example(*ORACLE, short_abandon_s=10).lines) as database:
        yield database


@pytest.fixture
async def client(database: Database, tmp_path: Path) -> Callable[..., AsyncClient]:
    def as_caller(*, days_later: int = 0, **who: object) -> AsyncClient:
        at = Story().at(3600 + days_later * 86_400)
        caller = a_caller(Permission.REPORTS_READ, **who)  # type: ignore[arg-type]
        app = small_app(database, caller, [router, control.router], now=at)
        provide(app, ZoneInfo, ZONE)
        provide(app, Inquiries, Inquiries(database.sessions, tmp_path, ZONE, lambda: at))
        return browser(app)

    return as_caller


async def test_the_registry_says_what_each_figure_means(client: Client) -> None:
    entries = (await client().get("/api/metrics")).json()
    assert [entry["id"] for entry in entries] == [metric.id for metric in METRICS]
    (level,) = [entry for entry in entries if entry["no"] == "K21"]
    assert level["formulas"][0] == {
        "id": "K21.SL4",
        "text": "A≤T ÷ (A + B>T)",
        "in_english": "A≤T ÷ (A + B>T)",
        "keys": ["queue", "agent", "team", "number", "channel", "disposition"],
    }
    (blocked,) = [entry for entry in entries if entry["no"] == "K16"]
    assert {"team", "agent"} & {*blocked["formulas"][0]["keys"]} == set()


@pytest.mark.parametrize("days_later", [0, 3])
async def test_the_public_example_comes_out_of_tables_and_of_what_is_read_for_closed_days(
    client: Client, days_later: int
) -> None:
    """Given the worked example of the field (200 of 350: 57.14 %), then today and days later it is
    the same."""
    body = {"metrics": ["K21", "offered"], **TODAY, "by": ["queue"]}
    answer = (await client(days_later=days_later).post("/api/metrics/query", json=body)).json()
    assert answer["identities"] == {"I1": 0}
    (row,) = answer["rows"]
    assert row["keys"] == {"queue": SALES}
    assert row["values"] == {"service_level": pytest.approx(0.5714, abs=1e-4), "offered": 400}
    assert [metric["formula"] for metric in answer["metrics"]] == ["K21.SL4", "I1.offered"]
    assert answer["gaps"] == []


async def test_a_chart_of_one_number_counts_the_calls_that_dialled_it(client: Client) -> None:
    """Given all calls of the example dialled 4001; then its chart has the day's figure, that of
    another number has none, and the day of the agent who took no part neither."""
    day_of_it = datetime.fromtimestamp(Story().at(0) / 1000, tz=ZONE).date()
    asked = {"from": day_of_it.isoformat(), "to": (day_of_it + timedelta(days=1)).isoformat()}
    for about, value in (
        ({"number": "4001"}, pytest.approx(0.5714, abs=1e-4)),
        ({"number": "4002"}, None),
        ({"queue": SALES, "number": "4001"}, pytest.approx(0.5714, abs=1e-4)),
        ({"agent": "nobody"}, None),
        ({"team": "nobody"}, None),
    ):
        chart = await client(days_later=3).get("/api/metrics/K21/chart", params=asked | about)
        (point,) = chart.json()["points"]
        assert (about, point["figure"]) == (about, value)


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"metrics": ["K99"], **TODAY}, "metric_unknown"),
    ({"metrics": ["K21"], **TODAY, "formulas": {"K21": "K21.SL9"}}, "formula_unknown"),
    ({"metrics": ["K21"], "from": "2026-07-02", "to": "2026-07-01"}, "window_invalid"),
    ({"metrics": ["K21"], "from": "0001-01-01", "to": "0001-01-02"}, "window_invalid"),
    ({"metrics": ["K21"], "from": "9999-12-31", "to": "9999-12-31"}, "window_invalid"),
    ({"metrics": ["K21"], "begins_at": -(10**18), "ends_at": 10**18}, "window_invalid"),
    (
        {"metrics": ["K21"], "from": "2020-01-01", "to": "2026-07-01", "width": "15min"},
        "question_too_large",
    ),
]


async def test_what_cannot_be_answered_is_said_with_a_code(client: Client) -> None:
    for body, code in REFUSED:
        answer = await client().post("/api/metrics/query", json=body)
        assert answer.status_code in {404, 422}
        assert answer.json()["code"] == code


async def test_an_agent_asks_about_nobody_else(client: Client) -> None:
    """Given an agent who sees only own figures, when another agent is asked about, then no."""
    someone = client(scope=Scope.SELF, agent=AgentId("a-c1"))
    mine = {"metrics": ["aht"], **TODAY, "by": ["agent"], "only": {"agent": ["a-c2"]}}
    answer = await someone.post("/api/metrics/query", json=mine)
    assert answer.json()["code"] == "nothing_to_see"


@pytest.mark.parametrize("days_later", [0, 3])
async def test_costs_and_repeats_are_known_of_any_time(
    client: Client, database: Database, days_later: int
) -> None:
    """Given 1,000 yuan booked for the day and 200 answered calls, then a call costs 3.33 yuan with
    the 300 that were answered, today and when the day is read from files."""
    noon = datetime.fromtimestamp(Story().at(0) / 1000, tz=ZONE).date()
    midnight = day(noon, ZONE).begins_at
    async with database.sessions.begin() as session:
        ledger = Costs(session)
        row = CostEntryRow(
            category=CostCategory.STAFF,
            first_day=noon,
            last_day=noon,
            amount_minor=100_000,
            currency="CNY",
            note="",
            booked_at=midnight,
            booked_by=UserId("u"),
            booked_by_name="",
            cancelled_at=None,
        )
        entry = await ledger.add(row)
        await ledger.accrue(entry.id, CostCategory.STAFF, [(midnight, 100_000)])
    body = {"metrics": ["K04", "K17"], "begins_at": midnight, "ends_at": midnight + 86_400_000}
    answer = (await client(days_later=days_later).post("/api/metrics/query", json=body)).json()
    assert answer["rows"][0]["values"] == {
        "cost_per_call": pytest.approx(1000 / 300),
        # All calls are of one number within minutes: only the last of them was settled.
        "fcr": pytest.approx(1 / 300, abs=1 / 300),
    }
