"""Rolling windows and the mean of agents over HTTP."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.reports.beyond.router import router
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.windows import day as window_of_day
from tests.builders.control_days import ZONE, MadeInquiries, day
from tests.builders.small_app import a_caller, browser, small_app

pytestmark = pytest.mark.db

HOUR = 3_600_000.0
MADE = {
    "": {
        day(2): {"offered": 100.0, "long_abandoned": 1.0},
        day(1): {
            "offered": 100.0, "long_abandoned": 3.0,
            "in_talk_ms": 9 * HOUR, "in_ready_ms": 3 * HOUR,
        },
    },
    "a1": {day(1): {"in_talk_ms": 8 * HOUR, "in_ready_ms": 2 * HOUR}},
    "a2": {day(1): {"in_talk_ms": 1 * HOUR, "in_ready_ms": 1 * HOUR}},
}  # fmt: skip
"""a1 is busy for 80 %, a2 for 50 %, both together for 9 of 12 hours."""


@pytest.fixture
def reader(database: Database) -> AsyncClient:
    now = window_of_day(day(0), ZONE).begins_at
    app = small_app(database, a_caller(Permission.REPORTS_READ), [router], now=now)
    provide(app, Inquiries, MadeInquiries(MADE, now=now))
    provide(app, ZoneInfo, ZONE)
    return browser(app)


async def test_rolling_windows_and_the_mean_of_agents_are_answered(reader: AsyncClient) -> None:
    """K14 over two days: 4 ÷ 200 = 2 %. K13.b = (80 % + 50 %) ÷ 2 = 65 %, K13.a = 75 %. L22 rolls
    over thirty days by itself, and has no source yet."""
    span = f"from={day(1)}&to={day(0)}"
    async with reader as browsing:
        rolled = await browsing.get(f"/api/metrics/K14/rolling?{span}&days=2")
        mean = await browsing.get(f"/api/metrics/occupancy/agents-mean?{span}")
        dropped = await browsing.get(f"/api/metrics/L22/rolling?{span}")
    assert rolled.json()["points"] == [
        {"day": str(day(1)), "begins_on": str(day(2)), "value": 0.02}
    ]
    found = mean.json()
    assert (found["formula"], found["of_sums_formula"]) == ("K13.b", "K13.a")
    assert (found["value"], found["of_sums"], found["agents"]) == (0.65, 0.75, 2)
    assert (dropped.json()["days"], dropped.json()["source"]) == (30, "none_yet")
    assert [point["value"] for point in dropped.json()["points"]] == [None]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"K99/rolling?from={day(1)}&to={day(0)}", "metric_unknown"),
        (f"K14/rolling?from={day(1)}&to={day(0)}&formula=K14.z", "formula_unknown"),
        (f"K14/rolling?from={day(0)}&to={day(1)}", "window_invalid"),
        ("K14/rolling?from=0001-01-01&to=0001-01-02", "window_invalid"),
        (f"K14/rolling?from={day(1) - timedelta(days=500)}&to={day(0)}", "question_too_large"),
        (f"occupancy/agents-mean?from={day(0)}&to={day(0)}", "window_invalid"),
    ],
)
async def test_what_cannot_be_answered_is_refused(
    reader: AsyncClient, path: str, code: str
) -> None:
    async with reader as browsing:
        refused = await browsing.get(f"/api/metrics/{path}")
    assert refused.json()["code"] == code
