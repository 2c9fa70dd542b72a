"""Handing on, pulling, ranking, merging, calling back: over HTTP, by who may, with a trace."""

from contextlib import AsyncExitStack
from typing import Any

import pytest

from lianxi.engine.messages.inputs import ContactArrived
from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, GroupId, LegId, QueueId
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

SALES, SERVICE = QueueId("sales"), QueueId("service")
WHY = {"reason": "客户要求"}


def state(centre: WebCentre) -> State:
    return centre.inbox.engine.state


def queue_of(centre: WebCentre, contact: ContactId) -> QueueId | None:
    return state(centre).contacts[contact].queue


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "") if answer.content else ""


async def acts(centre: WebCentre, act: Act) -> list[tuple[str, str]]:
    async with centre.database.sessions() as session:
        rows = await AuditRepository(session).newest(limit=50, act=act)
    return [(row.object, row.reason) for row in rows]


async def ready(centre: WebCentre, stack: AsyncExitStack, agent: str) -> Browser:
    browser = await stack.enter_async_context(centre.browser(agent))
    await browser.takes_desk(f"tab-{agent}")
    await centre.device_registers(agent)
    await browser.post("/desk/state", {"to": "ready"})
    return browser


async def test_a_conversation_is_handed_to_a_queue_with_a_reason(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser = await ready(centre, stack, "8005")
        contact = await centre.caller_waits("c1")
        since = state(centre).contacts[contact].queued_since
        await centre.agent_picks_up("8005")
        path = f"/desk/contacts/{contact}/transfer"
        # Without a reason, or to nowhere in particular, nothing happens
        for body in (
            {"to": {"queue": "sales"}}, {"to": {"queue": "sales"}, "reason": "  "},
            {"to": {}, **WHY}, {"to": {"queue": "sales", "agent": "8001"}, **WHY},
        ):  # fmt: skip
            assert code(await browser.post(path, body)) == (422, "invalid_request")
        assert state(centre).contacts[contact].phase is Phase.TALKING
        # When it is handed on
        assert code(await browser.post(path, {"to": {"queue": "sales"}, **WHY})) == (204, "")
        # Then it waits there with its age, and the agent writes it down
        assert queue_of(centre, contact) == SALES
        assert state(centre).contacts[contact].queued_since == since
        assert (await browser.desk())["state"] == "acw"
    assert await acts(centre, Act.CONTACT_TRANSFERRED) == [(f"contact:{contact}", "客户要求")]


async def test_a_conversation_is_handed_to_an_agent_or_a_number_of_the_centre(
    centre: WebCentre,
) -> None:
    async with AsyncExitStack() as stack:
        browser = await ready(centre, stack, "8005")
        other = await ready(centre, stack, "8001")
        await other.post("/desk/state", {"to": "not_ready", "reason": "break"})
        contact = await centre.caller_waits("c1")
        await centre.agent_picks_up("8005")
        path = f"/desk/contacts/{contact}/transfer"
        for to, said in (
            ({"agent": "8005"}, "transfer_to_self"),
            ({"agent": "8006"}, "transfer_target_unknown"),
            ({"queue": "nowhere"}, "transfer_target_unknown"),
            ({"number": "9999"}, "transfer_target_unknown"),
        ):
            assert code(await browser.post(path, {"to": to, **WHY}))[1] == said
        assert await acts(centre, Act.CONTACT_TRANSFERRED) == []
        assert code(await other.post(path, {"to": {"queue": "sales"}, **WHY}))[1] == (
            "not_your_contact"
        )
        # When the number is that of the other agent, who is ready again
        assert code(await browser.post(path, {"to": {"number": "8001"}, **WHY})) == (204, "")
        await other.post("/desk/state", {"to": "ready"})
        assert state(centre).agents[AgentId("8001")].offer is not None


async def test_a_supervisor_pulls_and_ranks_who_waits(centre: WebCentre) -> None:
    first, second = await centre.caller_waits("c1"), await centre.caller_waits("c2")
    async with AsyncExitStack() as stack:
        boss = await stack.enter_async_context(centre.browser("supervisor"))
        agent = await ready(centre, stack, "8003")
        for path, body in (
            ("pull", {"to": {"queue": "sales"}, **WHY}),
            ("rank", {"priority": 5, **WHY}),
        ):
            assert code(await agent.post(f"/contacts/{first}/{path}", body)) == (403, "forbidden")
            assert code(await boss.post(f"/contacts/none/{path}", body))[1] == (
                "contact_not_waiting"
            )
        # When the second is ranked before the first
        assert code(await boss.post(f"/contacts/{second}/rank", {"priority": 5, **WHY}))[0] == 204
        line = [state(centre).entries[place[3]].contact for place in
                state(centre).floor.lines[SERVICE]]  # fmt: skip
        assert line == [second, first]
        # And the first is given to an agent who does not serve the queue
        to = {"to": {"agent": "8003"}, **WHY}
        assert code(await boss.post(f"/contacts/{first}/pull", to)) == (204, "")
        await centre.agent_picks_up("8003")
        assert state(centre).contacts[first].agent == AgentId("8003")
        # Then it waits no more
        assert code(await boss.post(f"/contacts/{first}/pull", to))[1] == "contact_not_waiting"
        lost = {"to": {"agent": "8099"}, **WHY}
        said = await boss.post(f"/contacts/{second}/pull", lost)
        assert code(said)[1] == "transfer_target_unknown"
    assert await acts(centre, Act.CONTACT_RANKED) == [(f"contact:{second}", "客户要求")]
    assert await acts(centre, Act.CONTACT_PULLED) == [(f"contact:{first}", "客户要求")]


async def test_queues_are_merged_and_taken_apart_by_hand(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser("supervisor") as boss:
        group = {"id": "big", "queues": ["sales", "service"]}
        await admin.client.patch("/api/routing", json={"merges": [group]})
        body = {"merged": True, **WHY}
        assert code(await boss.post("/groups/small/merge", body)) == (404, "group_unknown")
        assert code(await admin.post("/groups/big/merge", body)) == (403, "forbidden")
        assert code(await boss.post("/groups/big/merge", body)) == (204, "")
        assert GroupId("big") in state(centre).merged
        (row,) = (await boss.get("/groups")).json()
        assert (row["merged"], row["by_hand"]) == (True, True)
        assert code(await boss.post("/groups/big/merge", {"merged": False, **WHY}))[0] == 204
        assert state(centre).merged == {}
    assert len(await acts(centre, Act.QUEUES_MERGED)) == 2


async def test_an_agent_promises_a_callback_and_calls_it_off(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser = await ready(centre, stack, "8005")
        boss = await stack.enter_async_context(centre.browser("supervisor"))
        contact = await centre.caller_waits("c1")
        await centre.agent_picks_up("8005")
        # For the caller at the desk, whose number the agent need not see, in an hour
        later = centre.at + 3_600_000
        promised = await browser.post(
            "/desk/callbacks",
            {"contact": contact, "due": later, "until": later + 60_000, "remark": " 发票 "},
        )
        assert promised.status_code == 201
        row = promised.json()
        assert (row["phase"], row["due"], row["queue"]["id"]) == ("planned", later, "service")
        assert "*" in row["number"]
        assert (row["until"], row["remark"]) == (later + 60_000, "发票")
        assert row["promised_by"]
        # Promised twice is one place in line
        again = await browser.post("/desk/callbacks", {"contact": contact})
        assert (again.status_code, again.json()["id"]) == (200, row["id"])
        for body, said in (
            ({"number": "13900000000", "queue": "nowhere"}, "queue_unknown"),
            ({"queue": "service"}, "number_missing"),
            ({"contact": "c9"}, "not_your_contact"),
            ({"number": "call me"}, "invalid_request"),
            ({"contact": contact, "due": later, "until": later}, "invalid_request"),
        ):
            assert code(await browser.post("/desk/callbacks", body))[1] == said
        here = (await browser.get("/desk/callbacks")).json()
        assert [each["id"] for each in here] == [row["id"]]
        assert (await boss.get("/callbacks")).json() == here
        # When it is called off it is gone, once
        gone = f"/api/desk/callbacks/{row['id']}"
        assert code(await browser.client.delete(gone)) == (204, "")
        assert code(await browser.client.delete(gone)) == (409, "callback_over")
        assert (await boss.get("/callbacks")).json() == []
    assert len(await acts(centre, Act.CALLBACK_CANCELLED)) == 1


async def test_a_callback_waits_in_line_and_an_agent_takes_it(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser = await ready(centre, stack, "8005")
        other = await ready(centre, stack, "8003")
        body = {"number": "13900000001", "queue": "service"}
        row = (await browser.post("/desk/callbacks", body)).json()
        assert row["phase"] == "offered"
        offer = (await browser.desk())["offer"]["id"]
        assert code(await other.post(f"/desk/offers/{offer}/take"))[1] == "offer_over"
        assert code(await browser.post(f"/desk/offers/{offer}/take")) == (204, "")
        assert state(centre).contacts[row["id"]].agent == AgentId("8005")
        answer = await browser.client.delete(f"/api/desk/callbacks/{row['id']}")
        assert code(answer) == (409, "callback_over")


async def test_text_work_is_taken_without_ringing(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        admin = await stack.enter_async_context(centre.browser("admin"))
        await admin.client.put("/api/numbers/help@example.com", json={"queue": "service"})
        mail = {"combinations": [[{"channel": "email", "most": 2}]]}
        await admin.client.patch("/api/agents/8005", json={"capacity": mail})
        browser = await ready(centre, stack, "8005")
        given = ContactArrived(
            at=centre.at, contact=ContactId("m1"), leg=LegId(""), dialled="help@example.com",
            caller="someone@example.com", channel=Channel.EMAIL,
        )  # fmt: skip
        await centre.told(given)
        (offer,) = state(centre).offers.values()
        assert code(await browser.post(f"/desk/offers/{offer.id}/take")) == (204, "")
        assert state(centre).contacts[ContactId("m1")].agent == AgentId("8005")
