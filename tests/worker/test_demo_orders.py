"""The demonstration's work orders: every list of the trade has something in it."""

from collections import Counter

import pytest
from sqlalchemy import select

from lianxi.kernel.ids import CustomerId
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases import seed
from lianxi.modules.cases.contracts import CaseState
from lianxi.modules.cases.models import CaseRow
from lianxi.modules.customers import facade as customers
from lianxi.worker.demo.orders import STORY, OrdersPlayed
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db


async def test_each_state_is_shown_and_the_story_is_told_once(centre: WebCentre) -> None:
    # Given the demonstration centre with its areas, and a customer
    now = centre.now()
    async with centre.database.sessions.begin() as session:
        await seed.plant(session, at=now)
        known = CustomerId(await customers.add(session, "示范客户", ["13800138009"], at=now))
        assert not await cases.is_any(session)
    # When the story is played up to now
    async with centre.database.sessions.begin() as session:
        story = OrdersPlayed(zone="Asia/Shanghai", now=now, customers={"13800138009": known})
        made = await story.play(session)
    # Then there is an order in each state but withdrawn, none later than now, one with a warning
    async with centre.database.sessions() as session:
        rows = (await session.scalars(select(CaseRow))).all()
        assert await cases.is_any(session)
    states = Counter(row.state for row in rows)
    assert made == len(STORY) == len(rows)
    assert set(states) == set(CaseState) - {CaseState.WITHDRAWN}
    assert max(row.opened_at for row in rows) < now
    assert [row.title for row in rows if row.warned] == ["多次反映未处理"]
    assert {row.customer for row in rows} == {known}
