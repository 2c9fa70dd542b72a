"""Announcements over HTTP: written, looked at before, published, listed; subscribers are masked."""

from collections.abc import Callable

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import PromptName
from lianxi.modules.announcements.contracts import HasPrompts
from lianxi.modules.announcements.keeping import Announcements
from lianxi.modules.announcements.router import router
from lianxi.modules.announcements.subscribers_router import router as subscribers
from tests.builders.announcements import EDITOR, ZONE
from tests.builders.cases import HOUR, somebody
from tests.builders.small_app import browser, small_app
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
As = Callable[[Caller], AsyncClient]
AGENT = somebody("agent", Permission.ANNOUNCEMENTS_READ)
NEW = {
    "type": "temporary", "title": "友谊路停电", "body": "抢修线路", "places": ["宝山区"],
    "starts_at": NINE + 20 * HOUR, "prompt": "outage_baoshan",
}  # fmt: skip


class SomePrompts:
    def names(self, language: str) -> set[PromptName]:
        return {PromptName("outage_baoshan")}


@pytest.fixture
def as_caller(database: Database) -> As:
    def ask(caller: Caller) -> AsyncClient:
        app = small_app(database, caller, [router, subscribers], now=NINE)
        provide(app, Announcements, Announcements(ZONE))
        provide(app, HasPrompts, SomePrompts())  # type: ignore[type-abstract]
        return browser(app)

    return ask


async def test_from_the_preview_to_the_list(as_caller: As) -> None:
    async with as_caller(EDITOR) as editor:
        # Given two who want to hear of it, by the same words
        one = {"place": "宝山区", "channel": "sms", "address": "13800138000", "name": "李"}
        added = await editor.post("/api/announcement-subscribers", json=one)
        assert (added.status_code, added.json()["address"]) == (201, "138****8000")
        again = await editor.post("/api/announcement-subscribers", json=one)
        assert again.json()["code"] == "subscriber_known"
        bad = await editor.post("/api/announcement-subscribers", json=one | {"address": "12a"})
        assert bad.json()["code"] == "subscriber_address_invalid"
        # When the editor looks before: too late by four hours, one hears of it
        asked = {name: NEW[name] for name in ("type", "places", "starts_at")}
        preview = (await editor.post("/api/announcements/preview", json=asked)).json()
        assert (preview["short_by_ms"], preview["sms"], preview["mail"]) == (4 * HOUR, 1, 0)
        # Then a prompt nobody recorded is refused, one that exists is taken
        mute = await editor.post("/api/announcements", json=NEW | {"prompt": "nothing"})
        assert mute.json()["code"] == "announcement_prompt_missing"
        made = (await editor.post("/api/announcements", json=NEW)).json()
        assert (made["state"], made["possible"]) == ("draft", ["publish"])
        path = f"/api/announcements/{made['number']}"
        changed = await editor.put(path, json={"content": NEW | {"title": "停电"}, "revision": 1})
        assert changed.json()["title"] == "停电"
        sent = await editor.post(f"{path}/events", json={"event": "publish", "revision": 2})
        assert sent.json()["counts"]["recipients"] == 1
        fixed = await editor.put(path, json={"content": NEW})
        assert fixed.json()["code"] == "announcement_not_draft"
        told = (await editor.get(f"{path}/tellings")).json()
        assert [(t["address"], t["state"]) for t in told] == [("138****8000", "waiting")]
        (listed,) = (await editor.get("/api/announcement-subscribers")).json()["items"]
        dropped = await editor.delete(f"/api/announcement-subscribers/{listed['id']}")
        assert dropped.status_code == 204
    async with as_caller(AGENT) as agent:
        found = (await agent.get("/api/announcements", params={"state": "published"})).json()
        assert [each["number"] for each in found["items"]] == [made["number"]]
        standing = (await agent.get("/api/announcements/standing")).json()
        assert (standing["published"], standing["draft"]) == (1, 0)
        assert (await agent.post("/api/announcements", json=NEW)).status_code == 403
        assert (await agent.get(f"{path}/tellings")).status_code == 403
