"""Work orders whose customers are to be called back, as a list that can be exported: the columns of
the page, numbers masked unless somebody who may see them says why."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CaseId, UserId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.cases import callbacks, looking
from lianxi.modules.cases.callback_contracts import (
    CallbackFilter,
    CallbackLine,
    CallbackList,
    FindsLastSpoken,
    LastSpoken,
)
from lianxi.modules.cases.callbacks_repository import NEVER, Place
from lianxi.modules.cases.guards import BETWEEN_ATTEMPTS_MS
from lianxi.modules.cases.naming import customer_names, named
from lianxi.modules.customers.facade import do_not_call_of
from lianxi.modules.identity import facade as identity
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of
from lianxi.office.exports.listed import NO, PAGE, YES, Listed, moment, place_of

HEADINGS: Final[Mapping[ExportLanguage, tuple[str, ...]]] = {
    ExportLanguage.ZH: ("工单号", "类型", "标题", "客户", "电话", "轮次", "上次联络", "联络内容",
                        "已打次数", "上次拨打", "可再打", "回访期限", "超时", "回访人", "分配",
                        "生成", "勿扰"),
    ExportLanguage.EN: ("Number", "Type", "Title", "Customer", "Telephone", "Round",
                        "Last contact", "Last contact about", "Attempts", "Last attempt",
                        "Again from", "Deadline", "Late", "Called back by", "Given", "Opened",
                        "Not to be called"),
}  # fmt: skip


class CallbacksSource(Listed[CallbackFilter]):
    """Callbacks that the reader sees, what is due first.

    Args:
        last_spoken: knows when customers were last spoken to.
    """

    kind = "case-callbacks"
    permissions: tuple[Permission, ...] = (
        Permission.CASES_READ, Permission.CASES_CALL_BACK, Permission.RECORDS_EXPORT,
    )  # fmt: skip
    titles = HEADINGS

    def __init__(self, last_spoken: FindsLastSpoken) -> None:
        self._last_spoken = last_spoken

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> CallbackFilter:
        """Without a list, one's own."""
        return filter_of(CallbackFilter, {"list": CallbackList.MINE.value, **asked})

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        seen = await looking.sight(session, order.reader)
        return await callbacks.count(session, self.wanted(order.filter), seen)

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, after = self.wanted(order.filter), None
        async with sessions() as session:
            seen = await looking.sight(session, order.reader)
        while True:
            async with sessions() as session:
                found = await callbacks.find(session, wanted, seen, after=after, limit=PAGE)
                rows = await self._rows(session, found, order)
            if not found:
                return
            yield rows
            after = _place(found[-1])

    async def _rows(
        self, session: AsyncSession, found: Sequence[CallbackLine], order: Order
    ) -> list[Sequence[Cell]]:
        cases = [line.case for line in found]
        people = {line.person for line in found if line.person is not None}
        place = place_of(order.language)
        kinds = {kind: names[place] for kind, names in (await named(session)).types.items()}
        customers = await customer_names(session, cases, order.reader)
        names = {user.id: user.name for user in await identity.some(session, people)}
        phones = [case.phone for case in cases if case.phone]
        spoke = await self._last_spoken(session, phones)
        quiet = await do_not_call_of(session, phones, at=order.at)
        return [
            (
                *_cells(line, order, kinds, customers, names, spoke.get(line.case.phone)),
                quiet[line.case.phone].reason if line.case.phone in quiet else "",
            )
            for line in found
        ]


def _place(line: CallbackLine) -> Place:
    return line.case.due_at or NEVER, line.case.id


def _cells(
    line: CallbackLine,
    order: Order,
    kinds: Mapping[str, str],
    customers: Mapping[CaseId, str],
    names: Mapping[UserId, str],
    spoke: LastSpoken | None,
) -> Sequence[Cell]:
    case, is_english = line.case, order.language is ExportLanguage.EN
    is_late = case.due_at is not None and case.due_at <= order.at
    again = None if line.last_at is None else Instant(line.last_at + BETWEEN_ATTEMPTS_MS)

    return (
        case.number,
        kinds.get(case.kind, case.kind),
        case.title,
        customers.get(case.id, ""),
        case.phone if order.unmasked else mask(case.phone),
        case.round,
        moment(spoke.at if spoke else None, order),
        "" if spoke is None else (is_english and spoke.topic_en) or spoke.topic,
        line.attempts,
        moment(line.last_at, order),
        moment(again, order),
        moment(case.due_at, order),
        (YES if is_late else NO)[is_english],
        "" if line.person is None else names.get(line.person, line.person),
        moment(line.given_at, order),
        moment(case.opened_at, order),
    )
