"""Records as a list that can be exported: the columns of the page, numbers masked unless somebody
who may see them says why."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

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
from lianxi.modules.contacts.export_words import HEADINGS, TIMES, WORDS
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of

PAGE = 500
DAY_MS = 86_400_000
MOST_NUMBERS = 100_000
_NAMES: Final[Mapping[str, str]] = {"from": "since", "to": "until"}


class RecordsSource:
    """Contacts within the reader's reach, newest first."""

    kind = "records"
    permissions: tuple[Permission, ...] = (Permission.RECORDS_READ, Permission.RECORDS_EXPORT)
    unmasking: tuple[Permission, ...] | None = (Permission.RECORDS_REVEAL,)

    def check(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The filter as it is stored: by the names of the list's address."""
        filter_of(RecordFilter, wanted, _NAMES)
        return {name: value for name, value in wanted.items() if value not in (None, "")}

    def headings(self, order: Order) -> list[str]:
        """Of the columns."""
        return list(HEADINGS[order.language])

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        return await exported_repository.count(
            session, _filter(order), facade.reach_of(order.reader)
        )

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, reach, before = _filter(order), facade.reach_of(order.reader), None
        while True:
            async with sessions() as session:
                records = await facade.find(session, wanted, reach, before=before, limit=PAGE)
                ids = [record.id for record in records]
                full = await exported_repository.numbers(session, ids) if order.unmasked else {}
            if not records:
                return
            yield [_cells(record, order, full) for record in records]
            before = (records[-1].arrived_at, records[-1].id)


class MissedSource:
    """Callers nobody spoke to and whose number has not been answered since, one row a number."""

    kind = "missed"
    permissions: tuple[Permission, ...] = (Permission.RECORDS_READ, Permission.RECORDS_EXPORT)
    unmasking: tuple[Permission, ...] | None = (Permission.RECORDS_REVEAL,)

    def check(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The filter as it is stored: `from` and `to`."""
        filter_of(MissedWithin, wanted, _NAMES)
        return {name: value for name, value in wanted.items() if value not in (None, "")}

    def headings(self, order: Order) -> list[str]:
        """Of the columns: how often each number called, and the record of its last call."""
        return [TIMES[order.language], *HEADINGS[order.language]]

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
    asked = filter_of(MissedWithin, order.filter, _NAMES)
    until = asked.until if asked.until is not None else order.at
    since = asked.since if asked.since is not None else Instant(until - DAY_MS)
    return MissedFilter(since=since, until=until)


def _filter(order: Order) -> RecordFilter:
    return filter_of(RecordFilter, order.filter, _NAMES)


def _cells(record: Record, order: Order, full: Mapping[ContactId, str]) -> Sequence[Cell]:
    words = WORDS[order.language]
    at = datetime.fromtimestamp(record.arrived_at / 1000, tz=order.zone)
    return (
        f"{at:%Y-%m-%d %H:%M:%S}",
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
