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
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db

OPEN, ANYBODY = "open to everyone", "signed in"

ROUTES: dict[str, str] = {
    "POST /api/session": OPEN,
    "GET /api/session": ANYBODY,
    "DELETE /api/session": ANYBODY,
    "GET /api/health": OPEN,
    "GET /api/monitoring": OPEN,
    "GET /api/setup/preflight": ANYBODY,
    "GET /api/status": "system.read",
    "POST /api/test-call": "test_call",
    "WS /api/live": ANYBODY,
    "WS /sip": "desk.use",
    "POST /api/desk/sign-in": "desk.use",
    "POST /api/desk/sign-out": "desk.use",
    "POST /api/desk/phone-account": "desk.use",
    "GET /api/desk": "desk.use",
    "POST /api/desk/state": "desk.use",
    "POST /api/desk/offers/{offer_id}/reject": "desk.use",
    "POST /api/desk/contacts/{contact_id}/hold": "desk.use",
    "POST /api/desk/contacts/{contact_id}/resume": "desk.use",
    "POST /api/desk/contacts/{contact_id}/hang-up": "desk.use",
    "POST /api/desk/contacts/{contact_id}/recording/pause": "desk.use",
    "POST /api/desk/contacts/{contact_id}/recording/resume": "desk.use",
    "POST /api/desk/contacts/{contact_id}/recording/start": "desk.use",
    "POST /api/desk/leg": "desk.use",
    "POST /api/desk/leave": "desk.use",
    "PUT /api/desk/wrap-up": "desk.use",
    "POST /api/desk/wrap-up/finish": "desk.use",
    "POST /api/desk/wrap-up/extend": "desk.use",
    "POST /api/agents/{agent_id}/force": "live.force",
    "POST /api/desk/contacts/{contact_id}/transfer": "desk.use",
    "POST /api/desk/calls": "desk.use",
    "POST /api/desk/calls/colleague": "desk.use",
    "POST /api/desk/offers/{offer_id}/take": "desk.use",
    "POST /api/desk/contacts/{contact_id}/consult": "desk.use",
    "POST /api/desk/contacts/{contact_id}/consult/swap": "desk.use",
    "POST /api/desk/contacts/{contact_id}/consult/complete": "desk.use",
    "POST /api/desk/contacts/{contact_id}/consult/cancel": "desk.use",
    "POST /api/desk/contacts/{contact_id}/conference": "desk.use",
    "POST /api/desk/contacts/{contact_id}/invite": "desk.use",
    "POST /api/desk/contacts/{contact_id}/parties/{leg}/drop": "desk.use",
    "POST /api/desk/contacts/{contact_id}/leave": "desk.use",
    "GET /api/desk/targets": "desk.use",
    "GET /api/desk/contacts/{contact_id}/history": "desk.use",
    "GET /api/voicemails": "records.read",
    "GET /api/desk/callbacks": "desk.use",
    "POST /api/desk/callbacks": "desk.use",
    "DELETE /api/desk/callbacks/{callback_id}": "desk.use",
    "GET /api/callbacks": "live.read",
    "DELETE /api/callbacks/{callback_id}": "live.force",
    "POST /api/contacts/{contact_id}/pull": "live.force",
    "POST /api/contacts/{contact_id}/rank": "live.force",
    "POST /api/monitors": "desk.use live.force",
    "GET /api/monitors": "live.read",
    "POST /api/monitors/{monitor_id}/mode": "desk.use live.force",
    "DELETE /api/monitors/{monitor_id}": "desk.use live.force",
    "POST /api/monitors/{monitor_id}/take-over": "desk.use live.force",
    "POST /api/contacts/{contact_id}/end": "live.force",
    "POST /api/desk/contacts/{contact_id}/help": "desk.use",
    "DELETE /api/desk/help": "desk.use",
    "POST /api/agents/{agent_id}/help/take": "desk.use live.force",
    "POST /api/desk-messages": "live.force",
    "GET /api/groups": "live.read",
    "POST /api/groups/{group_id}/merge": "live.force",
    "GET /api/agents": "users.edit",
    "GET /api/contacts/missed": "records.read",
    "GET /api/records": "records.read",
    "GET /api/records/{contact}": "records.read",
    "GET /api/records/{contact}/recording": "records.play records.read",
    "POST /api/records/{contact}/recording/hold": "records.keep records.read",
    "GET /api/organisation": "system.read",
    "PUT /api/organisation": "users.edit",
    "PUT /api/setup/steps/{step}": "users.edit",
    "GET /api/record-choices": "records.read",
    "GET /api/records/{contact}/marks": "records.play records.read",
    "POST /api/records/{contact}/marks": "records.play records.read",
    "DELETE /api/records/{contact}/marks/{mark}": "records.play records.read",
    "POST /api/records/{contact}/recording/release": "records.keep records.read",
    "POST /api/records/{contact}/recording/delete": "records.keep records.read",
    "POST /api/faxes": "desk.use",
    "GET /api/faxes/sent": "desk.use",
    "GET /api/faxes/sent/{fax}/document": "desk.use",
    "POST /api/faxes/sent/{fax}/stop": "desk.use",
    "GET /api/faxes/{contact}/document": "records.read",
    "GET /api/faxes/{contact}/pages/{number}": "records.read",
    "GET /api/voicemails/{contact}/sound": "records.read",
    "PATCH /api/voicemails/{contact}": "records.read",
    "PUT /api/voicemails/{contact}/transcript": "records.read records.transcribe",
    "GET /api/records/{contact}/peaks": "records.play records.read",
    "POST /api/records/{contact}/reveal": "records.read records.reveal",
    "GET /api/metrics": "reports.read",
    "GET /api/metrics/identities": "reports.read",
    "GET /api/metrics/own": "reports.read",
    "POST /api/metrics/query": "reports.read",
    "GET /api/metrics/occupancy/agents-mean": "reports.read",
    "GET /api/metrics/{metric}/chart": "reports.read",
    "GET /api/metrics/{metric}/rolling": "reports.read",
    "GET /api/metrics/{metric}/contacts": "reports.read",
    "POST /api/metrics/{metric}/baseline": "targets.edit",
    "GET /api/metrics/{metric}/targets": "reports.read",
    "PUT /api/metrics/{metric}/targets": "targets.edit",
    "GET /api/metrics/{metric}/notes": "reports.read",
    "POST /api/metrics/{metric}/notes": "reports.read",
    "PUT /api/metrics/{metric}/notes/{note_id}": "reports.read",
    "POST /api/metrics/{metric}/notes/{note_id}/withdraw": "reports.read",
    "GET /api/control-sheet": "control.use",
    "GET /api/control-sheet/owners": "control.use",
    "POST /api/control-sheet/{entry_id}": "control.use",
    "GET /api/reports/today": "reports.read",
    "POST /api/metrics/export": "reports.read",
    "GET /api/reports/forms": "reports.read",
    "GET /api/reports/forms/{form_id}": "reports.read",
    "GET /api/reports/saved": "reports.read",
    "POST /api/reports/saved": "reports.read",
    "PUT /api/reports/saved/{report_id}": "reports.read",
    "DELETE /api/reports/saved/{report_id}": "reports.read",
    "POST /api/reports/saved/{report_id}/send": "reports.read",
    "GET /api/reports/saved/{report_id}/runs": "reports.read",
    "GET /api/reports/recipients": "reports.read",
    "GET /api/reports/costs": "costs.edit",
    "POST /api/reports/costs": "costs.edit",
    "POST /api/reports/costs/{entry}/cancel": "costs.edit",
    "GET /api/reports/carrier-blocks": "trunks.edit",
    "POST /api/reports/carrier-blocks": "trunks.edit",
    "POST /api/reports/carrier-blocks/{report}/cancel": "trunks.edit",
    "GET /api/reports/facts/{table}": "reports.raw",
    "GET /api/queues": ANYBODY,
    "PATCH /api/queues/{queue_id}": "flows.edit",
    "GET /api/queues/{queue_id}": ANYBODY,
    "POST /api/queues": "flows.edit",
    "DELETE /api/queues/{queue_id}": "flows.edit",
    "POST /api/agents": "users.edit",
    "PATCH /api/agents/{agent_id}": "users.edit",
    "DELETE /api/agents/{agent_id}": "users.edit",
    "GET /api/numbers": "flows.edit",
    "PUT /api/numbers/{number}": "flows.edit",
    "DELETE /api/numbers/{number}": "flows.edit",
    "GET /api/connectors": "flows.edit",
    "PUT /api/connectors/{name}": "users.edit",
    "DELETE /api/connectors/{name}": "users.edit",
    "PUT /api/customers/code": "users.edit",
    "GET /api/calendars": "flows.edit",
    "PUT /api/calendars/{calendar_id}": "flows.edit",
    "DELETE /api/calendars/{calendar_id}": "flows.edit",
    "GET /api/trunks": "trunks.edit",
    "PUT /api/trunks/{trunk_id}": "trunks.edit",
    "DELETE /api/trunks/{trunk_id}": "trunks.edit",
    "GET /api/routes": "trunks.edit",
    "PUT /api/routes": "trunks.edit",
    "GET /api/routing": "flows.edit",
    "GET /api/routing/effective": "flows.edit",
    "GET /api/queues/{queue_id}/who-next": "flows.edit",
    "GET /api/skills": "users.edit",
    "PATCH /api/routing": "flows.edit",
    "GET /api/routing/reasons": "flows.edit",
    "PUT /api/routing/reasons": "flows.edit",
    "GET /api/reasons": ANYBODY,
    "GET /api/flows": "flows.edit",
    "GET /api/flows/{flow_id}": "flows.edit",
    "PUT /api/flows/{flow_id}": "flows.edit",
    "POST /api/flows/{flow_id}/check": "flows.edit",
    "GET /api/flows/{flow_id}/counts": "flows.edit",
    "POST /api/flows/{flow_id}/rehearsal": "flows.edit",
    "GET /api/flows/{flow_id}/versions": "flows.edit",
    "GET /api/flows/{flow_id}/versions/{version}": "flows.edit",
    "GET /api/flow-summaries": "flows.edit",
    "GET /api/prompts": "flows.edit",
    "PUT /api/prompts/{name}": "flows.edit",
    "GET /api/prompts/{name}": "flows.edit",
    "DELETE /api/prompts/{name}": "flows.edit",
    "GET /api/prompt-uses": "flows.edit",
    "GET /api/profile": ANYBODY,
    "PUT /api/profile": ANYBODY,
    "POST /api/profile/password": ANYBODY,
    "GET /api/preferences": ANYBODY,
    "GET /api/search": ANYBODY,
    "PUT /api/preferences": ANYBODY,
    "GET /api/users": "users.edit",
    "POST /api/users": "users.edit",
    "PATCH /api/users/{user_id}": "users.edit",
    "POST /api/users/{user_id}/password": "users.edit",
    "GET /api/teams": "users.edit",
    "GET /api/teams/full": "users.edit",
    "POST /api/teams": "users.edit",
    "PUT /api/teams/{team_id}": "users.edit",
    "GET /api/people": "users.edit",
    "GET /api/people/{user_id}": "users.edit",
    "POST /api/people": "users.edit",
    "PUT /api/people/{user_id}": "users.edit",
    "POST /api/people/{user_id}/unlock": "users.edit",
    "GET /api/staff-list/template": "users.edit",
    "POST /api/staff-list/check": "users.edit",
    "POST /api/staff-list": "users.edit",
    "GET /api/profile/sign-ins": ANYBODY,
    "DELETE /api/profile/sign-ins/{sign_in}": ANYBODY,
    "GET /api/roles": "users.edit",
    "GET /api/api-keys": "users.edit",
    "POST /api/api-keys": "users.edit",
    "DELETE /api/api-keys/{key}": "users.edit",
    "GET /api/retention": "records.keep",
    "GET /api/system/about": "system.read",
    "GET /api/system/diagnostics": "system.read",
    "GET /api/webhooks": "users.edit",
    "POST /api/webhooks": "users.edit",
    "PUT /api/webhooks/{webhook}": "users.edit",
    "DELETE /api/webhooks/{webhook}": "users.edit",
    "POST /api/webhooks/{webhook}/secret": "users.edit",
    "POST /api/webhooks/{webhook}/test": "users.edit",
    "GET /api/webhooks/{webhook}/deliveries": "users.edit",
    "POST /api/webhooks/{webhook}/deliveries/{delivery}/resend": "users.edit",
    "GET /api/audit": "audit.read",
    "GET /api/audit/words": "audit.read",
    "POST /api/exports": ANYBODY,
    "GET /api/exports": ANYBODY,
    "GET /api/exports/{export}": ANYBODY,
    "GET /api/exports/{export}/file": ANYBODY,
    "DELETE /api/exports/{export}": ANYBODY,
    "GET /api/queues/{queue_id}/levels": "live.read",
    "PUT /api/queues/{queue_id}/levels": "live.force",
    "GET /api/walls": "live.read",
    "GET /api/walls/figures": "live.read",
    "GET /api/walls/{wall_id}": "live.read",
    "POST /api/walls": "walls.edit",
    "PUT /api/walls/{wall_id}": "walls.edit",
    "DELETE /api/walls/{wall_id}": "walls.edit",
    "GET /api/walls/{wall_id}/screens": "walls.edit",
    "POST /api/walls/{wall_id}/screens": "walls.edit",
    "DELETE /api/walls/{wall_id}/screens/{screen_id}": "walls.edit",
    "WS /api/walls/{wall_id}/live": OPEN,
}
"""What every route needs, written down a second time so that a slip is seen."""

ALLOWS: dict[Role, set[str]] = {
    Role.AGENT: {"desk.use", "records.read", "records.reveal", "reports.read"},
    Role.TEAM_LEAD: {
        "live.read", "live.force", "records.read", "records.play", "records.reveal",
        "records.export", "reports.read", "desk.use", "control.use",
    },
    Role.SUPERVISOR: {
        "live.read", "live.force", "records.read", "records.play", "records.download",
        "records.transcribe", "records.export",
        "records.reveal", "reports.read", "reports.raw", "test_call", "system.read", "desk.use",
        "targets.edit", "control.use", "costs.edit", "walls.edit",
    },
    Role.QA: {
        "records.read", "records.play", "records.transcribe", "records.export", "reports.read",
        "control.use",
    },
    Role.PLANNER: {"live.read", "reports.read", "reports.raw", "control.use"},
    Role.ADMIN: {
        "live.read", "records.read", "records.play", "records.keep", "reports.read", "flows.edit",
        "users.edit", "records.transcribe", "records.export",
        "trunks.edit", "reports.raw", "targets.edit", "control.use", "costs.edit",
        "audit.read", "test_call", "system.read", "desk.use", "walls.edit",
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
