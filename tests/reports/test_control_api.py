"""Charts, baselines, targets and the control sheet over HTTP and in the tables."""

import asyncio
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, QueueId, TeamId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import NewUser, Role
from lianxi.modules.identity.passwords import Passwords
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.models import DimAgent
from lianxi.reports import metrics_router
from lianxi.reports.control import router, sheet_router
from lianxi.reports.control.watching import ControlWatch
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.store.contracts import DayVersion, Why
from lianxi.reports.store.manifest import Manifest
from lianxi.reports.windows import day as window_of_day
from tests.builders.control_days import LAST, ZONE, MadeInquiries, day
from tests.builders.small_app import a_caller, browser, small_app

pytestmark = pytest.mark.db

NOW = Instant(window_of_day(LAST, ZONE).ends_at + 6 * 3_600_000)
"""Six in the morning after the last day, 21 November."""
TODAY = date(2026, 11, 21)
Client = Callable[..., AsyncClient]


def ordinary(back: int) -> dict[str, float]:
    """100 answered after 18, 20 or 22 s, 80 of them within the threshold, give or take two."""
    return {
        "answered": 100, "answered_in_time": 78 + 2 * (back % 3), "abandoned_late": 0,
        "wait_of_answered_ms": 100_000 * (20 + 2 * (back % 3 - 1)),
    }  # fmt: skip


SLOW = {**ordinary(0), "wait_of_answered_ms": 6_000_000}


@pytest.fixture
def made() -> MadeInquiries:
    """Sixty-four days of the centre and of one queue; the queue's last day is slow."""
    centre = {day(back): ordinary(back) for back in range(64)}
    return MadeInquiries({"": centre, "sales": {**centre, LAST: SLOW}}, now=NOW)


@pytest.fixture
def client(database: Database, made: MadeInquiries) -> Client:
    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        app = small_app(
            database,
            a_caller(*permissions, **who),  # type: ignore[arg-type]
            [router.router, sheet_router.router, metrics_router.router],
            now=NOW,
        )
        provide(app, ZoneInfo, ZONE)
        provide(app, Inquiries, made)
        return browser(app)

    return as_caller


async def test_a_chart_shows_sixty_days_with_their_limits(client: Client) -> None:
    """Shares lie between 78 and 82 of 100; the limits are those of Laney, aligned with the days."""
    chart = (await client().get("/api/metrics/K21/chart")).json()
    assert (chart["kind"], chart["metric"], chart["formula"]) == (
        "p_laney", "service_level", "K21.SL4",
    )  # fmt: skip
    assert len(chart["points"]) == 60
    assert chart["points"][-1]["begins_at"] == window_of_day(LAST, ZONE).begins_at
    assert {point["n"] for point in chart["points"]} == {100}
    assert chart["centre"] == pytest.approx(0.80)
    assert chart["lower"] < 0.78 < 0.82 < chart["upper"]
    assert (chart["target"], chart["baseline"], chart["signals"]) == (0.8, None, [])


async def test_a_day_that_is_not_over_has_no_point(client: Client) -> None:
    """Given six in the morning, the chart up to tomorrow ends with yesterday."""
    asked = {"from": "2026-11-01", "to": "2026-11-22"}
    chart = (await client().get("/api/metrics/K21/chart", params=asked)).json()
    assert chart["points"][-1]["begins_at"] == window_of_day(LAST, ZONE).begins_at
    assert chart["points"][-1]["ends_at"] <= NOW


async def test_a_chart_of_one_queue_names_its_signals(client: Client) -> None:
    asked = {"queue": "sales", "from": "2026-10-01", "to": "2026-11-21"}
    chart = (await client().get("/api/metrics/asa/chart", params=asked)).json()
    [signal] = [one for one in chart["signals"] if one["rule"] == "WE1"]
    assert signal["from"] == signal["to"] == window_of_day(LAST, ZONE).begins_at
    assert (signal["text"], signal["text_en"]) == ("1 点超出 3σ 控制限", "one point beyond 3σ")
    assert "WE1" in chart["points"][-1]["signal"]


