"""Work orders over HTTP: who sees which list, what is found, and what is said no to."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import TeamId
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.router import router
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import NewUser, Role, Team
from tests.builders.cases import ABOUT, NORTH, SOUTH, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.builders.web_centre import PASSWORDS
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
MINE = {"kind": ABOUT.kind, "title": "洗衣机漏水", "content": "上门", "phone": "13800138000"}
As = Callable[[Caller], AsyncClient]

AGENT = replace(somebody("agent", Permission.CASES_READ, Permission.CASES_CREATE), scope=Scope.SELF)
OTHER = replace(AGENT, user=somebody("other").user)
DISPATCHER = replace(
    somebody("dispatcher", Permission.CASES_READ, Permission.CASES_DISPATCH), scope=Scope.TEAM
)
WORKER = replace(
    somebody("worker", Permission.CASES_READ, Permission.CASES_HANDLE), scope=Scope.SELF
)


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


@pytest.fixture
def as_caller(line: Hotline) -> As:
    def ask(caller: Caller) -> AsyncClient:
        app = small_app(line.database, caller, [router], now=line.at)
        provide(app, Orders, line.orders)
        return browser(app)

    return ask


async def test_from_the_form_to_the_area(as_caller: As) -> None:
    # Given a work order that an agent made
    async with as_caller(AGENT) as agent:
        made = (await agent.post("/api/cases", json=MINE)).json()
    assert (made["state"], made["phone"]) == ("dispatching", "138****8000")
    assert [step["event"] for step in made["possible"] if step["allowed"]] == [
        "urge",
        "note",
        "attach",
    ]
    # When a dispatcher gives it away
    async with as_caller(DISPATCHER) as dispatcher:
        listed = (await dispatcher.get("/api/cases", params={"list": "to_dispatch"})).json()
        assert [one["number"] for one in listed["items"]] == ["GD-20261123-0001"]
        assert {one["code"] for one in listed["items"][0]["clocks"]} == {
            "wo.resolve",
            "wo.dispatch",
        }
        given = await dispatcher.post(
            f"/api/cases/{made['id']}/events",
            json={"event": "dispatch", "facts": {"area": NORTH}, "revision": made["revision"]},
        )
        assert given.json()["area"] == NORTH
        again = await dispatcher.post(
            f"/api/cases/{made['id']}/events",
            json={"event": "dispatch", "facts": {"area": SOUTH}, "revision": made["revision"]},
        )
        assert (again.status_code, again.json()["code"]) == (412, "case_changed")
    # Then its people have it on their list, and the story tells
    async with as_caller(WORKER) as worker:
        counts = (await worker.get("/api/cases/counts")).json()["counts"]
        assert (counts["to_accept"], counts["to_dispatch"]) == (1, 0)
        story = (await worker.get(f"/api/cases/{made['id']}/story")).json()
    assert [line["event"] for line in story] == ["dispatch", "create"]


async def test_who_has_nothing_to_do_with_it_does_not_see_it(as_caller: As) -> None:
    async with as_caller(AGENT) as agent:
        made = (await agent.post("/api/cases", json=MINE)).json()
    async with as_caller(OTHER) as other:
        assert (await other.get("/api/cases", params={"list": "all"})).json()["items"] == []
        assert (await other.get(f"/api/cases/{made['id']}")).status_code == 404


async def test_whose_role_is_for_the_team_sees_what_colleagues_made(
    as_caller: As, line: Hotline
) -> None:
    # Given two teams, and a work order that one of the first made
    team = TeamId("t1")
    async with line.database.sessions.begin() as session:
        for id, name in ((team, "一班"), (TeamId("t2"), "二班")):
            await identity.add_team(session, Team(id=id, name=name, name_en=name))
        new = NewUser(username="li", name="李", role=Role.AGENT, team=team)
        li, _ = await identity.create_user(session, new, passwords=PASSWORDS, at=NINE, by=None)
    async with as_caller(replace(AGENT, user=li.id)) as agent:
        made = (await agent.post("/api/cases", json=MINE)).json()
    # When the leads of both teams look
    for its, seen in ((team, 200), (TeamId("t2"), 404), (None, 404)):
        lead = replace(OTHER, team=its, scope=Scope.TEAM)
        async with as_caller(lead) as asked:
            # Then only the first sees it
            assert (await asked.get(f"/api/cases/{made['id']}")).status_code == seen
            counts = (await asked.get("/api/cases/counts")).json()["counts"]
            assert counts["to_dispatch"] == (seen == 200)


async def test_what_a_role_does_not_allow_is_refused_by_name(as_caller: As) -> None:
    async with as_caller(AGENT) as agent:
        made = (await agent.post("/api/cases", json=MINE)).json()
        refused = await agent.post(f"/api/cases/{made['id']}/events", json={"event": "withdraw"})
        assert (refused.status_code, refused.json()["facts"]) == (
            403,
            {"permission": "cases.supervise"},
        )
        unknown = await agent.post(f"/api/cases/{made['id']}/events", json={"event": "explode"})
        assert unknown.json()["code"] == "event_not_allowed"


async def test_a_dispatch_to_nowhere_says_what_is_missing(as_caller: As, line: Hotline) -> None:
    case = await line.create()
    async with as_caller(DISPATCHER) as dispatcher:
        refused = await dispatcher.post(f"/api/cases/{case.id}/events", json={"event": "dispatch"})
    assert (refused.status_code, refused.json()["facts"]["missing"]) == (422, "area")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "漏水"}, 3),
        ({"text": "衣机漏"}, 3),
        ({"text": "水漏"}, 0),
        ({"text": "GD-20261123-0002"}, 1),
        ({"text": "建国路"}, 3),
        ({"text": "水"}, 3),
        ({"phone_tail": "8000"}, 3),
        ({"phone_tail": "8001"}, 0),
        ({"category": "complaint"}, 3),
        ({"category": "query"}, 0),
        ({"overdue_at": NINE}, 0),
        ({"overdue_at": NINE + 1_800_000}, 3),
        ({"sort": "due", "limit": 2}, 2),
    ],
)
async def test_work_orders_are_found_by_any_part(
    as_caller: As, line: Hotline, asked: dict[str, str | int], found: int
) -> None:
    for _ in range(3):
        await line.create()
    async with as_caller(DISPATCHER) as dispatcher:
        page = (await dispatcher.get("/api/cases", params={"list": "all", **asked})).json()
    assert len(page["items"]) == found


async def test_a_list_goes_on_where_it_ended(as_caller: As, line: Hotline) -> None:
    for _ in range(5):
        await line.create()
    async with as_caller(DISPATCHER) as dispatcher:
        for sort in ("newest", "due"):
            seen: list[str] = []
            cursor: str | None = None
            while True:
                asked = {"list": "all", "sort": sort, "limit": 2}
                if cursor:
                    asked["cursor"] = cursor
                page = (await dispatcher.get("/api/cases", params=asked)).json()
                seen += [one["number"] for one in page["items"]]
                cursor = page["next"]
                if cursor is None:
                    break
            assert len(seen) == len(set(seen)) == 5


async def test_a_confidential_one_is_for_those_who_have_it(as_caller: As, line: Hotline) -> None:
    case = await line.create(replace(ABOUT, confidential=True))
    async with as_caller(DISPATCHER) as dispatcher:
        assert (await dispatcher.get(f"/api/cases/{case.id}")).status_code == 404
    async with as_caller(AGENT) as agent:
        assert (await agent.get(f"/api/cases/{case.number}")).status_code == 200
