"""What carriers report is booked by number and day, and K16.b counts it, also of a closed day."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.projections.projector import Projector
from lianxi.reports.carriers.router import router
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Key, Question
from lianxi.reports.store.closing import Closer
from lianxi.reports.windows import day_of, local_day
from tests.builders.list_journal import ListJournal
from tests.builders.marts import ZONE
from tests.builders.small_app import a_caller, browser, small_app
from tests.builders.story import NOON
from tests.builders.worked_example import Calls, example

pytestmark = pytest.mark.db

DAY = local_day(NOON, ZONE)
NEXT_DAY = Instant(NOON + 86_400_000)
REPORT = {"day": DAY.isoformat(), "number": "4001", "calls": 5, "note": "月报"}


@pytest.fixture
def keeper(database: Database) -> Callable[[], AsyncClient]:
    def opened() -> AsyncClient:
        app = small_app(database, a_caller(Permission.TRUNKS_EDIT), [router], now=NEXT_DAY)
        provide(app, ZoneInfo, ZONE)
        return browser(app)

    return opened


async def blocked_rate(
    database: Database, folder: Path, formula: str, number: str | None = None
) -> float | int | None:
    """K16 of the day."""
    inquiries = Inquiries(database.sessions, folder, ZONE, lambda: NEXT_DAY)
    only = {} if number is None else {Key.NUMBER: (number,)}
    asked = Question(
        metrics=("K16",), window=day_of(NOON, ZONE), formulas={"K16": formula}, only=only
    )
    return (await inquiries.answer(asked)).rows[0].values["blocked_rate"]


async def test_a_carriers_report_counts_on_its_day_until_it_is_cancelled(
    database: Database, tmp_path: Path, keeper: Callable[[], AsyncClient]
) -> None:
    """Given 15 calls that arrived on 4001 and a day that was closed; when the carrier reports 5
    more that it turned away; then the closed day is written anew, K16.b = 5 ÷ (5 + 15) = 25 % and
    K16.a stays 0. Another number has nothing of it. A rebuild of the facts changes none of this."""
    story = example(Calls(calls=15, how="answered", waited_s=5, talk_s=60))
    journal = ListJournal(story.lines)
    await Projector(database.sessions, journal).catch_up()
    closer = Closer(database.sessions, tmp_path, ZONE, now=lambda: NEXT_DAY)
    await closer.close(DAY)
    assert await blocked_rate(database, tmp_path, "K16.b") == 0
    async with keeper() as browsing:
        booked = await browsing.post("/api/reports/carrier-blocks", json=REPORT)
        assert booked.status_code == 201
        assert [due.day for due in await closer.due()] == [DAY]
        assert await blocked_rate(database, tmp_path, "K16.b") == pytest.approx(0.25)
        assert (await closer.close(DAY)).version == 2
        assert await blocked_rate(database, tmp_path, "K16.b") == pytest.approx(0.25)
        assert await blocked_rate(database, tmp_path, "K16.a") == 0
        assert await blocked_rate(database, tmp_path, "K16.b", "4002") is None
        await Projector(database.sessions, journal).rebuild()
        assert await blocked_rate(database, tmp_path, "K16.b", "4001") == pytest.approx(0.25)
        report = booked.json()["id"]
        await browsing.post(f"/api/reports/carrier-blocks/{report}/cancel")
        again = await browsing.post(f"/api/reports/carrier-blocks/{report}/cancel")
        until = DAY + timedelta(days=1)
        listed = await browsing.get(f"/api/reports/carrier-blocks?from={DAY}&to={until}")
    assert again.json()["code"] == "carrier_report_not_found"
    assert [(one["id"], one["cancelled_at"]) for one in listed.json()] == [(report, NEXT_DAY)]
    assert await blocked_rate(database, tmp_path, "K16.b") == 0
    async with database.sessions() as session:
        for act in (Act.CARRIER_REPORT_BOOKED, Act.CARRIER_REPORT_CANCELLED):
            assert await audit.has(session, act, f"carrier_report:{report}")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "carrier_report_twice"),
        ({"day": (DAY + timedelta(days=2)).isoformat()}, "carrier_report_invalid"),
        ({"day": "0001-01-01"}, "window_invalid"),
    ],
)
async def test_what_does_not_fit_is_refused(
    keeper: Callable[[], AsyncClient], change: dict[str, str], code: str
) -> None:
    async with keeper() as browsing:
        await browsing.post("/api/reports/carrier-blocks", json=REPORT)
        refused = await browsing.post("/api/reports/carrier-blocks", json={**REPORT, **change})
    assert refused.json()["code"] == code
