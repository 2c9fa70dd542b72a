"""Sums over money, forecasts, cases, sales and campaigns."""

from lianxi.reports.measures import Mart, counted, measure, total

DAY_MS = 86_400_000

COST = measure("cost", Mart.COST, "cost of the period", total("amount"))

FORECAST_ERROR = measure(
    "forecast_error",
    Mart.FORECAST,
    "Σ distance of forecast and actual",
    lambda t: (t.actual - t.forecast).abs().sum(),
)
FORECAST_ACTUAL = measure("forecast_actual", Mart.FORECAST, "Σ actual", total("actual"))

CLOSED = measure("closed", Mart.RESOLUTION, "contacts closed", lambda t: t.count())
CODED = measure("coded", Mart.RESOLUTION, "coded", counted(lambda t: t.coded.notnull()))
CODED_RESOLVED = measure(
    "coded_resolved", Mart.RESOLUTION, "settled as coded", counted(lambda t: t.coded)
)
NOT_REPEATED = measure(
    "not_repeated",
    Mart.RESOLUTION,
    "neither repeated nor called back",
    counted(lambda t: ~t.repeated & ~t.called_back),
)
SAID = measure(
    "resolution_said", Mart.RESOLUTION, "callers who said", counted(lambda t: t.said.notnull())
)
SAID_RESOLVED = measure(
    "said_resolved", Mart.RESOLUTION, "settled as the caller said", counted(lambda t: t.said)
)

RESPONSES = measure("response_ms", Mart.RESPONSE, "Σ response", total("response_ms"))
LAST_YEAR = measure(
    "last_year_ms", Mart.RESPONSE, "Σ response a year before", total("last_year_ms")
)

NEW_QUESTIONS = measure(
    "new_questions", Mart.KNOWLEDGE, "answered, or older than a day", counted(lambda t: t.is_due)
)
ANSWERED_QUESTIONS = measure(
    "new_questions_in_time",
    Mart.KNOWLEDGE,
    "answered within 24 h",
    counted(lambda t: t.answered_at - t.asked_at <= DAY_MS),
)

CHANCES = measure("sale_chances", Mart.SALE, "customers who came in", lambda t: t.count())
SALES = measure("sales", Mart.SALE, "who bought", counted(lambda t: t.converted))

CLOCKS = measure("clocks", Mart.CLOCK, "deadlines ended", lambda t: t.count())
CLOCKS_MET = measure("clocks_met", Mart.CLOCK, "deadlines met", counted(lambda t: t.was_met))

ORDERS = measure("orders", Mart.ORDER, "orders dispatched", lambda t: t.count())
MISROUTED = measure(
    "misrouted", Mart.ORDER, "orders dispatched wrongly", counted(lambda t: t.misrouted)
)

LIVE = measure("live_answers", Mart.CAMPAIGN, "live answers", counted(lambda t: t.is_live))
DROPPED = measure(
    "dropped", Mart.CAMPAIGN, "live answers nobody spoke to", counted(lambda t: t.is_dropped)
)

CASES = measure("cases", Mart.CASE, "cases", lambda t: t.count())
EXCEPTIONS = measure(
    "exceptions", Mart.CASE, "cases off their flow", counted(lambda t: t.is_exception)
)

COMPLAINTS = measure("complaints", Mart.COMPLAINT, "complaints taken", lambda t: t.count())
REPEATED = measure(
    "complaints_repeated", Mart.COMPLAINT, "merged into earlier ones", counted(lambda t: t.repeated)
)
WARNED = measure("complaint_warnings", Mart.WARNING, "warnings", lambda t: t.count())
COMPLAINT_ANSWERS = measure(
    "complaint_answers", Mart.COMPLAINT_ANSWER, "customers who said", lambda t: t.count()
)
COMPLAINTS_SATISFIED = measure(
    "complaints_satisfied",
    Mart.COMPLAINT_ANSWER,
    "customers who were satisfied",
    counted(lambda t: t.satisfied),
)
