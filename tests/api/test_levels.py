"""Moving agents to where it is needed: over HTTP, by who may, with a trace."""

import pytest

from lianxi.kernel.ids import AgentId, QueueId
from lianxi.projections.live.boards import queue_rows
from lianxi.projections.live.sight import Sight
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db

SALES = QueueId("sales")


def serves(centre: WebCentre, agent: str) -> dict[str, int]:
    routing = centre.inbox.engine.state.routing
    setup = next(each for each in routing.agents if each.id == AgentId(agent))
    levels = {seat.queue: seat.level for seat in setup.seats}
    return {queue: levels.get(queue, 10) for queue in setup.queues}


async def test_agents_are_moved_to_a_queue_at_once_and_back(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as boss:
        # Given agents who do not serve the queue
        listed = (await boss.get("/queues/sales/levels")).json()
        out = [row["agent"]["id"] for row in listed if row["level"] is None][:2]
        assert len(out) == 2
        before = [serves(centre, agent) for agent in out]
        # When they are moved there
        body = {"agents": out, "level": 3, "reason": "售前排队"}
        answer = await boss.client.put("/api/queues/sales/levels", json=body)
        assert answer.status_code == 204, answer.text
        # Then it is in force, and the rest of what they serve is untouched
        assert [serves(centre, agent) for agent in out] == [{**each, SALES: 3} for each in before]
        # And taken back
        await boss.client.put("/api/queues/sales/levels", json={**body, "level": None})
        assert [serves(centre, agent) for agent in out] == before
    async with centre.browser("admin") as admin:
        rows = (await admin.get("/audit")).json()["items"]
        moves = [row for row in rows if row["act"] == "queue.levels_moved"]
        assert [row["reason"] for row in moves] == ["售前排队", "售前排队"]
        assert moves[0]["after"] == dict.fromkeys(out)


async def test_nobody_is_moved_when_one_of_them_may_not_be(centre: WebCentre) -> None:
    async with centre.browser("lead") as lead, centre.browser("admin") as admin:
        mine = [row["agent"]["id"] for row in (await lead.get("/queues/service/levels")).json()]
        everybody = [row["id"] for row in (await admin.get("/agents")).json()]
        other = next(agent for agent in everybody if agent not in mine)
        before = serves(centre, mine[0])
        body = {"agents": [mine[0], other], "level": 1, "reason": "支援"}
        answer = await lead.client.put("/api/queues/service/levels", json=body)
        assert answer.json()["code"] == "agent_not_found"
        assert serves(centre, mine[0]) == before
        nowhere = await lead.client.put("/api/queues/nowhere/levels", json=body)
        assert nowhere.json()["code"] == "queue_not_found"
        refused = await admin.client.put("/api/queues/service/levels", json=body)
        assert refused.json()["code"] == "forbidden"


async def test_after_call_work_has_another_limit_for_half_an_hour(centre: WebCentre) -> None:
    path = "/queues/sales/wrap-up-limit"
    body = {"limit_s": 20, "minutes": 30, "reason": "排队过多"}
    async with centre.browser("supervisor") as boss, centre.browser("admin") as admin:
        # When a supervisor changes it
        assert (await boss.post(path, body)).status_code == 204
        # Then the board says so, and until when
        state = centre.inbox.engine.state
        assert state.wrap_limits[SALES].limit == 20_000
        assert state.timers.armed("wraplimit:sales") == state.wrap_limits[SALES].until
        row = queue_rows(centre.hub.centre, Sight(is_all=True))[SALES]
        assert row["wrap_up_limit_ms"] == 20_000
        assert row["wrap_up_limited"] is not None
        # And who may not, or asks for nonsense, changes nothing
        assert (await admin.post(path, body)).json()["code"] == "forbidden"
        assert (await boss.post(path, {**body, "limit_s": 0})).status_code == 422
        gone = await boss.post("/queues/nowhere/wrap-up-limit", body)
        assert gone.json()["code"] == "queue_not_found"
        # And it may be taken back at once
        assert (await boss.post(path, {"limit_s": None, "reason": "好了"})).status_code == 204
        assert centre.inbox.engine.state.wrap_limits == {}
        rows = (await admin.get("/audit")).json()["items"]
        acts = [row for row in rows if row["act"] == "queue.wrap_up_limited"]
        assert [row["reason"] for row in acts] == ["好了", "排队过多"]
        assert acts[1]["facts"] == {"limit_s": 20, "minutes": 30}
