"""Customers: made, found however one looks, changed by one person at a time, merged and parted."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from httpx2 import AsyncClient

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade
from lianxi.modules.customers.contracts import HashesCodes
from lianxi.modules.customers.kept_router import router
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from tests.builders.cases import somebody
from tests.builders.small_app import browser, small_app
from tests.modules.test_customer_codes import PlainHashes

pytestmark = pytest.mark.db

NOW = Instant(1_790_000_000_000)
WANG = "13800138001"
As = Callable[..., AsyncClient]

READS = (Permission.CUSTOMERS_READ, Permission.CUSTOMERS_EDIT)
AGENT = replace(somebody("agent", *READS), scope=Scope.SELF)
OTHER = replace(AGENT, user=somebody("other").user)
LEAD = somebody(
    "lead",
    *READS,
    Permission.CUSTOMERS_MERGE,
    Permission.CUSTOMERS_CONFIDENTIAL,
    Permission.RECORDS_REVEAL,
)


@pytest.fixture
def as_caller(database: Database) -> As:
    def ask(caller: Caller = AGENT, now: Instant = NOW) -> AsyncClient:
        app = small_app(database, caller, [router], now=now)
        provide(app, HashesCodes, PlainHashes())  # type: ignore[type-abstract]
        return browser(app)

    return ask


async def made(browser: AsyncClient, name: str, *numbers: str, **facts: Any) -> dict[str, Any]:
    """A customer."""
    body = {"profile": {"name": name, **facts}, "numbers": [{"number": n} for n in numbers]}
    answer = await browser.post("/api/customers", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def names(browser: AsyncClient, **wanted: str) -> list[str]:
    """Who is found."""
    answer = await browser.get("/api/customers", params=wanted)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_a_number_is_matched_by_none_one_or_several(
    as_caller: As, database: Database
) -> None:
    async with as_caller() as agent:
        # Given nobody with a number: nobody is found
        params = {"number": "+86 138-0013-8001"}
        assert (await agent.get("/api/customers/match", params=params)).json() == {"customers": []}
        # When somebody has it, however it is written
        wang = await made(agent, "王小双", WANG)
        assert wang["numbers"][0]["number"] == "138****8001"
        found = (await agent.get("/api/customers/match", params=params)).json()["customers"]
        assert [one["name"] for one in found] == ["王小双"]
        async with database.sessions() as session:
            assert await facade.name_for(session, WANG) == "王小双"
        # And a second person has the same one: both are told, and no name is said on the telephone
        await made(agent, "李四", "0" + WANG)
        found = (await agent.get("/api/customers/match", params=params)).json()["customers"]
        assert {one["name"] for one in found} == {"王小双", "李四"}
        async with database.sessions() as session:
            assert await facade.name_for(session, WANG) == ""


async def test_a_customer_is_found_by_what_one_remembers(as_caller: As) -> None:
    async with as_caller() as agent:
        await made(agent, "王小双", WANG, certificate="yh 0012ab", address="建国路12号")
        await made(agent, "李四", "02154321234", company="东方贸易公司", tags=["重点"])
        for wanted, who in (
            ({"text": "小双"}, ["王小双"]), ({"text": "王"}, ["王小双"]),
            ({"text": "wxs"}, ["王小双"]), ({"text": "ls 贸易"}, ["李四"]),
            ({"text": "建国路"}, ["王小双"]), ({"text": "0012"}, ["王小双"]),
            ({"text": "小四"}, []), ({"number_tail": "8001"}, ["王小双"]),
            ({"number_tail": "1234"}, ["李四"]), ({"certificate": "YH0012ab"}, ["王小双"]),
            ({"tag": "重点"}, ["李四"]), ({}, ["李四", "王小双"]),
        ):  # fmt: skip
            assert sorted(await names(agent, **wanted)) == sorted(who), wanted
        found = await agent.get("/api/customers/match", params={"certificate": "yh0012AB"})
        assert [one["name"] for one in found.json()["customers"]] == ["王小双"]


async def test_the_list_comes_in_pages(as_caller: As) -> None:
    for second in range(3):
        async with as_caller(now=Instant(NOW + second)) as agent:
            await made(agent, f"客户{second}")
    async with as_caller() as agent:
        first = (await agent.get("/api/customers", params={"limit": 2})).json()
        params = {"limit": 2, "cursor": first["next"]}
        rest = (await agent.get("/api/customers", params=params)).json()
    assert [one["name"] for one in first["items"]] == ["客户2", "客户1"]
    assert ([one["name"] for one in rest["items"]], rest["next"]) == (["客户0"], None)


async def test_a_change_is_of_what_was_read(as_caller: As, database: Database) -> None:
    async with as_caller() as agent:
        wang = await made(agent, "王小双", WANG)
        url = f"/api/customers/{wang['id']}"
        # When the name and the numbers change
        profile = wang["profile"] | {"name": "王双", "level": "VIP"}
        body = {
            "profile": profile,
            "add_numbers": [{"number": "13900139000", "label": "公司"}],
            "drop_numbers": [wang["numbers"][0]["id"]],
            "revision": 1,
        }
        after = (await agent.put(url, json=body)).json()
        assert (after["profile"]["name"], after["revision"]) == ("王双", 2)
        assert [one["number"] for one in after["numbers"]] == ["139****9000"]
        # Then who read the former revision is refused, and nothing is written
        late = await agent.put(url, json=body)
        assert (late.status_code, late.json()["code"]) == (412, "customer_changed")
        gone = await agent.put(url, json=body | {"revision": 2})
        assert gone.json()["code"] == "customer_number_not_found"
        assert (await agent.get(url)).json() == after
    # And it is written down, numbers masked
    async with database.sessions() as session:
        newest = (await audit.of_object(session, f"customer:{wang['id']}"))[0]
    assert newest.act is Act.CUSTOMER_CHANGED
    assert newest.before is not None
    assert newest.after is not None
    assert (newest.before["name"], newest.after["name"]) == ("王小双", "王双")
    assert WANG not in str(newest.before)


async def test_what_is_no_customer_is_refused(as_caller: As) -> None:
    async with as_caller() as agent:
        held = await made(agent, "王小双", certificate="YH1")
        for profile, numbers, code in (
            ({"name": " "}, [], "customer_name_missing"),
            ({"name": "李四"}, [{"number": "12"}], "customer_number_invalid"),
            ({"name": "李四", "certificate": "yh 1"}, [], "certificate_taken"),
        ):
            body = {"profile": profile, "numbers": numbers}
            refused = (await agent.post("/api/customers", json=body)).json()
            assert refused["code"] == code
        assert refused["facts"] == {"customer": held["id"]}
        assert await names(agent) == ["王小双"]


async def test_confidential_customers_are_seen_by_few(as_caller: As) -> None:
    async with as_caller() as agent:
        wang = await made(agent, "王小双", WANG, confidential=True)
        assert await names(agent) == ["王小双"]
    async with as_caller(OTHER) as other:
        assert await names(other) == []
        refused = await other.get(f"/api/customers/{wang['id']}")
        assert (refused.status_code, refused.json()["code"]) == (404, "customer_not_found")
        matched = await other.get("/api/customers/match", params={"number": WANG})
        assert [one["name"] for one in matched.json()["customers"]] == ["王小双"]
    async with as_caller(LEAD) as lead:
        assert await names(lead) == ["王小双"]


async def test_numbers_in_full_are_written_down(as_caller: As, database: Database) -> None:
    async with as_caller(LEAD) as lead:
        wang = await made(lead, "王小双", WANG)
        shown = (await lead.post(f"/api/customers/{wang['id']}/reveal")).json()
    assert shown["numbers"][0]["number"] == WANG
    async with database.sessions() as session:
        assert await audit.has(session, Act.NUMBER_REVEALED, f"customer:{wang['id']}")


async def test_consent_and_numbers_not_to_be_called(as_caller: As, database: Database) -> None:
    async with as_caller() as agent:
        wang = await made(agent, "王小双", WANG)
        url = f"/api/customers/{wang['id']}"
        # When the customer refuses to be sold things and to be called there
        said = await agent.put(f"{url}/consents/marketing", json={"given": False, "how": "电话"})
        assert [(c["purpose"], c["given"]) for c in said.json()["consents"]] == [
            ("marketing", False)
        ]
        quiet = f"{url}/numbers/{wang['numbers'][0]['id']}/do-not-call"
        body = {"reason": "客户要求", "until": NOW + 1000}
        after = (await agent.put(quiet, json=body)).json()
        assert after["numbers"][0]["do_not_call"]["reason"] == "客户要求"
        # Then it is so until then
        async with database.sessions() as session:
            assert await facade.do_not_call(session, WANG, at=NOW) is not None
            assert await facade.do_not_call(session, WANG, at=Instant(NOW + 1000)) is None
        # And may be taken back
        assert (await agent.delete(quiet)).json()["numbers"][0]["do_not_call"] is None
        vague = await agent.put(quiet, json={"reason": ""})
        assert vague.json()["code"] == "customer_reason_missing"


async def test_who_it_is_is_found_out(as_caller: As, database: Database) -> None:
    async with as_caller() as agent:
        wang = await made(agent, "王小双", WANG)
        async with database.sessions.begin() as session:
            await facade.set_code(session, WANG, "135790", hashes=PlainHashes(), at=NOW)
        check = f"/api/customers/{wang['id']}/check"
        wrong = (await agent.post(check, json={"method": "password", "code": "1"})).json()
        assert (wrong["passed"], wrong["customer"]["check"]) == (False, None)
        right = (await agent.post(check, json={"method": "password", "code": "135790"})).json()
        assert (right["passed"], right["customer"]["check"]["method"]) == (True, "password")
        asked = (await agent.post(check, json={"method": "question"})).json()
        assert asked["customer"]["check"] == {"method": "question", "at": NOW, "by": "agent"}
