"""Scripts: who writes them, what agents read, and the statements that records keep."""

from typing import Any

import pytest

from lianxi.kernel.ids import ContactId
from tests.builders.recorded_call import projected
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

AGENT = "8005"


def step(identifier: str, kind: str = "say", **more: object) -> dict[str, Any]:
    return {
        "id": identifier, "kind": kind, "text": f"说 {identifier}", "text_en": "", "calls": "all",
        "fills": "nothing", "then": "", "answers": [], "clock": "waiting", "after_s": 10, **more,
    }  # fmt: skip


def script(**more: object) -> dict[str, Any]:
    return {
        "name": "退款咨询", "name_en": "Refunds", "queues": ["service"], "numbers": [],
        "steps": [step("hello"), step("risk", "mandatory"), step("bye")], **more,
    }  # fmt: skip


async def made(browser: Browser, **more: object) -> dict[str, Any]:
    answer = await browser.post("/scripts", script(**more))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def published(browser: Browser, **more: object) -> dict[str, Any]:
    draft = await made(browser, **more)
    answer = await browser.post(f"/scripts/{draft['id']}/publish", {"revision": draft["revision"]})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def talks(centre: WebCentre, agent: Browser, name: str = "c1") -> ContactId:
    """A customer of the service queue is connected to the agent."""
    await agent.takes_desk("tab-1")
    await centre.device_registers(AGENT)
    await agent.post("/desk/state", {"to": "ready"})
    contact = await centre.caller_waits(name)
    await centre.agent_picks_up(AGENT)
    return contact


async def read(agent: Browser, contact: str) -> dict[str, Any]:
    answer = await agent.get(f"/desk/contacts/{contact}/scripts")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def put(browser: Browser, made: dict[str, Any], body: object, revision: str) -> Any:
    path = f"/api/scripts/{made['id']}"
    return await browser.client.put(path, json=body, headers={"If-Match": f'"{revision}"'})


