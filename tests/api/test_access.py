"""Who may do what: every route says it, every role is tried on every route."""

from collections.abc import AsyncIterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIWebSocketRoute

from lianxi.api.app import routes_only
from lianxi.http.caller import Guard, open_to_everyone
from lianxi.http.permissions import Permission
from lianxi.modules.identity.contracts import Role
from lianxi.modules.identity.rules import ROLES
from tests.builders.access import ANYBODY, OPEN, ROUTES
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


def _cases(*names: str) -> set[str]:
    return {f"cases.{name}" for name in names}


def _customers(*names: str) -> set[str]:
    return {f"customers.{name}" for name in names}


ALLOWS: dict[Role, set[str]] = {
    Role.AGENT: {
        "desk.use", "records.read", "records.reveal", "reports.read",
        *_cases("read", "create", "handle", "call_back"),
        *_customers("read", "edit"),
        "announcements.read",
    },
    Role.TEAM_LEAD: {
        "live.read", "live.force", "records.read", "records.play", "records.reveal",
        "records.export", "reports.read", "desk.use", "control.use",
        "surveys.read",
        *_cases("read", "create", "handle", "call_back", "dispatch"),
        *_customers("read", "edit", "merge", "confidential"),
        "announcements.read",
    },
    Role.SUPERVISOR: {
        "live.read", "live.force", "records.read", "records.play", "records.download",
        "records.transcribe", "records.export",
        "records.reveal", "reports.read", "reports.raw", "test_call", "system.read", "desk.use",
        "targets.edit", "control.use", "costs.edit", "walls.edit", "flows.read",
        "scripts.edit",
        "surveys.read",
        *_cases("read", "create", "handle", "call_back", "dispatch", "review", "supervise"),
        *_customers("read", "edit", "merge", "confidential", "import", "personal"),
        "announcements.read", "announcements.edit",
    },
    Role.QA: {
        "records.read", "records.play", "records.transcribe", "records.export", "reports.read",
        "control.use",
        "surveys.read",
        *_cases("read", "review"),
        *_customers("read"),
        "announcements.read",
    },
    Role.PLANNER: {
        "live.read", "reports.read", "reports.raw", "control.use", "announcements.read",
    },
    Role.ADMIN: {
        "live.read", "records.read", "records.play", "records.keep", "reports.read", "flows.edit",
        "users.edit", "records.transcribe", "records.export",
        "trunks.edit", "reports.raw", "targets.edit", "control.use", "costs.edit",
        "audit.read", "test_call", "system.read", "desk.use", "walls.edit", "flows.read",
        "scripts.edit",
        "alarms.edit",
        "surveys.read",
        *_cases("read", "edit"),
        *_customers("read"),
        "announcements.read", "announcements.edit",
    },
}  # fmt: skip

ACCOUNTS = {
    Role.AGENT: "8001", Role.TEAM_LEAD: "lead", Role.SUPERVISOR: "supervisor", Role.QA: "qa",
    Role.PLANNER: "planner", Role.ADMIN: "admin",
}  # fmt: skip


def calls_of(dependant: Dependant) -> list[object]:
    """Every dependency of a route, at any depth."""
    found: list[object] = [dependant.call]
    for each in dependant.dependencies:
        found += calls_of(each)
    return found


def need_of(route: APIRoute | APIWebSocketRoute) -> str | None:
    """What a route says it needs; None when it says nothing."""
    calls = calls_of(route.dependant)
    guards = [call for call in calls if isinstance(call, Guard)]
    if guards:
        permissions = {each.value for guard in guards for each in guard.permissions}
        return " ".join(sorted(permissions)) or ANYBODY
    return OPEN if open_to_everyone in calls else None


def routes() -> dict[str, str | None]:
    """Every route of the application, as it is mounted."""
    found: dict[str, str | None] = {}
    for included in routes_only().routes:
        for context in included.effective_route_contexts():  # type: ignore[attr-defined]
            route = context.original_route
            if isinstance(route, APIWebSocketRoute):
                found[f"WS {context.starlette_route.path}"] = need_of(route)
            else:
                assert isinstance(route, APIRoute)
                for method in sorted(route.methods or ()):
                    found[f"{method} {context.path}"] = need_of(route)
    return found


def test_every_route_says_what_it_needs() -> None:
    assert {name for name, need in routes().items() if need is None} == set()


def test_the_routes_need_what_was_agreed() -> None:
    assert routes() == ROUTES


