"""Work orders for tests: types, areas and deadlines as a hotline has them, and people."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.db.session import Database
from lianxi.http.caller import Caller
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AreaId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade
from lianxi.modules.cases.contracts import (
    Area,
    AuditMode,
    Case,
    CaseType,
    Category,
    NewCase,
    Wanted,
)
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.office.calendar.contracts import TimeUnit
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.contracts import DeadlineRule
from tests.builders.small_app import a_caller

MINUTE = 60_000
HOUR = 60 * MINUTE
NORTH, SOUTH = AreaId("north"), AreaId("south")

COMPLAINT = CaseType(kind="complaint_goods", category=Category.COMPLAINT, zh="商品质量")
QUERY = CaseType(
    kind="query_price",
    category=Category.QUERY,
    zh="价格查询",
    callback_required=False,
    audit_mode=AuditMode.AUTOMATIC,
)
TARGETS = {
    "wo.dispatch": 30 * MINUTE,
    "wo.resolve": 24 * HOUR,
    "wo.accept": 20 * MINUTE,
    "wo.explain": 10 * MINUTE,
    "wo.callback": 24 * HOUR,
    "wo.audit": 48 * HOUR,
}
ABOUT = NewCase(
    kind=COMPLAINT.kind,
    title="洗衣机漏水",
    content="新买的洗衣机漏水，要求上门维修",
    phone="13800138000",
    place="朝阳区建国路",
)


def somebody(user: str, *permissions: Permission) -> Caller:
    """A person."""
    return replace(a_caller(*permissions), user=UserId(user), name=user.upper())


DISPATCHER = somebody("dispatcher", Permission.CASES_DISPATCH)
WORKER = somebody("worker", Permission.CASES_HANDLE)
REVIEWER = somebody("reviewer", Permission.CASES_REVIEW)
SUPERVISOR = somebody("supervisor", Permission.CASES_SUPERVISE)

PEOPLE = {
    "dispatch": DISPATCHER,
    "explain": DISPATCHER,
    "approve": REVIEWER,
    "reject": REVIEWER,
    "reopen": SUPERVISOR,
    "withdraw": SUPERVISOR,
    "overrule": SUPERVISOR,
    "grant_time": SUPERVISOR,
    "refuse_time": SUPERVISOR,
    "callback": REVIEWER,
    "submit": DISPATCHER,
}
FACTS: dict[str, dict[str, Any]] = {
    "dispatch": {"area": NORTH},
    "complete": {"workers": ["老李"], "text": "换了密封圈"},
}


async def a_hotline(session: AsyncSession) -> None:
    """Two areas, two types, deadlines of minutes and hours."""
    setup = CaseSetupRepository(session)
    for type in (COMPLAINT, QUERY):
        await setup.put_type(type)
    for id, name in ((NORTH, "城北工区"), (SOUTH, "城南工区")):
        await setup.put_area(Area(id=id, zh=name, staff=(WORKER.user,)))
    for code, target in TARGETS.items():
        rule = DeadlineRule(code=code, effective_at=Instant(0), target=target, unit=TimeUnit.WALL)
        await deadlines.put(session, rule, after=0)


@dataclass(slots=True, kw_only=True)
class Hotline:
    """A database with a hotline, and a clock that is moved by hand."""

    database: Database
    at: Instant
    orders: Orders = field(default_factory=lambda: Orders("Asia/Shanghai"))

    async def create(self, new: NewCase = ABOUT) -> Case:
        """An agent fills in a form."""
        async with self.database.sessions.begin() as session:
            return await facade.create(session, self.orders, new, by=somebody("agent"), at=self.at)

    async def happen(
        self, case: Case, event: str, *, by: Caller | None = None, reason: str = "", **facts: Any
    ) -> Case:
        """Somebody whose work it is does it; a reason is always given where none is said."""
        async with self.database.sessions.begin() as session:
            wanted = Wanted(event=event, reason=reason, facts={**FACTS.get(event, {}), **facts})
            who = by or PEOPLE.get(event, WORKER)
            return await facade.happen(session, self.orders, case.id, wanted, by=who, at=self.at)

    async def walk(self, case: Case, *events: str) -> Case:
        """One event after the other, a minute between."""
        for event in events:
            case = await self.happen(case, event, reason="说明")
            self.at = Instant(self.at + MINUTE)
        return case


async def hotline(database: Database, at: Instant) -> Hotline:
    """The database with a hotline in it."""
    async with database.sessions.begin() as session:
        await a_hotline(session)
    return Hotline(database=database, at=at)
