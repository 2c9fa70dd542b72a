"""Records as a list that can be exported: the columns of the page, numbers masked unless somebody
who may see them says why."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.contacts import exported_repository, facade
from lianxi.modules.contacts.contracts import (
    CodeName,
    MissedFilter,
    QueueName,
    Record,
    RecordFilter,
)
from lianxi.modules.contacts.export_words import HEADINGS, MISSED_HEADINGS, WORDS
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of
from lianxi.office.exports.listed import DAYS, PAGE, Listed, moment

DAY_MS = 86_400_000
MOST_NUMBERS = 100_000


class RecordsSource(Listed[RecordFilter]):
    """Contacts within the reader's reach, newest first."""

    kind = "records"
    permissions: tuple[Permission, ...] = (Permission.RECORDS_READ, Permission.RECORDS_EXPORT)
    titles = HEADINGS

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> RecordFilter:
        """By the names of the page."""
        return filter_of(RecordFilter, asked, DAYS)

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        return await exported_repository.count(
            session, self.wanted(order.filter), facade.reach_of(order.reader)
        )

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, reach, before = self.wanted(order.filter), facade.reach_of(order.reader), None
        while True:
            async with sessions() as session:
                records = await facade.find(session, wanted, reach, before=before, limit=PAGE)
                ids = [record.id for record in records]
                full = await exported_repository.numbers(session, ids) if order.unmasked else {}
            if not records:
                return
            yield [_cells(record, order, full) for record in records]
            before = (records[-1].arrived_at, records[-1].id)


class MissedSource(Listed["MissedWithin"]):
    """Callers nobody spoke to and whose number has not been answered since, one row a number."""

    kind = "missed"
    permissions: tuple[Permission, ...] = (Permission.RECORDS_READ, Permission.RECORDS_EXPORT)
    titles = MISSED_HEADINGS

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> "MissedWithin":
        """`from` and `to`."""
        return filter_of(MissedWithin, asked, DAYS)

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many numbers there are."""
        reach = facade.reach_of(order.reader)
        return len(await facade.missed(session, _within(order), reach, limit=MOST_NUMBERS))

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, reach, before = _within(order), facade.reach_of(order.reader), None
        while True:
            async with sessions() as session:
                calls = await facade.missed(session, wanted, reach, before=before, limit=PAGE)
                ids = [call.record.id for call in calls]
                full = await exported_repository.numbers(session, ids) if order.unmasked else {}
            if not calls:
                return
            yield [(call.times, *_cells(call.record, order, full)) for call in calls]
            before = (calls[-1].record.arrived_at, calls[-1].record.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedWithin:
    """Of which time; without a beginning the last day, without an end until now."""

    since: Instant | None = None
    until: Instant | None = None


def _within(order: Order) -> MissedFilter:
    asked = MissedSource.wanted(order.filter)
    until = asked.until if asked.until is not None else order.at
    since = asked.since if asked.since is not None else Instant(until - DAY_MS)
    return MissedFilter(since=since, until=until)


def _cells(record: Record, order: Order, full: Mapping[ContactId, str]) -> Sequence[Cell]:
    words = WORDS[order.language]
    return (
        moment(record.arrived_at, order),
        words["direction"].get(record.direction.value, record.direction.value),
        full.get(record.id, record.number),
        record.name or "",
        _named(record.queue, order.language),
        record.agent.no if record.agent else "",
        record.agent.name if record.agent else "",
        words["outcome"].get(record.outcome.value, record.outcome.value),
        _seconds(record.waited_ms),
        _seconds(record.ring_ms),
        _seconds(record.talk_ms),
        _seconds(record.hold_ms),
        _seconds(record.wrap_up_ms),
        _named(record.disposition, order.language),
        words["ended_by"].get(record.ended_by or "", ""),
        words["recording"].get(record.recording_state, record.recording_state),
        record.id,
    )


def _named(one: QueueName | CodeName | None, language: ExportLanguage) -> str:
    if one is None:
        return ""
    return (one.name_en or one.name) if language is ExportLanguage.EN else one.name


def _seconds(length: Millis | None) -> Cell:
    return None if length is None else round(length / 1000, 1)
