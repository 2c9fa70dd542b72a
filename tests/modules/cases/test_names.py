"""Names for work orders over HTTP: people and customers; and deadlines that tick by themselves."""

from dataclasses import replace

import pytest

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import CustomerId
from lianxi.modules.cases.contracts import Area
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.router import router
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.customers import facade as customers
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import NewUser, Role
from tests.builders.cases import ABOUT, MINUTE, NORTH, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.builders.web_centre import PASSWORDS
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
LOOKER = replace(
    somebody("looker", Permission.CASES_READ, Permission.CASES_DISPATCH, Permission.CUSTOMERS_READ),
    scope=Scope.ALL,
)
STRANGER = replace(LOOKER, permissions=LOOKER.permissions - {Permission.CUSTOMERS_READ})


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


async def listed(line: Hotline, caller: Caller, path: str) -> object:
    app = small_app(line.database, caller, [router], now=line.at)
    provide(app, Orders, line.orders)
    async with browser(app) as asked:
        return (await asked.get(path)).json()


async def test_a_list_names_customers_to_whom_may_see_them(line: Hotline) -> None:
    # Given a customer with a work order
    async with line.database.sessions.begin() as session:
        known = CustomerId(await customers.add(session, "王女士", ["13800138000"], at=NINE))
    await line.create(replace(ABOUT, customer=known))
    for caller, name in ((LOOKER, "王女士"), (STRANGER, "")):
        found = await listed(line, caller, "/api/cases")
        assert isinstance(found, dict)
        assert [one["customer_name"] for one in found["items"]] == [name]


async def test_without_a_number_it_has_the_customers(line: Hotline) -> None:
    async with line.database.sessions.begin() as session:
        known = CustomerId(await customers.add(session, "王女士", ["13900139000"], at=NINE))
    assert (await line.create(replace(ABOUT, customer=known, phone=""))).phone == "13900139000"
    nobody = replace(ABOUT, customer=CustomerId("gone"), phone=" ")
    assert (await line.create(nobody)).phone == ""


async def test_a_work_order_names_its_people_and_who_may_be_given_it(line: Hotline) -> None:
    # Given an area with a person in it, and a work order dispatched there by that person
    async with line.database.sessions.begin() as session:
        new = NewUser(username="li", name="李工", role=Role.AGENT)
        li, _ = await identity.create_user(session, new, passwords=PASSWORDS, at=NINE, by=None)
        area = Area(id=NORTH, zh="城北工区", staff=(li.id,))
        await CaseSetupRepository(session).put_area(area)
    case = await line.create()
    by = replace(somebody("x", Permission.CASES_DISPATCH), user=li.id)
    await line.happen(case, "dispatch", by=by)
    # When it is read ten minutes later
    line.at = type(line.at)(line.at + 10 * MINUTE)
    found = await listed(line, LOOKER, f"/api/cases/{case.id}")
    assert isinstance(found, dict)
    # Then both are said by name
    assert found["people"] == [{"id": li.id, "name": "李工"}]
    assert found["staff"] == [{"id": li.id, "name": "李工"}]
    # And its deadlines say from where they tick
    clocks = {clock["code"]: clock for clock in found["clocks"]}
    accept = clocks["wo.accept"]
    assert (accept["spent"], accept["read_at"], accept["counts"]) == (10 * MINUTE, line.at, True)
    assert accept["stretches"] == [{"since": NINE, "until": None}]
    assert clocks["wo.dispatch"]["counts"] is False
