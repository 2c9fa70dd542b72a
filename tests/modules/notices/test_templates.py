"""The words of notices: checked, kept in versions, in force from a moment on."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from lianxi.db.session import Database
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.modules.notices import facade, rules
from lianxi.modules.notices.contracts import NoticeChannel, Wording
from lianxi.modules.notices.errors import NoticeTemplateChanged, NoticeTemplateInvalid
from tests.architecture.tree import ROOT
from tests.builders.cases import somebody
from tests.builders.web_centre import Browser, WebCentre
from tests.modules.notices.test_telling import MONDAY

BELL, MAIL, SMS = NoticeChannel
EDITOR = somebody("editor", Permission.CASES_EDIT)
WORDS = Wording(zh="待派：{number}")
LATER = Instant(MONDAY + 3_600_000)


async def save(database: Database, words: Wording, **facts: Any) -> int:
    """Save words for new work orders; the new revision."""
    given: dict[str, Any] = {"revision": None, "effective_at": None, "at": MONDAY, **facts}
    async with database.sessions.begin() as session:
        saved = await facade.save_template(
            session, "case.created", {BELL: words}, by=EDITOR, **given
        )
    return saved.revision


async def in_force(database: Database, at: Instant) -> str:
    async with database.sessions() as session:
        found = {each.event: each for each in await facade.all_templates(session, at)}
    return found["case.created"].current.wordings[BELL].zh


@pytest.mark.db
async def test_words_hold_from_a_moment_on_and_the_mail_keeps_its_own(database: Database) -> None:
    await save(database, WORDS)
    await save(database, Wording(zh="以后：{number}"), effective_at=LATER)
    assert await in_force(database, Instant(LATER - 1)) == "待派：{number}"
    assert await in_force(database, LATER) == "以后：{number}"
    async with database.sessions() as session:
        versions = await facade.versions(session, "case.created")
    assert [(each.number, each.saved_by) for each in versions] == [(2, "EDITOR"), (1, "EDITOR")]
    assert versions[0].wordings[MAIL] == rules.shipped("case.created").wordings[MAIL]


@pytest.mark.db
async def test_what_is_saved_now_takes_the_place_of_what_was_to_come(database: Database) -> None:
    await save(database, WORDS, effective_at=LATER)
    await save(database, Wording(zh="现在：{number}"))
    assert await in_force(database, Instant(LATER + 1)) == "现在：{number}"


@pytest.mark.db
async def test_who_read_an_older_version_is_refused_and_nothing_is_written(
    database: Database,
) -> None:
    assert await save(database, WORDS, revision=0) == 1
    with pytest.raises(NoticeTemplateChanged):
        await save(database, Wording(zh="别的"), revision=0)
    assert await in_force(database, MONDAY) == "待派：{number}"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("channel", "words", "field"),
    [
        (BELL, Wording(zh=" "), "text"),
        (MAIL, Wording(zh="x"), "title"),
        (BELL, Wording(zh="{due}"), "placeholder"),
        (BELL, Wording(zh="{number}", en="{nmber}"), "placeholder"),
        (SMS, Wording(zh="x"), "channel"),
        (BELL, Wording(zh="x" * 301), "long"),
    ],
)
def test_words_that_cannot_be_used_are_refused_with_a_sentence(
    channel: NoticeChannel, words: Wording, field: str
) -> None:
    with pytest.raises(NoticeTemplateInvalid) as refused:
        rules.check("case.created", {channel: words})
    assert (refused.value.facts["channel"], refused.value.facts["field"]) == (channel.value, field)
    assert refused.value.facts["why"]
    assert refused.value.facts["why_zh"]


@pytest.mark.unit
@pytest.mark.parametrize("event", rules.EVENTS)
def test_the_words_that_ship_can_be_saved_as_they_are(event: str) -> None:
    rules.check(event, rules.shipped(event).wordings)


@pytest.mark.unit
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_event_has_a_name_on_the_page(language: str) -> None:
    page = ROOT / f"web/src/locales/notices.{language}.json"
    words = json.loads(page.read_text(encoding="utf-8"))
    assert [event for event in rules.EVENTS if f"notices.event.{event}" not in words] == []


@pytest.mark.unit
def test_what_is_switched_off_may_be_empty() -> None:
    rules.check("case.created", {MAIL: Wording(is_on=False)})


@pytest.fixture
async def admin(centre: WebCentre) -> AsyncIterator[Browser]:
    async with centre.browser("admin") as browser:
        yield browser


@pytest.mark.db
async def test_the_page_reads_previews_saves_and_sees_the_standing(admin: Browser) -> None:
    client = admin.client
    (created,) = [
        each
        for each in (await client.get("/api/notice-templates")).json()
        if each["event"] == "case.created"
    ]
    assert (created["revision"], created["coming"]) == ("0", None)
    words = {"bell": {"is_on": True, "zh": "派 {number}：{title}", "en": ""}}
    shown = await client.post(
        "/api/notice-templates/case.created/preview", json={"wordings": words}
    )
    assert shown.json()["real"] is False
    assert shown.json()["words"]["bell"]["zh"] == "派 GD-20260101-0001：洗衣机漏水"
    saved = await client.put(
        "/api/notice-templates/case.created",
        json={"wordings": words},
        headers={"If-Match": created["revision"]},
    )
    assert saved.json()["current"]["wordings"]["bell"]["zh"] == "派 {number}：{title}"
    late = await client.put(
        "/api/notice-templates/case.created", json={"wordings": words}, headers={"If-Match": "0"}
    )
    assert (late.status_code, late.json()["code"]) == (412, "notice_template_changed_meanwhile")
    channels = (await client.get("/api/notice-channels")).json()
    assert (channels["mail_from"], channels["sms_connector"]) == ("", "")
    nowhere = await client.put("/api/notice-channels", json={"sms_connector": "nowhere"})
    assert nowhere.json()["code"] == "notice_connector_not_found"
    standing = (await client.get("/api/office/standing")).json()
    assert (standing["given_up"], standing["undelivered"]) == (0, [])
    assert (await client.post("/api/office/messages/7/again")).status_code == 404
    assert (await client.get("/api/notices")).json() == {"unread": 0, "items": [], "next": None}
    assert (await client.post("/api/notices/read", json={"up_to": 5})).status_code == 204
