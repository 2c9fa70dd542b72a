"""All SQL about numbers, flows in force, reasons and opening hours."""

import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.engine.messages.routing import NumberRule, Reason
from lianxi.kernel.ids import CalendarId
from lianxi.modules.routing.contracts import Hours, OpeningHours
from lianxi.modules.routing.models import (
    DialledNumberRow,
    FlowInForceRow,
    NotReadyReasonRow,
    OpeningHoursRow,
)


class CentreRepository:
    """What the snapshot is made of beside queues and agents."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    # --- numbers, flows, reasons

    async def numbers(self) -> list[NumberRule]:
        """Every dialled number with what answers it."""
        rows = await self._session.scalars(
            select(DialledNumberRow).order_by(DialledNumberRow.number)
        )
        return [NumberRule(number=row.number, flow=row.flow, queue=row.queue) for row in rows]

    async def put_number(self, rule: NumberRule) -> None:
        """Store what answers a number."""
        fields = {"flow": rule.flow, "queue": rule.queue}
        await self._session.execute(
            upsert(DialledNumberRow)
            .values(number=rule.number, **fields)
            .on_conflict_do_update(index_elements=[DialledNumberRow.number], set_=fields)
        )

    async def remove_number(self, number: str) -> None:
        """Nothing answers it any more."""
        await self._session.execute(
            delete(DialledNumberRow).where(DialledNumberRow.number == number)
        )

    async def flows(self) -> list[Flow]:
        """The flows in force."""
        rows = await self._session.scalars(select(FlowInForceRow).order_by(FlowInForceRow.id))
        return [msgspec.convert(row.flow, Flow) for row in rows]

    async def put_flow(self, flow: Flow) -> None:
        """New contacts begin this version from now on."""
        body = msgspec.to_builtins(flow)
        await self._session.execute(
            upsert(FlowInForceRow)
            .values(id=flow.id, flow=body)
            .on_conflict_do_update(index_elements=[FlowInForceRow.id], set_={"flow": body})
        )

    async def reasons(self) -> list[Reason]:
        """Every not-ready reason, in the order of menus."""
        rows = await self._session.scalars(
            select(NotReadyReasonRow).order_by(NotReadyReasonRow.position)
        )
        return [
            Reason(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                allowance=row.allowance,
                returns_after=row.returns_after,
            )
            for row in rows
        ]

    async def put_reasons(self, reasons: list[Reason]) -> None:
        """Store every reason, in the order of menus; others are gone."""
        await self._session.execute(delete(NotReadyReasonRow))
        rows = [
            {**msgspec.to_builtins(reason), "position": position}
            for position, reason in enumerate(reasons)
        ]
        if rows:
            await self._session.execute(insert(NotReadyReasonRow), rows)

    # --- opening hours

    async def opening_hours(self) -> list[OpeningHours]:
        """Every calendar, as people set it."""
        rows = await self._session.scalars(select(OpeningHoursRow).order_by(OpeningHoursRow.id))
        return [_hours_from(row) for row in rows]

    async def put_opening_hours(self, hours: OpeningHours) -> None:
        """Store a calendar."""
        fields: dict[str, Any] = {
            "name": hours.name,
            "name_en": hours.name_en,
            "always": hours.always,
            "hours": {
                "weekly": {str(day): _pairs(spans) for day, spans in hours.weekly.items()},
                "special": {day.isoformat(): _pairs(s) for day, s in hours.special.items()},
            },
        }
        await self._session.execute(
            upsert(OpeningHoursRow)
            .values(id=hours.id, **fields)
            .on_conflict_do_update(index_elements=[OpeningHoursRow.id], set_=fields)
        )

    async def remove_opening_hours(self, calendar: CalendarId) -> None:
        """Take a calendar away."""
        await self._session.execute(delete(OpeningHoursRow).where(OpeningHoursRow.id == calendar))


def _pairs(spans: tuple[Hours, ...]) -> list[list[int]]:
    return [[span.opens, span.closes] for span in spans]


def _spans(pairs: object) -> tuple[Hours, ...]:
    return tuple(Hours(opens, closes) for opens, closes in cast("list[list[int]]", pairs))


def _hours_from(row: OpeningHoursRow) -> OpeningHours:
    return OpeningHours(
        id=row.id,
        name=row.name,
        name_en=row.name_en,
        always=row.always,
        weekly={int(day): _spans(pairs) for day, pairs in row.hours["weekly"].items()},
        special={
            datetime.date.fromisoformat(day): _spans(pairs)
            for day, pairs in row.hours["special"].items()
        },
    )
