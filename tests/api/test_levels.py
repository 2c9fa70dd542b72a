"""Moving agents to where it is needed: over HTTP, by who may, with a trace."""

import pytest

from lianxi.kernel.ids import AgentId, QueueId
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
