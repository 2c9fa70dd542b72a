"""Lists as files: who may have which, what stands in them, and what a worker that dies leaves."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.contacts.exported_repository import contacts_of
from lianxi.modules.contacts.exporting import MissedSource, RecordsSource
from lianxi.modules.identity.contracts import Role
from lianxi.office.audit.exporting import AuditSource
from lianxi.office.audit.repository import AuditRepository
from lianxi.office.exports.contracts import Sources
from lianxi.office.exports.repository import ExportRepository
from lianxi.office.exports.router import ExportFolder, router
from lianxi.office.exports.running import KEPT_MS, LEASE_MS, Exporter
from lianxi.worker.exporting import exporter
from tests.builders.report_people import MORNING, people, two_teams
from tests.builders.small_app import a_caller, browser, small_app

pytestmark = pytest.mark.db

BOSS = a_caller(
    Permission.RECORDS_READ,
    Permission.RECORDS_EXPORT,
    Permission.RECORDS_REVEAL,
    Permission.AUDIT_READ,
)
As = Callable[[Caller], AsyncClient]


class Clock:
    """The worker's time."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> Instant:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def as_caller(database: Database, tmp_path: Path) -> As:
    await two_teams(database)
    await people(
        database,
        ("u1", Role.SUPERVISOR, None),
        ("admin", Role.ADMIN, None),
        ("lead", Role.TEAM_LEAD, "t1"),
        ("agent", Role.AGENT, "a1"),
    )

    def client(caller: Caller) -> AsyncClient:
        app = small_app(database, caller, [router], now=MORNING)
        provide(app, Sources, Sources(RecordsSource(), MissedSource(), AuditSource(contacts_of)))
        provide(app, ExportFolder, ExportFolder(tmp_path / "exports"))
        return browser(app)

    return client


@pytest.fixture
def worker(as_caller: As, database: Database, tmp_path: Path, clock: Clock) -> Exporter:
    return exporter(database.sessions, tmp_path / "exports", zone="Asia/Shanghai", now=clock)


async def asked(client: AsyncClient, **body: object) -> dict[str, Any]:
    answer = await client.post("/api/exports", json={"kind": "records", **body})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def fetched(client: AsyncClient, export: str) -> list[list[str]]:
    answer = await client.get(f"/api/exports/{export}/file")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


async def test_records_become_a_file_with_masked_numbers(as_caller: As, worker: Exporter) -> None:
    boss = as_caller(BOSS)
    # Given an export that somebody asks for
    made = await asked(boss)
    assert (made["state"], made["rows_total"]) == ("waiting", None)
    # When the worker comes by
    assert await worker.once() == 1
    # Then it is done, and says how many rows it has
    done = (await boss.get(f"/api/exports/{made['id']}")).json()
    assert (done["state"], done["rows_done"], done["rows_total"]) == ("ready", 2, 2)
    assert done["file_name"].startswith("lianxi-records-")
    # And the file has headings first, newest first, numbers masked, and what it is about below
    lines = await fetched(boss, made["id"])
    assert lines[0][:3] == ["时间", "方向", "号码"]
    assert [line[-1] for line in lines[1:3]] == ["c2", "c1"]
    assert all("****" in line[2] for line in lines[1:3])
    assert ["号码", "已脱敏"] in lines


async def test_the_file_begins_with_a_mark_that_spreadsheets_know(
    as_caller: As, worker: Exporter
) -> None:
    boss = as_caller(BOSS)
    made = await asked(boss, language="en")
    await worker.once()
    content = (await boss.get(f"/api/exports/{made['id']}/file")).content
    assert content.startswith(b"\xef\xbb\xbfTime,Direction,Number")


async def test_a_workbook_is_a_workbook(as_caller: As, worker: Exporter) -> None:
    boss = as_caller(BOSS)
    made = await asked(boss, format="xlsx")
    await worker.once()
    answer = await boss.get(f"/api/exports/{made['id']}/file")
    assert answer.content[:2] == b"PK"
    assert ".xlsx" in answer.headers["content-disposition"]


async def test_the_filter_is_that_of_the_list(as_caller: As, worker: Exporter) -> None:
    boss = as_caller(BOSS)
    made = await asked(
        boss, filter={"agent": "a1", "from": "0", "waited_to_s": "3600", "queue": ""}
    )
    await worker.once()
    lines = await fetched(boss, made["id"])
    assert [line[-1] for line in lines[1:2]] == ["c1"]
    assert lines[2] == []


async def test_a_filter_that_the_list_does_not_know_is_refused(as_caller: As) -> None:
    boss = as_caller(BOSS)
    for wanted, field in (({"quee": "x"}, "quee"), ({"outcome": "lost"}, "outcome")):
        answer = await boss.post("/api/exports", json={"kind": "records", "filter": wanted})
        assert (answer.status_code, answer.json()["code"]) == (422, "export_filter_invalid")
        assert answer.json()["facts"]["field"] == field
    assert (await boss.get("/api/exports")).json() == []


async def test_numbers_in_full_need_a_reason(as_caller: As, worker: Exporter) -> None:
    boss = as_caller(BOSS)
    refused = await boss.post("/api/exports", json={"kind": "records", "unmasked": True})
    assert refused.json()["code"] == "export_reason_missing"
    made = await asked(boss, unmasked=True, reason="监管检查")
    await worker.once()
    lines = await fetched(boss, made["id"])
    assert not any("****" in line[2] for line in lines[1:3])
    assert ["原因", "监管检查"] in lines


