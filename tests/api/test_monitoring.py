"""Supervisors in conversations, help and words to desks: over HTTP, by who may, with a trace."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from lianxi.engine.messages.inputs import LegAnswered
from lianxi.engine.messages.values import Activity, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

WITHIN_S = 20.0

LEAD = AgentId("7001")
WHY = {"reason": "客户要求"}


def state(centre: WebCentre) -> State:
    return centre.inbox.engine.state


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "") if answer.content else ""


async def acts(centre: WebCentre, act: Act) -> list[str]:
    async with centre.database.sessions() as session:
        rows = await AuditRepository(session).newest(limit=50, act=act)
    return [row.object for row in rows]


async def lead(centre: WebCentre, stack: AsyncExitStack, *, sits: bool = True) -> Browser:
    """The lead of team 1, with a desk of her own."""
    admin = await stack.enter_async_context(centre.browser("admin"))
    desk = {"id": LEAD, "no": LEAD, "name": "赵班长", "team": "team-1", "queues": []}
    assert (await admin.post("/agents", desk)).status_code == 201
    person = {
        "username": "zhao", "name": "赵班长", "role": "team_lead", "team": "team-1", "agent": LEAD,
        "password": "correct-horse-battery",
    }  # fmt: skip
    made = await admin.post("/users", person)
    assert made.status_code == 201, made.text
    browser = await stack.enter_async_context(centre.browser())
    await browser.sign_in("zhao", "correct-horse-battery")
    if sits:
        await browser.takes_desk("tab-lead")
        await centre.device_registers(LEAD)
    return browser


async def talks(
    centre: WebCentre, stack: AsyncExitStack, agent: str, name: str = "c1"
) -> tuple[Browser, ContactId]:
    """An agent and a caller."""
    browser = await stack.enter_async_context(centre.browser(agent))
    await browser.takes_desk(f"tab-{agent}")
    await centre.device_registers(agent)
    await browser.post("/desk/state", {"to": "ready"})
    contact = await centre.caller_waits(name)
    await centre.agent_picks_up(agent)
    return browser, contact


async def picks_up(centre: WebCentre) -> None:
    """The lead's telephone answers."""
    (monitor,) = state(centre).monitors.values()
    await centre.told(LegAnswered(at=centre.at, leg=monitor.leg))


