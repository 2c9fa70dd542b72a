"""Work orders that an announcement caused: shown at their place, ticked, and counted."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from httpx2 import AsyncClient

from lianxi.api.announcing import router
from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.modules.announcements import linking
from lianxi.modules.announcements.contracts import Announcement, AnnouncementType, Counts
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from tests.builders.announcements import Board, board
from tests.builders.cases import ABOUT, Hotline, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
READS = (Permission.CASES_READ, Permission.ANNOUNCEMENTS_READ)
WORKER = somebody("worker", *READS, Permission.CASES_HANDLE, Permission.CASES_DISPATCH)
READER = somebody("agent", *READS)
HERE = replace(ABOUT, place="上海市宝山区友谊路 5 号", contact=ContactId("c1"))
As = Callable[[Caller], AsyncClient]


@pytest.fixture
async def line(database: Database) -> Hotline:
    return await hotline(database, NINE)


@pytest.fixture
def centre(database: Database) -> Board:
    return board(database, NINE)


@pytest.fixture
def as_caller(database: Database) -> As:
    return lambda caller: browser(small_app(database, caller, [router], now=NINE))


async def an_outage(centre: Board) -> Announcement:
    return await centre.publish(centre.outage(type=AnnouncementType.FAULT, starts_at=NINE))


async def counted(centre: Board, one: Announcement) -> Counts:
    async with centre.database.sessions() as session:
        return (await linking.counts(session, [one.id]))[one.id]


async def test_an_order_that_comes_from_an_outage_is_counted(
    centre: Board, line: Hotline, as_caller: As
) -> None:
    # Given an outage, two work orders from one call there, and one from elsewhere
    one = await an_outage(centre)
    case, second = await line.create(HERE), await line.create(HERE)
    far = await line.create(ABOUT)
    path, other = (f"/api/cases/{each.id}/announcements" for each in (case, second))
    async with as_caller(WORKER) as worker:
        (note,) = (await worker.get(path)).json()
        assert (note["number"], note["nearness"], note["linked"]) == (one.number, "sure", [])
        assert (await worker.get(f"/api/cases/{far.id}/announcements")).json() == []
        # When both are ticked, one of them twice
        for each in (path, path, other):
            assert (await worker.put(f"{each}/{one.id}")).status_code == 204
        # Then two orders and one contact are about it, and it is written down
        found = await counted(centre, one)
        assert (found.cases, found.contacts) == (2, 1)
        # When one tick is taken back, the contact stays; with the last one it goes
        assert (await worker.delete(f"{other}/{one.number}")).status_code == 204
        found = await counted(centre, one)
        assert (found.cases, found.contacts) == (1, 1)
        # When the power is back, what caused the order is still shown
        await centre.happen(one, "restore")
        (note,) = (await worker.get(path)).json()
        assert (note["state"], note["linked"]) == ("restored", ["case"])
        assert (await worker.get(other)).json() == []
        assert (await worker.delete(f"{path}/{one.id}")).status_code == 204
    assert (await counted(centre, one)).contacts == 0
    async with centre.database.sessions() as session:
        told = await audit.of_object(session, f"announcement:{one.id}")
    acts = [row.act for row in told if row.facts.get("subject") == f"case:{case.id}"]
    assert acts == [Act.ANNOUNCEMENT_UNLINKED, Act.ANNOUNCEMENT_LINKED]


async def test_who_only_reads_and_what_is_closed_changes_nothing(
    centre: Board, line: Hotline, as_caller: As
) -> None:
    one = await an_outage(centre)
    case = await line.create(HERE)
    path = f"/api/cases/{case.id}/announcements"
    async with as_caller(READER) as reader:
        assert len((await reader.get(path)).json()) == 1
        assert (await reader.put(f"{path}/{one.id}")).json()["code"] == "forbidden"
    await line.happen(case, "withdraw", reason="重复")
    async with as_caller(WORKER) as worker:
        assert (await worker.put(f"{path}/{one.id}")).json()["code"] == "case_closed"
    assert (await counted(centre, one)).cases == 0
