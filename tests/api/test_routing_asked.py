"""What follows from the routing, asked over HTTP: sentences, skills, who would get a call."""

from typing import Any

import pytest

from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


async def test_each_queue_says_what_it_does(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        body = {"calendar": "office", "overflow": [
            {"when": "waited", "threshold": 60_000, "to": {"queue": "operator"}}]}  # fmt: skip
        assert (await admin.client.patch("/api/queues/sales", json=body)).status_code == 200
        said = (await admin.get("/routing/effective")).json()
    assert [each["queue"] for each in said] == ["sales", "service", "operator"]
    assert said[0]["zh"] == (
        "工作日 9:00–18:00,最长空闲优先,振铃 20 秒;等待满 1 分钟→人工;下班时间→致歉后挂断"
    )
    assert said[0]["en"].startswith("Mon–Fri 9:00–18:00, longest idle first")


async def test_who_would_get_this_call_is_who_gets_it(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser("8001") as agent:
        # Given one agent who is ready, of six
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        # When somebody asks for whom a call of service would ring
        asked = (await admin.get("/queues/service/who-next")).json()
        # Then it is that agent, and the others have their reasons
        whys = {each["id"]: each["why_not"] for each in asked["agents"]}
        assert (asked["agents"][0]["id"], whys["8001"]) == ("8001", None)
        assert (whys["8002"], whys["8003"]) == ("signed_out", "not_serving")
        assert (asked["leaves_to_zh"], asked["waiting"]) == (None, 0)
        # And a caller who comes rings there
        await centre.caller_waits("c1", digit="2")
        state = centre.inbox.engine.state
        assert [offer.agent for offer in state.offers.values()] == ["8001"]
        needing = (await admin.get("/queues/service/who-next?skill=german:3")).json()
        assert {each["why_not"] for each in needing["agents"]} == {"skill_missing", "not_serving"}
        assert (await admin.get("/queues/service/who-next?skill=german")).status_code == 422
        assert (await admin.get("/queues/nowhere/who-next")).status_code == 404


async def test_who_would_come_while_it_is_closed_is_sent_elsewhere(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        never: dict[str, Any] = {"name": "休息", "name_en": "Never"}
        assert (await admin.client.put("/api/calendars/never", json=never)).status_code == 200
        body = {"calendar": "never", "overflow": [
            {"when": "closed", "to": {"callback": True}}]}  # fmt: skip
        assert (await admin.client.patch("/api/queues/sales", json=body)).status_code == 200
        asked = (await admin.get("/queues/sales/who-next")).json()
    assert (asked["leaves_to_zh"], asked["leaves_to_en"]) == ("登记回呼", "a callback")


async def test_skills_say_who_has_them_and_who_asks_for_them(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        body = {"skills": [{"skill": "german", "level": 4}]}
        assert (await admin.client.patch("/api/agents/8002", json=body)).status_code == 200
        flow = (await admin.get("/flows/welcome")).json()
        flow = {name: flow[name] for name in ("name", "start", "nodes", "variables")}
        name, node = next(
            (name, node) for name, node in flow["nodes"].items() if node["type"] == "queue"
        )
        node["needs"] = [{"skill": "german", "level": 2}]
        assert (await admin.client.put("/api/flows/welcome", json=flow)).status_code == 200
        skills = (await admin.get("/skills")).json()
    assert skills == [
        {
            "skill": "german",
            "agents": [{"agent": "8002", "level": 4}],
            "needed_by": [
                {"flow": "welcome", "name": flow["name"], "node": name, "level": 2},
            ],
        }
    ]
