"""Marts of people: what agents did when, shifts, evaluations, staff."""

import ibis

from lianxi.reports.marts.shapes import Shape
from lianxi.reports.questions import Key

OF_AGENT = {Key.AGENT: "agent", Key.TEAM: "team"}

INTERVAL = Shape(
    table=ibis.table(
        {
            "agent": "string",
            "team": "string",
            "began_at": "int64",
            "ended_at": "int64",
            "state": "string",
            "reason": "string",
        },
        name="fact_agent_interval",
    ),
    keys=OF_AGENT,
)
"""Stretches of one shown state, without gaps from sign-in to sign-out, cut at the edges."""

SHIFT = Shape(
    table=ibis.table(
        {
            "agent": "string",
            "team": "string",
            "began_at": "int64",
            "scheduled_ms": "int64",
            "ready_ms": "int64",
            "adherent_ms": "int64",
            "gap_ms": "int64",
            "excused_ms": "int64",
            "worked_ms": "int64",
            "paid_ms": "int64",
            "is_planned": "boolean",
            "is_present": "boolean",
        },
        name="fact_shift",
    ),
    keys=OF_AGENT,
    at="began_at",
)
"""Shifts of agents as planned and as worked; counted in the bucket they begin in."""

EVALUATION = Shape(
    table=ibis.table(
        {
            "agent": "string",
            "team": "string",
            "queue": "string",
            "released_at": "int64",
            "score": "float64",
            "is_random": "boolean",
            "is_current": "boolean",
            "is_appealed": "boolean",
            "customer_error": "boolean",
            "business_error": "boolean",
            "compliance_error": "boolean",
        },
        name="fact_evaluation",
    ),
    keys={**OF_AGENT, Key.QUEUE: "queue"},
    at="released_at",
    where=lambda t: t.is_current & ~t.is_appealed,
)
"""Evaluations that were released, in their current revision, none under appeal."""

STAFF = Shape(
    table=ibis.table(
        {
            "team": "string",
            "month_begins_at": "int64",
            "heads_at_begin": "int64",
            "heads_at_end": "int64",
            "leavers": "int64",
            "voluntary_leavers": "int64",
        },
        name="fact_staff",
    ),
    keys={Key.TEAM: "team"},
    at="month_begins_at",
)
"""Heads of each team and month; moves inside the centre are no leaving."""

SEAT = Shape(
    table=ibis.table(
        {
            "seat": "string",
            "day_begins_at": "int64",
            "occupied_ms": "int64",
            "available_ms": "int64",
        },
        name="fact_seat",
    ),
    at="day_begins_at",
)
"""Seats and days."""
