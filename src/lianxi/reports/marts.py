"""The tables formulas read, as expressions over the fact tables, and the query made of them all.

Import this module late: it brings ibis (more than a second).
"""

from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir

from lianxi.projections.models import SegmentKind
from lianxi.projections.outcomes import Direction
from lianxi.reports import conditions
from lianxi.reports.catalogue import METRICS
from lianxi.reports.registry import Expression, Grain

WINDOW = ibis.table(
    {"begins_at": "int64", "ends_at": "int64", "as_of": "int64", "wanted_queue": "string"},
    name="report_window",
)
"""One row of parameters: the statement is compiled once and asked with different windows."""

ENTRIES = ibis.table(
    {
        "entry": "string",
        "contact": "string",
        "queue": "string",
        "entered_at": "int64",
        "recovered": "boolean",
        "answer_within_ms": "int64",
        "short_abandon_ms": "int64",
        "left_at": "int64",
        "how": "string",
        "waited_ms": "int64",
    },
    name="fact_queue_entry",
)

CONTACTS = ibis.table(
    {"contact": "string", "direction": "string", "answered_at": "int64", "ended_at": "int64"},
    name="fact_contact",
)

SEGMENTS = ibis.table(
    {
        "contact": "string",
        "queue": "string",
        "kind": "string",
        "began_at": "int64",
        "ended_at": "int64",
    },
    name="fact_segment",
)

LONGEST_MS = 7 * 86_400_000
"""No stretch of work lasts longer: lets the database find those that reach into a window."""

I1_PARTS: dict[str, Expression] = {
    "part_offered": lambda t: t.count(),
    "part_answered": lambda t: conditions.counted(t, conditions.is_answered(t)),
    "part_long": lambda t: conditions.counted(t, conditions.is_long(t)),
    "part_short": lambda t: conditions.counted(t, conditions.is_short(t)),
    "part_flow_out": lambda t: conditions.counted(t, conditions.is_flow_out(t)),
    "part_system": lambda t: conditions.counted(t, conditions.is_ended_by_system(t)),
    "part_waiting": lambda t: conditions.counted(t, conditions.is_waiting(t)),
}
"""Both sides of identity I1; the first is the left one."""


def entry_mart() -> ir.Table:
    """Stays in queues that began in the window; those of a recovered call are left out."""
    contact = CONTACTS.select(
        "contact", contact_direction=CONTACTS.direction, contact_ended_at=CONTACTS.ended_at
    )
    offered = ENTRIES.filter(~ENTRIES.recovered).join(
        WINDOW,
        [
            ENTRIES.entered_at >= WINDOW.begins_at,
            ENTRIES.entered_at < WINDOW.ends_at,
            WINDOW.wanted_queue.isnull() | (WINDOW.wanted_queue == ENTRIES.queue),
        ],
    )
    return _came_in(offered.left_join(contact, "contact", rname="joined_{name}"))


def _came_in(mart: ir.Table) -> ir.Table:
    """Contacts that came in. Calls that we made have figures of their own."""
    direction = mart.contact_direction
    return mart.filter(direction.isnull() | (direction == Direction.INBOUND.value))


def segment_mart() -> ir.Table:
    """Stretches of work that reach into the window, with their milliseconds inside it (I5)."""
    contact = CONTACTS.select(
        "contact", contact_direction=CONTACTS.direction, contact_answered_at=CONTACTS.answered_at
    )
    touching = SEGMENTS.join(
        WINDOW,
        [
            SEGMENTS.began_at < WINDOW.ends_at,
            SEGMENTS.began_at >= WINDOW.begins_at - LONGEST_MS,
            SEGMENTS.ended_at.fill_null(WINDOW.as_of) >= WINDOW.begins_at,
            WINDOW.wanted_queue.isnull() | (WINDOW.wanted_queue == SEGMENTS.queue),
        ],
    ).left_join(contact, "contact", rname="joined_{name}")
    touching = _came_in(touching)
    ends = ibis.least(touching.ended_at.fill_null(touching.as_of), touching.ends_at)
    begins = ibis.greatest(touching.began_at, touching.begins_at)
    return touching.mutate(
        inside_ms=ibis.greatest(ends - begins, 0),
        # The first talk of a contact makes it handled, in the window where it began.
        is_first=(touching.kind == SegmentKind.TALK.value)
        & (touching.began_at == touching.contact_answered_at)
        & (touching.began_at >= touching.begins_at),
    )


MARTS = {Grain.ENTRY: entry_mart, Grain.SEGMENT: segment_mart}


def all_figures() -> ir.Table:
    """One row: every formula of every metric, and the parts of the identities."""
    rows = []
    for grain, mart in MARTS.items():
        table = mart()
        figures: dict[str, Any] = {
            formula.id: formula.expression(table)
            for metric in METRICS
            if metric.grain is grain
            for formula in metric.formulas
        }
        if grain is Grain.ENTRY:
            figures |= {name: part(table) for name, part in I1_PARTS.items()}
        rows.append(table.aggregate(**figures))
    return reduce(lambda left, right: left.cross_join(right), rows)
