"""The hop report: whose it was, how long, against which limit. Pure.

Hops of the chain follow each other without a gap, so they add up to the whole. What runs beside it
(the store's own hour, the two of each day, the two days to the end) is listed too, and does not
count for the sum.
"""

from collections.abc import Sequence

from lianxi.kernel.time import Instant
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    Hop,
    HopLine,
    HopMark,
    HopReport,
)
from lianxi.office.clock.contracts import Clock, ClockState, Stretch
from lianxi.office.clock.rules import marked


def report(warning: ComplaintWarning, clocks: Sequence[Clock], now: Instant) -> HopReport:
    """Every hop with its deadline."""
    matched = {hop.number: _clock_of(hop, clocks) for hop in warning.hops}
    taken = {clock.id for clock in matched.values() if clock is not None}
    chain = [_line(hop, matched[hop.number], now) for hop in warning.hops]
    beside = [
        _beside(clock, len(chain) + number, now)
        for number, clock in enumerate((c for c in clocks if c.id not in taken), start=1)
    ]
    lines = (*chain, *beside)
    return HopReport(
        lines=lines,
        whole=sum(line.used for line in chain),
        late=sum(line.late > 0 for line in lines),
    )


def _clock_of(hop: Hop, clocks: Sequence[Clock]) -> Clock | None:
    """The first of its code that began with it or, for a day to come, after it and in it."""
    for clock in clocks:
        if clock.code != hop.clock or clock.round != hop.round or clock.started_at < hop.since:
            continue
        begins_at_once = clock.started_at == hop.since
        if begins_at_once or hop.clock == "ew.daily_report":
            return clock
    return None


def _line(hop: Hop, clock: Clock | None, now: Instant) -> HopLine:
    until = hop.until if hop.until is not None else now
    due = clock.due_at if clock else None
    late = max(0, until - due) if due is not None else 0
    return HopLine(
        number=hop.number,
        round=hop.round,
        clock=hop.clock,
        owner=hop.owner,
        since=hop.since,
        due_at=due,
        until=hop.until,
        used=max(0, until - hop.since),
        limit=clock.deadline.target if clock else None,
        late=late,
        verdict=_verdict(clock, hop.until, late),
        event=hop.event,
        by=hop.by,
        is_parallel=False,
        marks=_marks(clock) if clock else (),
    )


def _verdict(clock: Clock | None, until: Instant | None, late: int) -> str:
    if clock is None:
        return "no_limit"
    if clock.outcome is not None and clock.ended_at == until:
        return clock.outcome.value
    if until is not None:
        return "late" if late else "met"
    return "overdue" if late else "running"


def _beside(clock: Clock, number: int, now: Instant) -> HopLine:
    ended = clock.state is ClockState.ENDED and clock.ended_at is not None
    until = clock.ended_at if ended and clock.ended_at is not None else now
    due = clock.due_at
    late = max(0, until - due) if due is not None else 0
    verdict = clock.outcome.value if clock.outcome else ("overdue" if late else "running")
    return HopLine(
        number=number,
        round=clock.round,
        clock=clock.code,
        owner=clock.owner,
        since=clock.started_at,
        due_at=due,
        until=clock.ended_at,
        used=max(0, until - clock.started_at),
        limit=clock.deadline.target,
        late=0 if verdict == "cancelled" else late,
        verdict=verdict,
        event="",
        by=None,
        is_parallel=True,
        marks=_marks(clock),
    )


def _marks(clock: Clock) -> tuple[HopMark, ...]:
    """When its marks come, or came; clocks of warnings never rest."""
    began = (Stretch(since=clock.started_at, until=None),)
    moments = marked(clock.deadline, clock.marks, began)
    return tuple(
        HopMark(percent=mark.percent, at=at)
        for mark, at in zip(clock.marks, moments, strict=True)
        if mark.percent is not None and at is not None
    )
