"""What is known of marts without Ibis: their tables, and by what they can be told apart.

Ibis takes more than a second to import. A test compares this with the shapes.
"""

from collections.abc import Mapping

from lianxi.reports.measures import Mart
from lianxi.reports.questions import OF_CALLS, Key

OFFERED_KEYS: Mapping[Mart, frozenset[Key]] = {
    Mart.ENTRY: OF_CALLS,
    Mart.CONTACT: OF_CALLS - {Key.TEAM},
    Mart.BLOCKED: frozenset({Key.NUMBER, Key.CHANNEL}),
    Mart.CARRIER: frozenset({Key.NUMBER, Key.CHANNEL}),
    Mart.SEGMENT: OF_CALLS,
    Mart.TRANSFER: OF_CALLS,
    Mart.SURVEY: OF_CALLS - {Key.TEAM},
    Mart.CALLBACK: frozenset({Key.QUEUE, Key.NUMBER}),
    Mart.VERIFICATION: frozenset({Key.DISPOSITION}),
    Mart.INTERVAL: frozenset({Key.AGENT, Key.TEAM}),
    Mart.SHIFT: frozenset({Key.AGENT, Key.TEAM}),
    Mart.EVALUATION: frozenset({Key.AGENT, Key.TEAM, Key.QUEUE}),
    Mart.STAFF: frozenset({Key.TEAM}),
    Mart.FORECAST: frozenset({Key.QUEUE}),
    Mart.RESOLUTION: frozenset({Key.QUEUE, Key.AGENT, Key.DISPOSITION}),
    Mart.CLOCK: frozenset({Key.DEADLINE, Key.POST}),
    Mart.ORDER: frozenset({Key.CASE_TYPE, Key.POST}),
    Mart.COMPLAINT: frozenset({Key.CASE_TYPE}),
    Mart.COMPLAINT_ANSWER: frozenset({Key.CASE_TYPE}),
}
"""By what each mart can be told apart; others by nothing."""

TABLES: Mapping[Mart, str] = {
    Mart.ENTRY: "fact_queue_entry",
    Mart.CONTACT: "fact_contact",
    Mart.BLOCKED: "fact_blocked",
    Mart.CARRIER: "fact_carrier_blocked",
    Mart.SEGMENT: "fact_segment",
    Mart.TRANSFER: "fact_transfer",
    Mart.SURVEY: "fact_survey",
    Mart.CALLBACK: "fact_callback",
    Mart.VERIFICATION: "fact_verification",
    Mart.INTERVAL: "fact_agent_interval",
    Mart.COST: "fact_cost",
    Mart.RESOLUTION: "fact_resolution",
    Mart.CLOCK: "fact_clock",
    Mart.ORDER: "fact_work_order",
    Mart.COMPLAINT: "fact_complaint",
    Mart.COMPLAINT_ANSWER: "fact_complaint_answer",
    Mart.WARNING: "fact_complaint_warning",
}
"""The tables of those this product has facts for."""

STRETCHES = frozenset({Mart.SEGMENT, Mart.INTERVAL})
"""Those whose rows last, and are cut at the edges of buckets."""
