"""What was with a customer, in one line of time: contacts by number, work orders, also of those who
were merged into it."""

from dataclasses import replace

import pytest

from lianxi.api.customer_story import router
from lianxi.db.session import Database
from lianxi.engine.messages.values import Channel
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId, CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.customers import facade, joining
from lianxi.projections.models import FactContact
from tests.builders.cases import ABOUT, hotline, somebody
from tests.builders.small_app import browser, small_app
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")
ALL = (
    Permission.CUSTOMERS_READ,
    Permission.CUSTOMERS_MERGE,
    Permission.RECORDS_READ,
    Permission.CASES_READ,
    Permission.CASES_DISPATCH,
)
LEAD = somebody("lead", *ALL)
NEITHER = somebody("reader", Permission.CUSTOMERS_READ)


def a_contact(id: str, caller: str, at: Instant) -> FactContact:
    """A call."""
    return FactContact(
        contact=ContactId(id),
        arrived_at=at,
        position=0,
        channel=Channel.VOICE,
        number="4001",
        caller=caller,
    )


async def test_contacts_and_work_orders_in_one_line(database: Database) -> None:
    # Given a customer who called twice, under two ways of writing, and has a work order; and the
    # same person a second time, with one of its own
    line = await hotline(database, NINE)
    async with database.sessions.begin() as session:
        wang = await facade.add(session, "王小双", ["13800138000"], at=NINE)
        again = await facade.add(session, "王双", [], at=NINE)
        for minute, caller in ((1, "013800138000"), (3, "+8613800138000"), (4, "13900000000")):
            session.add(a_contact(f"c{minute}", caller, Instant(NINE + minute * 60_000)))
        for minute, who in ((2, wang), (5, again)):
            new = replace(ABOUT, customer=CustomerId(who))
            moment = Instant(NINE + minute * 60_000)
            await cases.create(session, line.orders, new, by=LEAD, at=moment)
        await joining.merge(session, again, wang, reason="同一人", by=LEAD, at=NINE)
    app = small_app(database, LEAD, [router], now=NINE)
    async with browser(app) as lead:
        # When the story is read in pages of three
        url = f"/api/customers/{wang}/timeline"
        first = (await lead.get(url, params={"limit": 3})).json()
        rest = (await lead.get(url, params={"limit": 3, "cursor": first["next"]})).json()
    # Then everything stands in it once, newest first, and numbers are masked
    steps = [*first["items"], *rest["items"]]
    assert [step["kind"] for step in steps] == ["case", "contact", "case", "contact"]
    minutes = [(step["at"] - NINE) // 60_000 for step in steps]
    assert (minutes, rest["next"]) == ([5, 3, 2, 1], None)
    assert "13800138000" not in str(steps)


async def test_nobody_sees_more_there_than_elsewhere(database: Database) -> None:
    async with database.sessions.begin() as session:
        wang = await facade.add(session, "王小双", ["13800138000"], at=NINE)
        session.add(a_contact("c1", "13800138000", NINE))
    async with browser(small_app(database, NEITHER, [router], now=NINE)) as reader:
        found = (await reader.get(f"/api/customers/{wang}/timeline")).json()
    assert found == {"items": [], "next": None}
