"""Complaint warnings and posts over HTTP: who sees what, and what is said no to."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.modules.organisation.contracts import KnowsPeople
from lianxi.modules.organisation.posts_router import router as posts
from lianxi.modules.warnings import facade
from lianxi.modules.warnings.keeping import Warnings
from lianxi.modules.warnings.router import router
from lianxi.modules.warnings.setup_router import router as setup
from tests.builders.cases import somebody
from tests.builders.small_app import browser, small_app
from tests.builders.warnings import ANSWERS, PEOPLE, Chain, Colleagues, chain
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
As = Callable[[Caller], AsyncClient]
AGENT = replace(somebody("agent", Permission.CASES_READ, Permission.CASES_CREATE), scope=Scope.SELF)


@pytest.fixture
async def line(database: Database) -> Chain:
    return await chain(database, NINE)


@pytest.fixture
def as_caller(line: Chain) -> As:
    def ask(caller: Caller) -> AsyncClient:
        routers = [setup, router, posts]
        app = small_app(line.database, caller, routers, now=line.at)
        provide(app, Warnings, line.warnings)
        provide(app, KnowsPeople, Colleagues())  # type: ignore[type-abstract]
        provide(app, ZoneInfo, ZoneInfo("Asia/Shanghai"))
        return browser(app)

    return ask


async def test_from_a_work_order_to_the_supervisor(line: Chain, as_caller: As) -> None:
    # Given the sheet, and a warning an agent made of a work order
    async with as_caller(AGENT) as agent:
        sheet = (await agent.get("/api/warnings/sheet")).json()
        assert [i["name"] for i in sheet["items"] if i["required"]] == list(ANSWERS)
        new = {"case": line.case.number, "store": "朝阳店", "reason": "客户要求退机"}
        answer = await agent.post("/api/warnings", json=new)
        made = answer.json()
        assert answer.status_code == 201
        assert (made["state"], made["owner"]) == ("classified", "post:hotline_agent")
        assert made["due_at"] == NINE + 30 * 60_000
        one = f"/api/warnings/{made['number']}"
        # When something of the sheet is missing, it is refused by its name
        refused = await agent.post(f"{one}/events", json={"event": "submit"})
        assert refused.json()["code"] == "answers_refused"
        sent = await agent.post(f"{one}/events", json={"event": "submit", "answers": ANSWERS})
        assert sent.json()["rounds"][0]["answers"]["phone"] == "138****8000"
        assert not any(step["allowed"] for step in sent.json()["possible"])
    # Then the supervisor finds it, and somebody without a post does not
    async with as_caller(PEOPLE["chief"]) as chief:
        listed = (await chief.get("/api/warnings", params={"state": "reviewing"})).json()
        assert [(w["number"], w["owner"]) for w in listed["items"]] == [
            (made["number"], "post:hotline_supervisor")
        ]
        mine = await chief.get("/api/warnings", params={"case": line.case.number})
        assert len(mine.json()["items"]) == 1
        hops = (await chief.get(f"{one}/hops")).json()
        assert [hop["verdict"] for hop in hops["lines"]] == ["met", "running"]
        story = (await chief.get(f"{one}/story")).json()
        assert [row["event"] for row in story] == ["submit", "classify"]
    async with as_caller(PEOPLE["other"]) as other:
        assert (await other.get("/api/warnings")).json()["items"] == []
        assert (await other.get(one)).json()["code"] == "warning_not_found"


async def test_posts_are_held_by_name_or_by_role(as_caller: As) -> None:
    admin = somebody("boss", Permission.USERS_EDIT)
    async with as_caller(admin) as client:
        listed = {post["id"]: post for post in (await client.get("/api/posts")).json()}
        assert listed["store_manager"]["holders"] == ["manager"]
        assert (listed["dispatch"]["revision"], listed["dispatch"]["holders"]) == (0, [])
        wanted = {"zh": "城北调度", "superior": "supervisor", "holders": ["li"], "revision": 0}
        made = await client.put("/api/posts/north_dispatch", json=wanted)
        assert (made.json()["holders"], made.json()["revision"]) == (["li"], 1)
        again = await client.put("/api/posts/north_dispatch", json=wanted)
        assert again.json()["code"] == "post_changed"
        above = {"zh": "总经理", "superior": "store_manager", "revision": 1}
        loop = await client.put("/api/posts/division_gm", json=above)
        assert loop.json()["code"] == "post_above_itself"
        nowhere = {"zh": "甲", "superior": "nobody", "revision": 0}
        assert (await client.put("/api/posts/a", json=nowhere)).json()["code"] == "post_not_found"
        ghost = {**wanted, "holders": ["li", "nobody-here"], "revision": 1}
        refused = await client.put("/api/posts/north_dispatch", json=ghost)
        assert (refused.json()["code"], refused.json()["facts"]) == (
            "post_holder_unknown",
            {"user": "nobody-here"},
        )
        role = {**wanted, "fallback_role": "no-such-role", "revision": 1}
        refused = await client.put("/api/posts/north_dispatch", json=role)
        assert refused.json()["code"] == "post_role_unknown"


async def test_whose_turn_it_is_stands_in_their_list_and_in_nobody_elses(
    line: Chain, as_caller: As
) -> None:
    # Given a warning that is with the store and its manager
    warning = await line.classify()
    for event in ("submit", "approve"):
        line.later(10)
        warning = await line.happen(warning, event)

    async def mine(name: str) -> tuple[int, list[str]]:
        async with as_caller(PEOPLE[name]) as client:
            counted = (await client.get("/api/warnings/counts")).json()
            found = await client.get("/api/warnings", params={"mine": True, "sort": "due"})
            return counted["mine"], [each["number"] for each in found.json()["items"]]

    # Then both of them find it, and the supervisor of the hotline has nothing to do
    assert await mine("service") == (1, [warning.number])
    assert await mine("manager") == (1, [warning.number])
    assert await mine("chief") == (0, [])
    # When it goes up, both of the division find it
    await line.happen(warning, "escalate")
    assert await mine("deputy") == await mine("general") == (1, [warning.number])
    # And what narrows the list is asked of the server
    async with as_caller(PEOPLE["chief"]) as chief:
        for asked, count in (
            ({"level": "division"}, 1),
            ({"level": "store"}, 0),
            ({"store": "朝阳"}, 1),
            ({"store": "%"}, 0),
            ({"text": warning.number[-4:]}, 1),
            ({"open": False}, 0),
            ({"late_at": line.at + 3 * 3_600_000}, 1),
            ({"to": NINE}, 0),
        ):
            found = await chief.get("/api/warnings", params=asked)
            assert len(found.json()["items"]) == count, asked


async def test_the_screen_says_who_has_it_and_when_each_mark_comes(
    line: Chain, as_caller: As
) -> None:
    # Given a complaint whose sheet the agent leaves as it is prefilled
    warning = await line.classify()
    async with as_caller(AGENT) as agent:
        one = (await agent.get(f"/api/warnings/{warning.number}")).json()
        assert one["sheet"]["phone"] == "138****8000"
        assert (one["sheet"]["problem"], one["sheet"]["district"]) == (
            line.case.content,
            line.case.place,
        )
        answers = {**ANSWERS, "phone": one["sheet"]["phone"]}
        sent = await agent.post(
            f"/api/warnings/{warning.number}/events", json={"event": "submit", "answers": answers}
        )
        assert sent.status_code == 200
    async with line.database.sessions() as session:
        kept = await facade.warning(session, warning.id)
    # Then the whole number is kept, and the supervisor sees whose hour it is
    assert kept.rounds[0].answers["phone"] == line.case.phone
    async with as_caller(PEOPLE["chief"]) as chief:
        one = (await chief.get(f"/api/warnings/{warning.number}")).json()
        held = {post["id"]: post["holders"] for post in one["posts"]}
        assert set(held) == {
            "hotline_agent", "hotline_supervisor", "store_service", "store_manager",
            "division_deputy", "division_gm",
        }  # fmt: skip
        review = one["hops"]["lines"][1]
        minutes = [(mark["percent"], (mark["at"] - NINE) // 60_000) for mark in review["marks"]]
        assert minutes == [(50, 30), (80, 48), (100, 60)]
        assert [step["event"] for step in one["possible"]] == ["reject", "approve"]
        # And the report of hops can be taken away
        file = await chief.get(f"/api/warnings/{warning.number}/hops/file?format=csv&language=en")
        assert file.headers["content-disposition"].endswith(f'lianxi-{warning.number}.csv"')
        assert "Review,Hotline supervisor" in file.text


async def test_deadlines_of_the_chain_have_versions(line: Chain, as_caller: As) -> None:
    admin = somebody("boss", Permission.CASES_READ, Permission.CASES_EDIT)
    async with as_caller(admin) as client:
        shipped = (await client.get("/api/warning-deadlines")).json()
        assert [rule["code"] for rule in shipped][:3] == ["ew.submit", "ew.review", "ew.return"]
        shorter = {"code": "ew.submit", "target": 900_000, "unit": "wall", "after": 1}
        made = await client.put("/api/warning-deadlines", json=shorter)
        assert (made.json()["version"], made.json()["set_by"]) == (2, "boss")
        again = await client.put("/api/warning-deadlines", json=shorter)
        assert again.json()["code"] == "deadline_changed"
        for wrong, field in (
            ({"code": "wo.resolve"}, "code"),
            ({"kind": "repair"}, "kind"),
            ({"effective_at": NINE - 1}, "effective_at"),
            ({"calendar": "nowhere"}, "calendar"),
            ({"code": "ew.daily_report"}, "target"),
        ):
            refused = await client.put("/api/warning-deadlines", json={**shorter, **wrong})
            assert refused.json()["code"] == "warning_setup_invalid"
            assert refused.json()["facts"]["field"] == field
    # Then the next complaint has a quarter of an hour
    warning = await line.classify()
    [clock] = await line.clocks(warning)
    assert clock.due_at == NINE + 15 * 60_000


async def test_the_sheet_keeps_its_six_contents(as_caller: As) -> None:
    admin = somebody("boss", Permission.CASES_READ, Permission.CASES_EDIT)
    async with as_caller(admin) as client:
        sheet = (await client.get("/api/warnings/sheet")).json()
        items = sheet["items"]
        assert sheet["contents"] == [item["name"] for item in items]
        without = {"after": 1, "zh": sheet["zh"], "items": items[1:]}
        left_out = without | {"items": [items[0] | {"may_not_apply": True}, *items[1:]]}
        for less in (without, left_out):
            refused = await client.put("/api/warnings/sheet", json=less)
            assert (refused.json()["code"], refused.json()["facts"]) == (
                "sheet_contents_missing",
                {"item": "phone"},
            )
        more = [*items, {"name": "amount", "kind": "number", "zh": "涉及金额"}]
        made = await client.put("/api/warnings/sheet", json={**without, "items": more})
        assert made.json()["version"] == 2
        # And an old round is read by its own version
        old = (await client.get("/api/warnings/sheet", params={"version": 1})).json()
        assert len(old["items"]) == 6
        versions = (await client.get("/api/warnings/sheet/versions")).json()
        assert [(each["version"], len(each["items"])) for each in versions] == [(2, 7), (1, 6)]
        # And who was slower is told so
        late = await client.put("/api/warnings/sheet", json={**without, "items": items})
        assert (late.status_code, late.json()["code"]) == (412, "form_changed")
