"""API keys: programs come in beside people, with less than those who made them."""

import pytest

from lianxi.modules.identity.errors import TooManyRequests
from lianxi.modules.identity.key_rules import Pace
from lianxi.office.audit.repository import AuditRepository
from tests.builders.web_centre import BEGIN, Browser, WebCentre

pytestmark = pytest.mark.db

YEAR = BEGIN + 365 * 86_400_000


async def made(admin: Browser, *permissions: str, **more: object) -> tuple[str, str]:
    """A new key: its id and its text."""
    body = {"name": "数据仓库", "permissions": permissions, "expires_at": YEAR, **more}
    answer = await admin.post("/api-keys", body)
    assert answer.status_code == 201, answer.text
    return answer.json()["key"]["id"], answer.json()["token"]


def bearer(browser: Browser, token: str) -> Browser:
    """A program with the key, and without any cookie."""
    browser.client.headers["Authorization"] = f"Bearer {token}"
    return browser


async def test_a_program_reads_with_its_key_what_the_key_allows(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser() as program:
        key, token = await made(admin, "records.read")
        bearer(program, token)
        # Then it reads what it may, and nothing else
        assert (await program.get("/records")).status_code == 200
        refused = await program.get("/audit")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        # And the list says when it was used, and never shows it again
        (shown,) = (await admin.get("/api-keys")).json()["items"]
        assert (shown["id"], shown["seen_at"]) == (key, centre.at)
        assert token.startswith(shown["begins"])
        assert token not in str(shown)


async def test_a_program_changes_without_the_token_of_pages(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser() as program:
        _, token = await made(admin, "records.read", "records.export")
        answer = await bearer(program, token).post("/exports", {"kind": "records"})
        assert answer.status_code == 202


async def test_what_is_about_a_person_is_not_for_programs(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser() as program:
        _, token = await made(admin, "records.read")
        bearer(program, token)
        for path in ("/session", "/profile", "/setup/preflight"):
            assert (await program.get(path)).json()["code"] == "forbidden"


@pytest.mark.parametrize("permission", ["users.edit", "desk.use", "live.force", "records.reveal"])
async def test_a_key_never_allows_more_than_its_maker_or_what_only_people_do(
    centre: WebCentre, permission: str
) -> None:
    async with centre.browser("admin") as admin:
        body = {"name": "x", "permissions": [permission], "expires_at": YEAR}
        answer = await admin.post("/api-keys", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "key_allows_too_much")
        assert (await admin.get("/api-keys")).json()["items"] == []


async def test_a_key_ends_on_its_day_and_at_once_when_revoked(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser() as program:
        key, token = await made(admin, "records.read")
        _, short = await made(admin, "records.read", expires_at=BEGIN + 60_000)
        assert (await bearer(program, short).get("/records")).status_code == 200
        assert (await bearer(program, token).get("/records")).status_code == 200
        # When one is revoked and the other's day is over
        assert (await admin.client.delete(f"/api/api-keys/{key}")).status_code == 204
        assert (await bearer(program, token).get("/records")).status_code == 401
        centre.later(60)
        assert (await bearer(program, short).get("/records")).status_code == 401
        async with centre.database.sessions() as session:
            acts = [row.act.value for row in await AuditRepository(session).newest(limit=3)]
        assert acts == ["api_key.revoked", "api_key.made", "api_key.made"]


async def test_a_key_without_an_end_is_refused(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        for end in (BEGIN, BEGIN + 800 * 86_400_000):
            body = {"name": "x", "permissions": ["records.read"], "expires_at": end}
            assert (await admin.post("/api-keys", body)).json()["code"] == "key_expiry_invalid"


async def test_a_wrong_key_is_nobody_even_beside_a_good_cookie(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        assert (await bearer(admin, "lx_wrong").get("/records")).status_code == 401


def test_a_key_that_asks_too_often_waits() -> None:
    pace = Pace(per_minute=2)
    pace.take("k", at=BEGIN)
    pace.take("k", at=BEGIN)
    with pytest.raises(TooManyRequests):
        pace.take("k", at=BEGIN)
    pace.take("another", at=BEGIN)
    pace.take("k", at=BEGIN + 30_000)  # type: ignore[arg-type]
