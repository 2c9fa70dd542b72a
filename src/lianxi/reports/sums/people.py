"""Sums over agents' time, shifts, evaluations and heads."""

from typing import Any

from lianxi.projections.presence import ShownState
from lianxi.reports.measures import Mart, counted, measure, total
from lianxi.reports.terms import Sum


def time_in(measure_id: str, meaning: str, *states: ShownState) -> Sum:
    """Milliseconds in some of the states."""
    values = [state.value for state in states]

    def is_in(t: Any) -> Any:
        return t.state.isin(values)

    return measure(measure_id, Mart.INTERVAL, meaning, total("inside_ms", is_in))


SIGNED_IN = measure(
    "signed_in_ms",
    Mart.INTERVAL,
    "signed in",
    total("inside_ms", lambda t: t.state != ShownState.SIGNED_OUT.value),
)
IN_TALK = time_in("in_talk_ms", "talking", ShownState.TALKING, ShownState.RECOVERING)
IN_HOLD = time_in("in_hold_ms", "customer on hold", ShownState.HOLD)
IN_ACW = time_in("in_acw_ms", "after-call work", ShownState.ACW)
IN_RING = time_in("in_ring_ms", "device rings", ShownState.RINGING)
IN_READY = time_in("in_ready_ms", "ready and idle", ShownState.READY)
IN_NOT_READY = time_in("in_not_ready_ms", "not ready", ShownState.NOT_READY)
UNREACHED = time_in(
    "unreached_ms",
    "not responding, desk lost, device missing",
    ShownState.NOT_RESPONDING,
    ShownState.LOST,
    ShownState.UNREGISTERED,
)
"""Adds to the not-ready time of I3: the reasons are the system's."""

SCHEDULED = measure("scheduled_ms", Mart.SHIFT, "scheduled phone time", total("scheduled_ms"))
SCHEDULED_OF_PRESENT = measure(
    "scheduled_of_present_ms",
    Mart.SHIFT,
    "scheduled time of those present",
    total("scheduled_ms", lambda t: t.is_present),
)
READY_IN_SHIFT = measure(
    "ready_in_shift_ms", Mart.SHIFT, "ready-capable inside the shift", total("ready_ms")
)
ADHERENT = measure(
    "adherent_ms", Mart.SHIFT, "in the planned kind of activity", total("adherent_ms")
)
GAPS = measure(
    "gap_ms", Mart.SHIFT, "gaps of those present", total("gap_ms", lambda t: t.is_present)
)
EXCUSED = measure(
    "excused_ms",
    Mart.SHIFT,
    "问题时长 of those present, never more than the gap",
    lambda t: (t.excused_ms > t.gap_ms).ifelse(t.gap_ms, t.excused_ms).sum(where=t.is_present),
)
WORKED = measure("worked_ms", Mart.SHIFT, "worked", total("worked_ms"))
PAID = measure("paid_ms", Mart.SHIFT, "paid", total("paid_ms"))
PLANNED = measure("planned", Mart.SHIFT, "planned heads", counted(lambda t: t.is_planned))
PRESENT = measure(
    "present",
    Mart.SHIFT,
    "planned heads that were there",
    counted(lambda t: t.is_planned & t.is_present),
)

RANDOM = measure(
    "random_evaluations", Mart.EVALUATION, "random sample", counted(lambda t: t.is_random)
)
RANDOM_SCORE = measure(
    "random_score",
    Mart.EVALUATION,
    "Σ score of the random sample",
    total("score", lambda t: t.is_random),
)
NO_CUSTOMER_ERROR = measure(
    "no_customer_error",
    Mart.EVALUATION,
    "without a customer-critical error",
    counted(lambda t: t.is_random & ~t.customer_error),
)
NO_BUSINESS_ERROR = measure(
    "no_business_error",
    Mart.EVALUATION,
    "without a business-critical error",
    counted(lambda t: t.is_random & ~t.business_error),
)
NO_COMPLIANCE_ERROR = measure(
    "no_compliance_error",
    Mart.EVALUATION,
    "without a compliance-critical error",
    counted(lambda t: t.is_random & ~t.compliance_error),
)

HEADS = measure(
    "head_months",
    Mart.STAFF,
    "average heads, summed over the months",
    lambda t: (t.heads_at_begin + t.heads_at_end).sum() / 2,
)
LEAVERS = measure("leavers", Mart.STAFF, "leavers", total("leavers"))
VOLUNTARY = measure(
    "voluntary_leavers", Mart.STAFF, "who left of their own will", total("voluntary_leavers")
)

SEAT_USED = measure("seat_used_ms", Mart.SEAT, "occupied seat time", total("occupied_ms"))
SEAT_TIME = measure("seat_time_ms", Mart.SEAT, "available seat time", total("available_ms"))
