"""Lists of work orders that can be exported: the columns of the page, numbers masked unless
somebody who may see them says why."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.permissions import Permission
from lianxi.kernel.masking import mask
from lianxi.modules.cases import looking
from lianxi.modules.cases.contracts import CaseState, Category
from lianxi.modules.cases.listed import CaseFilter, CaseLine, CaseList
from lianxi.modules.cases.naming import Name, Named, customer_names, named
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of
from lianxi.office.exports.listed import DAYS, NO, PAGE, YES, Listed, moment, place_of

MOST = 1_000_001
"""One more than any file takes."""
HEADINGS: Final[Mapping[ExportLanguage, tuple[str, ...]]] = {
    ExportLanguage.ZH: ("工单号", "类型", "类别", "标题", "客户", "电话", "地点", "优先级", "状态",
                        "轮次", "工区", "生成", "最近期限", "超时", "挂起", "督办", "预警",
                        "误派次数", "催办次数"),
    ExportLanguage.EN: ("Number", "Type", "Category", "Title", "Customer", "Telephone", "Place",
                        "Priority", "State", "Round", "Area", "Opened", "Nearest deadline", "Late",
                        "Suspended", "Supervised", "Warned", "Misdispatches", "Urged"),
}  # fmt: skip
_STATES: Final[Mapping[CaseState, tuple[str, str]]] = {
    CaseState.DISPATCHING: ("调度", "to dispatch"),
    CaseState.HANDLING: ("处理", "in hand"),
    CaseState.RETURNED: ("反单", "returned"),
    CaseState.REDISPATCHING: ("重复派单", "to dispatch again"),
    CaseState.DONE: ("完成", "done"),
    CaseState.REVIEW: ("审核", "in review"),
    CaseState.ARCHIVED: ("归档", "archived"),
    CaseState.WITHDRAWN: ("已撤销", "withdrawn"),
}
_CATEGORIES: Final[Mapping[Category, tuple[str, str]]] = {
    Category.QUERY: ("查询", "query"),
    Category.BUSINESS: ("业务", "business"),
    Category.COMPLAINT: ("投诉", "complaint"),
}


class CasesSource(Listed[CaseFilter]):
    """Work orders that the reader sees, newest first."""

    kind = "cases"
    permissions: tuple[Permission, ...] = (Permission.CASES_READ, Permission.RECORDS_EXPORT)
    titles = HEADINGS

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> CaseFilter:
        """Without a list, the open ones."""
        return filter_of(CaseFilter, {"list": CaseList.OPEN.value, **asked}, DAYS)

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        seen = await looking.sight(session, order.reader)
        return await looking.count(session, self.wanted(order.filter), seen, most=MOST)

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, after = self.wanted(order.filter), None
        async with sessions() as session:
            seen = await looking.sight(session, order.reader)
            names = await named(session)
        while True:
            async with sessions() as session:
                found = await looking.find(session, wanted, seen, after=after, limit=PAGE)
                known = await customer_names(session, found, order.reader)
            if not found:
                return
            yield [_cells(line, order, names, known.get(line.id, "")) for line in found]
            after = (found[-1].opened_at, found[-1].id)


def _named(names: Mapping[Any, Name], id: str, place: int) -> str:
    return names[id][place] if id in names else id


def _cells(line: CaseLine, order: Order, names: Named, customer: str) -> Sequence[Cell]:
    place = place_of(order.language)

    def said(is_so: bool) -> str:
        return (YES if is_so else NO)[place]

    return (
        line.number,
        _named(names.types, line.kind, place),
        _CATEGORIES[line.category][place],
        line.title,
        customer,
        line.phone if order.unmasked else mask(line.phone),
        line.place,
        line.priority,
        _STATES[line.state][place],
        line.round,
        _named(names.areas, line.area or "", place),
        moment(line.opened_at, order),
        moment(line.due_at, order),
        said(line.due_at is not None and line.due_at <= order.at),
        said(line.suspended),
        said(line.supervised),
        said(line.warned),
        line.misdispatches,
        line.urges,
    )
