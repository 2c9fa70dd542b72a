"""Drafts lose nothing; a planned version comes into force once, at its time or as soon after it."""

import asyncio
from typing import Any

import msgspec
import pytest

from lianxi.kernel.time import Instant
from lianxi.modules.ivr.jobs import Planner
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.seed import WELCOME
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

MINUTE = 60_000


def a_body(**changes: Any) -> dict[str, Any]:
    return {**msgspec.to_builtins(WELCOME), **changes}


class Asked:
    """Remembers how often the switchboard was asked for the configuration."""

    def __init__(self) -> None:
        self.times = 0

    async def publish(self) -> int:
        self.times += 1
        return self.times


def a_planner(centre: WebCentre, publisher: Asked) -> Planner:
    prompts = Prompts(centre.settings.home / "prompts")
    return Planner(centre.database.sessions, prompts, publisher, centre.now)


async def drawn(browser: Browser, revision: int = 0, **changes: Any) -> Any:
    body = {"flow": a_body(**changes), "based_on": 1, "revision": revision}
    return await browser.client.put("/api/flows/welcome/draft", json=body)


async def planned(admin: Browser, centre: WebCentre, **changes: Any) -> Any:
    body = a_body(based_on=1, note="国庆", due_at=centre.at + 10 * MINUTE, **changes)
    return await admin.client.post("/api/flows/welcome/plans", json=body)


async def states(admin: Browser) -> list[tuple[str, str]]:
    return [(p["state"], p["name"]) for p in (await admin.get("/flow-plans")).json()]


async def test_a_draft_is_kept_and_another_window_overwrites_nothing(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        first = (await drawn(admin, name="一")).json()
        # Given a second window that has seen the first saving, and one that has not
        second = (await drawn(admin, first["revision"], name="二")).json()
        late = await drawn(admin, first["revision"], name="三")
        assert (late.status_code, late.json()["code"]) == (409, "flow_draft_changed")
        assert late.json()["facts"]["revision"] == second["revision"]
        (kept,) = (await admin.get("/flows/welcome/drafts")).json()
        assert (kept["flow"]["name"], kept["is_own"]) == ("二", True)
        # And callers hear the version in force
        assert (await admin.get("/flows/welcome")).json()["name"] == WELCOME.name


async def test_what_does_not_hold_together_yet_is_kept_all_the_same(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        half = {"name": "", "start": "", "nodes": {"menu": {"type": "menu"}}, "variables": []}
        body = {"flow": half, "based_on": 0}
        saved = await admin.client.put("/api/flows/half/draft", json=body)
        assert saved.json()["flow"] == half
        assert [d["id"] for d in (await admin.get("/flow-drafts")).json()] == ["half"]
        await admin.client.delete("/api/flows/half/draft")
        assert (await admin.get("/flow-drafts")).json() == []


async def test_publishing_ends_ones_own_draft_and_no_other(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        await drawn(admin, name="一")
        await admin.client.put("/api/flows/welcome", json=a_body(name="一", based_on=1))
        assert (await admin.get("/flow-drafts")).json() == []


async def test_a_planned_version_comes_into_force_once_at_its_time(centre: WebCentre) -> None:
    asked = Asked()
    planner = a_planner(centre, asked)
    async with centre.browser("admin") as admin:
        await drawn(admin, name="节日")
        plan = (await planned(admin, centre, name="节日")).json()
        assert (plan["state"], plan["planned_by_name"]) == ("waiting", admin.me["user"]["name"])
        assert (await admin.get("/flow-drafts")).json() == []
        # Given a moment before its time
        assert await planner.once() == 0
        # When its time was long ago, and two workers come back together
        centre.at = Instant(centre.at + 600 * MINUTE)
        made = await asyncio.gather(planner.once(), a_planner(centre, asked).once())
        assert sorted(made) == [0, 1]
        assert (await planner.once(), asked.times) == (0, 1)
        # Then there is one new version, by whoever planned it, and no plan is open
        versions = (await admin.get("/flows/welcome/versions")).json()
        assert [(v["version"], v["name"], v["note"]) for v in versions] == [
            (2, "节日", "国庆"),
            (1, WELCOME.name, ""),
        ]
        assert versions[0]["published_by_name"] == admin.me["user"]["name"]
        assert await states(admin) == []
        acts = (await admin.get("/audit?limit=50")).json()["items"]
        told = [(a["act"], a["facts"].get("plan")) for a in acts if a["act"].startswith("flow.")]
        assert told[:2] == [("flow.published", plan["plan"]), ("flow.planned", None)]


async def test_a_plan_can_be_called_off_and_gives_back_what_it_held(centre: WebCentre) -> None:
    planner = a_planner(centre, Asked())
    async with centre.browser("admin") as admin:
        plan = (await planned(admin, centre, name="节日")).json()
        again = await planned(admin, centre, name="另一个")
        assert (again.status_code, again.json()["code"]) == (409, "flow_plan_exists")
        back = await admin.client.delete(f"/api/flow-plans/{plan['plan']}")
        assert back.json()["flow"]["name"] == "节日"
        centre.at = Instant(centre.at + 60 * MINUTE)
        assert await planner.once() == 0
        gone = await admin.client.delete(f"/api/flow-plans/{plan['plan']}")
        assert (gone.status_code, gone.json()["code"]) == (404, "flow_plan_not_found")


async def test_a_plan_that_somebody_overtook_is_refused_and_stays_to_be_seen(
    centre: WebCentre,
) -> None:
    planner = a_planner(centre, Asked())
    async with centre.browser("admin") as admin:
        plan = (await planned(admin, centre, name="节日")).json()
        await admin.client.put("/api/flows/welcome", json=a_body(name="急改", based_on=1))
        centre.at = Instant(centre.at + 60 * MINUTE)
        assert await planner.once() == 0
        (refused,) = (await admin.get("/flow-plans")).json()
        assert (refused["state"], refused["refusal"]) == ("refused", "flow_changed")
        assert (await admin.get("/flows/welcome")).json()["name"] == "急改"
        await admin.client.delete(f"/api/flow-plans/{plan['plan']}")
        assert await states(admin) == []


@pytest.mark.parametrize("minutes", [0, -1, 60 * 24 * 367])
async def test_only_the_coming_year_can_be_planned(centre: WebCentre, minutes: int) -> None:
    async with centre.browser("admin") as admin:
        body = a_body(based_on=1, due_at=centre.at + minutes * MINUTE)
        refused = await admin.client.post("/api/flows/welcome/plans", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, "flow_plan_time_invalid")


async def test_a_plan_that_cannot_be_published_now_is_not_taken(centre: WebCentre) -> None:
    async with centre.browser("admin") as admin:
        refused = await planned(admin, centre, start="nowhere")
        assert (refused.status_code, refused.json()["code"]) == (422, "flow_invalid")
        assert await states(admin) == []


async def test_a_supervisor_reads_and_walks_and_changes_nothing(centre: WebCentre) -> None:
    async with centre.browser("supervisor") as supervisor:
        around = (await supervisor.get("/flow-surroundings")).json()
        assert {"id": "sales", "name": "售前", "name_en": "Sales"} in around["queues"]
        story = {"flow": a_body(), "moves": [{"kind": "key", "key": "2"}]}
        walked = await supervisor.client.post("/api/flows/welcome/rehearsal", json=story)
        assert walked.status_code == 200
        for refused in (
            await drawn(supervisor),
            await planned(supervisor, centre),
            await supervisor.client.put("/api/flows/welcome", json=a_body(based_on=1)),
        ):
            assert refused.status_code == 403
