"""Signing in and out of the web desktop; people, flows and prompts as an administrator does it."""

import math
import struct
import wave
from io import BytesIO
from typing import Any

import msgspec
import pytest

from lianxi.journal.inbox import SwitchboardSilent
from lianxi.modules.identity import rules
from lianxi.modules.ivr.seed import WELCOME
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db


async def test_one_is_told_who_one_is(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:
        me: dict[str, Any] = (await browser.get("/session")).json()
    assert me["user"]["username"] == "8001"
    assert me["user"]["role"] == "agent"
    assert me["agent"] == {"id": "8001", "no": "8001", "name": "座席 8001", "team": "team-1"}
    assert (me["scope"], me["home"], me["demo"]) == ("self", "/desk", True)
    assert me["org"] == {
        "name": "联系示范中心",
        "name_en": "",
        "language": "",
        "time_zone": "Asia/Shanghai",
    }
    assert me["server_time"] == centre.at


async def test_given_a_centre_that_starts_an_agent_is_not_told_to_have_no_desk(
    centre: WebCentre,
) -> None:
    async with centre.browser("8001") as agent, centre.browser("admin") as admin:
        centre.hub.is_ready.clear()
        told = await agent.get("/session")
        assert (told.status_code, told.json()["code"]) == (503, "starting")
        assert (await admin.get("/session")).json()["agent"] is None
        async with centre.browser() as late:
            answer = await late.sign_in("8001", centre.passwords["8001"])
            assert (answer.status_code, answer.json()["code"]) == (503, "starting")
            assert "set-cookie" not in answer.headers
        centre.hub.is_ready.set()
        assert (await agent.get("/session")).json()["agent"]["no"] == "8001"


async def test_given_a_centre_that_starts_nothing_is_said_of_an_empty_one(
    centre: WebCentre,
) -> None:
    async with centre.browser("supervisor") as browser, centre.browser("admin") as admin:
        centre.hub.is_ready.clear()
        for path in ("/callbacks", "/search?q=80"):
            told = await browser.get(path)
            assert (told.status_code, told.json()["code"]) == (503, "starting"), path
        assert (await admin.get("/status")).status_code == 200
        centre.hub.is_ready.set()


async def test_signing_out_ends_the_session(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:
        assert (await browser.client.delete("/api/session")).status_code == 204
        assert (await browser.get("/session")).status_code == 401


async def test_a_session_is_over_twelve_hours_after_its_last_use(centre: WebCentre) -> None:
    async with centre.browser("8001") as browser:
        centre.later(rules.SESSION_LASTS / 1000 - 1)
        assert (await browser.get("/session")).status_code == 200
        centre.later(rules.SESSION_LASTS / 1000)
        answer = await browser.get("/session")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


async def test_guessing_is_slowed_down_and_told_how_long(centre: WebCentre) -> None:
    async with centre.browser() as browser:
        for _ in range(5):
            answer = await browser.sign_in("8001", "wrong")
            assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
        answer = await browser.sign_in("8001", centre.passwords["8001"])
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
        assert answer.headers["retry-after"] == str(answer.json()["facts"]["retry_after_s"])
        centre.later(answer.json()["facts"]["retry_after_s"])
        assert (await browser.sign_in("8001", centre.passwords["8001"])).status_code == 200


async def acts(admin: Browser, **query: str) -> list[dict[str, Any]]:
    answer = await admin.client.get("/api/audit", params=query)
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_an_administrator_creates_changes_and_closes_a_person(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser() as browser:
        wish = {"username": "New.One", "name": "新来的", "role": "qa"}
        made = await admin.post("/users", wish)
        assert made.status_code == 201
        user, password = made.json()["user"], made.json()["password"]
        assert (await admin.post("/users", wish)).json()["code"] == "username_taken"
        assert (await browser.sign_in("new.one", password)).status_code == 200

        path = f"/api/users/{user['id']}"
        changed = await admin.client.patch(path, json={"role": "agent", "agent": "8009"})
        assert changed.json()["code"] == "agent_unknown"
        changed = await admin.client.patch(path, json={"role": "agent", "agent": "8001"})
        assert changed.json()["code"] == "agent_taken"
        changed = await admin.client.patch(path, json={"role": "planner"})
        assert changed.json()["role"] == "planner"
        # Rights changed: the session ended at once.
        assert (await browser.get("/session")).status_code == 401

        reset = await admin.post(f"/users/{user['id']}/password", {})
        assert (await browser.sign_in("new.one", password)).status_code == 401
        assert (await browser.sign_in("new.one", reset.json()["password"])).status_code == 200
        closed = await admin.client.patch(path, json={"disabled": True})
        assert closed.json()["disabled_at"] == centre.at
        assert (await browser.get("/session")).status_code == 401
        rows = await acts(admin, object=f"user:{user['id']}")
        assert [row["act"] for row in rows] == [
            "user.changed", "session.signed_in", "session.refused", "user.password_reset",
            "user.changed", "session.signed_in", "user.created",
        ]  # fmt: skip
        assert rows[4]["before"] == {"role": "qa"}
        assert rows[4]["after"] == {"role": "planner"}
        assert rows[4]["who_name"] == "管理员"


async def test_the_audit_is_read_in_pages(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        seen, cursor = [], ""
        while True:
            query = {"limit": "4", **({"cursor": cursor} if cursor else {})}
            page = (await admin.client.get("/api/audit", params=query)).json()
            seen += [row["id"] for row in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
        assert seen == sorted(set(seen), reverse=True)
        assert len(seen) == 13  # eleven people, the flow, this sign-in
        answer = await admin.client.get("/api/audit", params={"cursor": "nonsense"})
        assert answer.json()["code"] == "cursor_invalid"


async def test_a_flow_is_published_or_refused_with_node_and_reason(centre: WebCentre) -> None:
    body = msgspec.to_builtins(WELCOME)
    async with centre.browser("admin") as admin:
        same = await admin.client.put("/api/flows/welcome", json=body)
        assert (same.status_code, same.json()["version"]) == (200, 1)
        body["nodes"]["to_sales"]["queue"] = "nowhere"
        refused = await admin.client.put("/api/flows/welcome", json=body)
        assert refused.status_code == 422
        assert refused.json()["code"] == "flow_invalid"
        facts = refused.json()["facts"]
        assert (facts["node"], facts["reason"]) == ("to_sales", "unknown_queue")
        assert (facts["what"], facts["more"]) == ("nowhere", 0)
        assert facts["sentence_en"].startswith("Node “to_sales” names the queue “nowhere”")
        (problem,) = (await admin.client.post("/api/flows/welcome/check", json=body)).json()
        assert (problem["node"], problem["is_warning"]) == ("to_sales", False)
        assert (await admin.get("/flows/welcome/counts")).json() == []
        body["nodes"]["to_sales"]["queue"] = "operator"
        published = await admin.client.put("/api/flows/welcome", json=body)
        assert published.json()["version"] == 2
        in_force = centre.inbox.engine.state.routing
        assert [flow.version for flow in in_force.flows] == [2]
        assert in_force.version == 3
        assert (await admin.get("/flows/welcome")).json()["version"] == 2
        assert (await admin.get("/flows/none")).status_code == 404
        (row,) = await acts(
            admin, act="flow.published", since=str(centre.at), who=admin.me["user"]["id"]
        )
        assert (row["before"], row["after"]) == ({"version": 1}, {"version": 2})


async def test_a_queues_rule_is_changed_and_in_force(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        change = {"wrap_up": {"mode": "fixed", "limit": 30000, "extension": 1000, "extensions": 0}}
        answer = await admin.client.patch("/api/queues/sales", json=change)
        assert answer.json()["wrap_up"]["mode"] == "fixed"
        rule = next(q for q in centre.inbox.engine.state.routing.queues if q.id == "sales")
        assert rule.wrap_up.limit == 30_000
        for wrong in ({"ring": 5}, {"dispositions": [{"code": "", "name": "", "name_en": ""}]}):
            answer = await admin.client.patch("/api/queues/sales", json=wrong)
            assert answer.json()["code"] == "queue_rule_invalid"
        assert (await admin.client.patch("/api/queues/x", json={})).status_code == 404


async def test_the_tables_win_over_a_switchboard_that_missed_a_change(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        centre.inbox.failure = SwitchboardSilent()
        answer = await admin.client.patch("/api/queues/sales", json={"priority": 7})
        assert answer.json()["code"] == "switchboard_silent"
        centre.inbox.failure = None
        await centre.publisher.publish_if_behind(centre.inbox.engine.state.routing.version)
    rule = next(q for q in centre.inbox.engine.state.routing.queues if q.id == "sales")
    assert rule.priority == 7


async def test_a_prompt_is_replaced_by_an_own_recording(centre: WebCentre) -> None:
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        for index in range(22_050):
            sample = round(9000 * math.sin(index / 20))
            file.writeframesraw(struct.pack("<hh", sample, sample))
    async with centre.browser("admin") as admin:
        answer = await admin.client.put("/api/prompts/welcome", content=written.getvalue())
        assert answer.json() == {
            "name": "welcome", "language": "zh", "duration_ms": 500, "is_own": True,
        }  # fmt: skip
        listed = (await admin.get("/prompts")).json()
        assert answer.json() in listed
        assert (await admin.client.put("/api/prompts/welcome", content=b"x")).status_code == 422
        bad = await admin.client.put("/api/prompts/Bad-Name", content=written.getvalue())
        assert bad.json()["code"] == "prompt_name_invalid"
        assert [row["object"] for row in await acts(admin, object="prompt:")] == [
            "prompt:zh/welcome"
        ]


async def test_health_status_and_lights(centre: WebCentre) -> None:
    centre.settings.paths.make()
    async with centre.browser("supervisor") as browser:
        assert (await browser.get("/health")).json() == {"ok": True}
        lights = {
            each["key"]: each for each in (await browser.get("/setup/preflight")).json()["lights"]
        }
        assert {key for key, light in lights.items() if not light["ok"]} == {
            "asterisk", "websocket", "driver", "clock",
        }  # fmt: skip
        assert lights["websocket"]["fix"] == "start_asterisk"
        assert lights["disk"]["detail"]["facts"]["free"] > 0
        centre.driver_lives()
        status = (await browser.get("/status")).json()
        assert status["parts"] == {
            "database": True, "switch": True, "driver": True, "problem": None, "build": "test",
        }  # fmt: skip
        assert status["routing_version"] == 2


async def test_a_test_call_says_which_contact_it_became(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:

        async def call(number: str, *, caller: str, press: str) -> None:
            assert (number, caller, press) == ("4001", "13800138000", "1")
            centre.later(0.1)
            from_test = {"dialled": number, "caller": caller}
            await centre.arrives("c77", **from_test)

        centre.test_calls.place = call  # type: ignore[method-assign]
        answer = await admin.post("/test-call", {"press": "1"})
        assert answer.json() == {"call": "c77"}

        async def no_switch(number: str, *, caller: str, press: str) -> None:
            raise OSError("refused")

        centre.test_calls.place = no_switch  # type: ignore[method-assign]
        answer = await admin.post("/test-call", {})
        assert (answer.status_code, answer.json()["code"]) == (503, "test_call_failed")
