"""Lists of customers from outside: checked line by line, taken in as a whole or not at all."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from httpx2 import AsyncClient
from sqlalchemy import func, select

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade, keeping
from lianxi.modules.customers.contracts import NewNumber, Profile
from lianxi.modules.customers.imports_router import router
from lianxi.modules.customers.jobs import Given, Importer
from lianxi.modules.customers.kept_router import router as kept
from lianxi.modules.customers.models import CustomerRow
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from tests.builders.cases import somebody
from tests.builders.small_app import browser, small_app

pytestmark = pytest.mark.db

NOW = Instant(1_795_000_000_000)
LEAD = somebody(
    "lead",
    Permission.CUSTOMERS_READ,
    Permission.CUSTOMERS_EDIT,
    Permission.CUSTOMERS_IMPORT,
    Permission.CUSTOMERS_CONFIDENTIAL,
)
HEAD = "姓名,用户证号,电话,标签,保密"
URL = "/api/customers/imports"


class Desk:
    """Somebody who brings lists, and the worker behind."""

    def __init__(self, database: Database, client: AsyncClient, caller: Caller) -> None:
        self.client = client
        self.database = database

        async def reader(session: object, user: UserId) -> Caller:
            return caller

        self.worker = Importer(Given(sessions=database.sessions, reader=reader, now=lambda: NOW))

    async def bring(self, *lines: str, mode: str = "update") -> dict[str, Any]:
        """A list, checked."""
        body = "\n".join([HEAD, *lines]).encode("gb18030")
        answer = await self.client.post(URL, content=body, params={"mode": mode})
        assert answer.status_code == 202, answer.text
        await self.worker.once()
        return await self.look(answer.json()["id"])

    async def take(self, id: str, *, only_good: bool = False) -> dict[str, Any]:
        """The list, taken in."""
        answer = await self.client.post(f"{URL}/{id}/take", json={"only_good": only_good})
        assert answer.status_code == 202, answer.text
        await self.worker.once()
        return await self.look(id)

    async def look(self, id: str) -> dict[str, Any]:
        """How it stands."""
        found: dict[str, Any] = (await self.client.get(f"{URL}/{id}")).json()
        return found

    async def lines(self, id: str, **wanted: Any) -> list[dict[str, Any]]:
        """What becomes of its lines."""
        answer = await self.client.get(f"{URL}/{id}/lines", params=wanted)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def people(self) -> int:
        """How many customers there are."""
        async with self.database.sessions() as session:
            return await session.scalar(select(func.count()).select_from(CustomerRow)) or 0


@pytest_asyncio.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    app = small_app(database, LEAD, [router, kept], now=NOW)
    async with browser(app) as client:
        yield Desk(database, client, LEAD)


async def test_a_list_is_checked_first_and_stored_when_that_is_asked(desk: Desk) -> None:
    # Given a list of two
    job = await desk.bring(
        "王小双,YH-1,138-0013-8000:手机;021-54321234,VIP;老客户,否", "李四,,13900139000,,"
    )
    # Then it is said what would become of it, and nothing is stored
    assert (job["state"], job["new"], job["of"]) == ("checked", 2, 2)
    assert await desk.people() == 0
    lines = await desk.lines(job["id"])
    assert [(one["what"], one["number"]) for one in lines] == [
        ("new", "138****8000"),
        ("new", "139****9000"),
    ]
    # When it is taken in
    done = await desk.take(job["id"])
    # Then the customers are found however one looks, and the audit tells who brought them
    assert (done["state"], done["done"], done["error"]) == ("done", 2, None)
    params = {"text": "wxs", "tag": "老客户", "certificate": "yh-1"}
    (found,) = (await desk.client.get("/api/customers", params=params)).json()["items"]
    assert (found["name"], len(found["numbers"])) == ("王小双", 2)
    async with desk.database.sessions() as session:
        rows = await audit.of_object(session, f"customer_import:{job['id']}")
        acts = [row.act for row in rows]
        assert acts == [Act.CUSTOMERS_IMPORTED, Act.CUSTOMER_IMPORT_ASKED]
        assert len(rows[0].facts["created"]) == 2
    # And the same list again changes nothing
    again = await desk.bring(
        "王小双,YH-1,13800138000:手机;02154321234,VIP;老客户,否", "李四,,13900139000,,"
    )
    assert (again["same"], again["new"]) == (2, 0)


async def test_one_wrong_line_stops_all_unless_the_good_ones_are_wanted(desk: Desk) -> None:
    # Given a list in which two of four lines are wrong
    job = await desk.bring(
        "王小双,YH-1,13800138000,,",
        ",YH-2,13900139000,,",
        "李四,,12,,也许",
        "王小双,,138 0013 8000,,",
    )
    assert (job["new"], job["wrong"]) == (1, 3)
    wrong = await desk.lines(job["id"], what="wrong")
    flaws = [[(p["column"], p["flaw"]) for p in one["problems"]] for one in wrong]
    assert flaws == [
        [("name", "missing")],
        [("confidential", "unknown_value"), ("number", "not_a_number")],
        [("number", "twice")],
    ]
    # When it is taken as it is
    answer = await desk.client.post(f"{URL}/{job['id']}/take", json={})
    # Then it is refused, and says where to look
    assert (answer.status_code, answer.json()["code"]) == (422, "list_has_errors")
    assert await desk.people() == 0
    # When the good ones alone are wanted
    done = await desk.take(job["id"], only_good=True)
    # Then these are stored
    assert (done["state"], done["new"], await desk.people()) == ("done", 1, 1)


async def test_who_is_there_already_is_never_guessed(desk: Desk) -> None:
    # Given customers: one by certificate, two of one name and number, one without a certificate
    async with desk.database.sessions.begin() as session:
        for name, certificate, number in (
            ("王小双", "YH1", "13800138000"),
            ("陈一", "YH3", "13700137000"),
            ("陈一", "YH4", "13700137000"),
            ("李四", "", "13900139000"),
        ):
            profile = Profile(name=name, certificate=certificate, level="银")
            new = [NewNumber(number=number)]
            await keeping.create(session, profile, new, by=LEAD, at=NOW)
    lines = (
        "王双,YH1,,,",
        "陈一,,13700137000,,",
        "李四,YH9,13900139000,熟客,",
        "李四二,,13900139000,,",
    )
    # When a list names them, to be updated
    job = await desk.bring(*lines)
    told = await desk.lines(job["id"])
    assert [(one["what"], one["changes"]) for one in told] == [
        ("changed", ["name"]),
        ("wrong", []),
        ("changed", ["certificate", "tags", "number"][:2]),
        ("new", []),
    ]
    assert told[1]["problems"][0]["flaw"] == "several_match"
    # Then what the lines say is written down, and empty cells change nothing
    await desk.take(job["id"], only_good=True)
    async with desk.database.sessions() as session:
        li = await facade.customer(session, told[2]["customer"])
        wang = await facade.customer(session, told[0]["customer"])
    assert (li.profile.certificate, li.profile.tags, li.profile.level) == ("YH9", ("熟客",), "银")
    assert (wang.profile.name, wang.revision) == ("王双", 2)
    # And where they are to be left, they are left; another certificate is another person
    kept = await desk.bring("王三,YH1,,,", "李四,YH7,13900139000,,", mode="skip")
    assert (kept["skipped"], kept["wrong"]) == (1, 1)
    (other,) = await desk.lines(kept["id"], what="wrong")
    assert other["problems"][0]["flaw"] == "certificate_differs"


async def test_lists_that_cannot_be_read_and_those_given_up(desk: Desk) -> None:
    # Given a file that is no list, and a list without names
    for content in (b"\x00\x01", "电话\n13800138000".encode()):
        answer = await desk.client.post(URL, content=content)
        await desk.worker.once()
        job = await desk.look(answer.json()["id"])
        assert job["state"] == "failed"
        assert job["error"] in ("list_unreadable", "list_columns_missing")
    assert (await desk.client.post(URL, content=b"")).json()["code"] == "list_unreadable"
    # When a checked list is given up
    job = await desk.bring("王小双,,,,")
    assert (await desk.client.delete(f"{URL}/{job['id']}")).status_code == 204
    # Then it cannot be taken any more
    answer = await desk.client.post(f"{URL}/{job['id']}/take", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "customer_import_not_ready")
    assert (await desk.look(job["id"]))["state"] == "cancelled"


async def test_confidential_customers_are_not_changed_by_a_list_of_who_may_not_see_them(
    database: Database,
) -> None:
    clerk = replace(
        somebody("clerk", Permission.CUSTOMERS_READ, Permission.CUSTOMERS_IMPORT), name="文员"
    )
    async with database.sessions.begin() as session:
        profile = Profile(name="王小双", certificate="YH1", confidential=True)
        await keeping.create(session, profile, [], by=LEAD, at=NOW)
    async with browser(small_app(database, clerk, [router], now=NOW)) as client:
        desk = Desk(database, client, clerk)
        job = await desk.bring("王双,YH1,,,")
        (line,) = await desk.lines(job["id"])
    assert (line["what"], line["problems"][0]["flaw"], line["customer"]) == (
        "wrong",
        "hidden",
        None,
    )