async def test_the_founding_phrases_are_there_in_both_languages(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person:
        (general,) = (await person.get("/scripts")).json()
        preset = (await person.get("/scripts/preset")).json()
    assert general["current"]["version"] == 1
    assert set(general["queues"]) == {"sales", "service", "operator"}
    assert all(each["text"] and each["text_en"] for each in general["steps"])
    waiting = next(each for each in general["steps"] if each["id"] == "waiting")
    assert (waiting["kind"], waiting["clock"], waiting["after_s"]) == ("timed", "waiting", 10)
    assert preset["steps"] == general["steps"]
    assert preset["queues"] == []


async def test_a_draft_is_no_agents_matter_until_it_is_published(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person, centre.browser(AGENT) as agent:
        # Given a draft for the number that the customer dials
        draft = await made(person, queues=[], numbers=["4001"])
        contact = await talks(centre, agent)
        assert [each["content"]["name"] for each in (await read(agent, contact))["scripts"]] == [
            "通用话术"
        ]
        # When it is published
        path = f"/scripts/{draft['id']}/publish"
        answer = await person.post(path, {"revision": draft["revision"], "note": "首发"})
        assert answer.json()["current"]["version"] == 1
        # Then it comes before the queue's
        scripts = (await read(agent, contact))["scripts"]
        assert [each["content"]["name"] for each in scripts] == ["退款咨询", "通用话术"]
        # And a changed draft changes nothing for agents
        other = script(name="改了", queues=[], numbers=["4001"])
        assert (await put(person, draft, other, draft["revision"])).status_code == 200
        assert (await read(agent, contact))["scripts"][0]["content"]["name"] == "退款咨询"
        # And publishing without a change is refused
        again = (await person.get(f"/scripts/{draft['id']}")).json()["revision"]
        assert (await person.post(path, {"revision": again})).status_code == 200
        refused = await person.post(path, {"revision": again})
        assert refused.json()["code"] == "script_unchanged"
        # And when it is withdrawn, nobody reads it
        await person.client.delete(f"/api/scripts/{draft['id']}")
        assert len((await read(agent, contact))["scripts"]) == 1
        assert (await person.get(f"/scripts/{draft['id']}")).json()["code"] == "script_not_found"
    async with centre.browser("admin") as admin:
        rows = (await admin.get(f"/audit?object=script:{draft['id']}")).json()["items"]
        acts = [row["act"] for row in rows]
        assert sorted(set(acts)) == ["script.changed", "script.published", "script.withdrawn"]
        assert next(row for row in rows if row["reason"])["reason"] == "首发"


async def test_a_version_waits_for_its_time(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person:
        first = await published(person)
        changed = await put(person, first, script(name="明天起"), first["revision"])
        later = centre.at + 3_600_000
        body = {"revision": changed.json()["revision"], "effective_at": later}
        found = (await person.post(f"/scripts/{first['id']}/publish", body)).json()
        assert (found["current"]["version"], found["coming"]["version"]) == (1, 2)
        centre.later(3_600)
        found = (await person.get(f"/scripts/{first['id']}")).json()
        assert (found["current"]["version"], found["coming"]) == (2, None)
        listed = (await person.get(f"/scripts/{first['id']}/versions")).json()
        assert [each["content"]["name"] for each in listed] == ["明天起", "退款咨询"]


async def test_who_was_slower_changes_nothing(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person:
        draft = await made(person)
        await put(person, draft, script(name="先到"), draft["revision"])
        refused = await put(person, draft, script(name="后到"), draft["revision"])
        assert refused.json()["code"] == "script_changed_meanwhile"
        path = f"/scripts/{draft['id']}/publish"
        assert (await person.post(path, {"revision": draft["revision"]})).status_code == 412
        assert (await person.get(f"/scripts/{draft['id']}")).json()["name"] == "先到"


async def test_a_draft_for_a_queue_that_is_not_there_is_refused(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person:
        answer = await person.post("/scripts", script(queues=["nowhere"]))
        assert answer.json()["code"] == "script_invalid"
        assert answer.json()["facts"]["why_zh"] == "没有编号为 nowhere 的队列。"
        # And an unfinished one is kept, but not published
        draft = await made(person, steps=[])
        answer = await person.post(f"/scripts/{draft['id']}/publish", {"revision": "1"})
        assert (answer.status_code, answer.json()["facts"]["field"]) == (422, "steps")
        assert (await person.get(f"/scripts/{draft['id']}")).json()["current"] is None


async def test_a_mandatory_statement_is_kept_once_with_its_time(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as person, centre.browser(AGENT) as agent:
        found = await published(person)
        contact = await talks(centre, agent)
        body = {"script": found["id"], "version": 1, "step": "risk"}
        path = f"/desk/contacts/{contact}/statements"
        # When the agent makes it 41 seconds into the conversation, and says so twice
        centre.later(41)
        first = await agent.post(path, body)
        centre.later(9)
        second = await agent.post(path, body)
        # Then it is kept once, as it was made
        assert [each["offset_s"] for each in first.json()] == [41]
        assert second.json() == first.json()
        assert (await read(agent, contact))["said"] == first.json()
        # And what is no mandatory statement is not
        for wrong in ({"step": "hello"}, {"version": 2}, {"script": "x"}):
            refused = await agent.post(path, {**body, **wrong})
            assert refused.json()["code"] == "script_statement_unknown"
        # And nobody else makes one in this contact
        async with centre.browser("8001") as other:
            await other.takes_desk("tab-2")
            assert (await other.post(path, body)).json()["code"] == "not_your_contact"
        # And after the conversation it is too late
        await centre.caller_hangs_up(contact)
        await projected(centre.database, centre.journal)
        assert (await agent.post(path, body)).status_code in {409, 403}
        # And who may see the record reads it there, and nobody else does
        record = f"/records/{contact}/statements"
        assert (await person.get(record)).json() == first.json()
        async with centre.browser("8001") as other:
            assert (await other.get(record)).json()["code"] == "record_not_found"
        listed = (await person.get("/scripts")).json()
        assert {each["name"]: each["said"] for each in listed} == {"退款咨询": 1, "通用话术": 0}
