"""Saving reports over HTTP: to whom one may send, double edits, and sending at once."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import Role
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository
from lianxi.reports.export.router import router as exports
from lianxi.reports.forms.router import router as forms
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.saved.repository import SavedReports
from lianxi.reports.saved.router import router as saved
from lianxi.settings import Settings
from tests.builders.report_people import MORNING, ZONE, people, two_teams
from tests.builders.small_app import a_caller, browser, small_app

pytestmark = pytest.mark.db

As = Callable[[Caller, Settings], AsyncClient]

WEEKLY = {
    "title": "队列周报",
    "form": "queue-placement-weekly",
    "recipients": ["u1"],
    "cadence": "weekly",
    "on_day": 1,
    "at_minute": 420,
    "format": "csv",
}


@pytest.fixture
async def as_caller(database: Database, tmp_path: Path) -> As:
    await two_teams(database)
    await people(
        database,
        ("u1", Role.SUPERVISOR, None),
        ("lead", Role.TEAM_LEAD, "t1"),
        ("agent", Role.AGENT, "a1"),
        ("other", Role.TEAM_LEAD, "t2"),
    )

    def client(caller: Caller, settings: Settings) -> AsyncClient:
        app = small_app(database, caller, [exports, forms, saved], now=MORNING)
        asks = Inquiries(database.sessions, tmp_path, ZONE, lambda: MORNING)
        provide(app, ZoneInfo, ZONE)
        provide(app, Settings, settings)
        provide(app, Inquiries, asks)
        return browser(app)

    return client


@pytest.fixture
def boss(as_caller: As, tmp_path: Path) -> AsyncClient:
    return as_caller(a_caller(Permission.REPORTS_READ), Settings(home=tmp_path))


def who(user: str, scope: Scope, team: str | None = None, agent: str | None = None) -> Caller:
    found = a_caller(Permission.REPORTS_READ, scope=scope, team=team, agent=agent)
    return Caller(**{**{f: getattr(found, f) for f in found.__slots__}, "user": UserId(user)})


async def test_a_report_is_saved_and_due_at_its_next_time(boss: AsyncClient) -> None:
    made = await boss.post("/api/reports/saved", json=WEEKLY)
    assert made.status_code == 201
    # Then a weekly one saved on a Friday morning is due on Monday at seven by the centre's clocks
    assert made.json()["due_at"] == MORNING + 3 * 86_400_000
    (listed,) = (await boss.get("/api/reports/saved")).json()
    assert (listed["id"], listed["last_run"]) == (made.json()["id"], None)


async def test_what_cannot_be_sent_is_not_saved(boss: AsyncClient) -> None:
    changes: list[tuple[dict[str, object], str]] = [
        ({"form": "no-such-form"}, "form"),
        ({"form": None}, "form"),
        ({"question": {"metrics": ["K09"]}}, "form"),
        ({"form": None, "question": {"metrics": ["K99"]}}, "question"),
        ({"recipients": []}, "recipients"),
        ({"on_day": 8}, "on_day"),
        ({"at_minute": 1440}, "at_minute"),
        ({"title": "a\nBcc: x@example.com"}, "title"),
    ]
    for change, field in changes:
        refused = await boss.post("/api/reports/saved", json={**WEEKLY, **change})
        assert (refused.status_code, refused.json()["facts"].get("field")) == (422, field)


async def test_one_sends_only_to_whom_one_may(as_caller: As, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    lead = as_caller(who("lead", Scope.TEAM, team="t1"), settings)
    agent = as_caller(who("agent", Scope.SELF, agent="a1"), settings)
    mine = [one["id"] for one in (await agent.get("/api/reports/recipients")).json()]
    assert mine == ["agent"]
    for client, user, status in (
        (lead, "lead", 201), (lead, "other", 403), (agent, "agent", 201), (agent, "u1", 403),
    ):  # fmt: skip
        sent = await client.post("/api/reports/saved", json={**WEEKLY, "recipients": [user]})
        assert sent.status_code == status, user


async def test_of_two_who_change_it_the_second_is_told(boss: AsyncClient) -> None:
    made = (await boss.post("/api/reports/saved", json=WEEKLY)).json()
    address = f"/api/reports/saved/{made['id']}"
    first = await boss.put(address, json={**WEEKLY, "cadence": "none", "version": 1})
    assert (first.status_code, first.json()["due_at"]) == (200, None)
    second = await boss.put(address, json={**WEEKLY, "version": 1})
    assert (second.status_code, second.json()["code"]) == (409, "saved_report_changed")


async def test_a_paused_report_is_not_due_until_it_is_gone_on_with(boss: AsyncClient) -> None:
    made = (await boss.post("/api/reports/saved", json=WEEKLY)).json()
    address = f"/api/reports/saved/{made['id']}"
    paused = (await boss.put(address, json={**WEEKLY, "paused": True, "version": 1})).json()
    assert (paused["paused"], paused["due_at"], paused["cadence"]) == (True, None, "weekly")
    again = (await boss.put(address, json={**WEEKLY, "version": 2})).json()
    assert (again["paused"], again["due_at"]) == (False, made["due_at"])


async def test_a_change_of_words_leaves_the_time_that_is_due(
    boss: AsyncClient, database: Database
) -> None:
    # Given a report that was due a moment ago and that nobody has sent yet
    made = (await boss.post("/api/reports/saved", json=WEEKLY)).json()
    due = Instant(MORNING - 1000)
    async with database.sessions.begin() as session:
        await SavedReports(session).set_due(made["id"], due)
    # When its title changes, and then its time
    address = f"/api/reports/saved/{made['id']}"
    renamed = await boss.put(address, json={**WEEKLY, "title": "周报", "version": 1})
    moved = await boss.put(address, json={**WEEKLY, "at_minute": 480, "version": 2})
    # Then the first still goes out, and the second waits for its new time
    assert renamed.json()["due_at"] == due
    assert moved.json()["due_at"] == made["due_at"] + 3_600_000


async def test_nobody_sees_the_saved_reports_of_others(
    boss: AsyncClient, as_caller: As, tmp_path: Path
) -> None:
    made = (await boss.post("/api/reports/saved", json=WEEKLY)).json()
    lead = as_caller(who("lead", Scope.TEAM, team="t1"), Settings(home=tmp_path))
    assert (await lead.get("/api/reports/saved")).json() == []
    assert (await lead.delete(f"/api/reports/saved/{made['id']}")).status_code == 404
    assert (await boss.delete(f"/api/reports/saved/{made['id']}")).status_code == 204


async def test_sending_at_once_needs_a_mail_server(
    boss: AsyncClient, as_caller: As, tmp_path: Path
) -> None:
    made = (await boss.post("/api/reports/saved", json=WEEKLY)).json()
    address = f"/api/reports/saved/{made['id']}"
    refused = await boss.post(f"{address}/send")
    assert (refused.status_code, refused.json()["code"]) == (409, "mail_not_set_up")
    # When there is one
    settings = Settings(home=tmp_path, smtp_host="127.0.0.1", smtp_from="r@example.com")
    with_mail = as_caller(a_caller(Permission.REPORTS_READ), settings)
    sent = await with_mail.post(f"{address}/send")
    assert (sent.status_code, sent.json()["state"]) == (202, "waiting")
    (run,) = (await with_mail.get(f"{address}/runs")).json()
    assert run["asked_by"] == "u1"


async def test_a_form_is_the_same_on_the_screen_and_as_a_file(
    boss: AsyncClient, database: Database
) -> None:
    address = "/api/reports/forms/agent-daily"
    sheet = (await boss.get(address, params={"date": "2026-01-01"})).json()
    rows = [[cell["text"] for cell in row] for row in sheet["tables"][0]["rows"]]
    file = await boss.get(address, params={"date": "2026-01-01", "format": "csv"})
    lines = file.content.decode("utf-8-sig").split("\r\n")
    assert rows
    assert lines[1 : 1 + len(rows)] == [",".join(row) for row in rows]
    assert file.headers["content-disposition"] == (
        'attachment; filename="agent-daily-2026-01-01.csv"'
    )
    async with database.sessions() as session:
        (row,) = await AuditRepository(session).newest(limit=5, act=Act.REPORT_EXPORTED)
    assert (row.object, row.facts["format"]) == ("form:agent-daily", "csv")


async def test_every_form_can_be_made(boss: AsyncClient) -> None:
    listed = (await boss.get("/api/reports/forms")).json()
    assert len(listed) == 7
    for form in listed:
        address = f"/api/reports/forms/{form['id']}"
        found = await boss.get(address, params={"date": "2026-01-01", "language": "en"})
        assert found.status_code == 200, form["id"]
        assert found.json()["title"] == form["title_en"]
        assert found.json()["definitions"]


async def test_a_question_becomes_a_file(boss: AsyncClient) -> None:
    asked = {"metrics": ["K09"], "from": "2026-01-01", "to": "2026-01-02", "by": ["queue"]}
    file = await boss.post("/api/metrics/export", json={**asked, "format": "csv"})
    assert file.status_code == 200
    assert "平均应答速度 (秒) [K09.a]" in file.content.decode("utf-8-sig")
