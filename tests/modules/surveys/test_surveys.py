"""Surveys: who is asked and who is not, one answer to a link, and what follows from it."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient

from lianxi.api.case_surveys import router as of_cases
from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, SurveyId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Case, Finished
from lianxi.modules.cases.facade import case as case_of
from lianxi.modules.customers import keeping
from lianxi.modules.customers.contracts import NewNumber, Profile, Purpose
from lianxi.modules.surveys import facade, rules
from lianxi.modules.surveys.contracts import (
    Invitation,
    InvitationState,
    NotInvited,
    Survey,
    SurveyChannel,
    SurveyTrigger,
    Tally,
    Verdict,
)
from lianxi.modules.surveys.errors import SurveyInvalid
from lianxi.modules.surveys.exporting import SurveyResultsSource
from lianxi.modules.surveys.jobs import Asker
from lianxi.modules.surveys.router import router
from lianxi.office.exports.errors import ExportFilterInvalid
from lianxi.office.outbox import facade as outbox
from lianxi.office.outbox.contracts import Posted, TellingFailed
from lianxi.office.outbox.jobs import Postman
from tests.builders.cases import ABOUT, HOUR, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.office.test_calendar import at
from tests.office.test_exported_lists import rows

NINE = at("2026-11-23 09:00")
ZONE = ZoneInfo("Asia/Shanghai")
DAY = 24 * HOUR
EDITOR = somebody(
    "editor", Permission.CASES_READ, Permission.CASES_EDIT, Permission.SURVEYS_READ,
    Permission.CASES_CALL_BACK,
)  # fmt: skip
ABOUT_WORK = Survey(
    id=SurveyId("service"),
    zh="服务满意度",
    en="Service",
    trigger=SurveyTrigger.DONE,
    delay_minutes=10,
    address="https://service.example.com",
    text_zh="工单{number}请评价:{link}",
    is_active=True,
)
As = Callable[[Caller], AsyncClient]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("text_zh", {"text_zh": "请评价"}),
        ("text_zh", {"text_zh": "{link} {name}"}),
        ("address", {"address": ""}),
        ("until_minute", {"from_minute": 600, "until_minute": 600}),
        ("id", {"id": SurveyId("No such")}),
    ],
)
def test_a_survey_that_contradicts_itself_is_refused(field: str, facts: dict[str, object]) -> None:
    rules.require_sound(ABOUT_WORK)
    with pytest.raises(SurveyInvalid) as refused:
        rules.require_sound(replace(ABOUT_WORK, **facts))  # type: ignore[arg-type]
    assert refused.value.facts["field"] == field


@pytest.mark.unit
def test_the_figures_computed_by_hand() -> None:
    # Given 10 resolutions: 2 not asked, 1 still on its way, 2 sent and silent, 1 of them expired,
    # 5 answered: 3 satisfied (100, 80, 80), 1 neutral (60), 1 not satisfied (20)
    sent, answered = InvitationState.SENT, InvitationState.ANSWERED
    found = rules.figures(
        [
            Tally(state=InvitationState.NOT_SENT, why=NotInvited.TOO_SOON, times=1),
            Tally(state=InvitationState.NOT_SENT, why=NotInvited.NO_ADDRESS, times=1),
            Tally(state=InvitationState.WAITING, times=1),
            Tally(state=sent, times=1),
            Tally(state=InvitationState.EXPIRED, times=1),
            Tally(state=answered, verdict=Verdict.SATISFIED, times=3, scored=3, percents=260.0),
            Tally(state=answered, verdict=Verdict.NEUTRAL, times=1, scored=1, percents=60.0),
            Tally(state=answered, verdict=Verdict.UNSATISFIED, times=1, scored=1, percents=20.0),
        ]
    )
    # Then 7 went out, 5 of 7 answered, 3 of 5 are satisfied, and 340 / 5 = 68 percent in the mean
    assert (found.chosen, found.sent, found.answered) == (10, 7, 5)
    assert found.response_rate == 5 / 7
    assert (found.satisfied_share, found.mean_percent) == (3 / 5, 68.0)
    assert found.not_sent == {NotInvited.TOO_SOON: 1, NotInvited.NO_ADDRESS: 1}


@pytest.mark.unit
def test_the_sample_is_the_share_and_cannot_be_chosen() -> None:
    third = replace(ABOUT_WORK, sample_percent=30)
    about = Finished(
        case=CaseId("wo"), number="", title="", kind="", round=1, at=NINE, customer=None, phone=""
    )
    drawn = [rules.is_drawn(third, replace(about, number=f"GD-{n}")) for n in range(2_000)]
    assert 540 < sum(drawn) < 660
    assert drawn == [rules.is_drawn(third, replace(about, number=f"GD-{n}")) for n in range(2_000)]


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


@pytest.fixture
def as_caller(line: Hotline) -> As:
    def ask(caller: Caller) -> AsyncClient:
        app = small_app(line.database, caller, [router, of_cases], now=line.at)
        provide(app, ZoneInfo, ZONE)
        return browser(app)

    return ask


async def set_up(line: Hotline, survey: Survey = ABOUT_WORK) -> None:
    async with line.database.sessions.begin() as session:
        await facade.put_survey(session, survey, by=EDITOR, at=line.at)


async def done(line: Hotline, **facts: object) -> Case:
    case = await line.create(replace(ABOUT, **facts))  # type: ignore[arg-type]
    return await line.walk(case, "dispatch", "accept", "complete")


async def ask(line: Hotline) -> int:
    return await Asker(line.database.sessions, ZONE, lambda: line.at).round()


async def tell(line: Hotline, *, refused: str = "") -> list[str]:
    """The gateway takes what waits, or refuses it; the words that it was given."""
    words: list[str] = []

    async def teller(message: Posted) -> None:
        if refused:
            raise TellingFailed(refused, temporary=False)
        words.append(str(message.body["text"]))

    await Postman(line.database.sessions, {"sms": teller}, lambda: line.at).round()
    return words


async def of(line: Hotline, case: Case) -> Invitation:
    async with line.database.sessions() as session:
        (found,) = await facade.of_case(session, case.id, line.at)
    return found


@pytest.mark.db
async def test_asked_once_and_not_satisfied_is_round_two(line: Hotline, as_caller: As) -> None:
    # Given a work order that is done and waits for its callback
    await set_up(line)
    case = await done(line)
    assert await ask(line) == 0
    # When ten minutes have passed, two workers ask once
    line.at = Instant(line.at + HOUR)
    assert [await ask(line), await ask(line)] == [1, 0]
    (words,) = await tell(line)
    assert words.startswith(f"工单{case.number}请评价:https://service.example.com/survey/")
    token = words.rpartition("/")[2]
    await ask(line)
    # Then it is sent, nothing that is kept opens the link, and the sheet tells nothing of the case
    sent = await of(line, case)
    assert sent.state is InvitationState.SENT
    async with line.database.sessions() as session:
        letters = await outbox.of(session, f"survey_invitation:{sent.id}")
    assert [letter.body for letter in letters] == [{}]
    assert sent.token_hash is not None
    assert token not in sent.token_hash
    async with as_caller(EDITOR) as anybody:
        path = f"/api/public/surveys/{token}"
        sheet = (await anybody.get(path)).json()
        assert [item["name"] for item in sheet["items"]] == ["rating", "settled", "words"]
        assert "洗衣机" not in str(sheet)
        missing = await anybody.post(path, json={"answers": {}})
        assert missing.json()["facts"] == {"rating": "required"}
        # And the customer says no, once
        answers = {"rating": "1", "settled": False, "words": "还是漏水"}
        assert (await anybody.post(path, json={"answers": answers})).status_code == 204
        again = await anybody.post(path, json={"answers": answers})
        assert again.json()["code"] == "survey_answered"
        assert (await anybody.get("/api/public/surveys/nothing")).status_code == 404
    async with line.database.sessions() as session:
        after = await case_of(session, case.id)
    last = after.callbacks[-1]
    assert (after.round, after.state.value) == (2, "dispatching")
    assert (last.result.value, last.kind.value, last.note) == (
        "unsatisfied", "web_message", "还是漏水",
    )  # fmt: skip
    assert (await of(line, case)).verdict is Verdict.UNSATISFIED


@pytest.mark.db
async def test_satisfied_closes_and_a_closed_one_is_opened_again(
    line: Hotline, as_caller: As
) -> None:
    await set_up(line, replace(ABOUT_WORK, recontact_days=0))
    for rating, state in (("5", "review"), ("3", "done")):
        case = await done(line)
        line.at = Instant(line.at + HOUR)
        await ask(line)
        token = (await tell(line))[0].rpartition("/")[2]
        async with as_caller(EDITOR) as anybody:
            await anybody.post(f"/api/public/surveys/{token}", json={"answers": {"rating": rating}})
        async with line.database.sessions() as session:
            assert (await case_of(session, case.id)).state.value == state
    # When the last, meanwhile closed by a call, has a link and its customer is not satisfied
    closed = await done(line)
    closed = await line.happen(closed, "callback", result="satisfied")
    async with as_caller(EDITOR) as agent:
        path = f"/api/cases/{closed.id}/surveys/service/link"
        token = (await agent.post(path)).json()["token"]
        assert (await agent.post(path)).json()["code"] == "survey_asked_already"
        await agent.post(f"/api/public/surveys/{token}", json={"answers": {"rating": "2"}})
    async with line.database.sessions() as session:
        after = await case_of(session, closed.id)
    assert (after.round, after.state.value) == (2, "dispatching")


@pytest.mark.db
async def test_why_somebody_was_not_asked(line: Hotline) -> None:
    # Given customers who said no, who are not to be called, and one without a mobile number
    async with line.database.sessions.begin() as session:
        numbers = [NewNumber(number="13900000001")]
        shy = await keeping.create(session, Profile(name="甲"), numbers, by=None, at=NINE)
        await keeping.consent(
            session, shy.id, Purpose.SURVEY, given=False, how="电话", by=EDITOR, at=NINE
        )
    await set_up(line)
    cases = {
        NotInvited.NO_CONSENT: await done(line, customer=shy.id, phone="13900000001"),
        NotInvited.NO_ADDRESS: await done(line, phone="01065551234"),
        None: await done(line, phone="13900000003"),
        NotInvited.TOO_SOON: await done(line, phone="139-0000-0003"),
    }
    line.at = Instant(line.at + HOUR)
    assert await ask(line) == 4
    for why, case in cases.items():
        found = await of(line, case)
        assert found.why == why
        assert (found.token_hash is None) == (why is not None)
    # When no gateway is set up, that is why
    await tell(line, refused="sms_not_set_up")
    await ask(line)
    assert (await of(line, cases[None])).why is NotInvited.NOT_CONFIGURED


@pytest.mark.db
async def test_nobody_is_asked_at_night_and_links_end(line: Hotline, as_caller: As) -> None:
    await set_up(line)
    case = await done(line)
    line.at = at("2026-11-23 21:00")
    assert await ask(line) == 0
    line.at = at("2026-11-24 09:00")
    assert await ask(line) == 1
    token = (await tell(line))[0].rpartition("/")[2]
    line.at = Instant(line.at + 7 * DAY)
    async with as_caller(EDITOR) as anybody:
        path = f"/api/public/surveys/{token}"
        assert (await anybody.get(path)).json()["items"] == []
        late = await anybody.post(path, json={"answers": {"rating": "5"}})
        assert (late.status_code, late.json()["code"]) == (410, "survey_expired")
        figures = await anybody.get(
            "/api/survey-figures", params={"from": NINE, "to": line.at + DAY}
        )
        assert (figures.json()["sent"], figures.json()["response_rate"]) == (1, 0.0)
    assert (await of(line, case)).state_at(line.at) is InvitationState.EXPIRED


@pytest.mark.db
async def test_set_up_with_revisions_and_a_form_that_counts(line: Hotline, as_caller: As) -> None:
    body = {
        "zh": "上门调查", "trigger": "closed", "channel": "link", "is_active": True, "revision": 0,
    }  # fmt: skip
    async with as_caller(EDITOR) as editor:
        assert (await editor.put("/api/surveys/visit", json=body)).json()["revision"] == 1
        assert (await editor.put("/api/surveys/visit", json=body)).status_code == 412
        form = (await editor.get("/api/surveys/visit/form")).json()
        words_only = [item for item in form["items"] if item["name"] == "words"]
        asked = {"after": 1, "zh": "上门调查", "items": words_only}
        refused = await editor.put("/api/surveys/visit/form", json=asked)
        assert refused.json()["facts"]["why"] == "no_score"
        asked["items"] = form["items"][:1]
        assert (await editor.put("/api/surveys/visit/form", json=asked)).json()["version"] == 2
        listed = (await editor.get("/api/surveys")).json()
    assert [(one["id"], one["channel"]) for one in listed] == [("visit", SurveyChannel.LINK)]


@pytest.mark.db
async def test_the_invitations_as_a_file(line: Hotline) -> None:
    # Given one that is on its way
    await set_up(line)
    case = await done(line)
    line.at = Instant(line.at + HOUR)
    assert await ask(line) == 1
    # When the list is taken away as it is narrowed, masked and in full
    source = SurveyResultsSource()
    (masked,) = await rows(line.database, source, EDITOR, state="waiting", survey="service")
    (full,) = await rows(line.database, source, EDITOR, unmasked=True)
    # Then the rows say what the page says
    assert masked[1:7] == (case.number, 1, "服务满意度", "短信", "138****8000", "待发")
    assert full[5] == "13800138000"
    assert await rows(line.database, source, EDITOR, verdict="satisfied") == []
    with pytest.raises(ExportFilterInvalid):
        source.check({"state": "lost"})