@pytest.mark.parametrize(
    ("permissions", "body"),
    [
        ((Permission.RECORDS_READ,), {"kind": "records"}),
        ((Permission.RECORDS_READ, Permission.RECORDS_EXPORT), {"kind": "audit"}),
        (
            (Permission.RECORDS_READ, Permission.RECORDS_EXPORT),
            {"kind": "records", "unmasked": True, "reason": "x"},
        ),
        ((Permission.AUDIT_READ,), {"kind": "audit", "unmasked": True, "reason": "x"}),
    ],
)
async def test_each_list_needs_its_permissions(
    as_caller: As, permissions: tuple[Permission, ...], body: dict[str, object]
) -> None:
    answer = await as_caller(a_caller(*permissions)).post("/api/exports", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_team_lead_gets_the_own_team_only(as_caller: As, worker: Exporter) -> None:
    lead = as_caller(replace(BOSS, user=UserId("lead"), scope=Scope.TEAM, team=None, name="组长"))
    made = await asked(lead)
    await worker.once()
    lines = await fetched(lead, made["id"])
    assert (lines[1][-1], lines[2]) == ("c1", [])


async def test_a_file_belongs_to_whoever_asked_for_it(as_caller: As, worker: Exporter) -> None:
    made = await asked(as_caller(BOSS))
    await worker.once()
    other = as_caller(replace(BOSS, user=UserId("lead")))
    assert (await other.get("/api/exports")).json() == []
    answer = await other.get(f"/api/exports/{made['id']}/file")
    assert (answer.status_code, answer.json()["code"]) == (404, "export_not_found")


async def test_a_right_that_is_lost_takes_the_file_along(as_caller: As, worker: Exporter) -> None:
    made = await asked(as_caller(BOSS))
    await worker.once()
    demoted = as_caller(a_caller(Permission.RECORDS_READ))
    answer = await demoted.get(f"/api/exports/{made['id']}/file")
    assert answer.json()["code"] == "forbidden"


async def test_an_account_that_was_closed_gets_nothing(as_caller: As, worker: Exporter) -> None:
    ghost = as_caller(replace(BOSS, user=UserId("nobody")))
    made = await asked(ghost)
    await worker.once()
    done = (await ghost.get(f"/api/exports/{made['id']}")).json()
    assert (done["state"], done["error"]) == ("failed", "account_closed")


async def test_three_at_a_time_are_enough(as_caller: As, worker: Exporter) -> None:
    boss = as_caller(BOSS)
    first, _, _ = [await asked(boss) for _ in range(3)]
    answer = await boss.post("/api/exports", json={"kind": "records"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_exports")
    # When one is cancelled there is room again, and the worker leaves that one alone
    assert (await boss.delete(f"/api/exports/{first['id']}")).status_code == 204
    await asked(boss)
    assert await worker.once() == 3
    assert (await boss.get(f"/api/exports/{first['id']}")).json()["state"] == "cancelled"


async def test_a_file_is_kept_for_a_day(
    as_caller: As, worker: Exporter, clock: Clock, tmp_path: Path
) -> None:
    boss = as_caller(BOSS)
    made = await asked(boss)
    early = await boss.get(f"/api/exports/{made['id']}/file")
    assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")
    await worker.once()
    assert len(list((tmp_path / "exports").iterdir())) == 1
    # When its day is over
    clock.at = Instant(MORNING + KEPT_MS)
    await worker.once()
    # Then the file is gone and the list says so
    assert list((tmp_path / "exports").iterdir()) == []
    assert (await boss.get("/api/exports")).json()[0]["state"] == "expired"
    answer = await boss.get(f"/api/exports/{made['id']}/file")
    assert (answer.status_code, answer.json()["code"]) == (410, "export_gone")


async def test_a_worker_that_died_leaves_it_to_the_next(
    as_caller: As, worker: Exporter, clock: Clock, database: Database
) -> None:
    boss = as_caller(BOSS)
    made = await asked(boss)
    # Given a worker that took it and said nothing more
    async with database.sessions.begin() as session:
        taken = await ExportRepository(session).claim(MORNING, until=Instant(MORNING + LEASE_MS))
    assert taken is not None
    assert await worker.once() == 0
    # When its time is over, another one makes it; the first one's word does not count any more
    clock.at = Instant(MORNING + LEASE_MS)
    assert await worker.once() == 1
    async with database.sessions.begin() as session:
        assert not await ExportRepository(session).tell(taken, rows_done=1)
    assert (await boss.get(f"/api/exports/{made['id']}")).json()["state"] == "ready"


async def test_the_audit_can_be_exported_and_says_who_exported(
    as_caller: As, worker: Exporter, database: Database
) -> None:
    boss = as_caller(replace(BOSS, user=UserId("admin")))
    made = await asked(boss, kind="audit", filter={"act": "export.asked"})
    await worker.once()
    lines = await fetched(boss, made["id"])
    assert lines[1][4:6] == ["export.asked", f"export:{made['id']}"]
    async with database.sessions() as session:
        acts = [row.act.value for row in await AuditRepository(session).newest(limit=9)]
    assert acts == ["export.downloaded", "export.asked"]


async def test_missed_calls_become_a_file_with_how_often_each_number_called(
    as_caller: As, worker: Exporter
) -> None:
    boss = as_caller(BOSS)
    page = (await asked_for(boss, "missed", filter={"from": "0"}))["id"]
    await worker.once()
    lines = await fetched(boss, page)
    assert lines[0][:4] == ["来电次数", "时间", "方向", "号码"]
    refused = await boss.post("/api/exports", json={"kind": "missed", "filter": {"queue": "x"}})
    assert refused.json()["code"] == "export_filter_invalid"


async def asked_for(client: AsyncClient, kind: str, **body: object) -> dict[str, Any]:
    answer = await client.post("/api/exports", json={"kind": kind, **body})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found