async def test_a_chart_that_forgets_may_be_asked_for(client: Client) -> None:
    asked = {"kind": "ewma", "queue": "sales"}
    chart = (await client().get("/api/metrics/K09/chart", params=asked)).json()
    last = chart["points"][-1]
    assert chart["kind"] == "ewma"
    assert last["value"] < last["figure"] == 60
    assert isinstance(chart["upper"], list)


NO_CHART: tuple[tuple[str, dict[str, str], int, str], ...] = (
    ("K99", {}, 404, "metric_unknown"),
    ("K21", {"formula": "K21.SL9"}, 422, "formula_unknown"),
    ("K21", {"rules": "EWMA"}, 422, "chart_rule_unknown"),
    ("K21", {"from": "2026-11-01", "to": "2026-11-01"}, 422, "window_invalid"),
    ("K21", {"from": "1900-01-01", "width": "15min"}, 422, "question_too_large"),
)


async def test_a_chart_of_something_else_is_refused(client: Client) -> None:
    for metric, asked, status, code in NO_CHART:
        answer = await client().get(f"/api/metrics/{metric}/chart", params=asked)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_agent_sees_the_chart_of_own_queues(client: Client, database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(
            DimAgent(agent=AgentId("a1"), no="8001", name="王", team=TeamId("t1"), queues=["sales"])
        )
    agent = client(Permission.REPORTS_READ, scope=Scope.SELF, agent="a1")
    own = await agent.get("/api/metrics/asa/chart", params={"queue": "sales"})
    other = await agent.get("/api/metrics/asa/chart", params={"queue": "vip"})
    assert (own.status_code, other.status_code) == (200, 403)


BASELINE = {"from": "2026-10-01", "to": "2026-10-31", "reason": "新班次稳定后的一个月"}


async def test_frozen_limits_stand_with_a_name_and_a_reason(
    client: Client, database: Database, made: MadeInquiries
) -> None:
    """Given limits frozen over October; when later days are slower; then the limits stay."""
    frozen = (await client().post("/api/metrics/K09/baseline", json=BASELINE)).json()
    assert (frozen["from"], frozen["to"], frozen["points"]) == ("2026-10-01", "2026-10-31", 31)
    assert (frozen["frozen_by"], frozen["reason"]) == ("班长", BASELINE["reason"])
    centre = {day(back): ordinary(back) for back in range(64)} | {
        day(back): SLOW for back in range(10)
    }
    made.made = {"": centre}
    chart = (await client().get("/api/metrics/K09/chart")).json()
    assert chart["baseline"]["reason"] == BASELINE["reason"]
    assert chart["centre"] == pytest.approx(20, abs=0.1)
    weekly = (await client().get("/api/metrics/K09/chart", params={"width": "week"})).json()
    assert weekly["baseline"] is None
    async with database.sessions() as session:
        [row] = await session.scalars(
            select(AuditTableRow).where(AuditTableRow.act == Act.BASELINE_FROZEN)
        )
    assert (row.object, row.reason, row.who_name) == ("metric:asa", BASELINE["reason"], "班长")


async def test_a_baseline_needs_twenty_days_and_a_reason(client: Client) -> None:
    short = {**BASELINE, "to": "2026-10-19"}
    answer = await client().post("/api/metrics/K09/baseline", json=short)
    assert (answer.status_code, answer.json()["code"]) == (422, "baseline_too_short")
    assert answer.json()["facts"] == {"points": 19, "least": 20}
    unnamed = await client().post("/api/metrics/K09/baseline", json={**BASELINE, "reason": " "})
    assert unnamed.json()["code"] == "invalid_request"


async def test_a_target_is_a_version_that_counts_from_a_day(
    client: Client, database: Database
) -> None:
    wish = {"effective_from": "2026-11-21", "target": 0.85, "alarm_low": 0.7, "seen": 0}
    first = (await client().put("/api/metrics/K21/targets", json=wish)).json()
    assert first["default"]["target"] == 0.8
    later = {"effective_from": "2027-01-01", "target": 0.9, "seen": 1}
    second = (await client().put("/api/metrics/K21/targets", json=later)).json()
    own = {"queue": "sales", "effective_from": "2026-11-21", "target": 0.95, "seen": 0}
    third = (await client().put("/api/metrics/K21/targets", json=own)).json()
    [centre, sales] = third["scopes"]
    assert centre["in_force"] == {"target": 0.85, "alarm_low": 0.7, "alarm_high": None}
    assert [version["number"] for version in centre["versions"]] == [1, 2]
    assert (sales["queue"], sales["number"], sales["in_force"]["target"]) == ("sales", 1, 0.95)
    assert second["scopes"][0]["number"] == 2
    assert (await client().get("/api/metrics/service_level/targets")).json() == third
    asked = {"metrics": ["K21"], "from": "2026-11-20", "to": "2026-11-22"}
    for only, target in (({}, 0.85), ({"queue": ["sales"]}, 0.95)):
        answer = await client().post("/api/metrics/query", json={**asked, "only": only})
        assert answer.json()["metrics"][0]["target"] == target
    async with database.sessions() as session:
        rows = await session.scalars(
            select(AuditTableRow).where(AuditTableRow.act == Act.TARGET_SET)
        )
        assert [row.object for row in rows][-1] == "metric:service_level@sales"


NO_TARGET = (
    ({"effective_from": "2026-11-22", "target": 0.9, "seen": 0}, 412, "target_changed_meanwhile"),
    ({"effective_from": "2026-11-20", "target": 0.9, "seen": 1}, 422, "target_in_the_past"),
    ({"effective_from": "2026-11-22", "target": 90, "seen": 1}, 422, "target_invalid"),
)


async def test_a_second_wish_without_reading_the_first_is_refused(client: Client) -> None:
    first = {"effective_from": "2026-11-01", "target": 0.85, "seen": 0}
    assert (await client().put("/api/metrics/K21/targets", json=first)).status_code == 200
    for wish, status, code in NO_TARGET:
        answer = await client().put("/api/metrics/K21/targets", json=wish)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_of_two_wishes_at_the_same_moment_one_is_refused(client: Client) -> None:
    """Given two who read the same version; when both set the next one at once; then the table
    itself lets only one of them."""
    wishes = [
        {"effective_from": "2026-11-21", "target": target, "seen": 0} for target in (0.85, 0.9)
    ]
    answers = await asyncio.gather(
        *(client().put("/api/metrics/K21/targets", json=wish) for wish in wishes)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    [centre] = (await client().get("/api/metrics/K21/targets")).json()["scopes"]
    assert centre["number"] == 1


async def closed(database: Database, *days: date) -> None:
    """Days whose facts were closed."""
    async with database.sessions.begin() as session:
        for when in days:
            Manifest(session).add(
                DayVersion(
                    day=when, version=1, window=window_of_day(when, ZONE), files={}, shape="",
                    journal_position=0, changes=0, made_at=NOW, why=Why.CLOSED,
                )
            )  # fmt: skip


def watch(database: Database, made: MadeInquiries) -> ControlWatch:
    return ControlWatch(database.sessions, made)  # type: ignore[arg-type]


async def test_a_closed_day_out_of_range_becomes_one_entry(
    client: Client, database: Database, made: MadeInquiries
) -> None:
    """Given a slow last day of one queue; when closed days are looked at, twice; then there is one
    entry, of that queue, and the centre has none."""
    await closed(database, day(1), LAST)
    [done] = await watch(database, made).catch_up()
    assert (done.day, done.opened) == (LAST, 1)
    assert await watch(database, made).catch_up() == []
    assert (await watch(database, made).evaluate(LAST)).opened == 0
    page = (await client().get("/api/control-sheet")).json()
    [entry] = page["items"]
    assert (entry["no"], entry["queue"], entry["rule"]) == ("K09", "sales", "WE1")
    assert (entry["value"], entry["state"], entry["days"]) == (60, "open", 1)
    assert [cause["id"] for cause in entry["causes"]][:2] == ["acw_over_target", "hold_high"]
    assert page["next"] is None


async def entry_of(client: Client, database: Database, made: MadeInquiries) -> dict[str, object]:
    await closed(database, LAST)
    await watch(database, made).catch_up()
    entry: dict[str, object] = (await client().get("/api/control-sheet")).json()["items"][0]
    return entry


async def test_an_entry_is_taken_on_done_and_checked_by_the_chart(
    client: Client, database: Database, made: MadeInquiries
) -> None:
    """Given an entry; when somebody acts, and eight days in range follow; then it is closed, with
    what the chart said."""
    entry = await entry_of(client, database, made)
    where = f"/api/control-sheet/{entry['id']}"
    taken = {"step": "assign", "revision": 1, "action": "加两名坐席", "due": "2026-11-25"}
    assert (await client().post(where, json=taken)).json()["owner_name"] == "班长"
    done = (await client().post(where, json={"step": "done", "revision": 2})).json()
    assert (done["state"], done["check_from"]) == ("checking", "2026-11-22")
    calm = {day(back): ordinary(back) for back in range(-9, 64)} | {LAST: SLOW}
    made.made = {"": calm, "sales": calm}
    for back in range(-1, -10, -1):
        await watch(database, made).evaluate(day(back))
    assert (await client().get("/api/control-sheet")).json()["items"] == []
    [kept] = (await client().get("/api/control-sheet", params={"state": "closed"})).json()["items"]
    assert kept["effect"]["is_held"] is True
    assert (kept["effect"]["points"], kept["effect"]["before"]) == (8, 60)


NO_STEP = (
    ({"step": "done", "revision": 1}, 422, "control_action_missing"),
    ({"step": "assign", "revision": 1, "action": "加人"}, 422, "control_action_missing"),
    ({"step": "dismiss", "revision": 9, "action": "演练"}, 412, "control_entry_changed"),
    (
        {"step": "assign", "revision": 1, "action": "加人", "due": "2026-11-25", "owner": "x"},
        422,
        "control_owner_unknown",
    ),
)


async def test_a_step_that_cannot_be_taken_is_refused(
    client: Client, database: Database, made: MadeInquiries
) -> None:
    entry = await entry_of(client, database, made)
    for step, status, code in NO_STEP:
        answer = await client().post(f"/api/control-sheet/{entry['id']}", json=step)
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_dismissed_entry_says_why_and_stays_closed(
    client: Client, database: Database, made: MadeInquiries
) -> None:
    entry = await entry_of(client, database, made)
    where = f"/api/control-sheet/{entry['id']}"
    reason = {"step": "dismiss", "revision": 1, "action": "停电演练"}
    closed = (await client().post(where, json=reason)).json()
    assert (closed["state"], closed["action"], closed["closed_by_name"]) == (
        "closed", "停电演练", "班长",
    )  # fmt: skip
    again = await client().post(where, json={**reason, "revision": 2})
    assert (again.status_code, again.json()["code"]) == (409, "control_entry_closed")


async def test_a_team_lead_works_with_entries_of_the_teams_queues(
    client: Client, database: Database, made: MadeInquiries
) -> None:
    async with database.sessions.begin() as session:
        session.add(
            DimAgent(agent=AgentId("a1"), no="8001", name="王", team=TeamId("t1"), queues=["sales"])
        )
        session.add(
            DimAgent(agent=AgentId("a2"), no="8002", name="李", team=TeamId("t2"), queues=["vip"])
        )
        new = NewUser(username="lead", name="赵班长", role=Role.TEAM_LEAD, password="a" * 12)
        await identity.create_user(session, new, passwords=Passwords(), at=NOW, by=None)
    entry = await entry_of(client, database, made)
    lead = client(Permission.CONTROL_USE, scope=Scope.TEAM, team="t1")
    other = client(Permission.CONTROL_USE, scope=Scope.TEAM, team="t2")
    assert len((await lead.get("/api/control-sheet")).json()["items"]) == 1
    assert (await other.get("/api/control-sheet")).json()["items"] == []
    refused = await other.post(
        f"/api/control-sheet/{entry['id']}", json={"step": "done", "revision": 1}
    )
    assert (refused.status_code, refused.json()["code"]) == (404, "control_entry_not_found")
    owners = (await lead.get("/api/control-sheet/owners")).json()
    assert [owner["name"] for owner in owners] == ["赵班长"]
    assert entry["queue"] == QueueId("sales")
