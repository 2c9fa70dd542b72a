"""What people choose for themselves: how the desktop looks, their password; and what they find."""

from dataclasses import replace

import pytest

from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CustomerId
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.customers import facade as customers
from tests.builders.cases import ABOUT, a_hotline, somebody
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db

DARK = {"theme": "dark", "density": "roomy", "keys": {"Alt+w": "Alt+q"}, "plain_keys": False,
        "language": "en", "ring_volume": 0.5}  # fmt: skip


async def test_what_one_chose_is_the_same_on_every_computer(centre: WebCentre) -> None:
    async with centre.browser("8001") as one, centre.browser("8001") as other:
        # Given nothing chosen
        assert (await one.get("/preferences")).json()["theme"] is None
        # When one chooses
        kept = await one.client.put("/api/preferences", json=DARK)
        # Then the other computer has it, and a colleague does not
        assert kept.json() == DARK
        assert (await other.get("/preferences")).json() == DARK
    async with centre.browser("8002") as colleague:
        assert (await colleague.get("/preferences")).json()["theme"] is None


async def test_a_choice_that_is_none_names_its_field(centre: WebCentre) -> None:
    async with centre.browser("8001") as one:
        refused = await one.client.put("/api/preferences", json=DARK | {"ring_volume": 2})
        assert (refused.status_code, refused.json()["facts"]["field"]) == (422, "body.ring_volume")
        assert (await one.get("/preferences")).json()["theme"] is None


async def test_one_changes_the_own_password(centre: WebCentre) -> None:
    old = centre.passwords["8001"]
    async with centre.browser("8001") as here, centre.browser("8001") as elsewhere:
        # When the present password is wrong, the new one too short, and then both are right
        wrong = await here.post("/profile/password", {"present": "x", "wanted": "long enough 1"})
        weak = await here.post("/profile/password", {"present": old, "wanted": "short"})
        done = await here.post("/profile/password", {"present": old, "wanted": "long enough 1"})
        assert [wrong.json()["code"], weak.json()["code"], done.status_code] == [
            "password_not_right", "password_too_weak", 204,
        ]  # fmt: skip
        # Then this session goes on, the other one is over, and only the new password opens
        assert (await here.get("/session")).status_code == 200
        assert (await elsewhere.get("/session")).status_code == 401
    async with centre.browser() as door:
        assert (await door.sign_in("8001", old)).status_code == 401
        assert (await door.sign_in("8001", "long enough 1")).status_code == 200


async def test_guessing_the_own_password_is_slowed_down(centre: WebCentre) -> None:
    async with centre.browser("8001") as here:
        wrong = {"present": "x", "wanted": "long enough 1"}
        codes = [(await here.post("/profile/password", wrong)).json()["code"] for _ in range(6)]
    assert codes == ["password_not_right"] * 5 + ["too_many_attempts"]


async def test_one_finds_what_one_may_see(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as supervisor, centre.browser("8001") as agent:
        assert [row["no"] for row in (await supervisor.get("/search?q=800")).json()["agents"]] == [
            "8001", "8002", "8003", "8004", "8005", "8006",
        ]  # fmt: skip
        assert [row["no"] for row in (await agent.get("/search?q=800")).json()["agents"]] == [
            "8001"
        ]
        found = (await supervisor.get("/search?q=售后")).json()["queues"]
        assert [row["name"] for row in found] == ["售后"]
        nothing = (await supervisor.get("/search?q=")).json()
        assert nothing == {
            "queues": [], "agents": [], "contacts": [], "customers": [], "cases": [],
        }  # fmt: skip


async def test_customers_and_work_orders_are_found_by_who_may_see_them(centre: WebCentre) -> None:
    # Given a customer with a work order
    async with centre.database.sessions.begin() as session:
        await a_hotline(session)
        wang = await customers.add(session, "王小双", ["13900139000"], at=centre.now())
        new = replace(ABOUT, customer=CustomerId(wang))
        orders = Orders("Asia/Shanghai")
        by = somebody("lead", Permission.CASES_CREATE)
        case = await cases.create(session, orders, new, by=by, at=centre.now())
    async with centre.browser("supervisor") as lead, centre.browser("8001") as agent:
        # When they are looked for by pinyin, the end of the number, and the work order's number
        for words in ("wxs", "wangxiao", "39000", case.number.lower()):
            found = (await lead.get(f"/search?q={words}")).json()
            # Then the customer is found, with a masked number
            (one,) = found["customers"]
            assert (one["id"], one["number"]) == (wang, "139****9000")
        # And the work order by whoever sees it
        assert [row["id"] for row in found["cases"]] == [case.id]
        assert (await agent.get(f"/search?q={case.number}")).json()["cases"] == []
