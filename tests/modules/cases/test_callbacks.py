"""Callbacks: who gets which, the next attempt, the next round, and the figures computed by hand."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.case_callbacks import router as lists
from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_contracts import Counted, Waiting
from lianxi.modules.cases.callback_kinds import CallbackKind
from lianxi.modules.cases.callback_rules import spread, summed
from lianxi.modules.cases.callbacks_exporting import CallbacksSource
from lianxi.modules.cases.callbacks_router import router as giving
from lianxi.modules.cases.contracts import CallbackResult, Case
from lianxi.modules.cases.errors import CallbackNotDue
from lianxi.modules.cases.jobs import CallbackGiver
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.contacts.last_repository import LastContact
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers import keeping
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import NewUser, Role
from lianxi.office.exports.errors import ExportFilterInvalid
from lianxi.office.outbox import facade as outbox
from tests.builders.cases import ABOUT, HOUR, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.builders.web_centre import PASSWORDS
from tests.office.test_calendar import at
from tests.office.test_exported_lists import rows

NINE = at("2026-11-23 09:00")
A, B, C = UserId("a"), UserId("b"), UserId("c")
LEAD = somebody(
    "lead", Permission.CASES_READ, Permission.CASES_DISPATCH, Permission.CASES_CALL_BACK
)
EDITOR = somebody("editor", Permission.CUSTOMERS_EDIT)
DONE = ("dispatch", "accept", "complete")
As = Callable[[Caller], AsyncClient]


def waiting(id: str, *involved: UserId) -> Waiting:
    return Waiting(case=CaseId(id), round=1, number=id, involved=frozenset(involved))


@pytest.mark.unit
def test_callbacks_go_to_whoever_has_least_to_do() -> None:
    # Given B has two already
    given = spread([waiting(str(n)) for n in range(5)], [A, B, C], {B: 2})
    # Then A and C catch up first, and all end within one of each other
    assert given == {"0": A, "1": C, "2": A, "3": C, "4": A}


@pytest.mark.unit
def test_nobody_asks_about_the_own_work_unless_nobody_else_is_there() -> None:
    one = waiting("1", A)
    assert spread([one], [A, B], {B: 9}) == {"1": B}
    assert spread([one], [A], {}) == {"1": A}


@pytest.mark.unit
def test_the_summary_computed_by_hand() -> None:
    monday, tuesday = dt.date(2026, 11, 23), dt.date(2026, 11, 24)
    # Given: on Monday A got 3, tried 4 times: 2 satisfied, 1 unsatisfied, 1 found nobody;
    # on Tuesday B got 2 and tried twice: 1 refused, 1 satisfied.
    found = summed(
        [
            Counted(person=A, day=monday, given=3),
            Counted(person=A, day=monday, result=CallbackResult.SATISFIED, times=2),
            Counted(person=A, day=monday, result=CallbackResult.UNSATISFIED, times=1),
            Counted(person=A, day=monday, result=CallbackResult.UNREACHABLE, times=1),
            Counted(person=B, day=tuesday, given=2),
            Counted(person=B, day=tuesday, result=CallbackResult.REFUSED, times=1),
            Counted(person=B, day=tuesday, result=CallbackResult.SATISFIED, times=1),
        ]
    )
    # Then 6 attempts reached 5 customers, of whom 4 said something: 3 were satisfied
    whole = found.whole
    assert (whole.given, whole.attempts, whole.reached) == (5, 6, 5)
    assert whole.satisfied_share == 3 / 4
    # And A: 3 of 4 attempts reached somebody, 2 of 3 were satisfied; B: 1 of 1
    assert (found.people[A].reached, found.people[A].satisfied_share) == (3, 2 / 3)
    assert (found.people[B].reached, found.people[B].satisfied_share) == (2, 1.0)
    assert [(day, one.given) for day, one in found.days.items()] == [(monday, 3), (tuesday, 2)]


async def a_person(line: Hotline, name: str) -> Caller:
    async with line.database.sessions.begin() as session:
        new = NewUser(username=name, name=name.upper(), role=Role.AGENT)
        user, _ = await identity.create_user(session, new, passwords=PASSWORDS, at=line.at, by=None)
    caller = somebody(name, Permission.CASES_READ, Permission.CASES_CALL_BACK)
    return replace(caller, user=user.id)


async def done(line: Hotline, title: str = "洗衣机漏水") -> Case:
    case = await line.create(replace(ABOUT, title=title))
    return await line.walk(case, *DONE)


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


@pytest.fixture
def as_caller(line: Hotline) -> As:
    def ask(caller: Caller) -> AsyncClient:
        app = small_app(line.database, caller, [lists, giving], now=line.at)
        provide(app, Orders, line.orders)
        provide(app, ZoneInfo, ZoneInfo(line.orders.zone))
        return browser(app)

    return ask


@pytest.mark.db
async def test_given_called_back_unsatisfied_and_round_two(line: Hotline, as_caller: As) -> None:
    # Given two agents, and three work orders that are done
    li, wang = await a_person(line, "li"), await a_person(line, "wang")
    cases = [await done(line, f"工单 {n}") for n in range(3)]
    # When the lead gives them out
    async with as_caller(LEAD) as lead:
        assert (await lead.get("/api/case-callbacks/counts")).json()["nobodys"] == 3
        body = {"cases": [case.id for case in cases], "people": [li.user, wang.user]}
        given = (await lead.post("/api/case-callbacks/give", json=body)).json()
        assert [one["person"] for one in given] == [li.user, wang.user, li.user]
    # Then each sees the own ones, with the deadline, and was told
    async with as_caller(li) as agent:
        mine = (await agent.get("/api/case-callbacks")).json()["items"]
        assert [one["case"]["number"] for one in mine] == [cases[0].number, cases[2].number]
        assert {one["code"] for one in mine[0]["case"]["clocks"]} == {"wo.callback"}
    async with line.database.sessions() as session:
        told = [
            one.body["to"]
            for case in cases
            for one in await outbox.of(session, f"case:{case.id}")
            if one.body["name"] == "case.callbacks_given"
        ]
    assert sorted(told) == sorted([f"user:{li.user}", f"user:{wang.user}"])
    # When the customer of the first is not satisfied
    after = await line.happen(
        cases[0], "callback", by=li, reason="还是漏水", result="unsatisfied", kind="door_visit"
    )
    # Then its second round begins and it is on nobody's list
    assert (after.round, after.state.value) == (2, "dispatching")
    assert after.callbacks[-1].kind is CallbackKind.DOOR_VISIT
    async with as_caller(li) as agent:
        assert (await agent.get("/api/case-callbacks/counts")).json() == {
            "mine": 1, "all": 2, "nobodys": 0,
        }  # fmt: skip
    # And done once more it is nobody's again
    await line.walk(after, "dispatch", "accept", "complete")
    async with as_caller(LEAD) as lead:
        assert (await lead.get("/api/case-callbacks/counts")).json()["nobodys"] == 1


@pytest.mark.db
async def test_three_attempts_two_hours_apart(line: Hotline, as_caller: As) -> None:
    case = await done(line)
    await line.happen(case, "callback", result="unreachable")
    # Then the row says when the next may be
    async with as_caller(LEAD) as lead:
        (row,) = (await lead.get("/api/case-callbacks", params={"list": "all"})).json()["items"]
    assert (row["attempts"], row["not_before"], row["is_last"]) == (1, line.at + 2 * HOUR, False)
    # An attempt before that is refused; the third ends it
    line.at = Instant(line.at + 2 * HOUR - 1)
    with pytest.raises(CallbackNotDue):
        await line.happen(case, "callback", result="unreachable")
    line.at = Instant(line.at + 1)
    await line.happen(case, "callback", result="unreachable")
    line.at = Instant(line.at + 2 * HOUR)
    after = await line.happen(case, "callback", result="unreachable")
    assert after.state.value == "review"


@pytest.mark.db
async def test_what_is_refused_gives_nothing(line: Hotline, as_caller: As) -> None:
    li = await a_person(line, "li")
    ready, early = await done(line), await line.create()
    for cases, people, code in (
        ([ready.id, early.id], [li.user], "callback_not_waiting"),
        ([ready.id], [li.user, "nobody"], "cannot_call_back"),
    ):
        async with as_caller(LEAD) as lead:
            body = {"cases": cases, "people": people}
            refused = await lead.post("/api/case-callbacks/give", json=body)
            assert refused.json()["code"] == code
            assert (await lead.get("/api/case-callbacks/counts")).json()["nobodys"] == 1


@pytest.mark.db
async def test_the_rule_gives_out_what_is_nobodys_once(line: Hotline, as_caller: As) -> None:
    li, wang = await a_person(line, "li"), await a_person(line, "wang")
    for n in range(4):
        await done(line, f"工单 {n}")
    giver = CallbackGiver(line.database.sessions, lambda: line.at)
    # Given no rule, nothing happens
    assert await giver.round() == 0
    async with as_caller(LEAD) as lead:
        body = {"is_on": True, "people": [li.user, wang.user], "revision": 0}
        assert (await lead.put("/api/case-callbacks/rule", json=body)).json()["revision"] == 1
        again = await lead.put("/api/case-callbacks/rule", json=body)
        assert again.json()["code"] == "case_setup_changed"
    # With one, each gets two, and a second look finds nothing
    assert await giver.round() == 4
    assert await giver.round() == 0
    async with as_caller(LEAD) as lead:
        people = (await lead.get("/api/case-callbacks/people")).json()
        assert {one["id"]: one["open"] for one in people} == {li.user: 2, wang.user: 2}
        # And the summary has them on the day of the centre's zone
        asked = {"from": NINE - HOUR, "to": NINE + 24 * HOUR}
        found = (await lead.get("/api/case-callbacks/summary", params=asked)).json()
    assert (found["whole"]["given"], found["days"][0]["day"]) == (4, "2026-11-23")
    assert [(one["name"], one["open"]) for one in found["people"]] == [("LI", 2), ("WANG", 2)]


@pytest.mark.db
async def test_the_list_as_a_file(line: Hotline, as_caller: As) -> None:
    # Given two that are done, the older one Li's, about a washing machine that was repaired
    li = await a_person(line, "li")
    cases = [await done(line, f"工单 {n}") for n in range(2)]
    async with as_caller(LEAD) as lead:
        body = {"cases": [cases[0].id], "people": [li.user]}
        assert (await lead.post("/api/case-callbacks/give", json=body)).status_code == 200
    spoke = LastContact(contact=ContactId("c1"), at=NINE, topic="维修", topic_en="Repair")

    async def last_spoken(session: AsyncSession, numbers: Sequence[str]) -> dict[str, LastContact]:
        return dict.fromkeys(numbers, spoke)

    source = CallbacksSource(last_spoken)
    # When each list is taken away, masked and in full
    (mine,) = await rows(line.database, source, li)
    both = await rows(line.database, source, li, list="all", unmasked=True)
    (nobodys,) = await rows(line.database, source, li, list="nobodys")
    # Then the rows say what the page says
    assert mine[:6] == (cases[0].number, "商品质量", "工单 0", "", "138****8000", 1)
    assert mine[6:9] == ("2026-11-23 09:00:00", "维修", 0)
    assert (mine[12], mine[13], nobodys[13]) == ("否", "LI", "")
    assert [(row[4], row[-1]) for row in both] == [("13800138000", "")] * 2
    with pytest.raises(ExportFilterInvalid):
        source.check({"list": "theirs"})


@pytest.mark.db
async def test_whoever_does_not_want_to_be_called_is_given_to_nobody(
    line: Hotline, as_caller: As
) -> None:
    # Given two work orders that are done; the number of the first is not to be called any more
    li = await a_person(line, "li")
    quiet, other = [
        await line.walk(await line.create(replace(ABOUT, phone=phone)), *DONE)
        for phone in ("138 0013-8000", "13900139000")
    ]
    tomorrow = Instant(line.at + 24 * HOUR)
    async with line.database.sessions.begin() as session:
        id = await customers.add(session, "王小双", ["13800138000"], at=line.at)
        (number,) = (await customers.customer(session, id)).numbers
        await keeping.do_not_call(
            session, id, number.id, ("不要再打来", tomorrow), by=EDITOR, at=line.at
        )
    async with as_caller(LEAD) as lead:
        # Then the list says so with the reason, and giving out leaves it out
        found = (await lead.get("/api/case-callbacks", params={"list": "nobodys"})).json()["items"]
        assert {one["case"]["id"]: one["do_not_call"] for one in found} == {
            quiet.id: {"reason": "不要再打来", "until": tomorrow}, other.id: None,
        }  # fmt: skip
        body = {"cases": [quiet.id], "people": [li.user]}
        assert (await lead.post("/api/case-callbacks/give", json=body)).json() == []
        rule = {"is_on": True, "people": [li.user], "revision": 0}
        assert (await lead.put("/api/case-callbacks/rule", json=rule)).status_code == 200
    # And so does the rule, until it may be called again
    giver = CallbackGiver(line.database.sessions, lambda: line.at)
    assert (await giver.round(), await giver.round()) == (1, 0)
    line.at = tomorrow
    assert await giver.round() == 1
