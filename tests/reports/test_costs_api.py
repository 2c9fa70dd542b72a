"""The ledger of costs over HTTP, and cost per call out of it."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.projector import Projector
from lianxi.reports.computing import ask
from lianxi.reports.costs.router import router
from lianxi.reports.engines import Postgres
from lianxi.reports.questions import Question
from lianxi.reports.windows import day_of
from tests.builders.list_journal import ListJournal
from tests.builders.marts import ZONE
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import NOON
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.db

JANUARY = {
    "category": "staff",
    "first_day": "2026-01-01",
    "last_day": "2026-01-31",
    "amount_minor": 930_00,
    "currency": "CNY",
    "note": "January",
}
"""30.00 a day."""


@pytest.fixture
def clerk(database: Database) -> Callable[[], AsyncClient]:
    def opened() -> AsyncClient:
        app = small_app(database, a_caller(Permission.COSTS_EDIT), [router], now=NOON)
        provide(app, ZoneInfo, ZONE)
        return browser(app)

    return opened


async def per_call(database: Database) -> dict[str, float | int | None]:
    """K04 and L03 of the story's day."""
    asked = Question(metrics=("K04", "L03"), window=day_of(NOON, ZONE))
    async with database.sessions() as session:
        answer = await ask(Postgres(session), asked, as_of=asked.window.ends_at, zone=ZONE)
    return dict(answer.rows[0].values)


async def test_a_months_cost_counts_on_each_day_until_it_is_cancelled(
    database: Database, clerk: Callable[[], AsyncClient]
) -> None:
    # Given three handled calls on one day, and 930.00 for a month of 31 days
    story = example(Calls(calls=3, how="answered", waited_s=5, talk_s=60))
    await Projector(database.sessions, ListJournal(story.lines)).catch_up()
    assert await per_call(database) == {"cost_per_call": None, "cost_per_agent_call": None}
    async with clerk() as browsing:
        booked = await browsing.post("/api/reports/costs", json=JANUARY)
        # Then the day costs 30.00, which is 10.00 a call
        assert booked.status_code == 201
        assert (await per_call(database))["cost_per_agent_call"] == pytest.approx(10.0)
        # And nothing once it is cancelled; it stays in the ledger
        entry = booked.json()["id"]
        mute = await browsing.post(f"/api/reports/costs/{entry}/cancel", json={"reason": " "})
        assert (mute.status_code, mute.json()["facts"]["field"]) == (422, "body.reason")
        why = {"reason": " booked twice "}
        await browsing.post(f"/api/reports/costs/{entry}/cancel", json=why)
        again = await browsing.post(f"/api/reports/costs/{entry}/cancel", json=why)
        listed = await browsing.get("/api/reports/costs?from=2026-01-31&to=2026-02-01")
    assert again.json()["code"] == "cost_not_found"
    (one,) = listed.json()
    assert (one["id"], one["cancelled_at"], one["cancel_reason"], one["cancelled_by"]) == (
        entry, NOON, "booked twice", "班长",
    )  # fmt: skip
    assert (await per_call(database))["cost_per_agent_call"] is None
    async with database.sessions() as session:
        assert await audit.has(session, Act.COST_BOOKED, f"cost:{entry}")
        assert await audit.has(session, Act.COST_CANCELLED, f"cost:{entry}")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"last_day": "2025-12-31"}, "cost_invalid"),
        ({"last_day": "2036-01-01"}, "cost_invalid"),
        ({"currency": "EUR"}, "cost_currency_differs"),
        ({"first_day": "9999-12-30", "last_day": "9999-12-31"}, "window_invalid"),
    ],
)
async def test_what_does_not_fit_the_ledger_is_refused(
    clerk: Callable[[], AsyncClient], change: dict[str, str], code: str
) -> None:
    async with clerk() as browsing:
        await browsing.post("/api/reports/costs", json=JANUARY)
        refused = await browsing.post("/api/reports/costs", json={**JANUARY, **change})
    assert refused.json()["code"] == code
