"""What administrators see of the centre as a machine: versions, a file for helpers, retention."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from lianxi.api.diagnostics import log_lines
from lianxi.office.audit.repository import AuditRepository
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


async def test_the_versions_and_licences_are_told(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        about = (await admin.get("/system/about")).json()
    assert about["licence"] == "Apache-2.0"
    assert about["database"].startswith("PostgreSQL ")
    assert {"fastapi", "sqlalchemy"} <= {one["name"].lower() for one in about["packages"]}


async def test_the_diagnostics_hold_neither_secrets_nor_numbers(centre: WebCentre) -> None:
    # Given a call, and a log with its number
    await centre.arrives("c1")
    logs = centre.settings.paths.logs
    logs.mkdir(parents=True)
    line = {"event": "call.came", "level": "info", "pii.caller": "13812341234"}
    (logs / "lianxi.log").write_text(json.dumps(line) + "\nno json\n", "utf-8")
    async with centre.browser("admin") as admin:
        answer = await admin.get("/system/diagnostics")
    # Then the file says what kind of lines there were, and nothing of the caller
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
        assert json.loads(archive.read("log.json")) == [{"event": "call.came", "level": "info"}]
        assert json.loads(archive.read("settings.json"))["time_zone"] == "Asia/Shanghai"
    assert "13812341234" not in whole
    assert str(centre.settings.home) not in whole
    async with centre.database.sessions() as session:
        (row,) = await AuditRepository(session).newest(limit=1)
    assert row.act.value == "diagnostics.downloaded"


def test_a_log_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    assert log_lines(tmp_path / "none.log") == []


async def test_what_is_kept_is_told_per_queue(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        found = (await admin.get("/retention")).json()
    assert (found["held"], found["deleted"], found["ready"]) == ([], [], 0)


async def test_the_audit_is_asked_by_whose_data_was_touched(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser("8001") as agent:
        me = admin.me["user"]["id"]
        # Given somebody who signed in, and another who did
        assert agent.me["user"]["id"] != me
        found = (await admin.get(f"/audit?subject={me}")).json()["items"]
        assert {row["object"] for row in found} == {f"user:{me}"}
        words = (await admin.get("/audit/words")).json()
        assert me in {one["id"] for one in words["people"]}
        assert "session.signed_in" in words["acts"]
