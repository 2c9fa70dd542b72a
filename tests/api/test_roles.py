"""Roles of the centre's own: made, given, changed under open sessions, refused, taken away."""

from typing import Any

import httpx2
import pytest

from lianxi.modules.identity.contracts import Role
from lianxi.modules.identity.rules import ROLES
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

LISTENER = {
    "name": "听音员",
    "name_en": "Listener",
    "permissions": ["records.read", "records.play"],
    "scope": "all",
    "home": "/records",
}
CLERK = {
    "name": "人事",
    "permissions": ["users.edit", *sorted(ROLES[Role.AGENT].permissions - {"desk.use"})],
    "scope": "all",
    "home": "/admin",
}
"""May do what an agent does besides, and so may give that role."""
PASSWORD = "a long password"


async def makes(admin: Browser, role: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.client.post("/api/roles", json=role)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def joins(admin: Browser, username: str, role: str) -> httpx2.Response:
    body = {"username": username, "name": username, "role": role, "password": PASSWORD}
    return await admin.client.post("/api/people", json=body)


async def puts(admin: Browser, role: dict[str, Any], **changes: object) -> httpx2.Response:
    fields = ("name", "name_en", "permissions", "scope", "home")
    body = {field: role[field] for field in fields} | changes
    match = {"If-Match": role["revision"]}
    return await admin.client.put(f"/api/roles/{role['id']}", json=body, headers=match)


async def test_roles_that_ship_are_listed_first_and_stay_as_they_are(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        own = await makes(admin, LISTENER)
        listed = (await admin.client.get("/api/roles")).json()
        agent, *_ = listed
        assert [role["id"] for role in listed] == [*(role.value for role in Role), own["id"]]
        assert [role["own"] for role in listed] == [False] * len(ROLES) + [True]
        assert (agent["people"], agent["name"], agent["name_en"]) == (6, "座席", "Agent")
        changed = await puts(admin, agent, home="/me")
        removed = await admin.client.delete("/api/roles/agent")
    assert (changed.status_code, changed.json()["code"]) == (409, "role_shipped")
    assert (removed.status_code, removed.json()["code"]) == (409, "role_shipped")


async def test_who_has_an_own_role_may_what_it_says_and_lands_where_it_says(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin, centre.browser() as person:
        role = await makes(admin, LISTENER)
        assert (await joins(admin, "ear", role["id"])).status_code == 201
        await person.sign_in("ear", PASSWORD)
        assert person.me["permissions"] == ["records.play", "records.read"]
        assert (person.me["home"], person.me["scope"]) == ("/records", "all")
        assert person.me["user"]["role_name"] == "听音员"
        assert (await person.client.get("/api/records")).status_code == 200
        assert (await person.client.get("/api/people")).status_code == 403


async def test_a_change_is_in_force_at_the_next_request_of_an_open_session(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin, centre.browser() as person:
        role = await makes(admin, LISTENER)
        await joins(admin, "ear", role["id"])
        await person.sign_in("ear", PASSWORD)
        # Given a session that is believed from memory
        assert (await person.client.get("/api/records")).status_code == 200
        # When the role loses one right and gets another
        changed = await puts(admin, role, permissions=["audit.read"], home="/admin/system")
        assert (changed.status_code, changed.json()["people"]) == (200, 1)
        # Then the next request knows, and nobody signs in again
        assert (await person.client.get("/api/records")).status_code == 403
        assert (await person.client.get("/api/audit")).status_code == 200
        me = (await person.client.get("/api/session")).json()
        assert (me["permissions"], me["home"]) == (["audit.read"], "/admin/system")


async def test_two_who_change_a_role_at_once_lose_nothing(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        role = await makes(admin, LISTENER)
        assert (await puts(admin, role, name_en="Ear")).status_code == 200
        late = await puts(admin, role, name_en="Hearer")
        gone = await admin.client.delete(
            f"/api/roles/{role['id']}", headers={"If-Match": role["revision"]}
        )
        listed = (await admin.client.get("/api/roles")).json()
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert (gone.status_code, gone.json()["code"]) == (412, "changed_meanwhile")
    assert listed[-1]["name_en"] == "Ear"


async def test_a_role_that_somebody_has_is_not_taken_away_and_says_who(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        role = await makes(admin, LISTENER)
        ear = (await joins(admin, "ear", role["id"])).json()["person"]
        kept = await admin.client.delete(f"/api/roles/{role['id']}")
        assert (kept.status_code, kept.json()["code"]) == (409, "role_in_use")
        assert kept.json()["facts"] == {"people": 1, "who": "ear"}
        changes = {"role": Role.QA.value}
        assert (await admin.client.patch(f"/api/users/{ear['id']}", json=changes)).is_success
        assert (await admin.client.delete(f"/api/roles/{role['id']}")).status_code == 204
        again = await admin.client.delete(f"/api/roles/{role['id']}")
        refused = await joins(admin, "late", role["id"])
        acts = [row["act"] for row in (await admin.client.get("/api/audit")).json()["items"]]
    assert again.status_code == 404
    assert (refused.status_code, refused.json()["code"]) == (422, "role_unknown")
    assert {"role.created", "role.removed"} <= set(acts)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"name": "主管"}, 409, "role_name_taken"),
        ({"home": "/live"}, 422, "role_home_closed"),
        ({"home": "/nowhere"}, 422, "role_home_closed"),
        ({"permissions": ["everything"]}, 422, "invalid_request"),
        ({"scope": "department"}, 422, "invalid_request"),
        ({"name": ""}, 422, "invalid_request"),
    ],
)
async def test_what_a_role_cannot_be(
    centre: WebCentre, changes: dict[str, object], status: int, code: str
) -> None:
    async with centre.browser("admin") as admin:
        answer = await admin.client.post("/api/roles", json=LISTENER | changes)
        listed = (await admin.client.get("/api/roles")).json()
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(listed) == len(ROLES)


async def test_who_is_no_administrator_passes_on_no_more_than_what_is_held(
    centre: WebCentre,
) -> None:
    async with centre.browser("admin") as admin, centre.browser() as clerk:
        role = await makes(admin, CLERK)
        await joins(admin, "clerk", role["id"])
        await clerk.sign_in("clerk", PASSWORD)
        # A role within one's own, given to somebody
        small = await makes(
            clerk, CLERK | {"name": "小", "permissions": ["records.read"], "home": "/me"}
        )
        assert (await joins(clerk, "small", small["id"])).status_code == 201
        # An agent's role is within it too: a desk is no right over others
        assert (await joins(clerk, "novice", "agent")).status_code == 201
        # More than one's own: neither made, nor given, nor taken for oneself
        more = await clerk.client.post("/api/roles", json=LISTENER)
        own = await puts(clerk, role, permissions=[*role["permissions"], "audit.read"])
        given = await joins(clerk, "boss", "admin")
        raised = await clerk.client.patch(
            f"/api/users/{clerk.me['user']['id']}", json={"role": "admin"}
        )
        # Those who may more are not ruled over: neither changed nor given a password
        people = (await clerk.client.get("/api/people?q=admin")).json()["items"]
        (boss,) = [each for each in people if each["username"] == "admin"]
        closed = await clerk.client.patch(f"/api/users/{boss['id']}", json={"disabled": True})
        taken = await clerk.client.post(f"/api/users/{boss['id']}/password", json={})
        choices = (await clerk.client.get("/api/roles/choices")).json()
        giving = {
            each["id"]: each["givable"] for each in (await clerk.client.get("/api/roles")).json()
        }
    refused = [(each.status_code, each.json()["code"]) for each in (more, own, given, raised)]
    assert refused == [(422, "role_allows_too_much")] * 4
    assert [(each.status_code, each.json()["code"]) for each in (closed, taken)] == [
        (403, "person_may_more")
    ] * 2
    assert set(choices["permissions"]) == {*CLERK["permissions"], "desk.use"}
    assert (giving["agent"], giving["admin"], giving[small["id"]]) == (True, False, True)
