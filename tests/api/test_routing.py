"""The routing over HTTP: read, changed, refused with the place, in force at once, audited."""

from typing import Any

import pytest

from lianxi.engine.messages.routing import Routing
from lianxi.engine.messages.values import RingStrategy
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db


def in_force(centre: WebCentre) -> Routing:
    return centre.inbox.engine.state.routing


async def patch(
    browser: Browser, path: str, body: dict[str, Any], *, revision: str = ""
) -> tuple[int, dict[str, Any]]:
    headers = {"If-Match": f'"{revision}"'} if revision else {}
    answer = await browser.client.patch(f"/api{path}", json=body, headers=headers)
    return answer.status_code, answer.json()


async def put(browser: Browser, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = await browser.client.put(f"/api{path}", json=body)
    return answer.status_code, answer.json()


NEW_RULES: dict[str, Any] = {
    "strategy": "ring_all",
    "ring_most": 3,
    "stages": [{"after": 0, "level": 8}, {"after": 20_000, "level": 1}],
    "overflow": [
        {"when": "waited", "threshold": 60_000, "to": {"queue": "operator"}},
        {"when": "no_agents", "threshold": 0, "to": {"callback": True}},
    ],
    "overrides": [{"calendar": "office", "priority": 5, "overflow": []}],
    "calendar": "always",
    "reserved": 1,
    "last_agent": 10_000,
    "misses": {"limit": 3},
    "share": 2.5,
    "caller_number": "01088880000",
    "callbacks": {"attempts": 2, "again_after": 300_000},
}


async def test_every_rule_of_a_queue_is_changed_and_in_force(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        status, changed = await patch(admin, "/queues/sales", NEW_RULES)
        assert (status, changed["stages"]) == (200, NEW_RULES["stages"])
        # What is not named of a part stays as it was
        assert changed["misses"]["no_answer"] == 5_000
        assert (await admin.get("/queues/sales")).json() == changed
        (row, *_) = (await admin.get("/audit?act=routing.changed")).json()["items"]
    rule = next(queue for queue in in_force(centre).queues if queue.id == "sales")
    assert (rule.strategy, rule.misses.limit) == (RingStrategy.RING_ALL, 3)
    assert (rule.caller_number, rule.callbacks.attempts) == ("01088880000", 2)
    assert row["object"] == "queue:sales"
    assert (row["before"]["calendar"], row["after"]["calendar"]) == (None, "always")
    assert set(row["after"]) == set(NEW_RULES)


@pytest.mark.parametrize(
    ("body", "field", "flaw"),
    [
        ({"overflow": [{"when": "closed", "to": {"queue": "x"}}]}, "overflow[0].to.queue",
         "unknown_queue"),
        ({"overflow": [{"when": "closed", "to": {"prompts": ["x"]}}]},
         "overflow[0].to.prompts[0]", "unknown_prompt"),
        ({"calendar": "x"}, "calendar", "unknown_calendar"),
        ({"stages": [{"after": 1, "level": 1}]}, "stages", "bad_stages"),
        ({"wrap_up": {"limit": 5}}, "wrap_up.limit", "not_between"),
        ({"priority": 5_000}, "priority", "not_between"),
        ({"caller_number": "sip:me"}, "caller_number", "bad_pattern"),
        ({"callbacks": {"attempts": 0}}, "callbacks.attempts", "not_between"),
    ],
)  # fmt: skip
async def test_a_wrong_rule_says_where_and_what_and_writes_nothing(
    centre: WebCentre, body: dict[str, Any], field: str, flaw: str
) -> None:
    async with centre.browser("admin") as admin:
        before = (await admin.get("/queues/sales")).json()
        status, said = await patch(admin, "/queues/sales", {"ring": 9_000, **body})
        assert (status, said["code"]) == (422, "queue_rule_invalid")
        facts = said["facts"]
        assert (facts["where"], facts["field"], facts["flaw"]) == ("queue:sales", field, flaw)
        assert "queue:sales" in facts["why"]
        assert "queue:sales" in facts["why_zh"]
        assert (await admin.get("/queues/sales")).json() == before
        assert (await admin.get("/audit?act=routing.changed")).json()["items"] == []
    assert in_force(centre).version == 2


async def test_input_of_the_wrong_form_is_refused(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        wrong: tuple[tuple[str, dict[str, Any]], ...] = (
            ("/queues/sales", {"rnig": 5_000}),
            ("/queues/sales", {"ring": "soon"}),
            ("/queues/sales", {"ring": None}),
            ("/queues/sales", {"strategy": "whoever"}),
            ("/queues/sales", {"id": "other"}),
            ("/routing", {"version": 7}),
            ("/agents/8001", {"skills": [{"level": 3}]}),
        )
        for path, body in wrong:
            status, said = await patch(admin, path, body)
            assert (status, said["code"]) == (422, "invalid_request"), (path, body)
        for day in ("2026-13-01", "tomorrow"):
            body = {"name": "x", "name_en": "x", "special": {day: []}}
            assert (await put(admin, "/calendars/office", body))[0] == 422
    assert in_force(centre).version == 2


async def test_who_read_it_before_somebody_elses_change_is_told(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        read = (await admin.get("/queues/sales")).json()["revision"]
        status, changed = await patch(admin, "/queues/sales", {"priority": 1}, revision=read)
        assert status == 200
        status, said = await patch(admin, "/queues/sales", {"priority": 2}, revision=read)
        assert (status, said["code"]) == (412, "changed_meanwhile")
        # Another queue's revision is its own
        other = (await admin.get("/queues/service")).json()["revision"]
        assert (await patch(admin, "/queues/service", {"priority": 1}, revision=other))[0] == 200
        assert (await admin.get("/queues/sales")).json() == changed


async def test_only_who_may_changes_the_routing(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as supervisor:
        assert (await patch(supervisor, "/queues/sales", {"priority": 1}))[0] == 403
        assert (await patch(supervisor, "/agents/8001", {"name": "x"}))[0] == 403
        assert (await patch(supervisor, "/routing", {"most_hops": 3}))[0] == 403
    assert in_force(centre).version == 2


async def test_a_queue_is_created_and_taken_away_and_nobody_is_lost(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        made = {"id": "vip", "name": "贵宾", "name_en": "VIP", "priority": 9}
        assert (await admin.post("/queues", made)).status_code == 201
        assert (await admin.post("/queues", made)).json()["code"] == "already_there"
        # Given callers in line for service
        waiting = [await centre.caller_waits(f"c{n}", digit="2") for n in range(3)]
        line = centre.inbox.engine.state.contacts
        assert {line[each].queue for each in waiting} == {QueueId("service")}
        # When the flow still leads there, the queue stays
        answer = await admin.client.delete("/api/queues/service?to=vip")
        assert (answer.json()["code"], answer.json()["facts"]["used_by"]) == (
            "still_in_use", "flow:welcome",
        )  # fmt: skip
        assert in_force(centre).queues[1].id == "service"
        # When nothing leads there any more, it goes, and its callers keep their age in another
        flow = (await admin.get("/flows/welcome")).json()
        flow = {name: flow[name] for name in ("name", "start", "nodes", "variables")}
        for node in flow["nodes"].values():
            if node.get("queue") == "service":
                node["queue"] = "vip"
        assert (await put(admin, "/flows/welcome", flow))[0] == 200
        since = {each: line[each].queued_since for each in waiting}
        assert (await admin.client.delete("/api/queues/service?to=vip")).status_code == 204
        assert (await admin.get("/queues/service")).status_code == 404
    state = centre.inbox.engine.state
    assert {state.contacts[each].queue for each in waiting} == {QueueId("vip")}
    assert {each: state.contacts[each].queued_since for each in waiting} == since
    assert all(QueueId("service") not in agent.queues for agent in in_force(centre).agents)


async def test_many_changes_with_callers_waiting_lose_nobody(centre: WebCentre) -> None:
    waiting = [await centre.caller_waits(f"c{n}", digit=str(1 + n % 2)) for n in range(8)]
    async with centre.browser("admin") as admin:
        for body in (
            NEW_RULES,
            {"strategy": "top_down", "stages": [], "overflow": [], "overrides": []},
            {"reserved": 3, "share": 1, "calendar": None},
            {"calendar": "office"},
        ):
            for queue in ("sales", "service"):
                mine = {**body}
                assert (await patch(admin, f"/queues/{queue}", mine))[0] == 200
        assert (await patch(admin, "/agents/8001", {"queues": ["sales"]}))[0] == 200
        assert (await patch(admin, "/routing", {"policy": "fixed_ratio"}))[0] == 200
        wrong = await patch(admin, "/queues/sales", {"calendar": "nowhere"})
        assert wrong[0] == 422
    state = centre.inbox.engine.state
    assert {entry.contact for entry in state.entries.values()} == set(waiting)


async def test_an_agents_levels_skills_and_capacity(centre: WebCentre) -> None:
    rule = {
        "seats": [{"queue": "sales", "level": 4}],
        "skills": [{"skill": "german", "level": 7}],
        "capacity": {
            "combinations": [[{"channel": "voice", "most": 1}], [{"channel": "chat", "most": 3}]],
            "interruptible": ["chat"],
        },
    }
    async with centre.browser("admin") as admin:
        status, changed = await patch(admin, "/agents/8001", rule)
        assert (status, {name: changed[name] for name in rule}) == (200, rule)
        wrong = await patch(admin, "/agents/8001", {"queues": ["service"]})
        assert wrong[1]["facts"]["flaw"] == "not_served"
        made = {"id": "8099", "no": "8099", "name": "新人", "team": "a", "queues": ["sales"]}
        made["team"] = changed["team"]
        assert (await admin.post("/agents", made)).status_code == 201
        assert (await admin.post("/agents", made)).json()["code"] == "already_there"
        lost = {**made, "id": "8098", "no": "8098", "queues": ["nowhere"], "team": "z"}
        assert (await admin.post("/agents", lost)).json()["code"] == "routing_invalid"
        assert (await admin.client.delete("/api/agents/8099")).status_code == 204
        assert (await admin.client.delete("/api/agents/8099")).status_code == 404
    setup = next(agent for agent in in_force(centre).agents if agent.id == "8001")
    assert setup.skills[0].skill == "german"
    assert AgentId("8099") not in {agent.id for agent in in_force(centre).agents}


async def test_numbers_reasons_and_opening_hours(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        assert (await put(admin, "/numbers/4002", {"queue": "sales"}))[0] == 200
        both = await put(admin, "/numbers/4003", {"queue": "sales", "flow": "welcome"})
        assert both[1]["facts"]["flaw"] == "ambiguous"
        assert (await admin.client.delete("/api/numbers/4009")).status_code == 404

        reasons = (await admin.get("/routing/reasons")).json()
        reasons["items"][0] |= {"allowance": 900_000, "returns_after": 0}
        answer = await put(admin, "/routing/reasons", {"items": reasons["items"]})
        assert answer[1]["items"] == reasons["items"]
        twice = await put(admin, "/routing/reasons", {"items": reasons["items"][:1] * 2})
        assert twice[1]["facts"]["flaw"] == "duplicate"

        hours = {"name": "夜班", "name_en": "Night", "weekly": {"0": [[1_320, 1_800]]}}
        status, night = await put(
            admin, "/calendars/night", hours | {"special": {"2026-10-01": []}}
        )
        assert (status, night["weekly"]) == (200, hours["weekly"])
        wrong = await put(admin, "/calendars/night", hours | {"weekly": {"0": [[600, 500]]}})
        assert wrong[1]["facts"]["flaw"] == "bad_hours"
        assert (await patch(admin, "/queues/sales", {"calendar": "night"}))[0] == 200
        used = await admin.client.delete("/api/calendars/night")
        assert used.json()["facts"]["used_by"] == "queue:sales"
        assert (await patch(admin, "/queues/sales", {"calendar": None}))[0] == 200
        assert (await admin.client.delete("/api/calendars/night")).status_code == 204
    assert [rule.number for rule in in_force(centre).numbers] == ["4001", "4002"]
    assert in_force(centre).reasons[0].allowance == 900_000
    # And who dials the new number is in the queue at once
    await centre.arrives("direct", dialled="4002")
    state = centre.inbox.engine.state
    assert state.contacts[ContactId("direct")].queue == QueueId("sales")


async def test_the_rules_of_the_centre(centre: WebCentre) -> None:
    group = {"id": "big", "queues": ["sales", "service"], "longest_wait": 60_000}
    body = {"policy": "fixed_ratio", "age_worth": 30_000, "most_hops": 4, "merges": [group]}
    async with centre.browser("admin") as admin:
        status, changed = await patch(admin, "/routing", body)
        assert (status, changed["merges"][0]["calm_for"]) == (200, 60_000)
        assert (await admin.get("/routing")).json() == changed
        alone = await patch(admin, "/routing", {"merges": [group | {"queues": ["sales"]}]})
        assert (alone[1]["code"], alone[1]["facts"]["where"]) == ("routing_invalid", "centre")
        stale = await patch(admin, "/routing", {"most_hops": 5}, revision="x")
        assert stale[0] == 412
    assert (in_force(centre).most_hops, in_force(centre).merges[0].id) == (4, "big")


async def test_from_which_quality_on_a_leg_is_an_alarm(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        assert (await admin.get("/routing")).json()["quality"] == {"bad_below": 3.6}
        for bad_below, wanted in ((0.9, 422), (5.1, 422), (2.5, 200)):
            body = {"quality": {"bad_below": bad_below}}
            assert (await patch(admin, "/routing", body))[0] == wanted
    assert in_force(centre).quality.bad_below == 2.5


async def test_the_rules_of_calls_out_of_the_centre(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        rule = {"caller_number": "01066660000", "ring": 30_000, "calendar": "always"}
        status, changed = await patch(admin, "/routing", {"calling": rule})
        assert status == 200
        assert {name: changed["calling"][name] for name in rule} == rule
        (row, *_) = (await admin.get("/audit?act=routing.changed")).json()["items"]
        assert (row["object"], row["before"]["calling"]["caller_number"]) == ("centre", "")
        for wrong, flaw in (
            ({"caller_number": "<me>"}, "bad_pattern"),
            ({"ring": 1}, "not_between"),
            ({"calendar": "x"}, "unknown_calendar"),
        ):
            status, said = await patch(admin, "/routing", {"calling": wrong, "most_hops": 3})
            facts = said["facts"]
            assert (status, facts["flaw"]) == (422, flaw)
            assert facts["field"] == f"calling.{next(iter(wrong))}"
            assert "centre" in facts["why_zh"]
        assert (await admin.get("/routing")).json() == changed
    assert in_force(centre).calling.caller_number == "01066660000"
    assert in_force(centre).most_hops != 3
