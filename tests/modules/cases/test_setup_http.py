"""What work orders are made and dispatched by, over HTTP: saved, refused, in conflict, written
down."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.modules.cases import limits_router, router, setup_router
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import NewUser, Role
from lianxi.office.audit import facade as audit
from lianxi.office.deadlines import facade as deadlines
from tests.builders.cases import NORTH, SOUTH, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.builders.web_centre import PASSWORDS
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
HOUR = 3_600_000
EDITOR = somebody("editor", Permission.CASES_READ, Permission.CASES_EDIT)
REPAIR: dict[str, Any] = {"category": "business", "zh": "报修", "priority": 2, "revision": 0}
SLOWER: dict[str, Any] = {"code": "wo.accept", "unit": "wall", "target": HOUR, "after": 1}
QUESTION = {"name": "store", "kind": "text", "zh": "门店"}


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


@pytest.fixture
async def editor(line: Hotline) -> AsyncIterator[AsyncClient]:
    routers = [router.router, setup_router.router, limits_router.router]
    app = small_app(line.database, EDITOR, routers, now=NINE)
    provide(app, Orders, line.orders)
    async with browser(app) as client:
        yield client


async def _story(line: Hotline, object: str) -> list[dict[str, Any] | None]:
    async with line.database.sessions() as session:
        return [row.after for row in await audit.of_object(session, object)]


async def test_two_people_who_change_one_type_lose_nothing(
    editor: AsyncClient, line: Hotline
) -> None:
    # Given a type that was just made
    made = await editor.put("/api/case-types/repair", json=REPAIR)
    assert (made.status_code, made.json()["revision"]) == (200, 1)
    # When two people change it, both having read it as it was
    first = await editor.put(
        "/api/case-types/repair", json=REPAIR | {"zh": "报修单", "revision": 1}
    )
    second = await editor.put("/api/case-types/repair", json=REPAIR | {"en": "R", "revision": 1})
    # Then the second hears of the first, and both changes are told of
    assert first.json()["revision"] == 2
    assert (second.status_code, second.json()["code"]) == (412, "case_setup_changed")
    assert second.json()["facts"]["revision"] == 2
    types = {one["kind"]: one for one in (await editor.get("/api/case-types")).json()}
    assert types["repair"]["zh"] == "报修单"
    assert await _story(line, "case_type:repair") == [
        {"zh": "报修单", "revision": 2},
        {**REPAIR, "kind": "repair", "en": "", "form": "", "callback_required": True,
         "audit_mode": "every", "sample_percent": 10, "is_active": True, "position": 0,
         "revision": 1},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "body", "said"),
    [
        ("case-types/repair", REPAIR | {"zh": " "}, (422, "case_setup_invalid")),
        ("case-types/repair", REPAIR | {"form": "case.none"}, (404, "form_not_found")),
        ("case-types/Repair", REPAIR, (422, "invalid_request")),
        ("case-types/complaint_goods", REPAIR, (412, "case_setup_changed")),
        ("work-areas/west", {"zh": ""}, (422, "case_setup_invalid")),
        ("work-areas/west", {"zh": "城西", "staff": ["nobody"]}, (422, "case_setup_invalid")),
        ("dispatch-catalogue", {"area": "west"}, (404, "area_not_found")),
        ("dispatch-catalogue", {"area": "north", "kind": "x"}, (404, "case_type_not_found")),
        ("case-deadlines", SLOWER | {"after": 0}, (412, "deadline_changed")),
        ("case-deadlines", SLOWER | {"code": "wo.rest"}, (422, "case_setup_invalid")),
        ("case-deadlines", SLOWER | {"kind": "x", "after": 0}, (404, "case_type_not_found")),
        ("case-deadlines", SLOWER | {"effective_at": NINE - 1}, (422, "case_setup_invalid")),
        ("case-deadlines", SLOWER | {"calendar": "moon"}, (422, "case_setup_invalid")),
        ("case-deadlines", SLOWER | {"unit": "work_days"}, (422, "deadline_refused")),
        ("case-deadlines", SLOWER | {"marks": [{"action": "warn"}]}, (422, "deadline_refused")),
        ("case-forms/exam", {"after": 0, "zh": "x", "items": [QUESTION]},
         (422, "case_setup_invalid")),
        ("case-forms/case.x", {"after": 0, "zh": "x", "items": [QUESTION, QUESTION]},
         (422, "form_refused")),
        ("case-forms/case.x", {"after": 3, "zh": "x", "items": [QUESTION]}, (412, "form_changed")),
    ],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused_and_writes_nothing(
    editor: AsyncClient, line: Hotline, address: str, body: dict[str, Any], said: tuple[int, str]
) -> None:
    refused = await editor.put(f"/api/{address}", json=body)
    assert (refused.status_code, refused.json()["code"]) == said
    async with line.database.sessions() as session:
        setup = CaseSetupRepository(session)
        assert len(await setup.types()) + len(await setup.areas()) == 4
        assert len(await deadlines.every(session, "wo.")) == 6


async def test_an_area_with_open_work_orders_stays_on(editor: AsyncClient, line: Hotline) -> None:
    # Given an area that has a work order
    await line.walk(await line.create(), "dispatch")
    areas = {one["id"]: one for one in (await editor.get("/api/work-areas")).json()}
    assert (areas[NORTH]["open"], areas[SOUTH]["open"]) == (1, 0)
    off = {"zh": "城北工区", "is_active": False, "revision": 1}
    # When somebody switches it off, then what is said tells how many are there
    refused = await editor.put("/api/work-areas/north", json=off)
    assert (refused.status_code, refused.json()["facts"]["open"]) == (409, 1)
    assert (await editor.put("/api/work-areas/south", json=off)).json()["is_active"] is False


async def test_people_of_an_area_are_people_of_the_centre(
    editor: AsyncClient, line: Hotline
) -> None:
    async with line.database.sessions.begin() as session:
        new = NewUser(username="li", name="老李", role=Role.AGENT)
        user, _ = await identity.create_user(session, new, passwords=PASSWORDS, at=NINE, by=None)
    body = {
        "zh": "城西",
        "area_class": "rural",
        "staff": [user.id, user.id],
        "workers": ["王", "王"],
    }
    made = (await editor.put("/api/work-areas/west", json=body)).json()
    assert (made["staff"], made["workers"], made["revision"]) == ([user.id], ["王"], 1)


async def test_the_catalogue_names_an_area_until_its_rule_goes(editor: AsyncClient) -> None:
    asked = {"kind": "complaint_goods", "place": "朝阳区建国路"}
    made = (
        await editor.put("/api/dispatch-catalogue", json={"place": "朝阳", "area": NORTH})
    ).json()
    assert (await editor.get("/api/cases/area", params=asked)).json()["area"] == NORTH
    # When two people change the rule that both read
    other = {"place": "朝阳", "area": SOUTH, "was": NORTH}
    assert (await editor.put("/api/dispatch-catalogue", json=other)).status_code == 200
    again = await editor.put("/api/dispatch-catalogue", json=other)
    assert (again.status_code, again.json()["facts"]["area"]) == (412, SOUTH)
    gone = f"/api/dispatch-catalogue/{made['id']}"
    assert (await editor.delete(gone, params={"was": NORTH})).status_code == 412
    assert (await editor.delete(gone, params={"was": SOUTH})).status_code == 204
    assert (await editor.get("/api/dispatch-catalogue")).json() == []


async def test_an_area_that_is_switched_off_is_not_suggested(editor: AsyncClient) -> None:
    # Given a rule for a place, and a less particular one
    for place, area in (("朝阳", SOUTH), ("", NORTH)):
        body = {"place": place, "area": area}
        assert (await editor.put("/api/dispatch-catalogue", json=body)).status_code == 200
    asked = {"kind": "complaint_goods", "place": "朝阳区建国路"}
    assert (await editor.get("/api/cases/area", params=asked)).json()["area"] == SOUTH
    # When the area of the place is switched off, then the next rule decides
    for area, next_area in ((SOUTH, NORTH), (NORTH, None)):
        off = {"zh": "工区", "is_active": False, "revision": 1}
        assert (await editor.put(f"/api/work-areas/{area}", json=off)).status_code == 200
        assert (await editor.get("/api/cases/area", params=asked)).json()["area"] == next_area


async def test_a_deadline_holds_from_its_moment_and_keeps_its_versions(
    editor: AsyncClient, line: Hotline
) -> None:
    later = SLOWER | {"effective_at": NINE + HOUR, "note": "冬季"}
    assert (await editor.put("/api/case-deadlines", json=later)).json()["version"] == 2
    versions = [
        (one["version"], one["target"], one["set_by"])
        for one in (await editor.get("/api/case-deadlines")).json()
        if one["code"] == "wo.accept"
    ]
    assert versions == [(1, HOUR // 3, ""), (2, HOUR, "editor")]
    async with line.database.sessions() as session:
        now = await deadlines.in_force(session, "wo.accept", at=NINE)
        then = await deadlines.in_force(session, "wo.accept", at=later["effective_at"])
    assert (now and now.version, then and then.version) == (1, 2)
    [told] = await _story(line, "deadline:wo.accept")
    assert told is not None
    assert told["note"] == "冬季"


async def test_a_deadline_is_tried_before_it_is_set(editor: AsyncClient) -> None:
    tried = {"target": 4 * HOUR, "unit": "wall", "start": NINE}
    found = (await editor.post("/api/case-deadlines/try", json=tried)).json()
    assert found == {
        "due_at": NINE + 4 * HOUR,
        "half_at": NINE + 2 * HOUR,
        "most_at": NINE + 192 * 60_000,
        "is_provisional": False,
    }
    refused = await editor.post("/api/case-deadlines/try", json=tried | {"target": 0})
    assert refused.json()["code"] == "deadline_refused"


async def test_a_form_is_checked_then_published_and_old_versions_stay(
    editor: AsyncClient,
) -> None:
    form = {"after": 0, "zh": "报修", "items": [QUESTION | {"required": True}]}
    asked = {"form": form, "answers": {"stor": "x"}}
    assert (await editor.post("/api/case-forms/check", json=asked)).json() == [
        {"item": "stor", "code": "unknown"},
        {"item": "store", "code": "required"},
    ]
    broken = {"form": form | {"items": [QUESTION | {"kind": "choice"}]}}
    assert (await editor.post("/api/case-forms/check", json=broken)).json() == [
        {"item": "store", "code": "no_options"}
    ]
    assert (await editor.put("/api/case-forms/case.repair", json=form)).json()["version"] == 1
    second = form | {"after": 1, "items": [QUESTION]}
    assert (await editor.put("/api/case-forms/case.repair", json=second)).json()["version"] == 2
    versions = (await editor.get("/api/case-forms/case.repair/versions")).json()
    assert [(one["version"], one["items"][0]["required"]) for one in versions] == [
        (2, False),
        (1, True),
    ]
    assert [one["kind"] for one in (await editor.get("/api/case-forms")).json()] == ["case.repair"]
    assert (await editor.get("/api/case-forms/exam/versions")).status_code == 404


async def test_who_may_only_read_changes_nothing(line: Hotline) -> None:
    reader = replace(somebody("reader", Permission.CASES_READ))
    app = small_app(line.database, reader, [setup_router.router], now=NINE)
    async with browser(app) as client:
        assert (await client.get("/api/case-types")).status_code == 200
        assert (await client.put("/api/case-types/repair", json=REPAIR)).status_code == 403
        assert (await client.post("/api/case-presets/400", json={})).status_code == 403
        assert (await client.get("/api/case-setup-choices")).status_code == 403


async def test_what_the_set_up_may_name_and_what_a_preset_brings(
    editor: AsyncClient, line: Hotline
) -> None:
    # Given somebody who may sign in
    async with line.database.sessions.begin() as session:
        wanted = NewUser(username="zhang", name="张三", role=Role.AGENT)
        made, _ = await identity.create_user(session, wanted, passwords=PASSWORDS, at=NINE, by=None)
    # Then an area may name them
    choices = (await editor.get("/api/case-setup-choices")).json()
    assert {"id": made.id, "name": "张三"} in choices["people"]
    # And a preset is told line by line before it is loaded
    presets = {each["name"]: each for each in (await editor.get("/api/case-presets")).json()}
    brought = presets["95598"]
    assert len(brought["brings_types"]) == brought["types"]
    assert {each["code"] for each in brought["brings_deadlines"]} >= {"wo.resolve", "wo.arrive"}
    assert all(each["target"] > 0 for each in brought["brings_deadlines"])
