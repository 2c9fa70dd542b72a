"""People with their places over HTTP: listed, created, changed, locked and unlocked; teams."""

from typing import Any

import pytest

from lianxi.kernel.ids import AgentId
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

PERSON: dict[str, Any] = {
    "username": "8100",
    "name": "新座席",
    "role": "agent",
    "team": "team-1",
    "place": {
        "agent": "8100",
        "queues": [{"queue": "sales", "level": 6}],
        "skills": [{"skill": "english", "level": 3}],
    },
}


async def people(browser: Browser, query: str = "") -> list[str]:
    page = (await browser.get(f"/people?{query}")).json()
    return [each["username"] for each in page["items"]]


async def put(
    browser: Browser, path: str, body: dict[str, Any], revision: str = ""
) -> tuple[int, dict[str, Any]]:
    headers = {"If-Match": f'"{revision}"'} if revision else {}
    answer = await browser.client.put(f"/api{path}", json=body, headers=headers)
    return answer.status_code, answer.json()


def as_set(person: dict[str, Any], **changes: Any) -> dict[str, Any]:
    fields = ("name", "role", "team", "email", "place")
    return {**{field: person[field] for field in fields}, **changes}


async def test_a_person_and_the_place_are_created_together_and_in_force(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin, centre.browser() as new:
        # When somebody who takes calls is created
        answer = await admin.post("/people", PERSON)
        made = answer.json()
        # Then the switchboard knows the place, the password opens the door, and it is audited
        assert answer.status_code == 201
        assert (made["person"]["phone"], made["person"]["online"]) == ("ph-8100", False)
        seat = centre.inbox.engine.state.routing.agents[-1]
        assert (seat.id, seat.queues, seat.seats[0].level) == ("8100", ("sales",), 6)
        assert (await new.sign_in("8100", made["password"])).status_code == 200
        assert "desk.use" in new.me["permissions"]
        acts = [row["act"] for row in (await admin.get("/audit")).json()["items"]]
        assert {"user.created", "routing.changed"} <= set(acts)
        (row,) = (await admin.get("/people?q=8100")).json()["items"]
        assert row["last_sign_in"] == centre.at


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"username": "8001"}, "username_taken"),
        ({"team": None}, "team_missing"),
        ({"team": "team-9"}, "routing_invalid"),
        ({"place": {"agent": "8001"}}, "agent_taken"),
        ({"place": {"agent": "8100", "queues": [{"queue": "x"}]}}, "routing_invalid"),
        ({"password": "short"}, "password_too_weak"),
    ],
)
async def test_who_cannot_be_created_leaves_nothing_behind(
    centre: WebCentre, change: dict[str, Any], code: str
) -> None:
    async with centre.browser("admin") as admin:
        before = await people(admin)
        answer = await admin.post("/people", {**PERSON, **change})
        assert answer.json()["code"] == code
        assert await people(admin) == before
        agents = (await admin.get("/agents")).json()
    assert "8100" not in [each["id"] for each in agents]


async def test_two_administrators_do_not_overwrite_each_other(centre: WebCentre) -> None:
    async with centre.browser("admin") as one, centre.browser("admin") as other:
        (seen,) = (await one.get("/people?q=8001")).json()["items"]
        path = f"/people/{seen['id']}"
        skilled = {**seen["place"], "skills": [{"skill": "vip", "level": 9}]}
        # Given the other one changed a skill in between
        status, theirs = await put(other, path, as_set(seen, place=skilled), seen["revision"])
        assert (status, theirs["place"]["skills"]) == (200, [{"skill": "vip", "level": 9}])
        # When the first saves what was read before
        status, said = await put(one, path, as_set(seen, name="改名"), seen["revision"])
        # Then nothing is lost
        assert (status, said["code"]) == (412, "changed_meanwhile")
        assert (await one.get(path)).json() == theirs
        status, saved = await put(one, path, as_set(theirs, name="改名"), theirs["revision"])
        assert (status, saved["name"]) == (200, "改名")
    agent = next(each for each in centre.inbox.engine.state.routing.agents if each.id == "8001")
    assert (agent.name, agent.skills[0].skill) == ("改名", "vip")


