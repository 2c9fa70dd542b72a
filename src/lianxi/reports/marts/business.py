"""Marts of what modules keep: money, forecasts, cases, sales, campaigns."""

import ibis

from lianxi.reports.marts.shapes import Shape
from lianxi.reports.questions import Key

COST = Shape(
    table=ibis.table(
        {"day_begins_at": "int64", "amount": "float64"},
        name="fact_cost",
    ),
    at="day_begins_at",
)
"""Cost entries, spread over the days of their period."""

FORECAST = Shape(
    table=ibis.table(
        {"queue": "string", "at": "int64", "forecast": "float64", "actual": "float64"},
        name="fact_forecast",
    ),
    keys={Key.QUEUE: "queue"},
    at="at",
)
"""Forecast and actual contacts of one interval."""

RESOLUTION = Shape(
    table=ibis.table(
        {
            "contact": "string",
            "queue": "string",
            "agent": "string",
            "closed_at": "int64",
            "coded": "boolean",
            "repeated": "boolean",
            "called_back": "boolean",
            "said": "boolean",
        },
        name="fact_resolution",
    ),
    keys={Key.QUEUE: "queue", Key.AGENT: "agent"},
    at="closed_at",
)
"""Contacts, and whether they were settled at once: as coded, as it turned out, as was said."""

RESPONSE = Shape(
    table=ibis.table(
        {"at": "int64", "response_ms": "int64", "last_year_ms": "int64"}, name="fact_response"
    ),
    at="at",
)
"""Answers of the fulfilment flow and the mean of a year before."""

KNOWLEDGE = Shape(
    table=ibis.table(
        {"asked_at": "int64", "answered_at": "int64", "is_due": "boolean"},
        name="fact_new_question",
    ),
    at="asked_at",
)
"""New questions to the knowledge base; due: answered, or older than a day."""

SALE = Shape(
    table=ibis.table({"at": "int64", "converted": "boolean"}, name="fact_sale_chance"), at="at"
)
"""Customers who came in, and whether they bought."""

CLOCK = Shape(
    table=ibis.table(
        {"ended_at": "int64", "rule": "string", "owner": "string", "was_met": "boolean"},
        name="fact_clock",
    ),
    keys={Key.DEADLINE: "rule", Key.POST: "owner"},
    at="ended_at",
)
"""Deadlines that were kept, or missed: at the moment they were due."""

ORDER = Shape(
    table=ibis.table(
        {"dispatched_at": "int64", "kind": "string", "owner": "string", "misrouted": "boolean"},
        name="fact_work_order",
    ),
    keys={Key.CASE_TYPE: "kind", Key.POST: "owner"},
    at="dispatched_at",
)
"""Work orders that were dispatched, when and to whom they were first; and whether one of their
dispatches came back as misrouted."""

TEXT = Shape(
    table=ibis.table({"at": "int64", "first_answer_ms": "int64"}, name="fact_text_answer"), at="at"
)
"""Contacts by text and how long the first answer took."""

CAMPAIGN = Shape(
    table=ibis.table(
        {"at": "int64", "campaign": "string", "is_live": "boolean", "is_dropped": "boolean"},
        name="fact_dial",
    ),
    at="at",
)
"""Numbers that a campaign dialled."""

CASE = Shape(
    table=ibis.table({"at": "int64", "is_exception": "boolean"}, name="fact_case_step"), at="at"
)
"""Cases and whether they went another way than their flow says."""

COMPLAINT = Shape(
    table=ibis.table(
        {"taken_at": "int64", "kind": "string", "repeated": "boolean"}, name="fact_complaint"
    ),
    keys={Key.CASE_TYPE: "kind"},
    at="taken_at",
)
"""Complaints that were taken down; repeated: merged into an earlier one."""

COMPLAINT_ANSWER = Shape(
    table=ibis.table(
        {"at": "int64", "kind": "string", "satisfied": "boolean"}, name="fact_complaint_answer"
    ),
    keys={Key.CASE_TYPE: "kind"},
    at="at",
)
"""What customers said of their complaints when they were called back."""

WARNING = Shape(
    table=ibis.table({"classified_at": "int64"}, name="fact_complaint_warning"), at="classified_at"
)
"""Complaints that were reported as warnings."""
