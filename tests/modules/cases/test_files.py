"""Files of work orders: who sees the work order adds and opens, who added or supervises removes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.modules.cases import files
from lianxi.modules.cases.files import CaseFolder
from lianxi.modules.cases.files_router import router
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from tests.builders.cases import SUPERVISOR, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
PDF = b"%PDF-1.7\n..."
AGENT = replace(somebody("agent", Permission.CASES_READ), scope=Scope.SELF)
OTHER = replace(AGENT, user=somebody("other").user)
REVIEWER = somebody("reviewer", Permission.CASES_READ, Permission.CASES_REVIEW)
CHIEF = somebody("chief", Permission.CASES_READ, Permission.CASES_SUPERVISE)
As = Callable[[Caller], AsyncClient]


def lying(folder: Path) -> list[Path]:
    """What lies in the folder."""
    return list(folder.rglob("cf-*"))


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


@pytest.fixture
def as_caller(line: Hotline, tmp_path: Path) -> As:
    def ask(caller: Caller) -> AsyncClient:
        app = small_app(line.database, caller, [router], now=line.at)
        provide(app, CaseFolder, CaseFolder(tmp_path))
        return browser(app)

    return ask


async def test_a_file_is_added_opened_and_removed(
    as_caller: As, line: Hotline, tmp_path: Path
) -> None:
    # Given a work order
    case = await line.create()
    url = f"/api/case-files/{case.number}"
    async with as_caller(AGENT) as agent:
        # When who made it adds a file
        answer = await agent.post(url, params={"name": "C:\\fakepath\\现场 单据.PDF"}, content=PDF)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert (made["name"], made["kind"], made["removable"]) == (
            "现场 单据.PDF", "application/pdf", True,
        )  # fmt: skip
        # Then it lies in the home, for its owner only, and opens as it was
        (path,) = lying(tmp_path)
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (PDF, 0o600)
        opened = await agent.get(f"{url}/{made['id']}", params={"inline": True})
        assert (opened.content, opened.headers["content-type"]) == (PDF, "application/pdf")
        assert opened.headers["content-disposition"].startswith("inline")
    # And others see it who see the work order, but do not remove it
    async with as_caller(REVIEWER) as reviewer:
        (seen,) = (await reviewer.get(url)).json()
        assert (seen["id"], seen["removable"]) == (made["id"], False)
        refused = await reviewer.delete(f"{url}/{made['id']}")
        assert (refused.status_code, refused.json()["code"]) == (403, "case_file_not_yours")
    async with as_caller(OTHER) as other:
        assert (await other.get(url)).status_code == 404
        assert (await other.get(f"{url}/{made['id']}")).status_code == 404
    # When a supervisor removes it
    async with as_caller(CHIEF) as chief:
        gone = await chief.delete(f"{url}/{made['id']}", params={"reason": "传错了"})
        assert gone.status_code == 204
        assert (await chief.get(url)).json() == []
        assert (await chief.get(f"{url}/{made['id']}")).json()["code"] == "case_file_not_found"
    # Then nothing lies there any more, and the story tells all of it
    assert lying(tmp_path) == []
    async with line.database.sessions() as session:
        rows = await audit.of_object(session, f"case:{case.id}")
    assert [row.act for row in rows][:3] == [
        Act.CASE_FILE_REMOVED, Act.CASE_FILE_READ, Act.CASE_FILE_ADDED,
    ]  # fmt: skip
    assert rows[0].reason == "传错了"


async def test_what_is_not_taken(
    as_caller: As, line: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await line.create()
    url = f"/api/case-files/{case.id}"
    async with as_caller(AGENT) as agent:
        for name, content, code in (
            ("a.exe", b"MZ", "case_file_kind_refused"),
            ("a.pdf", b"<html>", "case_file_kind_refused"),
            ("无后缀", PDF, "case_file_kind_refused"),
            ("a.pdf", b"", "case_file_empty"),
        ):
            answer = await agent.post(url, params={"name": name}, content=content)
            assert (answer.status_code, answer.json()["code"]) == (422, code)
        monkeypatch.setattr(files, "MOST_FILES", 1)
        first = await agent.post(url, params={"name": "a.txt"}, content=b"x")
        second = await agent.post(url, params={"name": "b.txt"}, content=b"x")
        assert (first.status_code, second.json()["code"]) == (201, "too_many_case_files")
        # And what is closed stays as it is
        await line.happen(case, "withdraw", by=SUPERVISOR, reason="误建")
        third = await agent.post(url, params={"name": "c.txt"}, content=b"x")
        assert third.json()["code"] == "case_file_frozen"
        last = await agent.delete(f"{url}/{first.json()['id']}")
        assert last.json()["code"] == "case_file_frozen"
