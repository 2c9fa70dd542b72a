"""A work order that is withdrawn or merged takes its warning along; nothing is left behind."""

from dataclasses import replace

import pytest

from lianxi.db.session import Database
from lianxi.http.permissions import Permission
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.warnings import facade
from lianxi.modules.warnings.contracts import WarningState
from lianxi.modules.warnings.ending import EndsWithCase
from lianxi.office.audit import facade as audit
from lianxi.office.clock.contracts import ClockOutcome, ClockState
from lianxi.office.flow.errors import EventNotAllowed
from lianxi.office.outbox import facade as outbox
from tests.builders.cases import SUPERVISOR, somebody
from tests.builders.warnings import Chain, chain
from tests.office.test_calendar import at

pytestmark = pytest.mark.db

NINE = at("2026-11-23 09:00")


@pytest.fixture
async def line(database: Database) -> Chain:
    found = await chain(database, NINE)
    found.line.orders = Orders("Asia/Shanghai", gone=EndsWithCase(found.warnings))
    return found


async def test_a_withdrawn_work_order_closes_its_warning_in_the_same_moment(line: Chain) -> None:
    # Given a warning with the store, four clocks running after an unsatisfied customer
    warning = await line.classify()
    for event in ("submit", "approve", "guide", "feedback"):
        line.later(5)
        warning = await line.happen(warning, event)
    warning = await line.happen(warning, "recontact", satisfied=False)
    assert len([c for c in await line.clocks(warning) if c.state is ClockState.RUNNING]) == 3
    # When the customer takes the complaint back
    line.later(60)
    line.line.at = line.at
    case = await line.line.happen(line.case, "withdraw", by=SUPERVISOR, reason="客户撤诉")
    # Then the warning is over, its clocks are cancelled, and the hops still are the whole time
    async with line.database.sessions() as session:
        found = await facade.warning(session, warning.id)
        told = await outbox.of(session, f"warning:{warning.id}")
        story = await audit.of_object(session, f"warning:{warning.id}")
    assert (found.state, found.closed_at) == (WarningState.CLOSED, line.at)
    assert not case.warned
    clocks = await line.clocks(warning)
    assert {c.state for c in clocks} == {ClockState.ENDED}
    last = [c.outcome for c in clocks if c.ended_at == line.at]
    assert set(last) == {ClockOutcome.CANCELLED}
    assert (await line.hops(warning)).whole == line.at - NINE
    assert (story[0].facts["event"], story[0].reason) == ("case_gone", "客户撤诉")
    closed = [m.body["to"] for m in told if m.body["name"] == "warning.closed"]
    assert closed == ["post:hotline_supervisor", "post:store_manager"]


async def test_a_merged_work_order_closes_its_warning(line: Chain) -> None:
    warning = await line.classify()
    other = await line.line.create()
    async with line.database.sessions.begin() as session:
        await cases.merge(
            session, line.line.orders, line.case.id, other.id,
            reason="重复", by=somebody("d", Permission.CASES_DISPATCH), at=Instant(NINE + 1),
        )  # fmt: skip
    async with line.database.sessions() as session:
        assert (await facade.warning(session, warning.id)).state is WarningState.CLOSED
        left = await cases.case(session, other.id)
    assert not left.warned


async def test_nobody_ends_a_warning_in_the_place_of_its_work_order(line: Chain) -> None:
    warning = await line.classify()
    boss = replace(SUPERVISOR)
    for event in ("case_gone", "satisfied", "unsatisfied", "nonsense"):
        with pytest.raises(EventNotAllowed):
            await line.happen(warning, event, by=boss)
