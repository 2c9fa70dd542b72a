"""Sums over stays in queues: A answered, B abandoned, S short abandon, F flow-out, T threshold.

T and the cut-off of S are columns: each stay is judged by the thresholds that held when it began.
"""

from collections.abc import Callable
from typing import Any

from lianxi.reports.conditions import (
    found_nobody,
    is_abandoned,
    is_answered,
    is_callback,
    is_ended_by_system,
    is_flow_out,
    is_in_time,
    is_long,
    is_short,
    is_waiting,
)
from lianxi.reports.measures import Mart, Measure, counted, measure, register, total
from lianxi.reports.terms import Sum


def squared_waits(measure_id: str, of: str, condition: Callable[[Any], Any]) -> Sum:
    """Σ of the squares of waits, in seconds squared: with their sum and their count it gives how
    far they lie from each other."""

    def squares(t: Any) -> Any:
        return ((t.waited_ms / 1000) * (t.waited_ms / 1000)).sum(where=condition(t))

    return measure(measure_id, Mart.ENTRY, f"Σ squared wait of {of}", squares)


OFFERED = measure("offered", Mart.ENTRY, "stays in queues", lambda t: t.count())
ANSWERED = measure("answered", Mart.ENTRY, "A", counted(is_answered))
ABANDONED = measure("abandoned", Mart.ENTRY, "B", counted(is_abandoned))
SHORT = measure("short_abandoned", Mart.ENTRY, "S", counted(is_short))
LONG = measure("long_abandoned", Mart.ENTRY, "B − S", counted(is_long))
FLOW_OUT = measure("flow_out", Mart.ENTRY, "F", counted(is_flow_out))
CALLBACK = measure("callback_taken", Mart.ENTRY, "CB", counted(is_callback))
ENDED_BY_SYSTEM = measure("ended_by_system", Mart.ENTRY, "ended by us", counted(is_ended_by_system))
WAITING = measure("waiting", Mart.ENTRY, "still waiting", counted(is_waiting))

ANSWERED_IN_TIME = measure(
    "answered_in_time", Mart.ENTRY, "A≤T", counted(lambda t: is_answered(t) & is_in_time(t))
)
ABANDONED_IN_TIME = measure(
    "abandoned_in_time", Mart.ENTRY, "B≤T", counted(lambda t: is_abandoned(t) & is_in_time(t))
)
ABANDONED_LATE = measure(
    "abandoned_late", Mart.ENTRY, "B>T", counted(lambda t: is_abandoned(t) & ~is_in_time(t))
)
LEFT_IN_TIME = measure(
    "left_in_time",
    Mart.ENTRY,
    "left within T by answer, abandon or callback",
    counted(lambda t: (is_answered(t) | is_abandoned(t) | is_callback(t)) & is_in_time(t)),
)

WAIT_OF_ANSWERED = measure(
    "wait_of_answered_ms", Mart.ENTRY, "Σ wait of A", total("waited_ms", is_answered)
)
WAIT_OF_ABANDONED = measure(
    "wait_of_abandoned_ms", Mart.ENTRY, "Σ wait of B", total("waited_ms", is_abandoned)
)
WAIT_OF_LONG = measure(
    "wait_of_long_ms", Mart.ENTRY, "Σ wait of B − S", total("waited_ms", is_long)
)
TO_AGENT_ALONE = measure(
    "to_agent_alone_ms",
    Mart.ENTRY,
    "Σ from the agent's pick-up to the joined media, of A",
    lambda t: (t.left_at - t.picked_up_at).clip(lower=0).sum(where=is_answered(t)),
)
"""What is said to the agent alone (whisper), and the joining."""
WAIT_OF_ALL = measure("wait_of_all_ms", Mart.ENTRY, "Σ wait", total("waited_ms"))

WAITED = measure(
    "waited",
    Mart.ENTRY,
    "A and B with a wait",
    counted(lambda t: (is_answered(t) | is_abandoned(t)) & (t.waited_ms > 0)),
)
WAIT_OF_WAITED = measure(
    "wait_of_waited_ms",
    Mart.ENTRY,
    "Σ wait of A and B",
    total("waited_ms", lambda t: is_answered(t) | is_abandoned(t)),
)
SQUARES_OF_ANSWERED = squared_waits("wait_of_answered_s2", "A", is_answered)
SQUARES_OF_ABANDONED = squared_waits("wait_of_abandoned_s2", "B", is_abandoned)
SQUARES_OF_LONG = squared_waits("wait_of_long_s2", "B − S", is_long)
SQUARES_OF_WAITED = squared_waits(
    "wait_of_waited_s2", "A and B", lambda t: is_answered(t) | is_abandoned(t)
)
QUEUED_CALLS = register(
    Measure(
        id="found_nobody_free",
        mart=Mart.ENTRY,
        meaning="calls for which no agent was held as a stay of theirs began",
        expression=counted(lambda t: found_nobody(t) & t.first_without_agent),
        by_queue=counted(found_nobody),
        by_agent=counted(found_nobody),
    )
)
"""A call that queued twice is one in the centre, and one in each queue it stood in."""
FOUND_NOBODY = measure(
    "stays_without_agent",
    Mart.ENTRY,
    "stays for which no agent was held as they began",
    counted(found_nobody),
)
