"""Which customer is on the line: found, made and given the number that nobody has to see; and how
it stands with the customers of a list."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from lianxi.api.customer_standing import router
from lianxi.db.session import Database
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.customers import facade, joining, looking
from lianxi.modules.customers.choices_router import router as choices
from lianxi.modules.customers.contracts import Profile, Purpose
from lianxi.modules.customers.keeping import consent, create
from lianxi.modules.customers.kept_router import router as kept
from tests.api.test_conferring import two
from tests.api.test_customer_story import a_contact
from tests.api.test_floor import code
from tests.builders.cases import ABOUT, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.builders.web_centre import WebCentre
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
READER = somebody(
    "reader", Permission.CUSTOMERS_READ, Permission.RECORDS_READ, Permission.CASES_READ,
    Permission.CUSTOMERS_EDIT, Permission.CUSTOMERS_MERGE, Permission.CASES_DISPATCH,
)  # fmt: skip


async def test_a_caller_becomes_a_customer_and_is_found_by_the_next_call(
    centre: WebCentre,
) -> None:
    async with AsyncExitStack() as stack:
        # Given somebody on the line whom nobody knows
        desk, other, contact = await two(centre, stack)
        path = f"/desk/contacts/{contact}/customers"
        assert (await desk.get(path)).json() == {"number": "138****1234", "customers": []}
        # When the agent makes a customer of them
        made = await desk.post(path, {"profile": {"name": "王小双"}, "label": "手机"})
        # Then that customer has the number, and is who is on the line
        assert made.status_code == 201
        assert made.json()["numbers"][0]["number"] == "138****1234"
        (found,) = (await desk.get(path)).json()["customers"]
        assert found["id"] == made.json()["id"]
        # And whoever does not have the call is told nothing and makes nobody
        assert code(await other.get(path))[1] == "not_your_contact"
        assert code(await other.post(path, {"profile": {"name": "他人"}}))[1] == "not_your_contact"


async def test_a_known_customer_calls_from_another_number(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        desk, _, contact = await two(centre, stack)
        # Given a customer with a number of another kind
        async with centre.database.sessions.begin() as session:
            known = await facade.add(session, "李雷", ["01088889999"], at=centre.now())
        path = f"/desk/contacts/{contact}/customers/{known}"
        # When the agent says twice that it is this one
        body = {"label": "手机"}
        given = (await desk.client.put(f"/api{path}", json=body)).json()
        again = (await desk.client.put(f"/api{path}", json={})).json()
        # Then the number is written down once, with its name
        assert len(given["numbers"]) == 2
        assert (again["revision"], again["numbers"]) == (given["revision"], given["numbers"])
        assert "手机" in [one["label"] for one in given["numbers"]]


async def test_how_it_stands_with_the_customers_of_a_list(database: Database) -> None:
    # Given one who called by two numbers, with an open work order and another through a merge; and
    # one of whom there is nothing
    line = await hotline(database, NINE)
    async with database.sessions.begin() as session:
        wang = await facade.add(session, "王小双", ["13800138000", "01088889999"], at=NINE)
        again = await facade.add(session, "王双", [], at=NINE)
        quiet = await facade.add(session, "李雷", [], at=NINE)
        for minute, caller in ((1, "013800138000"), (3, "01088889999"), (4, "13900000000")):
            session.add(a_contact(f"c{minute}", caller, Instant(NINE + minute * 60_000)))
        for who in (wang, again):
            new = replace(ABOUT, customer=CustomerId(who))
            await cases.create(session, line.orders, new, by=READER, at=NINE)
        await joining.merge(session, again, wang, reason="同一人", by=READER, at=NINE)
    # When the list asks a week later
    later = Instant(NINE + 7 * 86_400_000)
    async with browser(small_app(database, READER, [router, kept], now=later)) as reader:
        asked = {"id": [wang, quiet, again, "nobody"]}
        found = (await reader.get("/api/customers/standing", params=asked)).json()
    # Then the newest contact and all work orders count, and who was merged is not told of
    told = {each["customer"]: each for each in found}
    assert set(told) == {wang, quiet}
    assert told[wang]["last_contact_at"] == NINE + 3 * 60_000
    assert (told[wang]["open_cases"], told[wang]["late_cases"]) == (2, 2)
    assert (told[quiet]["last_contact_at"], told[quiet]["open_cases"]) == (None, 0)


async def test_customers_are_found_by_what_they_said(database: Database) -> None:
    async with database.sessions.begin() as session:
        for name, said in (("甲", True), ("乙", False), ("丙", None)):
            profile = Profile(name=name, level="金卡" if said else "", tags=("VIP", name))
            made = await create(session, profile, [], by=READER, at=NINE)
            if said is not None:
                to = Purpose.MARKETING
                await consent(session, made.id, to, said, "电话", by=READER, at=NINE)
    async with browser(small_app(database, READER, [choices, kept], now=NINE)) as reader:
        for answer, name in (("yes", "甲"), ("no", "乙"), ("open", "丙")):
            asked = {"consent": "marketing", "answer": answer}
            found = (await reader.get("/api/customers", params=asked)).json()["items"]
            assert [one["name"] for one in found] == [name]
        known = (await reader.get("/api/customer-choices")).json()
    assert known["levels"] == ["金卡"]
    assert set(known["tags"]) == {"VIP", "甲", "乙", "丙"}


async def test_nobody_has_a_contact_without_numbers(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(a_contact(ContactId("c1"), "", NINE))
        one = await facade.add(session, "李雷", [], at=NINE)
        eyes = looking.eyes_of(READER)
        assert [each.id for each in await looking.some(session, [one], eyes)] == [one]
    async with browser(small_app(database, READER, [router], now=NINE)) as reader:
        found = (await reader.get("/api/customers/standing", params={"id": one})).json()
    assert found[0]["last_contact_at"] is None
