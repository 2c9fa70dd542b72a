"""Marts of calls: contacts, stays in queues, stretches of work, offers, what is said of them."""

import ibis

from lianxi.engine.messages.values import Channel
from lianxi.reports.marts.shapes import Shape, came_in
from lianxi.reports.questions import Key

CALL = {"direction": "string", "channel": "string", "number": "string"}
"""What entries, segments and offers know of their contact."""

FIRSTS = dict.fromkeys(("first_of_contact", "first_of_queue", "first_of_agent"), "boolean")


CALLED = {Key.NUMBER: "number", Key.CHANNEL: "channel"}

ENTRY = Shape(
    table=ibis.table(
        {
            "contact": "string",
            "queue": "string",
            "agent": "string",
            "team": "string",
            "entered_at": "int64",
            "recovered": "boolean",
            "answer_within_ms": "int64",
            "short_abandon_ms": "int64",
            "left_at": "int64",
            "how": "string",
            "waited_ms": "int64",
            "contact_ended": "boolean",
            "ringing": "boolean",
            "reserved_at": "int64",
            "first_without_agent": "boolean",
            "picked_up_at": "int64",
            **CALL,
        },
        name="fact_queue_entry",
    ),
    keys={Key.QUEUE: "queue", Key.AGENT: "agent", Key.TEAM: "team", **CALLED},
    at="entered_at",
    where=lambda t: ~t.recovered & came_in(t),
)
"""Stays in queues that began in the window; those of a recovered call are left out."""

CONTACT = Shape(
    table=ibis.table(
        {
            "contact": "string",
            "arrived_at": "int64",
            "first_queue": "string",
            "last_agent": "string",
            "answered_at": "int64",
            "ended_at": "int64",
            "ended_by": "string",
            "outcome": "string",
            "was_contained": "boolean",
            "ring_ms": "int64",
            "disposition": "string",
            **CALL,
        },
        name="fact_contact",
    ),
    keys={
        Key.QUEUE: "first_queue",
        Key.AGENT: "last_agent",
        Key.DISPOSITION: "disposition",
        **CALLED,
    },
    at="arrived_at",
    where=came_in,
)
"""Contacts that reached the centre."""

BLOCKED = Shape(
    table=ibis.table(
        {"at": "int64", "channel": "string", "number": "string"},
        name="fact_blocked",
    ),
    keys=CALLED,
    at="at",
    where=lambda t: t.channel == Channel.VOICE.value,
)
"""Calls that were turned away at our edge."""

CARRIER = Shape(
    table=ibis.table(
        {"began_at": "int64", "channel": "string", "number": "string", "calls": "int64"},
        name="fact_carrier_blocked",
    ),
    keys=CALLED,
    at="began_at",
)
"""Numbers and days, with the calls that carriers say they turned away."""

SEGMENT = Shape(
    table=ibis.table(
        {
            "contact": "string",
            "queue": "string",
            "agent": "string",
            "team": "string",
            "kind": "string",
            "began_at": "int64",
            "ended_at": "int64",
            "hung_up": "boolean",
            **FIRSTS,
            **CALL,
        },
        name="fact_segment",
    ),
    keys={Key.QUEUE: "queue", Key.AGENT: "agent", Key.TEAM: "team", **CALLED},
    where=came_in,
)
"""Stretches of agents' work on contacts that came in, cut at the edges (I5)."""

TRANSFER = Shape(
    table=ibis.table(
        {
            "contact": "string",
            "queue": "string",
            "agent": "string",
            "at": "int64",
            "kind": "string",
            "reason": "string",
            "transfer": "string",
            "team": "string",
            **FIRSTS,
            **CALL,
        },
        name="fact_transfer",
    ),
    keys={Key.QUEUE: "queue", Key.AGENT: "agent", Key.TEAM: "team", **CALLED},
    at="at",
    where=came_in,
)
"""Conversations that an agent handed on."""

SURVEY = Shape(
    table=ibis.table(
        {
            "contact": "string",
            "at": "int64",
            "answer": "int64",
            "queue": "string",
            "agent": "string",
            "number": "string",
            "channel": "string",
        },
        name="fact_survey",
    ),
    keys={Key.QUEUE: "queue", Key.AGENT: "agent", **CALLED},
    at="at",
)
"""Questions of surveys that were asked; an answer is missing where nobody answered."""

CALLBACK = Shape(
    table=ibis.table(
        {
            "queue": "string",
            "number": "string",
            "registered_at": "int64",
            "due_at": "int64",
            "taken_at": "int64",
            "reached_at": "int64",
            "ended_at": "int64",
        },
        name="fact_callback",
    ),
    keys={Key.QUEUE: "queue", Key.NUMBER: "number"},
    at="registered_at",
)
"""Callbacks that were taken."""

VERIFICATION = Shape(
    table=ibis.table(
        {"contact": "string", "asked_at": "int64", "latency_ms": "int64", "result": "string"},
        name="fact_verification",
    ),
    at="asked_at",
)
"""Identity checks in flows."""