async def test_the_number_of_an_agent_stays_and_a_place_may_be_taken_away(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin:
        (seen,) = (await admin.get("/people?q=8006")).json()["items"]
        path = f"/people/{seen['id']}"
        status, said = await put(admin, path, as_set(seen, place={"agent": "8106"}))
        assert (status, said["code"]) == (409, "agent_number_fixed")
        status, said = await put(admin, path, as_set(seen, place=None))
        assert (status, said["phone"]) == (200, None)
    agents = centre.inbox.engine.state.routing.agents
    assert AgentId("8006") not in {each.id for each in agents}


async def test_people_are_narrowed_ordered_and_given_in_parts(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        assert await people(admin, "role=agent&sort=-username") == [
            "8006", "8005", "8004", "8003", "8002", "8001",
        ]  # fmt: skip
        assert await people(admin, "team=team-2") == ["8005", "8006"]
        assert await people(admin, "team=-&role=admin") == ["admin"]
        assert await people(admin, "state=online") == []
        assert "8001" in await people(admin, "queue=sales")
        assert await people(admin, "skill=nothing") == []
        first = (await admin.get("/people?limit=4")).json()
        second = (await admin.get(f"/people?limit=200&cursor={first['next']}")).json()
        assert (first["total"], second["next"]) == (11, None)
        names = [each["username"] for each in first["items"] + second["items"]]
        assert names == await people(admin)
        assert (await admin.get("/people?cursor=x")).json()["code"] == "cursor_invalid"


async def test_who_failed_too_often_is_shown_as_locked_and_can_be_let_in(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin, centre.browser() as other:
        # Given five wrong passwords
        for _ in range(5):
            await other.sign_in("8002", "wrong")
        (row,) = (await admin.get("/people?state=locked")).json()["items"]
        assert (row["username"], row["locked_until"]) == ("8002", centre.at + 900_000)
        assert (await other.sign_in("8002", centre.passwords["8002"])).status_code == 429
        # When the administrator unlocks
        assert (await admin.post(f"/people/{row['id']}/unlock")).status_code == 204
        # Then the right password opens, and it is audited
        assert (await other.sign_in("8002", centre.passwords["8002"])).status_code == 200
        assert (await admin.get("/audit?act=user.unlocked")).json()["items"][0]["object"] == (
            f"user:{row['id']}"
        )


async def test_a_team_is_made_led_and_closed_only_when_nobody_is_in_it(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        lead = (await admin.get("/people?q=lead")).json()["items"][0]["id"]
        made = (await admin.post("/teams", {"name": "三班", "lead": lead})).json()
        assert (made["name_en"], made["lead_name"], made["people"]) == ("三班", "一班班长", 0)
        again = await admin.post("/teams", {"name": "三班"})
        assert again.json()["code"] == "team_name_taken"
        unfit = await admin.post("/teams", {"name": "四班", "lead": "u-nobody"})
        assert unfit.json()["code"] == "team_lead_unfit"
        # A team with people stays open; one without may be closed, and takes nobody then
        status, said = await put(admin, "/teams/team-1", {"name": "一班", "closed": True})
        assert (status, said["code"], said["facts"]["agents"]) == (409, "team_not_empty", 4)
        path, body = f"/teams/{made['id']}", {"name": "三班", "closed": True}
        status, closed = await put(admin, path, body, made["revision"])
        assert (status, closed["closed_at"]) == (200, centre.at)
        status, said = await put(admin, path, {"name": "丙"}, made["revision"])
        assert (status, said["code"]) == (412, "changed_meanwhile")
        refused = await admin.post("/people", {**PERSON, "team": made["id"]})
        assert refused.json()["code"] == "routing_invalid"
    assert centre.hub.centre.team_names[made["id"]] == "三班"


async def test_ones_own_sign_ins_are_listed_and_ended_from_afar(centre: WebCentre) -> None:
    async with centre.browser("8001") as here, centre.browser("8001") as there:
        centre.later(1)
        found = (await here.get("/profile/sign-ins")).json()
        assert [each["is_this"] for each in found].count(True) == 1
        far = next(each["id"] for each in found if not each["is_this"])
        async with centre.browser("8002") as stranger:
            answer = await stranger.client.delete(f"/api/profile/sign-ins/{far}")
            assert answer.json()["code"] == "sign_in_not_found"
        assert (await here.client.delete(f"/api/profile/sign-ins/{far}")).status_code == 204
        assert (await there.get("/session")).status_code == 401
        assert (await here.get("/session")).status_code == 200
