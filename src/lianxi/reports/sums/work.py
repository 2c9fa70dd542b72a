"""Sums over agents' work on contacts: talk, hold, wrap-up, and how many contacts were handled.

A contact that was handed on is handled once in the centre, once in each queue that answered it, and
once by each agent who talked: the flags of its stretches say which one counts.
"""

from typing import Any

from lianxi.projections.models import SegmentKind
from lianxi.reports.measures import (
    Expression,
    Mart,
    Measure,
    Together,
    counted,
    measure,
    register,
    total,
)
from lianxi.reports.terms import Sum

TALKS = (SegmentKind.TALK.value, SegmentKind.CONFERENCE.value)
"""A conference of customer, agent and others is talk of the agent."""


def is_kind(*kinds: str) -> Any:
    """A condition on the kind of a stretch."""
    return lambda t: t.kind.isin(kinds)


def contacts_with(measure_id: str, meaning: str, kind: str) -> Sum:
    """How many contacts have a stretch of a kind: counted in the interval in which the first one
    began, once in the centre, in each queue and for each agent."""

    def first(column: str) -> Expression:
        return counted(lambda t: t[column] & t.is_begin & (t.kind == kind))

    return register(
        Measure(
            id=measure_id,
            mart=Mart.SEGMENT,
            meaning=meaning,
            expression=first("first_of_contact"),
            by_queue=first("first_of_queue"),
            by_agent=first("first_of_agent"),
        )
    )


HANDLED = contacts_with(
    "handled", "contacts with at least one conversation", SegmentKind.TALK.value
)
TALK = measure("talk_ms", Mart.SEGMENT, "talk", total("inside_ms", is_kind(*TALKS)))
HOLD = measure("hold_ms", Mart.SEGMENT, "hold", total("inside_ms", is_kind(SegmentKind.HOLD.value)))
ACW = measure(
    "acw_ms",
    Mart.SEGMENT,
    "after-call work",
    total("inside_ms", is_kind(SegmentKind.WRAP_UP.value)),
)
WITH_ACW = contacts_with(
    "with_acw", "contacts in which after-call work began", SegmentKind.WRAP_UP.value
)
HOLDS = measure(
    "holds",
    Mart.SEGMENT,
    "holds",
    counted(lambda t: (t.kind == SegmentKind.HOLD.value) & t.is_begin),
)
HELD = contacts_with("held", "contacts in which a hold began", SegmentKind.HOLD.value)
LEFT_ON_HOLD = measure(
    "left_on_hold",
    Mart.SEGMENT,
    "holds in which the customer hung up",
    counted(lambda t: (t.kind == SegmentKind.HOLD.value) & t.hung_up & t.is_begin),
)
LONGEST_HOLD = register(
    Measure(
        id="longest_hold_ms",
        mart=Mart.SEGMENT,
        meaning="longest hold, whole, in the interval in which it began",
        expression=lambda t: t.lasted_ms.max(where=(t.kind == SegmentKind.HOLD.value) & t.is_begin),
        together=Together.MAX,
    )
)
TRANSFERS = measure("transfers", Mart.TRANSFER, "transfer legs", lambda t: t.count())
TRANSFERRED = register(
    Measure(
        id="transferred",
        mart=Mart.TRANSFER,
        meaning="contacts with a transfer",
        expression=counted(lambda t: t.first_of_contact),
        by_queue=counted(lambda t: t.first_of_queue),
        by_agent=counted(lambda t: t.first_of_agent),
    )
)
