"""Customers and work orders as files: as the page has them, numbers masked unless somebody says
why."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import CustomerId
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.exporting import CasesSource
from lianxi.modules.customers import keeping
from lianxi.modules.customers.contracts import NewNumber, Profile, Purpose
from lianxi.modules.customers.exporting import CustomersSource
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order, Source
from lianxi.office.exports.errors import ExportFilterInvalid
from tests.builders.cases import ABOUT, hotline, somebody
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
LEAD = somebody("lead", Permission.CUSTOMERS_READ, Permission.CASES_READ, Permission.CASES_DISPATCH)
CLERK = replace(somebody("clerk", Permission.CASES_READ), scope=Scope.SELF)


async def rows(
    database: Database, source: Source, reader: Caller = LEAD, *, unmasked: bool = False,
    **wanted: Any,
) -> list[Sequence[Cell]]:  # fmt: skip
    """What would stand in the file."""
    order = Order(
        filter=source.check(wanted), reader=reader, unmasked=unmasked, at=NINE,
        language=ExportLanguage.ZH, zone=ZoneInfo("Asia/Shanghai"),
    )  # fmt: skip
    found = [row async for page in source.pages(database.sessions, order) for row in page]
    async with database.sessions() as session:
        assert await source.count(session, order) == len(found)
    assert all(len(row) == len(source.headings(order)) for row in found)
    return found


async def test_customers_and_work_orders_as_rows(database: Database) -> None:
    # Given two customers, one of them confidential, and a work order
    line = await hotline(database, NINE)
    async with database.sessions.begin() as session:
        number = [NewNumber(number="13800138000", label="手机")]
        profile = Profile(name="王小双", certificate="YH1", tags=("老客户",))
        wang = await keeping.create(session, profile, number, by=LEAD, at=NINE)
        said = Purpose.SURVEY
        await keeping.consent(session, wang.id, said, True, "电话中", by=LEAD, at=NINE)
        hidden = Profile(name="李四", confidential=True)
        await keeping.create(session, hidden, [], by=None, at=NINE)
        new = replace(ABOUT, customer=CustomerId(wang.id))
        await cases.create(session, line.orders, new, by=LEAD, at=NINE)
    # When they are exported, masked and in full
    (masked,) = await rows(database, CustomersSource(), certificate="yh1")
    (full,) = await rows(database, CustomersSource(), unmasked=True, text="wxs")
    (case,) = await rows(database, CasesSource(), text="洗衣机")
    (open_case,) = await rows(database, CasesSource(), unmasked=True, list="all")
    # Then the rows say what the pages say
    assert (masked[0], masked[2], full[2]) == ("王小双", "138****8000:手机", "13800138000:手机")
    assert (masked[6], masked[15]) == ("老客户", "是")
    assert len(await rows(database, CustomersSource())) == 1
    assert case[:6] == (
        "GD-20261123-0001", "商品质量", "投诉", "洗衣机漏水", "王小双", "138****8000",
    )  # fmt: skip
    assert (case[8], open_case[5]) == ("调度", "13800138000")
    # And who does not see a work order has none in the file; what is no filter is refused
    assert await rows(database, CasesSource(), CLERK) == []
    with pytest.raises(ExportFilterInvalid):
        CasesSource().check({"colour": "red"})