async def test_a_lead_listens_changes_the_mode_and_leaves(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        agent, contact = await talks(centre, stack, "8001")
        boss = await lead(centre, stack)
        # Who may not, or is asked for two, or for nobody
        assert code(await agent.post("/monitors", {"agent": "8002"})) == (403, "forbidden")
        both = {"agent": "8001", "contact": contact}
        assert code(await boss.post("/monitors", both))[1] == "invalid_request"
        # When the lead listens
        answer = await boss.post("/monitors", {"agent": "8001"})
        assert answer.status_code == 201, answer.text
        row = answer.json()
        assert (row["follows"], row["mode"], row["up"]) == ("agent", "listen", False)
        await picks_up(centre)
        (seen,) = (await boss.get("/monitors")).json()
        assert (seen["contact"], seen["up"]) == (contact, True)
        # The agent does not see it, and sees the whisper
        assert (await agent.desk())["listeners"] == []
        path = f"/monitors/{row['id']}"
        assert code(await boss.post(f"{path}/mode", {"mode": "whisper"})) == (204, "")
        (listener,) = (await agent.desk())["listeners"]
        assert (listener["name"], listener["mode"]) == ("赵班长", "whisper")
        assert (await boss.desk())["monitoring"]["mode"] == "whisper"
        # And is through
        assert (await boss.client.delete(f"/api{path}")).status_code == 204
        assert code(await boss.client.delete(f"/api{path}"))[1] == "monitor_over"
    assert await acts(centre, Act.MONITOR_BEGAN) == ["agent:8001"]
    assert await acts(centre, Act.MONITOR_CHANGED) == [f"monitor:{row['id']}"]
    async with asyncio.timeout(WITHIN_S):  # written by whoever hears that it is over
        while not (ended := await acts(centre, Act.MONITOR_ENDED)):
            pass
    assert ended == [f"monitor:{row['id']}"]


async def test_only_the_own_team_is_listened_to_and_only_from_a_desk(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        _, contact = await talks(centre, stack, "8005")
        boss = await lead(centre, stack, sits=False)
        for body in ({"agent": "8005"}, {"contact": contact}):
            assert code(await boss.post("/monitors", body))[1] == "monitor_target_unknown"
        assert code(await boss.post("/monitors", {"agent": "8001"}))[1] == "desk_not_signed_in"


async def test_a_lead_takes_over_and_ends_a_conversation(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        agent, contact = await talks(centre, stack, "8001")
        boss = await lead(centre, stack)
        monitor = (await boss.post("/monitors", {"contact": contact})).json()["id"]
        await picks_up(centre)
        path = f"/monitors/{monitor}/take-over"
        assert code(await boss.post(path, {"reason": " "}))[0] == 422
        assert code(await boss.post(path, WHY)) == (204, "")
        assert state(centre).contacts[contact].agent == LEAD
        assert (await agent.desk())["state"] == "acw"
        assert (await boss.desk())["state"] == "talking"
        # The lead's own conversation can be ended by the supervisor
        main = await stack.enter_async_context(centre.browser("supervisor"))
        assert code(await main.post(f"/contacts/{contact}/end", WHY)) == (204, "")
        assert state(centre).contacts[contact].phase is Phase.ENDED
        assert code(await main.post(f"/contacts/{contact}/end", WHY))[1] == "not_talking"
    assert await acts(centre, Act.CONTACT_TAKEN_OVER) == [f"contact:{contact}"]
    assert await acts(centre, Act.CONTACT_END_FORCED) == [f"contact:{contact}"]


async def test_an_agent_asks_for_help_and_the_lead_comes(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        agent, contact = await talks(centre, stack, "8001")
        boss = await lead(centre, stack)
        take = "/agents/8001/help/take"
        assert code(await boss.post(take))[1] == "help_over"
        path = f"/desk/contacts/{contact}/help"
        assert code(await agent.post(path, {"words": "要投诉"})) == (204, "")
        assert (await agent.desk())["help"]["words"] == "要投诉"
        assert (await boss.post(take)).status_code == 201
        assert (await agent.desk())["help"]["taken_by"] == "赵班长"
        assert (await agent.client.delete("/api/desk/help")).status_code == 204
        assert (await agent.desk())["help"] is None
        # And the lead's desk rings for nothing else
        assert state(centre).agents[LEAD].activity is Activity.IDLE
        assert state(centre).agents[LEAD].monitor is not None


async def test_words_come_to_the_desks_of_the_own_team(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        agent, _ = await talks(centre, stack, "8001")
        other, _ = await talks(centre, stack, "8005", "c2")
        boss = await lead(centre, stack)
        body = {"words": "系统十分钟后重启"}
        assert code(await boss.post("/desk-messages", body)) == (204, "")
        notice = (await agent.desk())["notice"]
        assert (notice["by"], notice["words"]) == ("赵班长", "系统十分钟后重启")
        assert (await other.desk())["notice"] is None
        elsewhere = {**body, "team": "team-2"}
        assert code(await boss.post("/desk-messages", elsewhere))[1] == "nobody_there"
        main = await stack.enter_async_context(centre.browser("supervisor"))
        assert code(await main.post("/desk-messages", body)) == (204, "")
        assert (await other.desk())["notice"]["words"] == "系统十分钟后重启"
    assert sorted(await acts(centre, Act.DESK_MESSAGE_SENT)) == ["team:*", "team:team-1"]


async def test_words_come_to_one_desk_alone_and_only_within_sight(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        agent, _ = await talks(centre, stack, "8001")
        other, _ = await talks(centre, stack, "8005", "c2")
        boss = await lead(centre, stack)
        body = {"agent": "8001", "words": "小休请回来"}
        assert code(await boss.post("/desk-messages", body)) == (204, "")
        assert (await agent.desk())["notice"]["words"] == "小休请回来"
        assert (await other.desk())["notice"] is None
        # One of another team, one who is not there, one who does not exist
        for whom in ("8005", "8002", "nobody"):
            answer = await boss.post("/desk-messages", {**body, "agent": whom})
            assert code(answer)[1] == "nobody_there"
    assert await acts(centre, Act.DESK_MESSAGE_SENT) == ["agent:8001"]
