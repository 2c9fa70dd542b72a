"""All SQL about what is behind a figure. The populations are those of the marts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, null, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from lianxi.kernel.time import Millis
from lianxi.projections.models import FactContact, FactQueueEntry, FactSegment
from lianxi.projections.population import came_in
from lianxi.projections.transfer_models import FactTransfer
from lianxi.projections.visibility import visible
from lianxi.reports.drilldown.contracts import Behind, Wanted
from lianxi.reports.measures import Mart
from lianxi.reports.questions import Key
from lianxi.reports.scope import Viewer

Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Where the facts of a mart lie, and what their columns are called."""

    table: Any
    fact: Column
    at: Column
    queue: Column
    agent: Column
    team: Column | None
    what: Column
    until: Column | None = None
    """When it ended; the fact lasted from `at` to it."""
    is_cut: bool = False
    """It counts wherever it reaches into the window, not by its beginning alone."""
    also: tuple[ColumnElement[bool], ...] = ()
    """What else the mart leaves out."""


LENSES: Final[Mapping[Mart, Lens]] = {
    Mart.ENTRY: Lens(
        table=FactQueueEntry,
        fact=FactQueueEntry.entry,
        at=FactQueueEntry.entered_at,
        queue=FactQueueEntry.queue,
        agent=FactQueueEntry.agent,
        team=FactQueueEntry.team,
        what=FactQueueEntry.how,
        until=FactQueueEntry.left_at,
        also=(FactQueueEntry.recovered.is_(False),),
    ),
    Mart.CONTACT: Lens(
        table=FactContact,
        fact=FactContact.contact,
        at=FactContact.arrived_at,
        queue=FactContact.first_queue,
        agent=FactContact.last_agent,
        team=None,
        what=FactContact.outcome,
        until=FactContact.ended_at,
    ),
    Mart.SEGMENT: Lens(
        table=FactSegment,
        fact=FactSegment.segment,
        at=FactSegment.began_at,
        queue=FactSegment.queue,
        agent=FactSegment.agent,
        team=FactSegment.team,
        what=FactSegment.kind,
        until=FactSegment.ended_at,
        is_cut=True,
    ),
    Mart.TRANSFER: Lens(
        table=FactTransfer,
        fact=FactTransfer.transfer,
        at=FactTransfer.at,
        queue=FactTransfer.queue,
        agent=FactTransfer.agent,
        team=FactTransfer.team,
        what=FactTransfer.kind,
    ),
}
"""In the order of preference: of a formula over several marts the first one is listed."""


def lens_of(marts: frozenset[Mart]) -> Lens | None:
    """Where the facts of a formula lie; None where it is not made of contacts."""
    return next((lens for mart, lens in LENSES.items() if mart in marts), None)


async def behind(session: AsyncSession, lens: Lens, wanted: Wanted, viewer: Viewer) -> list[Behind]:
    """The facts of a window, newest first, of contacts that the viewer may open."""
    query = (
        select(
            lens.fact.label("fact"),
            lens.table.contact.label("contact"),
            lens.at.label("at"),
            lens.queue.label("queue"),
            lens.agent.label("agent"),
            (null() if lens.team is None else lens.team).label("team"),
            lens.what.label("what"),
            (null() if lens.until is None else lens.until).label("until"),
        )
        .where(*_conditions(lens, wanted, viewer))
        .order_by(lens.at.desc(), lens.fact.desc())
        .limit(wanted.limit)
    )
    if lens.table is not FactContact:
        query = query.join(FactContact, FactContact.contact == lens.table.contact)
    return [_shaped(row) for row in (await session.execute(query)).mappings()]


def _conditions(lens: Lens, wanted: Wanted, viewer: Viewer) -> list[ColumnElement[bool]]:
    window = wanted.window
    begun = lens.at >= window.begins_at
    if lens.is_cut and lens.until is not None:
        begun = or_(lens.until.is_(None), lens.until > window.begins_at)
    found = [
        begun,
        lens.at < window.ends_at,
        came_in(lens.table),
        visible(viewer.scope, agent=viewer.agent, team=viewer.team),
        *lens.also,
    ]
    columns: Mapping[Key, Column | None] = {
        Key.QUEUE: lens.queue,
        Key.AGENT: lens.agent,
        Key.TEAM: lens.team,
        Key.NUMBER: lens.table.number,
    }
    for key, column in columns.items():
        if (values := wanted.only.get(key)) and column is not None:
            found.append(column.in_(values))
    if wanted.before is not None:
        found.append(tuple_(lens.at, lens.fact) < tuple_(*wanted.before))
    return found


def _shaped(row: RowMapping) -> Behind:
    what, until = row["what"], row["until"]
    return Behind(
        fact=str(row["fact"]),
        contact=row["contact"],
        at=row["at"],
        queue=row["queue"] or None,
        agent=row["agent"] or None,
        team=row["team"] or None,
        what="" if what is None else str(what.value),
        lasted=None if until is None else Millis(until - row["at"]),
    )