def test_the_roles_allow_what_was_agreed() -> None:
    assert {role: set(rule.permissions) for role, rule in ROLES.items()} == ALLOWS
    assert {permission.value for permission in Permission} == set().union(*ALLOWS.values())


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_gets_through_exactly_where_it_may(centre: WebCentre, role: Role) -> None:
    allowed = ALLOWS[role] if role is Role.AGENT else ALLOWS[role] - {"desk.use"}
    centre.test_calls.place = _busy  # type: ignore[method-assign]
    async with centre.browser(ACCOUNTS[role]) as browser:
        assert set(browser.me["permissions"]) == allowed
        for name, need in ROUTES.items():
            method, path = name.split(" ", 1)
            if method == "WS" or name == "DELETE /api/session":
                continue
            answer = await browser.client.request(
                method, path.replace("{", "").replace("}", ""), json={}
            )
            may = need in {OPEN, ANYBODY} or set(need.split()) <= allowed
            if name == "POST /api/session":
                assert answer.status_code == 422
            elif may:
                assert answer.status_code != 401, name
                assert '"code":"forbidden"' not in answer.text, name
            else:
                assert answer.status_code == 403, (name, answer.status_code, answer.text)
                assert answer.json()["code"] == "forbidden"


async def _busy(number: str, *, caller: str, press: str) -> None:
    raise OSError("no switch in this test")


async def test_without_a_session_only_the_open_routes_answer(centre: WebCentre) -> None:
    async with centre.browser() as browser:
        for name, need in ROUTES.items():
            method, path = name.split(" ", 1)
            if method == "WS":
                continue
            answer = await browser.client.request(
                method, path.replace("{", "").replace("}", ""), json={}
            )
            assert (answer.status_code == 401) == (need != OPEN), name
            assert answer.headers["cache-control"] == "no-store"


async def test_no_change_is_made_without_the_sessions_token(centre: WebCentre) -> None:
    async with centre.browser("8001") as mine, centre.browser("8002") as other:
        for token in (None, "", "x" * 32, str(other.me["csrf"])):
            mine.client.headers.pop("X-CSRF-Token", None)
            if token is not None:
                mine.client.headers["X-CSRF-Token"] = token
            answer = await mine.takes_desk()
            assert (answer.status_code, answer.json()["code"]) == (403, "csrf_refused")
        assert (await mine.get("/desk")).status_code == 200
    assert centre.inbox.engine.state.agents == {}


async def test_pages_of_other_sites_are_refused(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:
        given = {"device": "browser", "session": "t"}
        for origin, status in (
            ("http://evil.example", 403), ("null", 403), ("http://localhost:81", 403),
            ("http://localhost", 200),
        ):  # fmt: skip
            answer = await browser.client.post(
                "/api/desk/sign-in", json=given, headers={"Origin": origin}
            )
            assert answer.status_code == status, origin
        login = await browser.client.post(
            "/api/session",
            json={"username": "8001", "password": "x"},
            headers={"Origin": "http://evil.example"},
        )
        assert login.json()["code"] == "other_origin"


async def test_every_answer_is_fenced_in(centre: WebCentre) -> None:
    async with centre.browser() as browser:
        for path in ("/api/health", "/api/nothing", "/", "/desk"):
            headers = (await browser.client.get(path)).headers
            policy = headers["content-security-policy"].split("; ")
            assert "script-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["permissions-policy"].startswith("microphone=(self)")
            assert len(headers["x-request-id"]) == 16
        cookie = (
            await browser.sign_in("8001", centre.passwords["8001"])
        ).headers["set-cookie"].lower()  # fmt: skip
        assert "httponly" in cookie
        assert "samesite=lax" in cookie


async def test_bodies_have_a_limit_and_must_be_json(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:

        async def send(content: bytes | AsyncIterator[bytes]) -> int:
            answer = await browser.client.post(
                "/api/desk/state", content=content, headers={"Content-Type": "application/json"}
            )
            return answer.status_code

        async def in_pieces() -> AsyncIterator[bytes]:
            for _ in range(11):
                yield b" " * 100_000

        assert await send(b"x" * 1_000_001) == 413
        assert await send(in_pieces()) == 413
        assert await send(b'{"to": "ready\\u0000"}') == 400
        assert await send(b"{") == 400
        assert await send(b"\xff\xfe") == 400
        assert await send(b"[]") == 422


async def test_what_is_not_there_is_a_problem_too(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:
        answer = await browser.get("/nothing")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        answer = await browser.client.put("/api/desk", json={})
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
